import { paths } from '../../../config/addresses.ts'
import type { Part, Report } from '../../../outlets/report/report.ts'
import type { TallyLine } from '../../../outlets/report/summary.ts'
import type { Page } from '../../page/page.ts'
import { listAddress } from './head.tsx'
import { LineFacts, RemedyAdvice, RemedyName } from './line.tsx'

/** The parts that are told by name: by problem, by rule, by repair. */
export type NamedPart = Exclude<Part, 'changes'>

/** One part of the report by rule, each with its remedy and an example: the first rows, or all where no most is given. */
export function Summary({
  page,
  report,
  part,
  tallies,
  text,
  most = Infinity,
}: {
  page: Page
  report: Report
  part: NamedPart
  tallies: TallyLine[]
  text?: string
  most?: number
}) {
  const { t, number } = page.words
  if (tallies.length === 0) return null
  return (
    <section class="block" aria-labelledby={part}>
      <h2 id={part}>
        {t(`report.${part}`)} <span class="tally">{number(tallies.length)}</span>
      </h2>
      {text && <p class="soft">{text}</p>}
      <div class="scroll">
        <table class="listed">
          <thead>
            <tr>
              <th scope="col">{t(`report.head.${part}`)}</th>
              {part !== 'problems' && <th scope="col">{t('sources.records')}</th>}
              <th scope="col">{t('report.head.places')}</th>
            </tr>
          </thead>
          <tbody>
            {tallies.slice(0, most).map(({ name, places, records, example }) => (
              <tr>
                <th scope="row">
                  <RemedyName page={page} line={example} />
                  <details class="remedy" open={part === 'problems'}>
                    <summary>{t('report.example')}</summary>
                    <RemedyAdvice page={page} line={example} />
                    <LineFacts page={page} line={example} />
                  </details>
                </th>
                {part !== 'problems' && (
                  <td class="figure" data-head={t('sources.records')}>
                    {number(records)}
                  </td>
                )}
                <td class="figure" data-head={t('report.head.places')}>
                  <a href={listAddress(page, report, part, name)}>{t('report.places', { count: places })}</a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="report-more">
        {tallies.length > most && <a href={wholeAddress(page, report, part)}>{t(`report.every.${part}`, { count: tallies.length })}</a>}
        {tallies.length > 1 && <a href={listAddress(page, report, part)}>{t('report.all')}</a>}
      </p>
    </section>
  )
}

/** The address of one part with all of its rows. */
const wholeAddress = (page: Page, { run }: Report, part: NamedPart): string => page.to(paths.run(run.source, run.id), new URLSearchParams({ every: part }))
