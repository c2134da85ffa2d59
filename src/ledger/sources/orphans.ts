import type { Ledger } from '../file/ledger.ts'
import type { Admission } from '../records/entry.ts'
import { countAdmissions } from '../records/records.ts'

/** A source of which records are held though no file of the edition describes it: nobody asks its portal any more, and nothing of it goes by itself. */
export interface Orphan {
  id: string
  records: Record<Admission, number>
  /** When its portal was last asked. */
  last: string | null
}

/** What is held of sources that are none of the edition's. */
export function orphansOf(ledger: Ledger, sources: { id: string }[]): Orphan[] {
  const known = new Set(sources.map(({ id }) => id))
  return ledger
    .all<{ id: string }>(`SELECT id FROM source WHERE EXISTS (SELECT 1 FROM record WHERE record.source = source.id AND admission <> 'removed') ORDER BY id`)
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => ({
      id,
      records: countAdmissions(ledger, id),
      last: ledger.get<{ at: string | null }>('SELECT max(started) AS at FROM run WHERE source = ?', id)!.at,
    }))
}
