import type { Ledger } from '../file/ledger.ts'
import { sharedClues } from '../identity/alternates.ts'
import type { Clue } from '../identity/clues.ts'
import { selectRecords, type RecordRow } from './records.ts'

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
    record => ({ record, evidence: sharedClues(ledger, n, record.n) }),
  )
}
