import { changedIn, pageStarts } from '../../ledger/records/changes.ts'
import { currentRevision, momentOf, revisionBefore } from '../../ledger/records/revisions.ts'
import { wholeFrom } from '../../ledger/sources/prune.ts'
import { saidProblem } from '../../words/said.ts'
import { once, pageOf } from '../asked.ts'
import type { OutletRequest } from '../outlet.ts'
import type { Publication } from '../publication.ts'

/** Changes that a page tells. */
const pageSize = 100

/** A part of the stream that a fragment leads to: all of it was published between two moments. */
export interface Branch {
  address: string
  from: string
  /** The moment before which, or until which, it was published; undefined where it still grows. */
  before?: string
  until?: string
}

/** A node of the search tree over the stream: all months, the days of a month, the pages of a day, or a page with its members. */
export interface Fragment {
  address: string
  /** The first node: it says what the stream is. */
  isRoot: boolean
  branches: Branch[]
  /** Of a page: the change after which it begins, and how many it holds at most. */
  members?: { from: number; after: { revision: number; n: number }; to: number; most: number }
  /** Nothing will be added to it. */
  closed: boolean
  revision: number
  /** What was let go stands on no page any more. */
  wholeFrom: number
}

/** Finds a fragment by `at` (a month or a day) and, of a day, `page`. Throws `bad-request`, and `not-found` where nothing changed then. */
export function findFragment({ ledger }: Publication, { query, address: stream }: OutletRequest): Fragment {
  const newest = currentRevision(ledger)
  const at = once(query, 'at') ?? ''
  const isPart = /^(\d{4}-\d{2}(-\d{2})?)?$/.test(at) && (at === '' || startOf(at) !== undefined)
  if (!isPart || (query.has('page') && at.length < 10)) throw saidProblem('bad-request', 'query_of_outlet.moment', { name: 'at', value: at.slice(0, 60) })
  const first = at === '' ? 0 : revisionBefore(ledger, startOf(at)!)
  const last = at === '' ? newest : revisionBefore(ledger, endOf(at))
  const now = momentOf(ledger, newest) ?? ''
  const addressOf = (part: string, page?: number) => `${stream}?at=${part}${page === undefined ? '' : `&page=${page}`}`
  const isOver = (part: string) => endOf(part) <= now
  const here = { isRoot: at === '', revision: last, wholeFrom: wholeFrom(ledger) }

  if (at.length < 10) {
    const parts = changedIn(ledger, first, last, at === '' ? 7 : 10)
    if (parts.length === 0 && at !== '') throw nothing(at, stream)
    const branches = parts.map((part): Branch => ({ address: addressOf(part), from: startOf(part)!, ...(isOver(part) && { before: endOf(part) }) }))
    return { ...here, address: at === '' ? stream : addressOf(at), branches, closed: at !== '' && isOver(at) }
  }
  const starts = pageStarts(ledger, first, last, pageSize)
  if (starts.length === 0) throw nothing(at, stream)
  if (!query.has('page')) {
    const branches = starts.map((start, place): Branch => {
      // The last of a page may have been published in the same moment as the first of the next.
      const until = starts[place + 1]?.at
      return { address: addressOf(at, place + 1), from: start.at, ...(until !== undefined ? { until } : isOver(at) && { before: endOf(at) }) }
    })
    return { ...here, address: addressOf(at), branches, closed: isOver(at) }
  }
  const page = pageOf(query, starts.length)
  const start = starts[page - 1]!
  const next = starts[page]
  return {
    ...here,
    address: addressOf(at, page),
    branches: [],
    members: { from: first, after: { revision: start.revision, n: start.n - 1 }, to: last, most: pageSize },
    closed: next !== undefined || isOver(at),
    revision: next?.revision ?? last,
  }
}

const nothing = (at: string, stream: string) => saidProblem('not-found', 'query_of_outlet.unchanged', { value: at, address: stream })

/** The first moment of a month or a day; undefined for one there is not, such as 31 February. */
function startOf(part: string): string | undefined {
  const at = new Date(part.length === 7 ? `${part}-01` : part)
  return Number.isNaN(at.getTime()) || !at.toISOString().startsWith(part) ? undefined : at.toISOString()
}

/** The first moment after a month or a day. */
function endOf(part: string): string {
  const start = new Date(startOf(part)!)
  return new Date(part.length === 7 ? Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1) : start.getTime() + 86_400_000).toISOString()
}
