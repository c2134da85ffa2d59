import fc from 'fast-check'
import { h, type ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { expect, it } from 'vitest'
import { markup } from '../../src/web/page/markup.ts'

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('<script>', '"onload="x', '&amp;', "it's", '', ' '))
// An attribute without a value is the same as an empty one: Preact leaves out the quotes.
const value = fc.oneof(
  text.filter(each => each !== ''),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
)
const attributes = fc.dictionary(fc.constantFrom('class', 'href', 'lang', 'aria-hidden', 'data-n', 'open', 'for', 'hreflang'), value)
const { view } = fc.letrec<{ view: ComponentChildren }>(tie => ({
  view: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(text, fc.integer(), fc.constantFrom(null, undefined, true, false)),
    fc
      .tuple(fc.constantFrom('div', 'p', 'bdi', 'dl', 'details'), attributes, fc.array(tie('view'), { maxLength: 4 }))
      .map(([type, given, children]) => h(type, given, ...children)),
    fc.tuple(fc.constantFrom('br', 'input', 'meta'), attributes).map(([type, given]) => h(type, given)),
    fc.array(tie('view'), { maxLength: 3 }).map(all => h(({ children }: { children?: ComponentChildren }) => <>{children}</>, {}, ...all)),
    fc.array(tie('view'), { maxLength: 3 }),
  ),
}))

it('a view is written as Preact writes it, whatever text stands in it', () => {
  fc.assert(
    fc.property(view, each => {
      const whole = <main>{each}</main>
      expect(markup(whole)).toBe(renderToString(whole))
    }),
  )
})
