import type { Ledger } from '../file/ledger.ts'
import { columnsOf } from './columns.ts'
import { recordsByNumbers, type RecordRow } from './records.ts'

/** What datasets that belong together have in common, and how much it counts. */
const weights: Record<string, number> = { theme: 2, publisher: 2, territory: 1 }
/** Something of both kinds, a theme and a body or a body and a place, is in common with what is shown. */
const least = 3
/** Records that are looked at, those changed last first: what is related to many is not searched through. */
const mostLookedAt = 5000

/** Records that share most with one, those that their publishers changed last first. */
export function relatedTo(ledger: Ledger, n: number, most = 4): RecordRow[] {
  const letGo = ledger.hold()
  try {
    const { kindOf, kinds, values, order } = columnsOf(ledger)
    const own = new Set(kinds[kindOf[n] ?? 0])
    const known = new Map<number, number>()
    const shared = (kind: number) => {
      let found = known.get(kind)
      if (found === undefined) {
        const common = [...kinds[kind]!].filter(value => own.has(value)).map(value => values[value]!.dimension)
        known.set(kind, (found = [...new Set(common)].reduce((sum, dimension) => sum + (weights[dimension] ?? 0), 0)))
      }
      return found
    }
    const candidates: { other: number; weight: number }[] = []
    for (const other of order('modified').subarray(0, mostLookedAt)) {
      const kind = kindOf[other]!
      if (kind !== 0 && other !== n && shared(kind) >= least) candidates.push({ other, weight: shared(kind) })
    }
    candidates.sort((a, b) => b.weight - a.weight)
    return recordsByNumbers(
      ledger,
      candidates.slice(0, most).map(({ other }) => other),
    )
  } finally {
    letGo()
  }
}
