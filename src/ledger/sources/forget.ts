import type { Ledger } from '../file/ledger.ts'
import { countAdmissions } from '../records/records.ts'
import { letGo } from '../records/removal.ts'
import { beginRevision } from '../records/revisions.ts'
import type { Admission } from '../records/entry.ts'

/** What becomes of the records of a source that is forgotten. */
export interface Forgotten {
  /** How many go, by what they were until now. */
  records: Record<Exclude<Admission, 'removed'>, number>
  /** How many of their datasets another source publishes too: they are shown from there. */
  elsewhere: number
}

/** What forgetting a source would come to. */
export function foreseeForgetting(ledger: Ledger, source: string): Forgotten {
  const { removed: _, ...records } = countAdmissions(ledger, source)
  const elsewhere = ledger.get<{ c: number }>(
    'SELECT count(DISTINCT canonical) AS c FROM record WHERE canonical IN (SELECT n FROM record WHERE source = ?)',
    source,
  )!.c
  return { records, elsewhere }
}

/**
 * Lets all records of a source go in one revision. They leave tombstones, as those do that a portal no longer lists, and their versions and runs stay;
 * what was remembered for the next run goes, so that a source that comes back is read as if for the first time. The source is to be locked.
 */
export function forgetSource(ledger: Ledger, source: string, at: string): Forgotten {
  return ledger.transaction(() => {
    const forgotten = foreseeForgetting(ledger, source)
    const going = ledger.all<{ n: number }>(`SELECT n FROM record WHERE source = ? AND admission <> 'removed'`, source)
    if (going.length > 0) letGo(ledger, going, beginRevision(ledger, at), at)
    ledger.run('UPDATE source SET watermark = NULL, last_full = NULL, catalogue = NULL, notes = NULL, rules = NULL WHERE id = ?', source)
    ledger.run('DELETE FROM page WHERE source = ?', source)
    ledger.run('DELETE FROM notice WHERE source = ?', source)
    ledger.run('DELETE FROM request WHERE source = ? AND taken IS NULL', source)
    return forgotten
  })
}

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
