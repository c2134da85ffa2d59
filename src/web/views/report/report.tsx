import { paths } from '../../../config/addresses.ts'
import { outcomes } from '../../../ledger/runs/runs.ts'
import { type Line, type Part, type Report, type ReportSummary, type TallyLine } from '../../../outlets/report/report.ts'
import { graphFormats } from '../../../rdf/formats.ts'
import type { Page } from '../../page/page.ts'
import { choose } from '../../../words/choose.ts'
import { Layout } from '../layout.tsx'
import { Fact, Pill, Said } from '../parts.tsx'
import { ChangeTable, LineFacts, Remedy, ReportHead, listAddress } from './lines.tsx'
import type { RecordOutcome } from '../../../ledger/records/entry.ts'

interface Run {
  page: Page
  report: Report
  summary: ReportSummary
  /** Records that the report covers. */
  covered: number
  /** The first lines of what changed. */
  changes: Line[]
}

/** The report on one run, for the people of its portal: what was read, and what they can mend. */
export function RunView({ page, report, summary, covered: count, changes }: Run) {
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

function ReadPanel({ page, report: { run, source } }: { page: Page; report: Report }) {
  const {
    words: { t, number, moment, duration },
  } = page
  return (
    <section class="panel" aria-labelledby="read">
      <h2 id="read">{t('report.read')}</h2>
      <dl class="facts">
        <Fact name={t('record.source')}>
          <a href={page.to(paths.source(source.id))}>
            <Said page={page} texts={source.title} fallback={source.id} />
          </a>
        </Fact>
        <Fact name={t('report.mode')}>{t(`report.mode_of.${run.mode}`)}</Fact>
        <Fact name={t('report.only')}>
          {run.record && (
            <bdi class="code" dir="ltr">
              {run.record}
            </bdi>
          )}
        </Fact>
        <Fact name={t('run.started')}>
          <time datetime={run.started}>{moment(run.started)}</time>
        </Fact>
        <Fact name={t('report.finished')}>{run.finished && <time datetime={run.finished}>{moment(run.finished)}</time>}</Fact>
        <Fact name={t('run.duration')}>{run.finished && duration(Date.parse(run.finished) - Date.parse(run.started))}</Fact>
        <Fact name={t('report.continues')}>{run.continues !== null && <a href={page.to(paths.run(source.id, run.continues))}>{number(run.continues)}</a>}</Fact>
        <Fact name={t('run.seen')}>{number(run.seen)}</Fact>
        {outcomes.map(each => (
          <Fact name={t(`outcome.${each}`)}>{run[each] > 0 && number(run[each])}</Fact>
        ))}
        <Fact name={t('report.change.missing')}>{run.missing > 0 && number(run.missing)}</Fact>
        <Fact name={t('admission.quarantined')}>{run.quarantined > 0 && number(run.quarantined)}</Fact>
      </dl>
    </section>
  )
}

/** One part of the report by rule, each with its remedy and an example. */
function Summary({
  page,
  report,
  part,
  tallies,
  text,
  none,
}: {
  page: Page
  report: Report
  part: Exclude<Part, 'changes'>
  tallies: TallyLine[]
  text?: string
  none: string
}) {
  const { t, number } = page.words
  return (
    <section class="block" aria-labelledby={part}>
      <h2 id={part}>
        {t(`report.${part}`)} {tallies.length > 0 && <span class="tally">{number(tallies.length)}</span>}
      </h2>
      <p class="soft">{tallies.length > 0 ? text : none}</p>
      <ol class="findings">
        {tallies.map(({ name, places, records, example }) => (
          <li class="finding">
            <Remedy page={page} line={example} />
            <p class="finding-end">
              {records > 0 && <span>{t('sources.in_records', { count: records })}</span>}
              <a href={listAddress(page, report, part, name)}>{t('report.places', { count: places })}</a>
            </p>
            <details class="example" open={part === 'problems'}>
              <summary>{t('report.example')}</summary>
              <LineFacts page={page} line={example} />
            </details>
          </li>
        ))}
      </ol>
      {tallies.length > 1 && (
        <p class="report-more">
          <a href={listAddress(page, report, part)}>{t('report.all')}</a>
        </p>
      )}
    </section>
  )
}
