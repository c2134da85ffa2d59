import { dateOfDay } from '../../validate/quality/freshness.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Columns } from './columns.ts'
import { notSaid } from './facet-kinds.ts'

/** How long ago the publisher last changed a dataset, and fewer days than which that is. What says no date comes last. */
const ages: [value: string, days: number][] = [
  ['month', 31],
  ['quarter', 92],
  ['year', 366],
  ['older', Infinity],
]
export const recencies = [...ages.map(([value]) => value), notSaid]

interface Aged {
  today: number
  ageOf: Uint8Array
}
const known = new WeakMap<Uint32Array, Aged>()

/** Of each record (n) that the public sees, the place of its age in `recencies`. The list by date is held already: it has only to be cut. */
export function agesOf(ledger: Ledger, columns: Columns, today: number): Uint8Array {
  const newestFirst = columns.order('modified')
  const held = known.get(newestFirst)
  if (held?.today === today) return held.ageOf
  const ageOf = new Uint8Array(columns.kindOf.length).fill(ages.length)
  let at = 0
  ages.forEach(([, days], age) => {
    const since = days === Infinity ? '' : dateOfDay(today - days + 1)
    const { c } = ledger.get<{ c: number }>('SELECT count(*) AS c FROM record WHERE shown IS NOT NULL AND canonical IS NULL AND dated >= ?', since)!
    for (; at < c; at++) ageOf[newestFirst[at]!] = age
  })
  known.set(newestFirst, { today, ageOf })
  return ageOf
}
