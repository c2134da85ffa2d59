import type { Ledger } from '../file/ledger.ts'
import { tables, type Prunable, type Table } from '../file/tables.ts'
import { forgetTraits } from '../records/traits.ts'

/** What is kept of what is needed no longer; what is not said is kept for ever. */
export interface Retention {
  /** Former versions stay for so many days after they were last shown, and so do so many of the newest of each record. */
  versions: { days?: number | undefined; keep?: number | undefined }
  /** What portals sent: the last of each record, or nothing. */
  payloads: 'last' | 'none'
  /** Runs with their outcomes, problems and pages, and the requests for them. */
  runs: { days?: number | undefined }
}

/** How much of a source goes, or would; `bytes` is the room it takes as it is kept. */
export type Pruned = Record<Prunable | 'bytes', number>

/** Days that a former version stays whatever the rules say: a reader in the middle of the feed needs it. */
const graceDays = 1
/** Rows, and pages of the file, that are let go in one transaction, so that others who write need not wait for long. */
const batch = 500

/** The oldest revision at which nothing of the catalogue has been let go. */
export const wholeFrom = (ledger: Ledger): number => ledger.get<{ first: number | null }>('SELECT max(whole_from) AS first FROM pruning')?.first ?? 0

/** Lets go what the retention does not keep of a source: never a version that is shown, nor the newest of a record. With `dry`, it is only counted. */
export function prune(ledger: Ledger, source: string, retention: Retention, at: string, dry = false): Pruned {
  noteGoing(ledger, source, retention, at)
  const pruned = count(ledger)
  if (!dry) forgetTraits(ledger)
  if (dry || Object.values(pruned).every(count => count === 0)) return pruned

  // Said before anything goes: nobody may take what is left for the whole.
  ledger.run(
    'INSERT INTO pruning (at, source, versions, payloads, runs, whole_from) VALUES (?, ?, ?, ?, ?, ?)',
    at,
    source,
    pruned.versions,
    pruned.payloads,
    pruned.runs,
    Math.max(wholeFrom(ledger), lastShown(ledger)),
  )
  for (const { name, prunable } of tables) if (prunable) remove(ledger, name, prunable)
  // It is made of pieces of payloads: where none may be kept, neither may these.
  if (retention.payloads === 'none') ledger.run(`DELETE FROM dictionary WHERE source = ? AND kind = 'payload'`, source)
  shrink(ledger)
  return pruned
}

/** Writes down, beside the ledger, the numbers of all that goes, before anything does. */
function noteGoing(ledger: Ledger, source: string, { versions, payloads, runs }: Retention, at: string): void {
  const before = (days: number) => new Date(Date.parse(at) - days * 86_400_000).toISOString()
  ledger.run('CREATE TEMP TABLE IF NOT EXISTS going (what TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (what, id)) STRICT, WITHOUT ROWID')
  ledger.run('DELETE FROM going')
  if (versions.days !== undefined || versions.keep !== undefined)
    ledger.run(
      `INSERT INTO going SELECT 'version', version.id FROM version JOIN record ON record.n = version.record
         JOIN revision ON revision.id = ifnull(version.shown_until, version.revision)
       WHERE record.source = ? AND version.id IS NOT record.shown AND revision.at < ?
         AND (SELECT count(*) FROM version AS later WHERE later.record = version.record AND later.id > version.id) >= ?`,
      source,
      before(Math.max(versions.days ?? 0, graceDays)),
      versions.keep ?? 1,
    )
  if (payloads === 'none')
    ledger.run(`INSERT INTO going SELECT 'payload', record FROM payload JOIN record ON record.n = payload.record WHERE record.source = ?`, source)
  if (runs.days === undefined) return
  const old = before(runs.days)
  ledger.run(`INSERT INTO going SELECT 'request', id FROM run_request WHERE source = ? AND finished < ?`, source, old)
  ledger.run(
    `INSERT INTO going SELECT 'past run', id FROM run WHERE source = ? AND started < ? AND id < ? AND state <> 'running'`,
    source,
    old,
    firstNeeded(ledger, source),
  )
  // A run that brought something that is kept stays, so that it can be named; and the first that did, as it tells when the source's catalogue began.
  ledger.run(
    `INSERT INTO going SELECT 'run', id FROM going WHERE what = 'past run'
       AND id <> (SELECT min(run.id) FROM run JOIN revision ON revision.run = run.id WHERE run.source = ?1)
       AND id NOT IN (SELECT version.run FROM version JOIN record ON record.n = version.record
         WHERE record.source = ?1 AND version.id NOT IN (SELECT id FROM going WHERE what = 'version'))
       AND id NOT IN (SELECT payload.run FROM payload JOIN record ON record.n = payload.record
         WHERE record.source = ?1 AND payload.record NOT IN (SELECT id FROM going WHERE what = 'payload'))`,
    source,
  )
}

/** How much of each table goes. */
function count(ledger: Ledger): Pruned {
  const pruned: Pruned = { versions: 0, payloads: 0, outcomes: 0, problems: 0, pages: 0, requests: 0, runs: 0, bytes: 0 }
  for (const { name, prunable } of tables) {
    if (!prunable) continue
    const { c, bytes } = ledger.get<{ c: number; bytes: number }>(
      `SELECT count(*) AS c, ifnull(sum(length(${prunable.bytes ?? `''`})), 0) AS bytes FROM ${name}
       WHERE ${prunable.key} IN (SELECT id FROM going WHERE what = ?)`,
      prunable.of,
    )!
    pruned[prunable.as] = c
    pruned.bytes += bytes
  }
  return pruned
}

/** Lets go what was noted of a table, batch by batch. */
function remove(ledger: Ledger, table: string, { key, of }: NonNullable<Table['prunable']>): void {
  const next = (after: number) =>
    ledger.get<{ last: number | null }>('SELECT max(id) AS last FROM (SELECT id FROM going WHERE what = ? AND id > ? ORDER BY id LIMIT ?)', of, after, batch)!
      .last
  for (let after = 0, last = next(after); last !== null; after = last, last = next(after))
    ledger.run(`DELETE FROM ${table} WHERE ${key} IN (SELECT id FROM going WHERE what = ? AND id > ? AND id <= ?)`, of, after, last)
}

/** The oldest run that later ones still look back to: the newest, the newest complete one, or the one that an interrupted one goes on from. */
function firstNeeded(ledger: Ledger, source: string): number {
  const newest = 'SELECT max(id) FROM run WHERE source = ?1'
  return (
    ledger.get<{ first: number | null }>(
      `SELECT min(id) AS first FROM run WHERE id IN ((${newest}), (${newest} AND state = 'complete'), (${newest} AND state = 'complete' AND mode = 'full'),
       (SELECT continues FROM run WHERE id = (${newest})))`,
      source,
    )?.first ?? 0
  )
}

/** The revision up to which what goes was shown. */
const lastShown = (ledger: Ledger): number =>
  ledger.get<{ until: number | null }>(`SELECT max(shown_until) AS until FROM version WHERE id IN (SELECT id FROM going WHERE what = 'version')`)!.until ?? 0

/** Gives the room that is free back to the disk, piece by piece. In a ledger that was made without it, the room is only used again. */
function shrink(ledger: Ledger): void {
  const free = () => ledger.get<{ freelist_count: number }>('PRAGMA freelist_count')!.freelist_count
  for (let left = free(), now = 0; left > 0; left = now) {
    ledger.all(`PRAGMA incremental_vacuum(${batch})`)
    now = free()
    if (now >= left) return
  }
}
