import { Cron } from 'croner'
import { digest } from '../rdf/digest.ts'
import type { Source } from './sources.ts'

/** What of a source decides when it is due; its id only where there is jitter. */
type Scheduled = Pick<Source, 'enabled' | 'schedule'> & { id?: string }

/**
 * When a source is due that was last run at `since`: at the first instant after it that its cron line names in the catalogue's time zone, and up to `jitterS`
 * later. Where the machine was off at several of them, that is once. Undefined for a source without a schedule, or one that is disabled.
 */
export function dueAfter({ id = '', enabled, schedule }: Scheduled, timeZone: string, since: Date, jitterS = 0): Date | undefined {
  const [slot, next] = enabled && schedule ? new Cron(schedule, { timezone: timeZone, paused: true }).nextRuns(2, since) : []
  if (!slot) return undefined
  const longest = Math.min(jitterS * 1000, next ? (next.getTime() - slot.getTime()) / 2 : Infinity)
  return new Date(slot.getTime() + Math.floor(longest * shareOf(id)))
}

/** From 0 to 1, always the same for one source: those with one cron line do not start together, and each has its habit. */
const shareOf = (id: string) => Buffer.from(digest(id), 'base64url').readUInt32BE() / 2 ** 32

/** How often a schedule comes round: so many minutes, days or weeks, or each month on one day; `at` is one of its instants. */
export interface Rhythm {
  every: 'minutes' | 'days' | 'weeks' | 'months'
  count: number
  at: Date
}

const minute = 60_000
const day = 1440
/** Instants that are looked at: more than a day of hours. */
const looked = 26

/** The rhythm of a cron line, told from when it comes next; undefined for one that keeps none that people have a word for. */
export function rhythmOf(schedule: string, timeZone: string, now = new Date()): Rhythm | undefined {
  const runs = new Cron(schedule, { timezone: timeZone, paused: true }).nextRuns(looked, now)
  const gaps = runs.slice(1).map((run, at) => Math.round((run.getTime() - runs[at]!.getTime()) / minute))
  const at = runs[0]
  if (!at || runs.length < looked) return undefined
  // A change of the clock makes one of them an hour longer or shorter.
  const gap = gaps.toSorted((a, b) => a - b)[looked >> 1]!
  const isEven = gaps.filter(each => each !== gap).length <= 1 && gaps.every(each => Math.abs(each - gap) <= 60)
  const days = Math.round(gap / day)
  if (isEven && gap < day / 2) return { every: 'minutes', count: gap, at }
  if (isEven) return days % 7 === 0 ? { every: 'weeks', count: days / 7, at } : { every: 'days', count: days, at }
  const dayOfMonth = new Intl.DateTimeFormat('en', { timeZone, day: 'numeric' })
  const isMonthly = gaps.every(each => each > 27 * day && each < 32 * day) && new Set(runs.map(run => dayOfMonth.format(run))).size === 1
  return isMonthly ? { every: 'months', count: 1, at } : undefined
}
