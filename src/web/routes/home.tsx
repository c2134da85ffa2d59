import { paths } from '../../config/addresses.ts'
import { momentOf } from '../../ledger/records/revisions.ts'
import { search } from '../../ledger/records/search.ts'
import { scorecardsNow } from '../../outlets/scorecard/scorecard.ts'
import { catalogueSignposts } from '../../outlets/signposts.ts'
import { standingIn, type SourceStanding } from '../../outlets/standing.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { html, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { bodiesOf } from '../page/bodies.ts'
import { canonicalLink, type Page } from '../page/page.ts'
import { cardsOf, type ListedRecord } from '../page/query.ts'
import { HomeView } from '../views/home/home.tsx'

interface Home {
  revision: number
  standings: SourceStanding[]
}

/** The way in. */
export const home: Resource<Home> = {
  find: ({ revision, site: { publication } }) => ({ revision, standings: publication.sources.map(source => standingIn(publication, source)) }),
  as: [html(view), ...rdf<Home>(graphFormats, () => ({ quads: [] }))],
  // What the catalogue is for programs is its feed.
  elsewhere: (_home, { isPage }) => (isPage ? undefined : paths.catalogue),
  links: (_home, as, page) => [canonicalLink(page, paths.home, as), ...catalogueSignposts(page.site.publication)],
  seconds: 10,
  state: ({ revision, standings }) => `${revision}-${standings.map(({ last }) => `${last?.id ?? 0}${last?.state[0] ?? ''}`).join('.')}`,
}

function view({ revision, standings }: Home, page: Page) {
  const { ledger } = page.site.publication
  const newest = search(ledger, { sort: 'modified', most: 100, values: Infinity, unsaid: true })
  const shown = atMost(2, 7, cardsOf(page, newest.records))
  const bodies = bodiesOf(page, newest.facets.publisher)
  const { figures } = scorecardsNow(ledger).whole
  // One that was never asked has given nothing yet.
  const harvested = standings.filter(({ source, last }) => source.enabled || last)
  return <HomeView page={page} newest={newest} cards={shown} bodies={bodies} figures={figures} sources={harvested} updated={momentOf(ledger, revision)} />
}

/** The first of some cards, so many of one body. */
function atMost(ofOne: number, most: number, cards: ListedRecord[]): ListedRecord[] {
  const counts = new Map<string, number>()
  return cards
    .filter(({ facets }) => {
      const body = facets.publisher?.[0] ?? ''
      counts.set(body, (counts.get(body) ?? 0) + 1)
      return counts.get(body)! <= ofOne
    })
    .slice(0, most)
}
