import type { Source } from '../../config/sources.ts'
import { countAdmissions, selectRecords } from '../../ledger/records.ts'
import { countAlternates } from '../../ledger/siblings.ts'
import { lastRun, problemsOf, runsOf } from '../../ledger/runs.ts'
import { rulesBroken } from '../../ledger/tallies.ts'
import { Problem } from '../../problem.ts'
import { sendJson, sendPage } from '../answer.ts'
import { pageOf } from '../page.ts'
import type { Handle, Site } from '../site.ts'
import { SourceView } from '../views/source.tsx'
import { SourcesView } from '../views/sources.tsx'

/** What is known of one portal without opening its records. */
function standing(site: Site, source: Source) {
  const { ledger } = site.publication
  return { source, run: lastRun(ledger, source.id), counts: countAdmissions(ledger, source.id) }
}
export type Standing = ReturnType<typeof standing>

const told = ({ source: { id, title, protocol, url, publisher, schedule, enabled, priority }, run, counts }: Standing) =>
  ({ id, title, protocol, url, publisher, schedule, enabled, priority, records: counts, lastRun: run ?? null })

/** The portals we harvest. */
export const sources: Handle = (site, request, response) => {
  const all = site.publication.sources.map(source => standing(site, source))
  if (wishesJson(request)) return sendJson(response, { sources: all.map(told) })
  const page = pageOf(site, request)
  sendPage(page, response, <SourcesView page={page} sources={all} />)
}

/** One portal: its runs, their problems, and what its people can mend. */
export const source: Handle = (site, request, response) => {
  const { ledger } = site.publication
  const asked = site.source(String(request.params['id']))
  if (!asked) throw new Problem('not-found', `There is no source "${String(request.params['id'])}".`)
  const about = standing(site, asked)
  const runs = runsOf(ledger, asked.id, 10)
  const problems = about.run ? problemsOf(ledger, about.run.id, 50) : []
  const rules = rulesBroken(ledger, asked.id)
  const alternates = countAlternates(ledger, asked.id)
  const quarantined = selectRecords(ledger, `WHERE source = ? AND admission = 'quarantined' ORDER BY record.modified DESC, record.n LIMIT 100`, asked.id)
  if (wishesJson(request)) {
    return sendJson(response, { ...told(about), alternates, runs, problems, rules, quarantined: quarantined.map(({ id, dataset, title, score, shown }) => ({ id, dataset, title, score, shown: shown !== null })) })
  }
  const page = pageOf(site, request)
  sendPage(page, response, <SourceView page={page} standing={about} runs={runs} problems={problems} rules={rules} alternates={alternates} quarantined={quarantined} />)
}

function wishesJson(request: Parameters<Handle>[1]): boolean {
  const wished = request.accepts(['text/html', 'application/json'])
  if (wished) return wished === 'application/json'
  throw new Problem('not-acceptable', 'This is served as text/html and application/json.')
}
