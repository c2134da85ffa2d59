import { describe, expect, test } from 'vitest'
import { formats } from '../../src/rdf/formats.ts'
import { parse } from '../../src/rdf/parse.ts'
import { serialise } from '../../src/rdf/serialise.ts'
import { isBlank, type Quad, type Term } from '../../src/rdf/terms.ts'
import { turtle } from '../edition.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'

// A small feed in each format, cut off after any of its bytes.

describe('cut off after any of its bytes', () => {
  test.each(formats.map(format => [format.label, format] as const))('%s is read as far as it goes, with a problem that has a code', async (_label, format) => {
    const text = await serialise([...turtle(feed(['été']))] as never, format)
    const whole = Buffer.from(format.name === 'jsonld' ? JSON.stringify(JSON.parse(text)) : text)
    const terms = (quads: Quad[]) =>
      quads
        .flatMap(({ subject, object }) => [subject, object] as Term[])
        .filter(term => !isBlank(term))
        .map(({ value }) => value)
    const { quads: all } = await parse(whole, { url: 'https://portal.test/feed', mediaType: format.mediaType })
    const [most, known] = [all.length, new Set(terms(all))]
    for (let at = 0; at < whole.length; at++) {
      const where = `cut off after ${at} of ${whole.length} bytes`
      const { quads = [], problem } = await parse(whole.subarray(0, at), { url: 'https://portal.test/feed', mediaType: format.mediaType }).catch(
        (problem: unknown) => ({ problem, quads: undefined }),
      )
      expect(quads.length, where).toBeLessThanOrEqual(most)
      // Nothing is read that was not said: no half of an address, no text in another charset.
      expect(
        terms(quads).filter(term => !known.has(term)),
        where,
      ).toEqual([])
      if (problem) expect(problem, where).toMatchObject({ code: expect.stringMatching(/^(?:unreadable-rdf|unknown-format)$/) })
      // Without a problem it is a text that says less, or the whole but for its last line break.
      else if (quads.length < most)
        expect([where, format.label, whole.subarray(0, at).toString()]).toEqual([
          where,
          expect.stringMatching(/Turtle|Tri|Quads/),
          expect.stringMatching(/(?:^|\.|\}\n?|\{)\s*$/),
        ])
    }
  })
})
