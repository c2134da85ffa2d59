import { saidProblem } from '../../words/said.ts'
import { html } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import type { TextPage } from '../site/texts.ts'
import { TextView } from '../views/text.tsx'

/** A page of the edition's own: about, help, legal notice and the like. */
export const text: Resource<TextPage> = {
  find: ({ site }, { slug = '' }) => {
    const found = site.texts.find(page => page.slug === slug)
    if (!found) throw saidProblem('not-found', 'missing.page', { path: `/${slug.slice(0, 200)}` })
    return found
  },
  as: [html((text, page) => <TextView page={page} text={text} />)],
  links: () => [],
}
