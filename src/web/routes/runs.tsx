import { runBefore } from '../../ledger/runs/runs.ts'
import { countScope } from '../../ledger/runs/scope.ts'
import { reportCsv } from '../../outlets/report/csv.ts'
import { linesJson, reportJson } from '../../outlets/report/json.ts'
import { linesOf } from '../../outlets/report/lines.ts'
import { reportParts } from '../../outlets/report/rdf.ts'
import type { Report } from '../../outlets/report/report.ts'
import { summaryOf } from '../../outlets/report/summary.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { csv, html, json, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import type { Page } from '../page/page.ts'
import { lineListOf, noSuchPage, readLinePage, reportOf, tableLanguages } from '../page/report.ts'
import { inAllLanguages } from '../site/remedies.ts'
import { LinesView } from '../views/report/lines.tsx'
import { mostRows, namedParts, PartView, ReportView } from '../views/report/report.tsx'

/** The report on one run: a page, JSON, CSV or linked data. */
export const run: Resource<Report> = {
  find: ({ site }, { id = '', n = '' }) => reportOf(site, id, n),
  as: [
    html(view),
    json(value),
    csv(
      (report, page) => reportCsv(report, tableLanguages(page)),
      ({ source, run }) => `${source.id}-${run.id}.csv`,
    ),
    ...rdf<Report>(graphFormats, reportParts),
  ],
  cache: () => 'no-cache',
  links: () => [],
}

function view(report: Report, page: Page) {
  const list = lineListOf(page)
  if (list) return <LinesView page={page} report={report} list={readLinePage(report, list)} />
  const { ledger } = report.publication
  const told = { page, report, summary: summaryOf(report), covered: countScope(ledger, report.scope) }
  const part = namedParts.find(each => each === page.query.get('every'))
  if (part) return <PartView {...told} part={part} />
  const changes = linesOf(report, 'changes', { most: mostRows, offset: 0 })
  return <ReportView {...told} changes={changes} before={runBefore(ledger, report.run)} />
}

function value(report: Report, page: Page) {
  const list = lineListOf(page)
  if (list) return linesJson(report, list.part, list.name, list.at) ?? noSuchPage()
  return reportJson(report, inAllLanguages(page.site.words, `report.state.${report.run.state}`))
}
