import type { Ledger } from '../file/ledger.ts'
import { tables } from '../file/tables.ts'
import type { Admission } from '../records/entry.ts'
import { countAdmissions } from '../records/records.ts'
import { letGo } from '../records/removal.ts'
import { beginRevision } from '../records/revisions.ts'
import { nothing, rememberSource } from './memory.ts'

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
    rememberSource(ledger, source, nothing)
    for (const { name, bySource, forgotten: which } of tables) if (which) ledger.run(`DELETE FROM ${name} WHERE ${bySource} = ? AND ${which}`, source)
    return forgotten
  })
}
