import { paths } from '../../../config/addresses.ts'
import type { RuleTally } from '../../../ledger/runs/report.ts'
import type { Run } from '../../../ledger/runs/runs.ts'
import type { Fix } from '../../../validate/quality/fixes.ts'
import { listOf } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'
import type { ToCorrect } from '../../page/to-correct.ts'
import { Pill } from '../parts.tsx'
import { RuleText } from '../record/findings.tsx'

/** Rows of the table; the report on the last run has all rules. */
const most = 12

/** What the people of a portal can correct, in one table: what is wrong, in which records, what correcting it gains, and how. */
export function Corrections({ page, source, last, rows }: { page: Page; source: string; last: Run | undefined; rows: ToCorrect[] }) {
  const { t, number } = page.words
  return (
    <section class="block" aria-labelledby="mend">
      <h2 id="mend">
        {t('report.findings')} {rows.length > 0 && <span class="tally">{number(rows.length)}</span>}
      </h2>
      <p class="soft">{t(rows.length > 0 ? 'sources.mend_text' : 'findings.none')}</p>
      {rows.length > 0 && (
        <div class="scroll">
          <table class="listed">
            <thead>
              <tr>
                <th scope="col">{t('sources.wrong')}</th>
                <th scope="col">{t('sources.records')}</th>
                <th scope="col">{t('sources.gain')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, most).map(row => (
                <Row page={page} source={source} last={last} row={row} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > most && last && (
        <p class="report-more">
          <a href={page.to(paths.run(source, last.id))}>{t('sources.all_rules', { count: rows.length })}</a>
        </p>
      )}
    </section>
  )
}

function Row({ page, source, last, row: { rules, fix } }: { page: Page; source: string; last: Run | undefined; row: ToCorrect }) {
  const { t, number } = page.words
  const [first] = rules
  const records = first?.records ?? fix?.records ?? 0
  const to = first ? brokenIn(page, source, last, first) : fix && mendedBy(page, source, fix)
  return (
    <tr>
      <th scope="row">{first ? <Rules page={page} rules={rules} /> : <>{fix && t(`fix.${fix.change}`)}</>}</th>
      <td class="figure" data-head={t('sources.records')}>
        {to ? (
          <a href={to} rel="nofollow">
            {number(records)} <span class="hidden">{first ? <RuleText page={page} rule={first.rule} part="message" /> : fix && t(`fix.${fix.change}`)}</span>
          </a>
        ) : (
          number(records)
        )}
      </td>
      <td class="figure" data-head={t('sources.gain')}>
        {fix ? <span class="gain">{t('fixes.gain', { count: fix.points })}</span> : <span class="zero">–</span>}
      </td>
    </tr>
  )
}

/** The rules about one thing: what the worst of them says, and behind it how all of them are kept. */
function Rules({ page, rules }: { page: Page; rules: RuleTally[] }) {
  const { t } = page.words
  const [first, ...others] = rules
  return (
    <>
      <Pill kind={first!.severity}>{t(`level.${first!.severity}`)}</Pill> <RuleText page={page} rule={first!.rule} part="message" />
      <details class="remedy">
        <summary>{t('sources.remedy')}</summary>
        <p>
          <RuleText page={page} rule={first!.rule} part="advice" />
        </p>
        {others.map(({ rule, severity, records }) => (
          <p>
            <Pill kind={severity}>{t(`level.${severity}`)}</Pill>{' '}
            <strong>
              <RuleText page={page} rule={rule} part="message" />
            </strong>{' '}
            <RuleText page={page} rule={rule} part="advice" /> <span class="soft">{t('sources.in_records', { count: records })}</span>
          </p>
        ))}
      </details>
    </>
  )
}

/** The places where a rule is broken, in the report on the last run. */
const brokenIn = (page: Page, source: string, last: Run | undefined, { rule }: RuleTally) =>
  last && page.to(paths.run(source, last.id), new URLSearchParams({ part: 'findings', name: rule }))

/** The datasets that a change mends. */
const mendedBy = (page: Page, source: string, { change }: Fix) => listOf(page, [['source', source]], { fix: [change] })
