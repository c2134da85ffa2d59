import type { Ledger } from '../file/ledger.ts'
import { pack } from '../file/pack.ts'
import type { Admission, Entry } from './entry.ts'
import { writeJudgement } from './judgement.ts'
import type { Means } from './means.ts'
import { rescore } from './measurements.ts'
import { writePayload } from './payloads.ts'
import { index } from './search-index.ts'
import { forgetWithheld, withhold } from './withhold.ts'

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
  /** The number of its newest version. */
  number: number
}

export interface Written {
  n: number
  /** What its admission was; undefined where the record was not there. */
  before: Admission | undefined
}

/** Writes a new version of a record, or its first. */
export function write(ledger: Ledger, means: Means, writing: Writing, entry: Entry): Written {
  const { run, at, revision } = writing
  const known = ledger.get<Known>(
    `SELECT n, admission, shown, issued, title, description, (SELECT max(number) FROM version WHERE record = n) AS number FROM record
     WHERE source = ? AND key = ?`,
    entry.source,
    entry.formerKey ?? entry.key,
  )
  const shows = entry.admission === 'published'
  const n = known?.n ?? means.nextRecord++
  const version = insertVersion(ledger, means, writing, entry, { n, number: (known?.number ?? 0) + 1, issued: known?.issued ?? at })
  if (known?.admission === 'withheld') forgetWithheld(ledger, n, version)
  const shown = shows ? version : (known?.shown ?? null)
  if (shows && known?.shown) ledger.run('UPDATE version SET shown_until = ? WHERE id = ?', revision, known.shown)
  if (known) updateRecord(ledger, writing, entry, known, shown)
  else insertRecord(ledger, writing, entry, n, shown)
  if (shows) ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, ?)', revision, n, version)
  writePayload(ledger, run, n, entry.payload, means.dictionaries.payload)
  if (shows) index(ledger, n, entry.summary, !known)
  writeJudgement(ledger, means, n, entry, writing.at)
  if (known) rescore(ledger, n)
  if (entry.admission === 'withheld') withhold(ledger, revision, n)
  return { n, before: known?.admission }
}

function insertRecord(ledger: Ledger, { at, revision }: Writing, entry: Entry, n: number, shown: number | null): void {
  ledger.run(
    `INSERT INTO record (n, id, source, key, dataset, admission, payload_digest, graph_digest, shown, issued, modified, issued_revision, modified_revision,
     portal_modified, title, description, score)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10, ?11, ?11, ?12, ?13, ?14, ?15)`,
    n,
    entry.id,
    entry.source,
    entry.key,
    entry.dataset,
    entry.admission,
    entry.payload.digest,
    entry.graph.digest,
    shown,
    at,
    revision,
    entry.portalModified ?? null,
    JSON.stringify(entry.summary.title),
    JSON.stringify(entry.summary.description),
    entry.score,
  )
}

function updateRecord(ledger: Ledger, { at, revision }: Writing, entry: Entry, known: Known, shown: number | null): void {
  // While the last good version is what people see, its title is what they see of the record.
  const kept = entry.admission !== 'published' && known.shown ? known : undefined
  ledger.run(
    `UPDATE record SET key = ?, dataset = ?, admission = ?, payload_digest = ?, graph_digest = ?, shown = ?, modified = ?, modified_revision = ?,
     missing_since = NULL, portal_modified = ?, title = ?, description = ?, score = ? WHERE n = ?`,
    entry.key,
    entry.dataset,
    entry.admission,
    entry.payload.digest,
    entry.graph.digest,
    shown,
    at,
    revision,
    entry.portalModified ?? null,
    kept?.title ?? JSON.stringify(entry.summary.title),
    kept?.description ?? JSON.stringify(entry.summary.description),
    entry.score,
    known.n,
  )
}

function insertVersion(
  ledger: Ledger,
  { dictionaries }: Means,
  { run, at, revision }: Writing,
  { dataset, graph, admission, portalModified, conforms }: Entry,
  { n, number, issued }: { n: number; number: number; issued: string },
): number {
  return ledger.run(
    `INSERT INTO version (record, number, run, revision, dataset, digest, graph, shown_from, issued, modified, portal_modified, conforms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    n,
    number,
    run,
    revision,
    dataset,
    graph.digest,
    graph.packed ?? pack(graph.text, dictionaries.graph),
    admission === 'published' ? revision : null,
    issued,
    at,
    portalModified ?? null,
    conforms?.join(' ') ?? null,
  )
}
