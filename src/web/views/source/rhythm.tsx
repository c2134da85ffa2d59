import { rhythmOf } from '../../../config/schedule.ts'
import type { Source } from '../../../config/sources.ts'
import type { Page } from '../../page/page.ts'

/** How often a source is read, in words; a cron line that has none as it is written. */
export function Rhythm({ page, source: { schedule } }: { page: Page; source: Source }) {
  const { t, part } = page.words
  if (!schedule) return null
  const rhythm = rhythmOf(schedule, page.site.publication.catalogue.timeZone)
  if (!rhythm)
    return (
      <bdi class="code" dir="ltr">
        {schedule}
      </bdi>
    )
  const { every, count } = rhythm
  const at = rhythm.at.toISOString()
  const [key, n] = every === 'minutes' && count % 60 === 0 ? ['hours', count / 60] : [every, count]
  return <>{t(`rhythm.${key}`, { count: n, time: part('time', at), weekday: part('weekday', at), day: part('day', at) })}</>
}
