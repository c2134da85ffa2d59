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
