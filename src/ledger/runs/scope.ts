import type { Ledger } from '../file/ledger.ts'
import { columnsOf } from '../records/columns.ts'
import { selectRecords, type RecordRow } from '../records/records.ts'
import type { Judged } from '../records/traits.ts'
import type { Run } from './runs.ts'

/**
 * The records that a report speaks of: of the newest run of a source, all that the source has; of an earlier run, those it added or updated
 * and that no later run has changed, since repairs and findings are kept of what a record is now.
 */
export interface Scope {
  /** All that the source has. */
  whole: boolean
  source: string
  run: number
}

/** The records that the report of a run speaks of. */
export function scopeOf(ledger: Ledger, { id, source, mode }: Run): Scope {
  const newest = ledger.get<{ id: number }>(`SELECT max(id) AS id FROM run WHERE source = ? AND mode <> 'record'`, source)?.id
  return { whole: mode !== 'record' && newest === id, source, run: id }
}

/** The numbers of the records of a report, the lowest first. One that was removed is not judged. */
export function* membersOf(ledger: Ledger, { whole, source, run }: Scope): Generator<number> {
  const { judgedOf, judged } = columnsOf(ledger)
  const ofSource = new Map<number, boolean>()
  const isOf = (trait: number) => {
    const known = ofSource.get(trait) ?? (trait !== 0 && judged(trait)[0] === source)
    ofSource.set(trait, known)
    return known
  }
  const newest = 'SELECT run FROM version WHERE version.record = outcome.record ORDER BY version.id DESC LIMIT 1'
  const written = `SELECT record AS n FROM outcome WHERE run = ? AND outcome IN ('added', 'updated') AND run = (${newest}) ORDER BY record`
  const withheld = new Set(ledger.numbers(`SELECT n FROM record WHERE admission = 'withheld'`))
  for (const n of whole ? judgedOf.keys() : ledger.numbers(written, run)) if (isOf(judgedOf[n]!) && !withheld.has(n)) yield n
}

/** What is said of records of a report: of how many of them, and the first. */
export interface Alike {
  judged: Judged
  records: number
  first: number
}

/** The records of a report, those together of which the same is said. */
export function alikeIn(ledger: Ledger, scope: Scope): Alike[] {
  const { judgedOf, judged } = columnsOf(ledger)
  const alike = new Map<number, Alike>()
  for (const n of membersOf(ledger, scope)) {
    const trait = judgedOf[n]!
    const known = alike.get(trait)
    if (known) known.records++
    else alike.set(trait, { judged: judged(trait), records: 1, first: n })
  }
  return [...alike.values()]
}

/** How many records a report speaks of. */
export const countScope = (ledger: Ledger, scope: Scope): number => alikeIn(ledger, scope).reduce((sum, { records }) => sum + records, 0)

/** The records of a report one by one: memory does not grow with what is said of them. */
export function* recordsIn(ledger: Ledger, scope: Scope): Generator<RecordRow> {
  for (const n of Uint32Array.from(membersOf(ledger, scope))) yield* selectRecords(ledger, `WHERE n = ? AND admission NOT IN ('removed', 'withheld')`, n)
}
