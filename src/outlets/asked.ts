import { currentRevision } from '../ledger/records/revisions.ts'
import { wholeFrom } from '../ledger/sources/prune.ts'
import { saidProblem } from '../words/said.ts'
import type { OutletRequest } from './outlet.ts'
import type { Publication } from './publication.ts'

/** What a query says once; undefined where it says nothing. Throws `bad-request` where it says it twice. */
export function once(query: URLSearchParams, name: string): string | undefined {
  const all = query.getAll(name)
  if (all.length > 1) throw saidProblem('bad-request', 'query_of_outlet.twice', { name })
  return all[0]
}

/** A whole number within bounds. Throws `bad-request`, naming them. */
export function whole(query: URLSearchParams, name: string, { least = 0, most = 999_999_999 } = {}): number | undefined {
  const text = once(query, name)
  if (text === undefined) return undefined
  const value = /^\d{1,9}$/.test(text) ? Number(text) : undefined
  if (value === undefined || value < least || value > most) throw saidProblem('bad-request', 'query_of_outlet.whole', { name, value: short(text), least, most })
  return value
}

/** The number of a page, the first where none is named. Throws `bad-request` past the last. */
export function pageOf(query: URLSearchParams, lastPage: number): number {
  return whole(query, 'page', { least: 1, most: lastPage }) ?? 1
}

const moment = /^(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/

/** A day or a moment, as `2026-01-31T12:00:00.000Z`; without a zone it is UTC. Throws `bad-request`. */
export function momentIn(query: URLSearchParams, name: string): string | undefined {
  const text = once(query, name)
  if (text === undefined) return undefined
  // A `+` of a zone that was not written as %2B has become a blank.
  const [iso = '', year, month, day, zone] = moment.exec(text.replace(/ (?=\d{2}:\d{2}$)/, '+')) ?? []
  const at = Date.parse(iso.includes('T') && !zone ? `${iso}Z` : iso)
  // Dates such as 31 February are read as another day.
  if (Number.isNaN(at) || new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day))
    throw saidProblem('bad-request', 'query_of_outlet.moment', { name, value: short(text) })
  return new Date(at).toISOString()
}

/** One of a few words. Throws `bad-request`, naming them all. */
export function oneOf<Word extends string>(query: URLSearchParams, name: string, words: readonly Word[]): Word | undefined {
  const text = once(query, name)
  if (text === undefined) return undefined
  const found = words.find(word => word === text)
  if (!found) throw saidProblem('bad-request', 'query_of_outlet.word', { name, value: short(text), words: words.join(', ') })
  return found
}

/** The revision that a reader named, or the newest; `bound` tells that he named it: what he is sent never changes. */
export interface AtRevision {
  revision: number
  bound: boolean
}

/** Throws `bad-request` for a revision there is not, and `pruned` for one of which something was let go. */
export function revisionIn({ ledger }: Publication, { query, address }: Pick<OutletRequest, 'query' | 'address'>): AtRevision {
  const newest = currentRevision(ledger)
  // Nothing is of revision 0 but a catalogue that nothing was harvested into, and that not for long.
  const revision = whole(query, 'revision', { least: Math.min(1, newest), most: newest })
  if (revision === undefined || revision === 0) return { revision: newest, bound: false }
  const oldest = wholeFrom(ledger)
  if (revision < oldest) throw saidProblem('pruned', 'query_of_outlet.pruned', { revision, oldest, address })
  return { revision, bound: true }
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
