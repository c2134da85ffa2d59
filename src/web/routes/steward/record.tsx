import { paths } from '../../../config/addresses.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import { openStates } from '../../../ledger/programme/kinds.ts'
import { contributions } from '../../../ledger/programme/lists.ts'
import { mayAs } from '../../../ledger/programme/roles.ts'
import { correctionsOf } from '../../../ledger/records/corrections.ts'
import { decide, decisionOf } from '../../../ledger/records/decisions.ts'
import { findingsOf } from '../../../ledger/records/judgement.ts'
import { recordById, type RecordRow } from '../../../ledger/records/records.ts'
import { newestVersion } from '../../../ledger/records/shown.ts'
import { askForRun } from '../../../ledger/runs/run-requests.ts'
import { versionGraph } from '../../../outlets/resource.ts'
import { Graph, values } from '../../../rdf/graph.ts'
import { dct } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import { saidProblem } from '../../../words/said.ts'
import { fieldOf } from '../../http/posted.ts'
import type { Attend } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { pageOf, type Page } from '../../page/page.ts'
import type { Visitor } from '../../page/visitor.ts'
import { StewardRecordView } from '../../views/steward/record.tsx'
import { correctAs } from './correct.ts'

/** A record, whether it is withheld or not: why, what was reported of it, and the decision to withhold or release it. */
export const stewardRecord: Attend = ({ site, request, response, route }, visit) => {
  const page = pageOf(site, request, route.menu)
  const { ledger, catalogue } = site.publication
  const record = ownRecord(page, visit, String(request.params['id']))
  const show = (fault?: string, status = 200, wrong?: string) =>
    sendPage(
      page,
      response,
      <StewardRecordView
        page={page}
        visitor={visit}
        record={record}
        decision={decisionOf(ledger, record.n)}
        gate={findingsOf(ledger, record.n).filter(({ severity, profile }) => severity === 'violation' && catalogue.withholding.includes(profile))}
        reports={contributions(ledger, { kind: 'report', states: openStates('report'), dataset: record.id })}
        corrections={correctionsOf(ledger, record.n)}
        fault={fault}
        wrong={wrong}
      />,
      status,
    )
  if (!visit.posted) return show()
  if (['correct', 'take-back'].includes(fieldOf(visit.posted, 'do'))) {
    const wrong = correctAs(page, visit.person, record, visit.posted)
    return wrong === undefined ? response.redirect(303, page.to(paths.keptRecord(record.id))) : show(undefined, 422, wrong)
  }
  if (!mayAs(visit.person.role, 'steward')) throw saidProblem('forbidden', 'steward.may_not')
  const reason = fieldOf(visit.posted, 'reason')
  const what = fieldOf(visit.posted, 'do') === 'release' ? 'release' : 'withhold'
  if (reason === '' || reason.length > 1000) return show(reason === '' ? 'form.fault.required' : 'form.fault.long', 422)
  const at = new Date().toISOString()
  decide(ledger, record.n, { what, reason, name: visit.person.name, at })
  // It is judged again by a run of its source, even where the portal is away.
  if (what === 'release' && site.source(record.source)?.enabled)
    askForRun(ledger, { source: record.source, record: null, acceptRemovals: false, origin: 'admin' }, at)
  note(ledger, { name: visit.person.name, act: what, subject: record.id, said: { reason } }, at)
  response.redirect(303, page.to(paths.keptRecord(record.id)))
}

/** Stewards of a body see what is the body's: by the publisher that the record names, or by who keeps the source. */
function ownRecord({ site }: Page, { person }: Visitor, id: string): RecordRow {
  const { ledger, vocabulary } = site.publication
  const record = recordById(ledger, id)
  if (record && record.admission !== 'removed' && (person.body === null || person.role === 'admin' || isOf(record, person.body))) return record
  throw saidProblem('not-found', 'steward.no_record', { id: id.slice(0, 100) })

  function isOf({ n, source }: RecordRow, body: string): boolean {
    if (site.source(source)?.publisher === body) return true
    const version = newestVersion(ledger, n)
    const graph = version && new Graph(versionGraph(version))
    return graph !== undefined && values(graph, namedNode(version!.dataset), dct.publisher).some(({ value }) => vocabulary.concepts.get(value)?.slug === body)
  }
}
