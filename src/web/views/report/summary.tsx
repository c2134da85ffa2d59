import type { Part, Report } from '../../../outlets/report/report.ts'
import type { TallyLine } from '../../../outlets/report/summary.ts'
import type { Page } from '../../page/page.ts'
import { listAddress } from './head.tsx'
import { LineFacts, Remedy } from './line.tsx'

/** One part of the report by rule, each with its remedy and an example. */
export function Summary({
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
