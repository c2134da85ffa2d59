import type { Clue } from './clues.ts'
import type { Ledger } from '../file/ledger.ts'
import { selectRecords, type RecordRow } from '../records/records.ts'

/** Another record of the same dataset, and what says that it is the same. */
export interface Sibling {
  record: RecordRow
  /** What both say and no third of their sources does; empty where they are brought together through another record. */
  evidence: Clue[]
}

/** The other records of a record's cluster, the canonical one first. */
export function siblingsOf(ledger: Ledger, { n, canonical }: RecordRow): Sibling[] {
  const first = canonical ?? n
  return selectRecords(ledger, 'WHERE (record.n = ? OR canonical = ?) AND record.n <> ? ORDER BY canonical IS NOT NULL, record.id', first, first, n).map(
    record => ({ record, evidence: evidence(ledger, n, record.n) }),
  )
}

function evidence(ledger: Ledger, a: number, b: number): Clue[] {
  return ledger.all<Clue>(
    `SELECT here.kind, here.value FROM clue AS here JOIN clue AS there ON there.hash = here.hash AND there.kind = here.kind AND there.value = here.value
     WHERE here.record = ? AND there.record = ?
       AND NOT EXISTS (SELECT 1 FROM clue AS other JOIN record ON record.n = other.record WHERE other.hash = here.hash AND shown IS NOT NULL GROUP BY source HAVING count(*) > 1)
     ORDER BY here.kind, here.value`,
    a,
    b,
  )
}

/** How many records, of one source or of all, stand back for those of other sources. */
export const countAlternates = (ledger: Ledger, source?: string): number =>
  ledger.get<{ c: number }>('SELECT count(*) AS c FROM record WHERE canonical IS NOT NULL AND ifnull(source = ?, TRUE)', source ?? null)!.c
