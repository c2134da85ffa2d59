import { Cron } from 'croner'
import type { Source } from './sources.ts'

/** When a source is due next after a moment, by its cron line in the catalogue's time zone; undefined where nothing is scheduled. */
export function dueAfter({ enabled, schedule }: Pick<Source, 'enabled' | 'schedule'>, timeZone: string, after: Date): Date | undefined {
  if (!enabled || !schedule) return undefined
  return new Cron(schedule, { timezone: timeZone, paused: true }).nextRun(after) ?? undefined
}
