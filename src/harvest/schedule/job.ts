import type { Source } from '../../config/sources.ts'
import type { RunRequest } from '../../ledger/runs/run-requests.ts'

/** One run to be started: for an instant of its schedule, or for those who asked for it. */
export interface Job {
  source: Source
  why: 'schedule' | 'catch-up' | 'request'
  /** Those it answers. */
  requests: RunRequest[]
  acceptRemovals: boolean
  /** Key of the one record it asks for. */
  record?: string
}

/** Requests for more records than these are answered by one run of the whole source. */
const mostRecords = 20

/** The run that answers the first of the requests for a source, and whatever others it answers too. */
export function joined(source: Source, requests: RunRequest[]): Job {
  const acceptRemovals = requests.some(request => request.accept_removals === 1)
  const records = new Set(requests.map(({ record }) => record))
  const first = requests[0]!.record
  if (acceptRemovals || first === null || records.has(null) || records.size > mostRecords) return { source, why: 'request', requests, acceptRemovals }
  return { source, why: 'request', requests: requests.filter(({ record }) => record === first), acceptRemovals, record: first }
}

/** The arguments of the command line that runs it. */
export const argsOf = ({ source, acceptRemovals, record }: Job): string[] => [
  'harvest',
  source.id,
  '--json',
  ...(acceptRemovals ? ['--accept-removals'] : []),
  ...(record === undefined ? [] : [`--record=${record}`]),
]

/** What the log says of it. */
export const aboutJob = ({ source, why, requests, acceptRemovals, record }: Job) => ({
  source: source.id,
  why,
  ...(requests.length > 0 && { requests: requests.map(({ id }) => id) }),
  ...(acceptRemovals && { acceptRemovals }),
  ...(record !== undefined && { record }),
})

/** Two runs of one host are not to go on at once. */
export const hostOf = (source: Source): string => new URL(source.url).hostname
