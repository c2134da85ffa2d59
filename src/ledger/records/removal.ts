import type { Ledger } from '../file/ledger.ts'
import { tables } from '../file/tables.ts'
import { noteClues, settleClusters, type Touched } from '../identity/clusters.ts'
import { writeOutcome } from './commit.ts'
import { selectRecords, type RecordRow } from './records.ts'
import { beginRevision, currentRevision } from './revisions.ts'
import { forgetWithheld, isWithheld, wasSeen } from './withhold.ts'

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

/** A complete run of a source at its end, and the rules by which records go. */
export interface RunEnd {
  source: string
  at: string
  rules: { threshold: number; graceDays: number }
  /** A person's word: let go what is gone, however much it is. */
  accept: boolean
  /** Where nothing is said, the run has read everything. */
  gone?: Gone
}

/**
 * Marks as missing what a complete run did not see, and removes what has been missing for longer than its grace days or was deleted by the portal's own word.
 * Where more than the threshold would go, nothing is touched and the settlement says `held`, unless `accept` gives a person's word.
 */
export function settleRemovals(ledger: Ledger, run: number, end: RunEnd): Settlement {
  const { source, at } = end
  const { kept, gone, fresh, ...settlement } = weigh(ledger, unseenBy(ledger, source, run), run, end)
  if (settlement.held) {
    ledger.transaction(() => fresh.forEach(({ n }) => writeOutcome(ledger, run, n, 'held')))
    return { ...settlement, fresh: fresh.length, missing: ids(fresh), removed: [] }
  }

  ledger.transaction(() => {
    for (const { n } of kept) {
      ledger.run(`UPDATE record SET admission = iif(admission = 'withheld', admission, 'missing'), missing_since = ? WHERE n = ?`, at, n)
      writeOutcome(ledger, run, n, 'missing')
    }
    if (gone.length === 0) return
    letGo(ledger, gone, beginRevision(ledger, at, run), at)
    for (const { n } of gone) if (recordIsHeld(ledger, n)) writeOutcome(ledger, run, n, 'removed')
  })
  return { ...settlement, fresh: fresh.length, missing: ids(kept), removed: ids(gone) }
}

/** What a complete run that met these keys would lead to; `missing` and `removed` are what a person's word would let go where it would be held. */
export function foreseeRemovals(ledger: Ledger, met: (key: string) => boolean, end: RunEnd): Settlement {
  const unseen = ledger.all<Unseen>(`${unseenColumns} ORDER BY id`, end.source).filter(({ key }) => !met(key))
  const { kept, gone, fresh, ...settlement } = weigh(ledger, unseen, 0, end)
  return { ...settlement, fresh: fresh.length, missing: ids(kept), removed: ids(gone) }
}

/** Records go, in the revision that is being written: tombstones and versions stay, and what stood back for them is seen in their place. */
export function letGo(ledger: Ledger, records: { n: number }[], revision: number, at: string): void {
  const touched: Touched = new Set()
  const never: number[] = []
  for (const { n } of records) {
    const withheld = isWithheld(ledger, n)
    if (withheld) forgetWithheld(ledger, n)
    if (withheld && !wasSeen(ledger, n)) never.push(n)
    ledger.run('UPDATE version SET shown_until = ? WHERE id = (SELECT shown FROM record WHERE n = ?)', revision, n)
    ledger.run(
      `UPDATE record SET admission = 'removed', shown = NULL, modified = ?, modified_revision = ?, graph_digest = '', payload_digest = '' WHERE n = ?`,
      at,
      revision,
      n,
    )
    // The tombstone of what nobody was to see says nothing of it.
    if (withheld) ledger.run(`UPDATE record SET title = '{}', description = '{}' WHERE n = ?`, n)
    else ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, NULL)', revision, n)
    noteClues(ledger, touched, n, [])
    for (const { name, byRecord, withRecord } of tables) if (withRecord) ledger.run(`DELETE FROM ${name} WHERE ${byRecord} = ?`, n)
  }
  settleClusters(ledger, touched, revision, () => revision)
  // What nobody was ever shown leaves no tombstone either: its very name may say what is withheld.
  for (const n of never) for (const { name, byRecord } of tables) if (byRecord) ledger.run(`DELETE FROM ${name} WHERE ${byRecord} = ?`, n)
}

const recordIsHeld = (ledger: Ledger, n: number) => ledger.get('SELECT 1 FROM record WHERE n = ?', n) !== undefined

interface Unseen {
  n: number
  id: string
  key: string
  missing_since: string | null
}
const unseenColumns = `SELECT n, id, key, missing_since FROM record WHERE source = ? AND admission <> 'removed'`
/** The records of a source that a run has not met. Told from the others by the narrow tables alone: where all were met, no record is read. */
const unseenBy = (ledger: Ledger, source: string, run: number) =>
  ledger.all<Unseen>(
    `${unseenColumns} AND n IN (SELECT n FROM record AS each LEFT JOIN sighting ON sighting.record = each.n WHERE each.source = ? AND sighting.run IS NOT ?)
     ORDER BY id`,
    source,
    source,
    run,
  )
const ids = (records: Unseen[]) => records.map(record => record.id)

/** Tells those whose grace days are over from those that are kept for theirs, and whether they are too many: `fresh` were there until now. */
function weigh(
  ledger: Ledger,
  unseen: Unseen[],
  run: number,
  { source, at, rules, accept, gone: { readAll, deleted } = { readAll: true, deleted: new Set() } }: RunEnd,
) {
  const all = unseen.filter(({ key }) => readAll || deleted.has(key))
  const known =
    ledger.get<{ c: number }>(
      `SELECT count(*) AS c FROM record WHERE source = ? AND admission <> 'removed' AND issued_revision <= ?`,
      source,
      firstRevisionOf(ledger, run),
    )?.c ?? 0
  const fresh = all.filter(record => record.missing_since === null)
  const over = new Date(Date.parse(at) - rules.graceDays * 86_400_000).toISOString()
  const isOver = (record: Unseen) => deleted.has(record.key) || (record.missing_since ?? at) <= over
  return {
    held: !accept && fresh.length > known * rules.threshold,
    known,
    fresh,
    kept: fresh.filter(record => !isOver(record)),
    gone: all.filter(isOver),
  }
}

/** The records that a held run would have let go, the first of them. */
export const heldBy = (ledger: Ledger, run: number, most = 1000): RecordRow[] =>
  selectRecords(ledger, `JOIN outcome ON outcome.record = record.n WHERE outcome.run = ? AND outcome = 'held' ORDER BY record.id LIMIT ?`, run, most)

/** The last revision before the run wrote anything. */
function firstRevisionOf(ledger: Ledger, run: number): number {
  const first = ledger.get<{ id: number | null }>('SELECT min(id) AS id FROM revision WHERE run = ?', run)?.id
  return first ? first - 1 : currentRevision(ledger)
}
