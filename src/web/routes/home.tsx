import { currentRevision } from '../../ledger/commit.ts'
import { countAdmissions } from '../../ledger/records.ts'
import { lastRun } from '../../ledger/runs.ts'
import { search } from '../../ledger/search.ts'
import { momentOf } from '../../ledger/tallies.ts'
import { sendPage, unchanged } from '../answer.ts'
import { negotiate } from '../negotiation.ts'
import { pageOf } from '../page.ts'
import type { Handle } from '../site.ts'
import { HomeView } from '../views/home.tsx'

/** The way in. */
export const home: Handle = (site, request, response) => {
  negotiate(request, ['html'])
  const page = pageOf(site, request)
  const { ledger, sources } = site.publication
  const revision = currentRevision(ledger)
  const runs = sources.map(source => ({ source, run: lastRun(ledger, source.id), counts: countAdmissions(ledger, source.id) }))
  const state = runs.map(({ run }) => `${run?.id ?? 0}${run?.state[0] ?? ''}`).join('.')
  if (unchanged(request, response, `${revision}-${state}-${page.prefix}${page.language}-${site.edition}`)) return
  const newest = search(ledger, { sort: 'modified', most: 6 })
  sendPage(page, response, <HomeView page={page} newest={newest} sources={runs} revision={revision} updated={momentOf(ledger, revision)} />)
}
