import { isRefusal, Problem } from '../../problem.ts'
import type { Harvested } from '../protocol.ts'
import type { Listing } from './pages.ts'

/** How many records changed, and how many did not. */
export interface ChangeCount {
  changed: number
  unchanged: number
}

/**
 * Asks a portal how many records it has, and how many of them changed since a date. Undefined where all must be read: where the portal counts other than we
 * hold, as some were deleted or slipped by; and where it cannot filter by date.
 */
export async function countChanges(
  count: (since?: string) => Promise<number | undefined>,
  since: string | undefined,
  known: number,
): Promise<ChangeCount | undefined> {
  if (since === undefined) return undefined
  try {
    const all = await count()
    if (all !== known) return undefined
    const changed = await count(since)
    return changed !== undefined && changed <= all ? { changed, unchanged: all - changed } : undefined
  } catch (error) {
    if (error instanceof Problem && isRefusal(error)) return undefined
    throw error
  }
}

/**
 * The changes of an incremental run, and how many other records the portal vouches for. The portal counts as many records as are held: so where one of the
 * changed is new, another one has gone, and all are read at once.
 */
export async function* changesOrAll(
  changes: AsyncIterable<Harvested>,
  holds: (key: string) => boolean,
  unchanged: () => number,
  all: () => AsyncIterable<Harvested>,
): AsyncGenerator<Harvested> {
  const told = new Set<string>()
  const isTold = (each: Harvested) => 'problem' in each && each.key !== undefined && told.has(each.key)
  let isNew = false
  for await (const each of changes) {
    const key = 'key' in each ? each.key : undefined
    if (key !== undefined && !holds(key)) isNew = true
    if (key !== undefined && 'problem' in each) told.add(key)
    yield each
  }
  if (!isNew) return yield { unchanged: unchanged() }
  for await (const each of all()) if (!isTold(each)) yield each
}

/**
 * A list in the order of its changes, newest first, as far as what changed since a date: `read()` says how many records that were. Of a record without a date
 * nobody knows, so it counts as changed.
 */
export function untilOlder<At>(list: Listing<At>, since: string, dateOf: (item: unknown) => string | undefined): { list: Listing<At>; read(): number } {
  let read = 0
  const isNew = (item: unknown) => !((dateOf(item) ?? since) < since)
  const ask = async (at: At) => {
    const { items, next } = await list.ask(at)
    const fresh = items.filter(isNew)
    read += fresh.length
    return { items: fresh, next: fresh.length < items.length ? undefined : next }
  }
  return { list: { ...list, ask }, read: () => read }
}

/**
 * Whether the first page of a list stands in the order of its changes, newest first, and goes back to a date at least: the newest change that was seen is still
 * there. A portal that does not know the order says nothing of it.
 */
export function isNewestFirst(items: unknown[], since: string, dateOf: (item: unknown) => string | undefined): boolean {
  const dates = items.map(dateOf).filter(date => date !== undefined)
  return dates.every((date, at) => at === 0 || date <= dates[at - 1]!) && (dates[0] ?? '') >= since
}

/** Nothing has changed. */
export async function* none(): AsyncGenerator<never> {}
