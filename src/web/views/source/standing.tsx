import type { SourceStanding } from '../../../outlets/standing.ts'
import type { Page } from '../../page/page.ts'
import { Fact } from '../parts.tsx'

export const stateOf = ({ source, last }: SourceStanding): string => (source.enabled ? (last?.state ?? 'never') : 'disabled')

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

export function StandingFacts({ page, standing: { source, records, last, lastGood, lagMs, due, late, problems } }: { page: Page; standing: SourceStanding }) {
  const { t, number, moment, ago } = page.words
  return (
    <>
      <Fact name={t('standing.last_good')}>
        {lastGood ? (
          <>
            <time datetime={lastGood.finished ?? lastGood.started}>{moment(lastGood.finished ?? lastGood.started)}</time>{' '}
            <span class="soft">{ago(lagMs ?? 0)}</span>
          </>
        ) : (
          last && t('standing.never_good')
        )}
      </Fact>
      <Fact name={t('sources.last')}>{last && last.id !== lastGood?.id && <time datetime={last.started}>{moment(last.started)}</time>}</Fact>
      <Fact name={t('standing.next')}>{due && source.enabled && !late && <time datetime={due}>{moment(due)}</time>}</Fact>
      <HeldFacts page={page} records={records} />
      <Fact name={t('standing.errors')}>
        {problems.length > 0 && (
          <ul class="plain">
            {problems.map(({ code, count }) => (
              <li>
                {page.words.has(`trouble.${code}.title`) ? t(`trouble.${code}.title`) : code}{' '}
                <bdi class="code" dir="ltr">
                  {code}
                </bdi>{' '}
                <span class="tally">{number(count)}</span>
              </li>
            ))}
          </ul>
        )}
      </Fact>
    </>
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
