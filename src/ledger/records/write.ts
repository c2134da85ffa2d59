import type { Ledger } from '../file/ledger.ts'
import { pack } from '../file/pack.ts'
import type { Admission, Entry } from './entry.ts'
import { writeJudgement } from './judgement.ts'
import { writePayload } from './payloads.ts'
import { index } from './search-index.ts'

/** Who writes a version, when, and in which revision. */
export interface Writing {
  run: number
  at: string
  revision: number
}

interface Known {
  n: number
  admission: Admission
  shown: number | null
  issued: string
  title: string
  description: string
}

/** Writes a new version of a record, or its first; says what its admission was before. */
export function write(ledger: Ledger, writing: Writing, entry: Entry): { n: number; before: Admission | undefined } {
  const { run, at, revision } = writing
  const known = ledger.get<Known>(
    'SELECT n, admission, shown, issued, title, description FROM record WHERE source = ? AND key = ?',
    entry.source,
    entry.formerKey ?? entry.key,
  )
  if (known && entry.formerKey !== undefined) ledger.run('UPDATE record SET key = ? WHERE n = ?', entry.key, known.n)
  const shows = entry.admission === 'published'
  const n = known?.n ?? insertRecord(ledger, writing, entry)
  const version = insertVersion(ledger, writing, n, entry, known?.issued ?? at)
  if (shows && known?.shown) ledger.run('UPDATE version SET shown_until = ? WHERE id = ?', revision, known.shown)
  // While the last good version is what people see, its title is what they see of the record.
  const kept = !shows && known?.shown ? known : undefined
  ledger.run(
    `UPDATE record SET dataset = ?, admission = ?, payload_digest = ?, graph_digest = ?, shown = ?, modified = ?, modified_revision = ?, seen_run = ?, seen_at = ?, missing_since = NULL, portal_modified = ?, title = ?, description = ?, score = ? WHERE n = ?`,
    entry.dataset,
    entry.admission,
    entry.payload.digest,
    entry.graph.digest,
    shows ? version : (known?.shown ?? null),
    at,
    revision,
    run,
    at,
    entry.portalModified ?? null,
    kept?.title ?? JSON.stringify(entry.summary.title),
    kept?.description ?? JSON.stringify(entry.summary.description),
    entry.score,
    n,
  )
  if (shows) ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, ?)', revision, n, version)
  writePayload(ledger, run, n, entry.payload)
  if (shows) index(ledger, n, entry.summary)
  writeJudgement(ledger, n, entry)
  return { n, before: known?.admission }
}

/** A record that was not there before; what may change with each version is written with its first. */
const insertRecord = (ledger: Ledger, { run, at, revision }: Writing, { id, source, key, dataset, admission, score }: Entry): number =>
  ledger.run(
    `INSERT INTO record (id, source, key, dataset, admission, payload_digest, graph_digest, issued, modified, issued_revision, modified_revision, seen_run, seen_at, title, description, score)
     VALUES (?1, ?2, ?3, ?4, ?5, '', '', ?6, ?6, ?7, ?7, ?8, ?6, '{}', '{}', ?9)`,
    id,
    source,
    key,
    dataset,
    admission,
    at,
    revision,
    run,
    score,
  )

const insertVersion = (
  ledger: Ledger,
  { run, at, revision }: Writing,
  n: number,
  { dataset, graph, admission, portalModified }: Entry,
  issued: string,
): number =>
  ledger.run(
    'INSERT INTO version (record, number, run, revision, dataset, digest, graph, shown_from, issued, modified, portal_modified) VALUES (?1, (SELECT ifnull(max(number), 0) + 1 FROM version WHERE record = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)',
    n,
    run,
    revision,
    dataset,
    graph.digest,
    graph.packed ?? pack(graph.text),
    admission === 'published' ? revision : null,
    issued,
    at,
    portalModified ?? null,
  )
