import { systemClock, type Clock } from '../../clock.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import { dueAfter } from '../../config/schedule.ts'
import { startChild, type Child } from './child.ts'
import type { Log } from './job.ts'

/** Milliseconds between two looks at the clock. */
const lookMs = 500

/**
 * Starts `fihrist links` at the instants of `links.schedule`, as a child process. Of several processes that serve one ledger one asks; the others find it
 * locked, or nothing due.
 */
export function openLinkSchedule(
  { links: { schedule }, timeZone }: Pick<Catalogue, 'links' | 'timeZone'>,
  args: string[],
  log: Log,
  now: Clock = systemClock,
): { stop(): Promise<void> } {
  const next = () => (schedule === undefined ? undefined : dueAfter({ enabled: true, schedule }, timeZone, now()))
  let due = next()
  let child: Child | undefined
  const look = () => {
    if (child || due === undefined || due > now()) return
    due = next()
    log({ event: 'links-started', message: 'The addresses of files are being asked whether they answer.' })
    child = startChild(['links', '--json', ...args])
    void child.ended.then(({ said }) => {
      child = undefined
      log({ event: 'links-ended', message: 'The addresses of files that were due have been asked.', ...(said && { said }) })
    })
  }
  const timer = setInterval(look, lookMs)
  return {
    stop: async () => {
      clearInterval(timer)
      child?.stop()
      await child?.ended
    },
  }
}
