import type { SourceStanding } from '../../../outlets/standing.ts'
import type { Page } from '../../page/page.ts'
import { Fact } from '../parts.tsx'

export const stateOf = ({ source, last }: SourceStanding): string => (source.enabled ? (last?.state ?? 'never') : 'disabled')

/** How a source is doing, as one says it: when it was read to its end, and when we come again. */
export function StandingSentence({ page, standing: { source, lastGood, last, lagMs, due, late } }: { page: Page; standing: SourceStanding }) {
  const { t, near, ago, moment } = page.words
  if (!source.enabled) return <>{t('standing.disabled')}</>
  const finished = lastGood && (lastGood.finished ?? lastGood.started)
  return (
    <>
      {finished ? (
        <time datetime={finished} title={moment(finished)}>
          {t('standing.read', { ago: ago(lagMs ?? 0) })}
        </time>
      ) : (
        t(last ? 'standing.never_good_text' : 'standing.never_text')
      )}{' '}
      {due && !late && t('standing.come', { when: near(due) })}
    </>
  )
}

/** What somebody has to look after: no complete run for some time, or none when one was due. */
export function StandingNotice({ page, standing: { source, broken, late, due } }: { page: Page; standing: SourceStanding }) {
  const { t, moment } = page.words
  if (!source.enabled || (!broken && !late)) return null
  return (
    <div class={`notice notice-${broken ? 'violation' : 'warning'} standing`}>
      {broken && <p>{t('standing.broken', { count: broken.runs, date: moment(broken.since) })}</p>}
      {late && due && <p>{t('standing.late_text', { date: moment(due) })}</p>}
    </div>
  )
}

/** What went wrong in the last run, by what it is called. */
export function Errors({ page, problems }: { page: Page; problems: SourceStanding['problems'] }) {
  if (problems.length === 0) return null
  const { t, has, number } = page.words
  return (
    <ul class="plain">
      {problems.map(({ code, count }) => (
        <li>
          {has(`trouble.${code}.title`) ? t(`trouble.${code}.title`) : code} <span class="tally">{number(count)}</span>
        </li>
      ))}
    </ul>
  )
}

/** How many records are held, by what became of them. */
export function HeldFacts({ page, records }: { page: Page; records: SourceStanding['records'] }) {
  const { t, number } = page.words
  return (
    <>
      {(['published', 'quarantined', 'missing', 'removed'] as const).map(each => (
        <Fact name={t(`held.${each}`)}>{records[each] > 0 && number(records[each])}</Fact>
      ))}
    </>
  )
}
