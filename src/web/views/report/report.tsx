import { paths } from '../../../config/addresses.ts'
import type { RecordOutcome } from '../../../ledger/records/entry.ts'
import type { Run } from '../../../ledger/runs/runs.ts'
import type { Line } from '../../../outlets/report/line.ts'
import type { Report } from '../../../outlets/report/report.ts'
import type { ReportSummary } from '../../../outlets/report/summary.ts'
import { graphFormats } from '../../../rdf/formats.ts'
import { choose } from '../../../words/choose.ts'
import type { Page } from '../../page/page.ts'
import { Layout } from '../layout.tsx'
import { NumberTiles, type Tile } from '../number-tiles.tsx'
import { Pill } from '../parts.tsx'
import { listAddress, ReportHead } from './head.tsx'
import { ChangeTable } from './line.tsx'
import { ReadPanel } from './read-panel.tsx'
import { Summary, type NamedPart } from './summary.tsx'

interface Parts {
  page: Page
  report: Report
  summary: ReportSummary
  /** Records that the report covers. */
  covered: number
  /** The first lines of what changed. */
  changes: Line[]
  /** The run before it, where there was one. */
  before: Run | undefined
}

/** Rows of a part that the report shows; the rest has a page of its own. */
export const mostRows = 10

/** In the order in which they are read: what went wrong, what is to be done, what was done already. */
export const namedParts: NamedPart[] = ['problems', 'findings', 'repairs']

const coveredBy = ({ words }: Page, { scope }: Report, count: number) => words.t(scope.whole ? 'report.whole' : 'report.part', { count })

/** What stands under the name of a part. */
const textOf = ({ words }: Page, part: NamedPart, covered: string) => (part === 'problems' ? {} : { text: `${words.t(`report.${part}_text`)} ${covered}` })

/** What a run read and did, with how much more or less was there than the time before. */
function tilesOf(page: Page, { run }: Report, before: Run | undefined): Tile[] {
  const { t, number } = page.words
  const more = before?.state === 'complete' && run.state === 'complete' ? run.seen - before.seen : 0
  const counts: [string, number, 'bad'?][] = [
    [t('outcome.added'), run.added],
    [t('outcome.updated'), run.updated],
    [t('outcome.removed'), run.removed],
    [t('report.change.missing'), run.missing],
    [t('admission.quarantined'), run.quarantined, 'bad'],
    [t('outcome.failed'), run.failed, 'bad'],
  ]
  return [
    { name: t('run.seen'), value: more === 0 ? number(run.seen) : `${number(run.seen)} (${more > 0 ? '+' : '−'}${number(Math.abs(more))})` },
    ...counts
      .filter(([, count], at) => count > 0 || at < 3)
      .map(([name, count, kind]): Tile => ({ name, value: number(count), kind: count > 0 ? kind : undefined })),
  ]
}

/** One part of a report with all of its rows. */
export function PartView({ page, report, summary, covered, part }: Omit<Parts, 'changes' | 'before'> & { part: NamedPart }) {
  const { t } = page.words
  return (
    <Layout page={page} title={`${t(`report.${part}`)} : ${t('report.title', { n: report.run.id })}`}>
      <ReportHead page={page} report={report} title={t(`report.${part}`)} total={summary[part].length} />
      <div class="wrap band">
        <p>
          <a href={page.to(paths.run(report.run.source, report.run.id))}>{t('report.back')}</a>
        </p>
        <Summary page={page} report={report} part={part} tallies={summary[part]} {...textOf(page, part, coveredBy(page, report, covered))} />
      </div>
    </Layout>
  )
}

/** The report on one run, for the people of its portal: what was read, and what they can mend. */
export function ReportView({ page, report, summary, covered: count, changes, before }: Parts) {
  const { t, number } = page.words
  const { run } = report
  const covered = coveredBy(page, report, count)
  const parts = namedParts.filter(part => summary[part].length > 0)
  return (
    <Layout page={page} title={`${t('report.title', { n: run.id })} : ${choose(report.source.title, page.reading)?.text ?? run.source}`}>
      <ReportHead page={page} report={report} title={t('report.title', { n: run.id })}>
        <p class="head-by">
          <Pill kind={run.state}>{t(`run.${run.state}`)}</Pill> <span>{t(`report.state.${run.state}`)}</span>
        </p>
      </ReportHead>
      <div class="wrap">
        <NumberTiles tiles={tilesOf(page, report, before)} />
      </div>
      <div class="wrap two">
        <div class="two-main">
          <p class="chapters">
            <a href="#changes">{t('report.changes')}</a>
            {parts.map(part => (
              <a href={`#${part}`}>
                {t(`report.${part}`)} <span class="tally">{number(summary[part].length)}</span>
              </a>
            ))}
          </p>
          <section class="block" aria-labelledby="changes">
            <h2 id="changes">{t('report.changes')}</h2>
            {changes.length === 0 ? <p class="soft">{t('report.no_changes')}</p> : <ChangeTable page={page} lines={changes} />}
            <p class="report-more">
              {(Object.entries(summary.changes) as [RecordOutcome, number][])
                .filter(([, count]) => count > 0)
                .map(([name, count]) => (
                  <a href={listAddress(page, report, 'changes', name)}>
                    {t(`report.change.${name}`)} <span class="tally">{number(count)}</span>
                  </a>
                ))}
            </p>
          </section>
          {parts.map(part => (
            <Summary page={page} report={report} part={part} tallies={summary[part]} {...textOf(page, part, covered)} most={mostRows} />
          ))}
          {summary.findings.length === 0 && <p class="soft">{t('findings.none')}</p>}
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
