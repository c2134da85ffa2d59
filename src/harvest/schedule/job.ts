import type { Source } from '../../config/sources.ts'
import type { RunRequest } from '../../ledger/runs/run-requests.ts'

/** One run to be started: for an instant of its schedule, or for those who asked for it. */
export interface Job {
  source: Source
  why: 'schedule' | 'catch-up' | 'request'
  /** Those it answers. */
  requests: RunRequest[]
  acceptRemovals: boolean
  /** Nothing is kept of it but what it would bring. */
  dry?: boolean
  /** Key of the one record it asks for. */
  record?: string
}

/** Requests for more records than these are answered by one run of the whole source. */
const mostRecords = 20

/** The run that answers the first of the requests for a source, and whatever others it answers too. */
export function joined(source: Source, all: RunRequest[]): Job {
  const dry = all[0]!.dry === 1
  const requests = all.filter(request => (request.dry === 1) === dry)
  if (dry) return { source, why: 'request', requests, acceptRemovals: false, dry }
  const acceptRemovals = requests.some(request => request.accept_removals === 1)
  const records = new Set(requests.map(({ record }) => record))
  const first = requests[0]!.record
  if (acceptRemovals || first === null || records.has(null) || records.size > mostRecords) return { source, why: 'request', requests, acceptRemovals }
  return { source, why: 'request', requests: requests.filter(({ record }) => record === first), acceptRemovals, record: first }
}

/** How many of each kind a dry run names. */
const mostForeseen = 100

/** The arguments of the command line that runs it. */
export const argsOf = ({ source, acceptRemovals, record, dry }: Job): string[] => [
  'harvest',
  source.id,
  '--json',
  ...(dry ? ['--dry-run', `--most=${mostForeseen}`] : []),
  ...(acceptRemovals ? ['--accept-removals'] : []),
  ...(record === undefined ? [] : [`--record=${record}`]),
]

/** What the log says of it. */
export const aboutJob = ({ source, why, requests, acceptRemovals, record, dry }: Job) => ({
  source: source.id,
  why,
  ...(requests.length > 0 && { requests: requests.map(({ id }) => id) }),
  ...(acceptRemovals && { acceptRemovals }),
  ...(dry && { dry }),
  ...(record !== undefined && { record }),
})

/** Two runs of one host are not to go on at once. */
export const hostOf = (source: Source): string => new URL(source.url).hostname

/** Told of what happens: a line of a log, with a sentence for people. */
export type Log = (line: { level?: 'info' | 'error'; event: string; message: string; [more: string]: unknown }) => void

/** How a run ended, in a sentence. */
export const endOf = ({ source, dry }: Job, state: string | null, problems: string[], said?: string): string =>
  state === 'complete'
    ? `The harvest of ${source.id} is complete.`
    : dry && problems.length === 0
      ? `What a harvest of ${source.id} would bring is known.`
      : `The harvest of ${source.id} ${state === null ? 'did not begin' : `ended as ${state}`}: ${problems.join(', ') || said || 'its process gave no reason'}.`
