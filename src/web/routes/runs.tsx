import { countScope } from '../../ledger/runs/report.ts'
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
import { ReportView } from '../views/report/report.tsx'

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
  const covered = countScope(report.publication.ledger, report.scope)
  const changes = linesOf(report, 'changes', { most: 12, offset: 0 })
  return <ReportView page={page} report={report} summary={summaryOf(report)} covered={covered} changes={changes} />
}

function value(report: Report, page: Page) {
  const list = lineListOf(page)
  if (list) return linesJson(report, list.part, list.name, list.at) ?? noSuchPage()
  return reportJson(report, inAllLanguages(page.site.words, `report.state.${report.run.state}`))
}
