import { paths } from '../../../config/addresses.ts'
import type { RecordOutcome } from '../../../ledger/records/entry.ts'
import type { Line } from '../../../outlets/report/line.ts'
import type { Report } from '../../../outlets/report/report.ts'
import type { ReportSummary } from '../../../outlets/report/summary.ts'
import { graphFormats } from '../../../rdf/formats.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { Pill } from '../parts.tsx'
import { listAddress, ReportHead } from './head.tsx'
import { ChangeTable } from './line.tsx'
import { ReadPanel } from './read-panel.tsx'
import { Summary } from './summary.tsx'

interface Parts {
  page: Page
  report: Report
  summary: ReportSummary
  /** Records that the report covers. */
  covered: number
  /** The first lines of what changed. */
  changes: Line[]
}

/** The report on one run, for the people of its portal: what was read, and what they can mend. */
export function ReportView({ page, report, summary, covered: count, changes }: Parts) {
  const { t } = page.words
  const { run, scope } = report
  const covered = t(scope.whole ? 'report.whole' : 'report.part', { count })
  return (
    <Layout page={page} title={`${t('report.title', { n: run.id })} : ${choose(report.source.title, page.reading)?.text ?? run.source}`}>
      <ReportHead page={page} report={report} title={t('report.title', { n: run.id })}>
        <p class="head-by">
          <Pill kind={run.state}>{t(`run.${run.state}`)}</Pill> <span>{t(`report.state.${run.state}`)}</span>
        </p>
      </ReportHead>
      <div class="wrap two">
        <div class="two-main">
          <Summary page={page} report={report} part="problems" tallies={summary.problems} none={t('report.no_problems')} />
          <Summary
            page={page}
            report={report}
            part="findings"
            tallies={summary.findings}
            text={`${t('report.findings_text')} ${covered}`}
            none={t('findings.none')}
          />
          <Summary
            page={page}
            report={report}
            part="repairs"
            tallies={summary.repairs}
            text={`${t('report.repairs_text')} ${covered}`}
            none={t('findings.none')}
          />
          <section class="block" aria-labelledby="changes">
            <h2 id="changes">{t('report.changes')}</h2>
            {changes.length === 0 ? <p class="soft">{t('report.no_changes')}</p> : <ChangeTable page={page} lines={changes} />}
            <p class="report-more">
              {(Object.entries(summary.changes) as [RecordOutcome, number][])
                .filter(([, count]) => count > 0)
                .map(([name, count]) => (
                  <a href={listAddress(page, report, 'changes', name)}>
                    {t(`report.change.${name}`)} <span class="tally">{page.words.number(count)}</span>
                  </a>
                ))}
            </p>
          </section>
        </div>
        <aside class="two-side">
          <ReadPanel page={page} report={report} />
          <section class="panel" aria-labelledby="forms">
            <h2 id="forms">{t('report.forms')}</h2>
            <p class="forms">
              {[['csv', 'CSV'], ['json', 'JSON'], ...graphFormats.map(format => [format.extension, format.label])].map(([extension, label]) => (
                <a href={page.to(`${paths.run(run.source, run.id)}.${extension}`)} rel="nofollow">
                  {label}
                </a>
              ))}
            </p>
          </section>
        </aside>
      </div>
    </Layout>
  )
}
