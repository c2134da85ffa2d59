import { currentRevision, unindex, writeOutcome } from './commit.ts'
import type { Ledger } from './open.ts'
import { selectRecords, type RecordRow } from './records.ts'

/** What a complete run leads to for the records it did not see. */
export interface Settlement {
  held: boolean
  /** Ids that are (or, when held, would be) marked missing now. */
  missing: string[]
  /** Ids whose grace days are over: removed now, their tombstones stay. */
  removed: string[]
  /** Records of the source that were there before. */
  known: number
}

/** What a run knows of records that are no longer at the portal. */
export interface Gone {
  /** Every record of the source passed by: those the run did not see are gone. */
  readAll: boolean
  /** Keys that the portal itself says are deleted: they have no grace days. */
  deleted: ReadonlySet<string>
}

/**
 * Marks as missing what a complete run did not see, and removes what has been missing for longer than its grace days or was deleted by the portal's own word.
 * Where more than the threshold would go, nothing is touched and the settlement says `held`, unless `accept` gives a person's word.
 */
export function settleRemovals(ledger: Ledger, source: string, run: number, at: string, rules: { threshold: number, graceDays: number }, accept: boolean, { readAll, deleted }: Gone = { readAll: true, deleted: new Set() }): Settlement {
  type Unseen = { n: number, id: string, key: string, missing_since: string | null }
  const unseen = ledger.all<Unseen>(`SELECT n, id, key, missing_since FROM record WHERE source = ? AND seen_run <> ? AND admission <> 'removed' ORDER BY id`, source, run)
    .filter(({ key }) => readAll || deleted.has(key))
  const known = ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE source = ? AND admission <> 'removed' AND issued_revision <= ?`, source, firstRevisionOf(ledger, run))?.c ?? 0
  const fresh = unseen.filter(record => record.missing_since === null)
  const over = new Date(Date.parse(at) - rules.graceDays * 86_400_000).toISOString()
  const isOver = (record: Unseen) => deleted.has(record.key) || (record.missing_since ?? at) <= over
  const gone = unseen.filter(isOver)
  const held = !accept && fresh.length > known * rules.threshold
  if (held) {
    ledger.transaction(() => fresh.forEach(({ n }) => writeOutcome(ledger, run, n, 'held')))
    return { held, missing: fresh.map(record => record.id), removed: [], known }
  }

  const kept = fresh.filter(record => !isOver(record))
  ledger.transaction(() => {
    for (const { n } of kept) {
      ledger.run(`UPDATE record SET admission = 'missing', missing_since = ? WHERE n = ?`, at, n)
      writeOutcome(ledger, run, n, 'missing')
    }
    if (gone.length === 0) return
    const revision = ledger.run('INSERT INTO revision (at, run) VALUES (?, ?)', at, run)
    for (const { n } of gone) {
      ledger.run('UPDATE version SET shown_until = ? WHERE id = (SELECT shown FROM record WHERE n = ?)', revision, n)
      ledger.run(`UPDATE record SET admission = 'removed', shown = NULL, modified = ?, modified_revision = ?, graph_digest = '', payload_digest = '' WHERE n = ?`, at, revision, n)
      ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, NULL)', revision, n)
      unindex(ledger, n)
      writeOutcome(ledger, run, n, 'removed')
    }
  })
  return { held, missing: kept.map(record => record.id), removed: gone.map(record => record.id), known }
}

/** The records that a held run would have let go, the first of them. */
export const heldBy = (ledger: Ledger, run: number, most = 1000): RecordRow[] => selectRecords(ledger, `JOIN outcome ON outcome.record = record.n WHERE outcome.run = ? AND outcome = 'held' ORDER BY record.id LIMIT ?`, run, most)

/** Ids of the records of a source that have not been met and were there until now. */
export const unseenBy = (ledger: Ledger, source: string, met: (key: string) => boolean): string[] =>
  ledger.all<{ id: string, key: string }>(`SELECT id, key FROM record WHERE source = ? AND admission NOT IN ('removed', 'missing') ORDER BY id`, source).filter(({ key }) => !met(key)).map(({ id }) => id)

/** The last revision before the run wrote anything. */
function firstRevisionOf(ledger: Ledger, run: number): number {
  const first = ledger.get<{ id: number | null }>('SELECT min(id) AS id FROM revision WHERE run = ?', run)?.id
  return first ? first - 1 : currentRevision(ledger)
}
