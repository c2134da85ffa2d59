import { systemClock, type Clock } from '../../clock.ts'
import type { Catalogue } from '../../config/catalogue.ts'
import { dueAfter } from '../../config/schedule.ts'
import type { Source } from '../../config/sources.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { isHarvested, lockSchedule } from '../../ledger/file/lock.ts'
import { keepForeseen } from '../../ledger/runs/foreseen.ts'
import { finishRequests, openRequests, reopenRequests, takeRequests, waitingRequests } from '../../ledger/runs/run-requests.ts'
import { lastWholeRun, wasCutOff } from '../../ledger/runs/runs.ts'
import { sentence } from '../../problem.ts'
import { sendDigests } from '../notices/digests.ts'
import { sendLetters } from '../notices/letters.ts'
import { startChild, type Child } from './child.ts'
import { aboutJob, argsOf, endOf, hostOf, joined, type Job, type Log } from './job.ts'

export interface ScheduleOptions {
  catalogue: Catalogue
  sources: Source[]
  ledger: Ledger
  /** Of the command line: where the edition and the data are. */
  args: string[]
  /** Told of every start and every end. */
  log: Log
  now?: Clock
}

/** Milliseconds between two looks at the clock and at the requests. */
const lookMs = 500
/** And between two turns of writing to people. */
const writeMs = 10_000

/**
 * Starts the runs that the sources' cron lines ask for, and those that somebody asked for by a row in the ledger, each as a child process. Of
 * several processes that serve one ledger, one keeps its schedule; when it ends another takes over, with the requests it has left.
 */
export function openSchedule({ catalogue, sources, ledger, args, log, now = systemClock }: ScheduleOptions): { stop(): Promise<void> } {
  const opened = now()
  const { timeZone, schedule } = catalogue
  const running = new Map<string, { host: string; child: Child; settled: Promise<void> }>()
  /** When a run of the whole source was last tried here, whether it came to anything or not. */
  const tried = new Map<string, Date>()
  const due = new Map<string, Date | undefined>()
  let unlock: (() => void) | undefined
  let stopping = false

  const lead = () => {
    if (!unlock) {
      unlock = lockSchedule(ledger)
      // Whoever had taken them is no more.
      if (unlock)
        reopenRequests(
          ledger,
          openRequests(ledger).filter(({ taken }) => taken),
        )
    }
    return unlock !== undefined
  }

  const dueOf = (source: Source) => {
    const last = lastWholeRun(ledger, source.id)
    const before = tried.get(source.id)
    if (!before && last && wasCutOff(ledger, last)) return opened
    const since = [before?.toISOString(), last?.started]
      .filter(each => each !== undefined)
      .sort()
      .at(-1)
    // A run that began in the future was begun while the clock was wrong.
    const from = since === undefined || new Date(since) > now() ? opened : new Date(since)
    return dueAfter(source, timeZone, from, schedule.jitterS)
  }
  /** The next instant is worked out once, and once more when it has come: another process may have run the source meanwhile. */
  const isDue = (source: Source) => {
    const passed = () => (due.get(source.id)?.getTime() ?? Infinity) <= now().getTime()
    if (!due.has(source.id) || passed()) due.set(source.id, dueOf(source))
    return passed()
  }

  const wanted = (): Job[] => {
    const bySource = Map.groupBy(waitingRequests(ledger), ({ source }) => source)
    return [...bySource].flatMap(([id, requests]) => {
      const source = sources.find(each => each.id === id && each.enabled)
      if (source) return [joined(source, requests)]
      finishRequests(ledger, requests, now().toISOString(), 'failed', null)
      return []
    })
  }
  const scheduled = (): Job[] =>
    sources
      .filter(source => source.enabled && source.schedule && !running.has(source.id) && isDue(source))
      .map(source => ({ source, at: due.get(source.id)! }))
      .sort((a, b) => a.at.getTime() - b.at.getTime())
      .map(({ source, at }) => ({ source, why: at <= opened ? 'catch-up' : 'schedule', requests: [], acceptRemovals: false }))

  /** One request may be answered while all places are taken: a change should not wait for the night's runs. */
  const mayStart = ({ source, requests }: Job) =>
    running.size < schedule.atOnce + (requests.length > 0 ? 1 : 0) &&
    !running.has(source.id) &&
    ![...running.values()].some(({ host }) => host === hostOf(source))

  /** A run of the whole source answers every instant of its schedule that has passed; so does one that is left out, since another process is at it. */
  const answered = ({ source, record, dry }: Job) => {
    if (record !== undefined || dry) return
    tried.set(source.id, now())
    due.delete(source.id)
  }

  const start = (job: Job) => {
    const { source, requests } = job
    const started = performance.now()
    takeRequests(ledger, requests, now().toISOString())
    answered(job)
    const child = startChild([...argsOf(job), ...args])
    log({ event: 'run-started', message: `The harvest of ${source.id} begins (${job.why}).`, ...aboutJob(job) })
    const settled = child.ended
      .then(({ state, run, problems, said, told }) => {
        running.delete(source.id)
        answered(job)
        if (job.dry && told) keepForeseen(ledger, source.id, told, now().toISOString())
        if (problems.includes('already-running') || (stopping && ((run === null && !told) || problems.includes('interrupted'))))
          reopenRequests(ledger, requests)
        else finishRequests(ledger, requests, now().toISOString(), state, run)
        log({
          ...(run === null && !job.dry && { level: 'error' as const }),
          event: 'run-ended',
          message: endOf(job, state, problems, said),
          ...aboutJob(job),
          run,
          state,
          durationMs: Math.round(performance.now() - started),
          ...(problems.length > 0 && { problems }),
          ...(said && { said }),
        })
      })
      .then(look, failed)
    running.set(source.id, { host: hostOf(source), child, settled })
  }

  const look = () => {
    if (stopping) return
    try {
      const fault = ledger.fault()
      // A run would begin another ledger in its place.
      if (fault) throw fault
      if (!lead()) return
      for (const job of [...wanted(), ...scheduled()]) {
        if (!mayStart(job)) continue
        if (!isHarvested(ledger, job.source.id)) start(job)
        else if (job.why !== 'request') {
          answered(job)
          const why = 'it is being harvested by another process'
          log({ event: 'run-left-out', message: `The harvest of ${job.source.id} is left out: ${why}.`, source: job.source.id, why })
        }
      }
    } catch (error) {
      failed(error)
    }
  }
  let failure = ''
  /** What goes on failing is said once. */
  const failed = (error: unknown) => {
    if (failure === sentence(error)) return
    failure = sentence(error)
    log({ level: 'error', event: 'schedule-failed', message: `The schedule failed, and tries again: ${failure}.` })
  }

  const told =
    (what: string) =>
    ({ sent, failed: why }: { sent: number; failed?: string }) => {
      if (sent > 0) log({ event: `${what}-sent`, message: `E-mails were sent (${what}): ${sent}.`, sent })
      if (why) log({ level: 'error', event: `${what}-failed`, message: `E-mails could not be sent (${what}): ${why}` })
    }
  /** Answers to people are sent beside the runs, and stewards told what there is to do, a turn at a time. */
  let writing: Promise<void> | undefined
  const write = () => {
    if (stopping || writing || !unlock) return
    writing = sendLetters({ catalogue, ledger, now })
      .then(told('letters'))
      .then(() => sendDigests({ catalogue, sources, ledger, now }))
      .then(told('digests'))
      .catch(failed)
      .finally(() => (writing = undefined))
  }

  const timer = setInterval(look, lookMs)
  const writer = setInterval(write, writeMs)
  look()
  return {
    stop: async () => {
      stopping = true
      clearInterval(timer)
      clearInterval(writer)
      await writing
      const going = [...running.values()]
      for (const { child } of going) child.stop()
      await Promise.all(going.map(({ settled }) => settled))
      unlock?.()
    },
  }
}
