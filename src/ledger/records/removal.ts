import { openClustering } from '../identity/clusters.ts'
import { currentRevision, unindex, writeOutcome } from './commit.ts'
import type { Ledger } from '../file/ledger.ts'
import { selectRecords, type RecordRow } from './records.ts'

/** What a complete run leads to for the records it did not see. */
export interface Settlement {
  held: boolean
  /** Ids that are (or, when held, would be) marked missing now. */
  missing: string[]
  /** Ids whose grace days are over: removed now, their tombstones stay. */
  removed: string[]
  /** How many were there until now and are not seen any more. */
  fresh: number
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
export function settleRemovals(
  ledger: Ledger,
  source: string,
  run: number,
  at: string,
  rules: Rules,
  accept: boolean,
  { readAll, deleted }: Gone = { readAll: true, deleted: new Set() },
): Settlement {
  const unseen = ledger.all<Unseen>(`${unseenColumns} AND seen_run <> ? ORDER BY id`, source, run)
  const { held, known, fresh, kept, gone } = weigh(ledger, source, run, unseen, at, rules, accept, { readAll, deleted })
  if (held) {
    ledger.transaction(() => fresh.forEach(({ n }) => writeOutcome(ledger, run, n, 'held')))
    return { held, missing: ids(fresh), removed: [], fresh: fresh.length, known }
  }

  ledger.transaction(() => {
    for (const { n } of kept) {
      ledger.run(`UPDATE record SET admission = 'missing', missing_since = ? WHERE n = ?`, at, n)
      writeOutcome(ledger, run, n, 'missing')
    }
    if (gone.length === 0) return
    const revision = ledger.run('INSERT INTO revision (at, run) VALUES (?, ?)', at, run)
    letGo(ledger, gone, revision, at)
    for (const { n } of gone) writeOutcome(ledger, run, n, 'removed')
  })
  return { held, missing: ids(kept), removed: ids(gone), fresh: fresh.length, known }
}

/** Records go, in the revision that is being written: tombstones and versions stay, and what stood back for them is seen in their place. */
export function letGo(ledger: Ledger, records: { n: number }[], revision: number, at: string): void {
  const clusters = openClustering(ledger)
  for (const { n } of records) {
    ledger.run('UPDATE version SET shown_until = ? WHERE id = (SELECT shown FROM record WHERE n = ?)', revision, n)
    ledger.run(
      `UPDATE record SET admission = 'removed', shown = NULL, modified = ?, modified_revision = ?, graph_digest = '', payload_digest = '' WHERE n = ?`,
      at,
      revision,
      n,
    )
    ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, NULL)', revision, n)
    unindex(ledger, n)
    clusters.note(n, [])
  }
  clusters.settle(revision, () => revision)
}

/** What a complete run that met these keys would lead to; `missing` and `removed` are what a person's word would let go where it would be held. */
export function foreseeRemovals(
  ledger: Ledger,
  source: string,
  met: (key: string) => boolean,
  at: string,
  rules: Rules,
  accept: boolean,
  gone: Gone,
): Settlement {
  const unseen = ledger.all<Unseen>(`${unseenColumns} ORDER BY id`, source).filter(({ key }) => !met(key))
  const weighed = weigh(ledger, source, 0, unseen, at, rules, accept, gone)
  return { held: weighed.held, missing: ids(weighed.kept), removed: ids(weighed.gone), fresh: weighed.fresh.length, known: weighed.known }
}

interface Rules {
  threshold: number
  graceDays: number
}
interface Unseen {
  n: number
  id: string
  key: string
  missing_since: string | null
}
const unseenColumns = `SELECT n, id, key, missing_since FROM record WHERE source = ? AND admission <> 'removed'`
const ids = (records: Unseen[]) => records.map(record => record.id)

/** Tells those whose grace days are over from those that are kept for theirs, and whether they are too many: `fresh` were there until now. */
function weigh(
  ledger: Ledger,
  source: string,
  run: number,
  unseen: Unseen[],
  at: string,
  { threshold, graceDays }: Rules,
  accept: boolean,
  { readAll, deleted }: Gone,
) {
  const all = unseen.filter(({ key }) => readAll || deleted.has(key))
  const known =
    ledger.get<{ c: number }>(
      `SELECT count(*) AS c FROM record WHERE source = ? AND admission <> 'removed' AND issued_revision <= ?`,
      source,
      firstRevisionOf(ledger, run),
    )?.c ?? 0
  const fresh = all.filter(record => record.missing_since === null)
  const over = new Date(Date.parse(at) - graceDays * 86_400_000).toISOString()
  const isOver = (record: Unseen) => deleted.has(record.key) || (record.missing_since ?? at) <= over
  return { held: !accept && fresh.length > known * threshold, known, fresh, kept: fresh.filter(record => !isOver(record)), gone: all.filter(isOver) }
}

/** The records that a held run would have let go, the first of them. */
export const heldBy = (ledger: Ledger, run: number, most = 1000): RecordRow[] =>
  selectRecords(ledger, `JOIN outcome ON outcome.record = record.n WHERE outcome.run = ? AND outcome = 'held' ORDER BY record.id LIMIT ?`, run, most)

/** The last revision before the run wrote anything. */
function firstRevisionOf(ledger: Ledger, run: number): number {
  const first = ledger.get<{ id: number | null }>('SELECT min(id) AS id FROM revision WHERE run = ?', run)?.id
  return first ? first - 1 : currentRevision(ledger)
}
