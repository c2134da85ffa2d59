import type { Catalogue } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { isHarvested, lockSchedule } from '../ledger/lock.ts'
import type { Ledger } from '../ledger/open.ts'
import { finishRequests, openRequests, reopenRequests, takeRequests, waitingRequests, type Request } from '../ledger/requests.ts'
import { lastWholeRun, wasCutOff } from '../ledger/runs.ts'
import { sentence } from '../problem.ts'
import { startChild, type Child } from './child.ts'
import { dueAfter } from './due.ts'

export interface ScheduleOptions {
  catalogue: Catalogue
  sources: Source[]
  ledger: Ledger
  /** Of the command line: where the edition and the data are. */
  args: string[]
  /** Told of every start and every end. */
  log(line: Record<string, unknown>): void
}

/** One run to be started: for a slot of its schedule, or for those who asked for it. */
interface Job { source: Source, why: 'schedule' | 'catch-up' | 'request', requests: Request[], options: string[] }

/** Milliseconds between two looks at the clock and at the requests. */
const lookMs = 500
/** Requests for more records than these are answered by one run of the whole source. */
const mostRecords = 20

/**
 * Starts the runs that the sources' cron lines ask for, and those that somebody asked for by a row in the ledger, each as a child process. Of
 * several processes that serve one ledger, one keeps its schedule; when it ends another takes over, with the requests it has left.
 */
export function openSchedule({ catalogue, sources, ledger, args, log }: ScheduleOptions): { stop(): Promise<void> } {
  const opened = new Date()
  const { atOnce } = catalogue.schedule
  const running = new Map<string, { host: string, child: Child, settled: Promise<void> }>()
  /** When a run of a source was last tried by us, whether it came to anything or not. */
  const tried = new Map<string, Date>()
  const due = new Map<string, Date | undefined>()
  let unlock: (() => void) | undefined
  let stopping = false

  const lead = () => {
    if (!unlock) {
      unlock = lockSchedule(ledger)
      // Whoever had taken them is no more.
      if (unlock) reopenRequests(ledger, openRequests(ledger).filter(({ taken }) => taken))
    }
    return unlock !== undefined
  }

  const dueOf = (source: Source) => {
    const last = lastWholeRun(ledger, source.id)
    const before = tried.get(source.id)
    if (!before && last && wasCutOff(ledger, last)) return opened
    const since = [before?.toISOString(), last?.started].filter(each => each !== undefined).sort().at(-1)
    return dueAfter(source, catalogue, since === undefined ? opened : new Date(since))
  }
  /** The next instant is worked out once, and once more when it has come: another process may have run the source meanwhile. */
  const isDue = (source: Source) => {
    const passed = () => (due.get(source.id)?.getTime() ?? Infinity) <= Date.now()
    if (!due.has(source.id) || passed()) due.set(source.id, dueOf(source))
    return passed()
  }

  const wanted = (): Job[] => {
    const bySource = Map.groupBy(waitingRequests(ledger), ({ source }) => source)
    return [...bySource].flatMap(([id, requests]) => {
      const source = sources.find(each => each.id === id && each.enabled)
      if (source) return [{ source, why: 'request' as const, ...joined(requests) }]
      finishRequests(ledger, requests, new Date().toISOString(), 'failed', null)
      return []
    })
  }
  const scheduled = (): Job[] => sources.filter(source => source.enabled && source.schedule && !running.has(source.id) && isDue(source))
    .map(source => ({ source, why: due.get(source.id)! <= opened ? 'catch-up' : 'schedule', requests: [], options: [] }))

  /** One request may be answered while all places are taken: a change should not wait for the night's runs. */
  const mayStart = ({ source, requests }: Job) => running.size < atOnce + (requests.length > 0 ? 1 : 0) && !running.has(source.id) && ![...running.values()].some(({ host }) => host === hostOf(source))

  const start = ({ source, why, requests, options }: Job) => {
    const started = Date.now()
    const about = { source: source.id, why, ...(requests.length > 0 && { requests: requests.map(({ id }) => id) }), ...(options.length > 0 && { options }) }
    takeRequests(ledger, requests, new Date(started).toISOString())
    tried.set(source.id, new Date(started))
    const child = startChild(['harvest', source.id, '--json', ...options, ...args])
    log({ event: 'run-started', ...about })
    const settled = child.ended.then(({ state, run, problems, said }) => {
      running.delete(source.id)
      // Slots that passed meanwhile are left out.
      tried.set(source.id, new Date())
      due.delete(source.id)
      if (problems.includes('already-running') || (stopping && (run === null || problems.includes('interrupted')))) reopenRequests(ledger, requests)
      else finishRequests(ledger, requests, new Date().toISOString(), state, run)
      log({ ...(run === null && { level: 'error' }), event: 'run-ended', ...about, run, state, durationMs: Date.now() - started, ...(problems.length > 0 && { problems }), ...(said && { said }) })
    }).then(look, failed)
    running.set(source.id, { host: hostOf(source), child, settled })
  }

  const look = () => {
    if (stopping) return
    try {
      if (!lead()) return
      for (const job of [...wanted(), ...scheduled()]) {
        if (!mayStart(job)) continue
        if (!isHarvested(ledger, job.source.id)) start(job)
        else if (job.why !== 'request') {
          tried.set(job.source.id, new Date())
          due.delete(job.source.id)
          log({ event: 'run-left-out', source: job.source.id, why: 'it is being harvested by another process' })
        }
      }
    } catch (error) {
      failed(error)
    }
  }
  let failure = ''
  /** What goes on failing is said once. */
  const failed = (error: unknown) => {
    if (failure !== sentence(error)) log({ level: 'error', event: 'schedule-failed', error: failure = sentence(error) })
  }

  const timer = setInterval(look, lookMs)
  look()
  return {
    stop: async () => {
      stopping = true
      clearInterval(timer)
      const going = [...running.values()]
      for (const { child } of going) child.stop()
      await Promise.all(going.map(({ settled }) => settled))
      unlock?.()
    },
  }
}

/** The run that answers the first of the requests for a source, and whatever others it answers too. */
function joined(requests: Request[]): Pick<Job, 'requests' | 'options'> {
  const accept = requests.some(request => request.accept_removals === 1)
  const records = new Set(requests.map(({ record }) => record))
  if (accept || records.has(null) || records.size > mostRecords) return { requests, options: accept ? ['--accept-removals'] : [] }
  const record = requests[0]!.record!
  return { requests: requests.filter(request => request.record === record), options: [`--record=${record}`] }
}

const hostOf = (source: Source) => new URL(source.url).hostname
