import type { Contribution } from '../../ledger/programme/contributions.ts'
import { around, attributesOf, element, xmlHead } from '../xml.ts'
import { matterIri } from './programme.ts'

/** What a feed is of. */
export interface AtomFeed {
  base: string
  /** The address of the feed, and of the page that says the same. */
  self: string
  page: string
  title: string
  language: string
  entries: { of: Contribution; state: string; answer: string | undefined }[]
}

/** What was asked for or made lately, and what became of it, as a feed (RFC 4287). */
export function atom({ base, self, page, title, language, entries }: AtomFeed): string {
  const updated =
    entries
      .map(({ of }) => of.modified)
      .toSorted()
      .at(-1) ?? '1970-01-01T00:00:00.000Z'
  const link = (rel: string, href: string) => `<link${attributesOf({ rel, href })}/>`
  return `${xmlHead}${around(
    'feed',
    [
      element('id', self),
      element('title', title),
      element('updated', updated),
      link('self', self),
      link('alternate', page),
      // Nobody is named: who asks is not published.
      around('author', [element('name', title)]),
      ...entries.map(({ of, state, answer }) =>
        around(
          'entry',
          [
            element('id', matterIri(base, of)),
            element('title', of.said['title']),
            element('published', of.at),
            element('updated', of.modified),
            link('alternate', matterIri(base, of)),
            `<category${attributesOf({ term: of.state, label: state })}/>`,
            element('summary', of.said['text']),
            element('content', answer),
          ],
          { 'xml:lang': of.language },
        ),
      ),
    ],
    { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language },
  )}\n`
}
