import { search } from '../../ledger/records/search.ts'
import { standingIn } from '../../outlets/standing.ts'
import { sendPage, unchanged } from '../http/send.ts'
import { negotiate } from '../http/negotiation.ts'
import { pageOf } from '../page/page.ts'
import type { Handle } from '../site.ts'
import { HomeView } from '../views/home.tsx'
import { currentRevision, momentOf } from '../../ledger/records/revisions.ts'

/** The way in. */
export const home: Handle = (site, request, response) => {
  negotiate(request, ['html'])
  const page = pageOf(site, request)
  const { ledger, sources } = site.publication
  const revision = currentRevision(ledger)
  const standings = sources.map(source => standingIn(site.publication, source))
  const state = standings.map(({ last }) => `${last?.id ?? 0}${last?.state[0] ?? ''}`).join('.')
  if (unchanged(request, response, `${revision}-${state}-${page.prefix}${page.language}-${site.edition}`)) return
  const newest = search(ledger, { sort: 'modified', most: 6 })
  // One that was never asked has given nothing yet.
  const harvested = standings.filter(({ source, last }) => source.enabled || last)
  sendPage(page, response, <HomeView page={page} newest={newest} sources={harvested} revision={revision} updated={momentOf(ledger, revision)} />)
}
