import type { MeasuredNow } from '../../../ledger/records/measurements.ts'
import { dateOfDay, dayOf, dueOf, freshnessOn } from '../../../validate/quality/freshness.ts'
import type { Page } from '../../page/page.ts'
import { Pill } from '../parts.tsx'

/** Whether a dataset is on time, and by what: its declared frequency, against the last change that was told or seen. */
export function Freshness({ page, measured: { rhythm, seen } }: { page: Page; measured: MeasuredNow }) {
  const {
    words: { t, date },
  } = page
  const today = dayOf(new Date())
  const due = dueOf(rhythm, seen)
  const stands = freshnessOn(today, due?.last)
  const changed = Math.max(rhythm.changed ?? -Infinity, seen ?? -Infinity)
  return (
    <p class="freshness">
      <Pill kind={`fresh-${stands}`}>{t(`fresh.${stands}`)}</Pill>{' '}
      {due && stands === 'late'
        ? t(rhythm.planned === undefined ? 'fresh.late_by' : 'fresh.planned_late', { date: date(dateOfDay(due.due)), count: today - due.due })
        : due
          ? t(rhythm.planned === undefined ? 'fresh.due' : 'fresh.planned', { date: date(dateOfDay(due.due)) })
          : t(rhythm.every === undefined ? 'fresh.no_frequency' : 'fresh.no_change')}
      {changed > -Infinity && <> {t('fresh.changed', { date: date(dateOfDay(changed)) })}</>}
    </p>
  )
}
