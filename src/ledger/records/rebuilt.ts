import { openClustering } from '../identity/clusters.ts'
import { index, write, writeJudgement, type Entry } from './commit.ts'
import type { Ledger } from '../file/ledger.ts'
import { unpack } from '../file/pack.ts'

/** A payload as it was kept; `digest` tells whether it still is the record's when something was made of it. */
export interface KeptPayload {
  n: number
  key: string
  digest: string
  mediaType: string
  body: string
}

/** The payloads of a source's records that are not removed, page by page. */
export function* keptPayloads(ledger: Ledger, source: string, page = 100): Generator<KeptPayload> {
  type Raw = Omit<KeptPayload, 'body'> & { body: Uint8Array }
  const sql = `SELECT n, key, payload_digest AS digest, media_type AS mediaType, body FROM record JOIN payload ON payload.record = n
    WHERE source = ? AND admission NOT IN ('removed', 'withheld') AND n > ? ORDER BY n LIMIT ?`
  for (let rows = ledger.all<Raw>(sql, source, 0, page); rows.length > 0; rows = ledger.all<Raw>(sql, source, rows.at(-1)!.n, page)) {
    for (const { body, ...row } of rows) yield { ...row, body: unpack(body).toString('utf8') }
  }
}

export const countKept = (ledger: Ledger, source: string): number =>
  ledger.get<{ c: number }>(
    `SELECT count(*) AS c FROM record JOIN payload ON payload.record = n WHERE source = ? AND admission NOT IN ('removed', 'withheld')`,
    source,
  )!.c

/** Records of a source of which nothing that could be rebuilt is kept. */
export const withoutPayload = (ledger: Ledger, source: string): string[] =>
  ledger
    .all<{ id: string }>(
      `SELECT id FROM record LEFT JOIN payload ON payload.record = n WHERE source = ? AND admission NOT IN ('removed', 'withheld') AND payload.record IS NULL ORDER BY id`,
      source,
    )
    .map(({ id }) => id)

/** A record as today's means make it, and the digest of the payload it was made of. */
export interface Rebuilt {
  entry: Entry
  was: string
}

interface Before {
  n: number
  payload_digest: string
  graph_digest: string
  admission: Entry['admission']
  shown: number | null
  newest: number
  run: number
  seen_run: number
  seen_at: string
  missing_since: string | null
}

/**
 * Writes rebuilt records in one transaction and returns how many the public sees otherwise now. No run has seen them: what is known of
 * their portal – when it was seen, since when it is missing – stays. A record that a run has taken in meanwhile is left to that run.
 */
export function commitRebuilt(ledger: Ledger, at: string, rebuilt: Rebuilt[]): { updated: number; unchanged: number } {
  const counts = { updated: 0, unchanged: 0 }
  ledger.transaction(() => {
    let revision = 0
    const next = () => (revision ||= ledger.run('INSERT INTO revision (at) VALUES (?)', at))
    const clusters = openClustering(ledger)
    for (const { entry, was } of rebuilt) {
      const before = ledger.get<Before>(
        `SELECT n, payload_digest, graph_digest, admission, shown, (SELECT max(id) FROM version WHERE record = n) AS newest, ifnull(payload.run, seen_run) AS run, seen_run, seen_at, missing_since
         FROM record LEFT JOIN payload ON payload.record = n WHERE source = ? AND key = ?`,
        entry.source,
        entry.key,
      )
      const stale = !before || before.payload_digest !== was || before.admission === 'removed'
      counts[stale || !rewrite(ledger, before, entry, at, next) ? 'unchanged' : 'updated']++
      if (!stale) clusters.note(before.n, entry.clues)
    }
    clusters.settle(revision || undefined, next)
  })
  return counts
}

/** True where the record has a new version, or another admission. */
function rewrite(ledger: Ledger, before: Before, entry: Entry, at: string, next: () => number): boolean {
  const { n, shown, newest } = before
  const missing = before.admission === 'missing'
  if (before.graph_digest !== entry.graph.digest) {
    write(ledger, before.run, at, next(), entry)
    ledger.run('UPDATE record SET seen_run = ?, seen_at = ?, missing_since = ? WHERE n = ?', before.seen_run, before.seen_at, before.missing_since, n)
    if (missing) ledger.run(`UPDATE record SET admission = 'missing' WHERE n = ?`, n)
    return true
  }
  const shows = entry.admission === 'published'
  const appears = shows && shown !== newest
  if (appears) show(ledger, before, at, next())
  ledger.run(
    'UPDATE record SET admission = ?, payload_digest = ?, score = ? WHERE n = ?',
    missing ? 'missing' : entry.admission,
    entry.payload.digest,
    entry.score,
    n,
  )
  writeJudgement(ledger, n, entry)
  if (shows || shown === newest) index(ledger, n, entry.summary)
  if (shows || shown === newest || shown === null)
    ledger.run('UPDATE record SET title = ?, description = ? WHERE n = ?', JSON.stringify(entry.summary.title), JSON.stringify(entry.summary.description), n)
  return appears || (!missing && before.admission !== entry.admission)
}

/** The newest version, which a rule had kept back, is seen from now on. */
function show(ledger: Ledger, { n, shown, newest }: Before, at: string, revision: number): void {
  if (shown) ledger.run('UPDATE version SET shown_until = ? WHERE id = ?', revision, shown)
  ledger.run('UPDATE version SET shown_from = ?, modified = ? WHERE id = ?', revision, at, newest)
  ledger.run('UPDATE record SET shown = ?, modified = ?, modified_revision = ? WHERE n = ?', newest, at, revision, n)
  ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, ?)', revision, n, newest)
}
