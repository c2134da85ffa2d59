import type { Ledger } from '../file/ledger.ts'
import type { Clue } from './clues.ts'

/** What two records both say of their dataset and no third of their sources does; empty where they are brought together through another record. */
export function sharedClues(ledger: Ledger, a: number, b: number): Clue[] {
  return ledger.all<Clue>(
    `SELECT here.kind, here.value FROM clue AS here JOIN clue AS there ON there.hash = here.hash AND there.kind = here.kind AND there.value = here.value
     WHERE here.record = ? AND there.record = ?
       AND NOT EXISTS (SELECT 1 FROM clue AS other JOIN record ON record.n = other.record
         WHERE other.hash = here.hash AND shown IS NOT NULL GROUP BY source HAVING count(*) > 1)
     ORDER BY here.kind, here.value`,
    a,
    b,
  )
}

/** How many records, of one source or of all, stand back for those of other sources. */
export const countAlternates = (ledger: Ledger, source?: string): number =>
  ledger.get<{ c: number }>('SELECT count(*) AS c FROM record WHERE canonical IS NOT NULL AND ifnull(source = ?, TRUE)', source ?? null)!.c
