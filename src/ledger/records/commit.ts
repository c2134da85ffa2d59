import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Clue } from '../identity/clues.ts'
import { openClustering } from '../identity/clusters.ts'
import type { Ledger } from '../file/ledger.ts'
import { pack } from '../file/pack.ts'
import { words } from './search.ts'

/** `published`: anybody sees it. `quarantined`: a blocking rule failed; the last good version stays public. `withheld`: the publication gate. */
export type Admission = 'published' | 'quarantined' | 'withheld' | 'missing' | 'removed'

/** What search, lists and facets know of a record without opening its graph. */
export interface Summary {
  /** By language. */
  title: Record<string, string>
  description: Record<string, string>
  /** Dimension (`theme`, `publisher` …) → values: IRIs of concepts or plain words. */
  facets: Record<string, string[]>
  /** Words that find the record: keywords; and the names of its publisher, themes and places in all languages. */
  keywords: string[]
  names: string[]
}

/** One record ready to be kept. */
export interface Entry {
  source: string
  key: string
  /** The key it had until now, where the portal has given it another. */
  formerKey?: string
  id: string
  dataset: string
  payload: { digest: string; mediaType: string; body: string | Uint8Array }
  graph: { digest: string; text: string }
  portalModified?: string
  admission: Admission
  summary: Summary
  /** By what the dataset is known again in another source. */
  clues?: Clue[]
  findings: Finding[]
  repairs: Repair[]
  measurements: Record<string, number | null>
  score: number
}

/** What a batch holds beside its entries: records seen again, with the digest of their payload where it changed but its graph did not. */
export interface Seen {
  n: number
  payload?: Entry['payload']
}

/**
 * Writes one batch in one transaction and returns the revision; the current one where nothing visible or kept has changed.
 * A version is written only where the graph differs from the last; what the public sees moves only to an admitted version.
 */
export function commit(ledger: Ledger, run: number, at: string, entries: Entry[], seen: Seen[]): number {
  return ledger.transaction(() => {
    const revision = entries.length > 0 ? ledger.run('INSERT INTO revision (at, run) VALUES (?, ?)', at, run) : currentRevision(ledger)
    const clusters = openClustering(ledger)
    for (const entry of entries) {
      const { n, before } = write(ledger, run, at, revision, entry)
      clusters.note(n, entry.clues)
      writeOutcome(ledger, run, n, before === undefined || before === 'removed' ? 'added' : 'updated')
    }
    for (const { n, payload } of seen) {
      // A record that had gone missing and is there again takes back the admission of what is shown of it.
      ledger.run(
        `UPDATE record SET seen_run = ?, seen_at = ?, missing_since = NULL, admission = iif(admission = 'missing', ${formerAdmission}, admission) WHERE n = ?`,
        run,
        at,
        n,
      )
      if (payload) {
        ledger.run('UPDATE record SET payload_digest = ? WHERE n = ?', payload.digest, n)
        writePayload(ledger, run, n, payload)
      }
    }
    clusters.settle(entries.length > 0 ? revision : undefined, () => revision)
    return revision
  })
}

/** What a record was before it went missing: quarantined where its newest version was never shown. */
const formerAdmission = `(SELECT iif(shown_from IS NULL, 'quarantined', 'published') FROM version WHERE record = record.n ORDER BY id DESC LIMIT 1)`

export function currentRevision(ledger: Ledger): number {
  return ledger.get<{ id: number | null }>('SELECT max(id) AS id FROM revision')?.id ?? 0
}

/** What a run did to a record that it did not find unchanged. */
export const writeOutcome = (ledger: Ledger, run: number, record: number, outcome: RecordOutcome): void => {
  ledger.run('INSERT OR REPLACE INTO outcome (run, record, outcome) VALUES (?, ?, ?)', run, record, outcome)
}
/** `held`: it would have gone missing, had the run not been held. */
export const outcomeNames = ['added', 'updated', 'missing', 'removed', 'held'] as const
export type RecordOutcome = (typeof outcomeNames)[number]

/** Writes a new version of a record, or its first; says what its admission was before. */
export function write(ledger: Ledger, run: number, at: string, revision: number, entry: Entry): { n: number; before: Admission | undefined } {
  const known = ledger.get<{ n: number; admission: Admission; shown: number | null; issued: string; title: string; description: string }>(
    'SELECT n, admission, shown, issued, title, description FROM record WHERE source = ? AND key = ?',
    entry.source,
    entry.formerKey ?? entry.key,
  )
  if (known && entry.formerKey !== undefined) ledger.run('UPDATE record SET key = ? WHERE n = ?', entry.key, known.n)
  const shows = entry.admission === 'published'
  const issued = known?.issued ?? at
  // While the last good version is what people see, its title is what they see of the record.
  const kept = !shows && known?.shown ? known : undefined
  const title = kept?.title ?? JSON.stringify(entry.summary.title)
  const description = kept?.description ?? JSON.stringify(entry.summary.description)
  const n =
    known?.n ??
    ledger.run(
      `INSERT INTO record (id, source, key, dataset, admission, payload_digest, graph_digest, issued, modified, issued_revision, modified_revision, seen_run, seen_at, title, description, score)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      entry.id,
      entry.source,
      entry.key,
      entry.dataset,
      entry.admission,
      entry.payload.digest,
      entry.graph.digest,
      at,
      at,
      revision,
      revision,
      run,
      at,
      title,
      description,
      entry.score,
    )
  const version = ledger.run(
    'INSERT INTO version (record, number, run, revision, dataset, digest, graph, shown_from, issued, modified, portal_modified) VALUES (?1, (SELECT ifnull(max(number), 0) + 1 FROM version WHERE record = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)',
    n,
    run,
    revision,
    entry.dataset,
    entry.graph.digest,
    pack(entry.graph.text),
    shows ? revision : null,
    issued,
    at,
    entry.portalModified ?? null,
  )
  if (shows && known?.shown) ledger.run('UPDATE version SET shown_until = ? WHERE id = ?', revision, known.shown)
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
    title,
    description,
    entry.score,
    n,
  )
  if (shows) ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, ?)', revision, n, version)
  writePayload(ledger, run, n, entry.payload)
  writeJudgement(ledger, n, entry)
  if (shows) index(ledger, n, entry.summary)
  return { n, before: known?.admission }
}

function writePayload(ledger: Ledger, run: number, n: number, payload: Entry['payload']): void {
  ledger.run('INSERT OR REPLACE INTO payload (record, run, media_type, body) VALUES (?, ?, ?, ?)', n, run, payload.mediaType, pack(payload.body))
}

export function writeJudgement(ledger: Ledger, n: number, { findings, repairs, measurements }: Entry): void {
  for (const table of ['finding', 'repair', 'measurement']) ledger.run(`DELETE FROM ${table} WHERE record = ?`, n)
  for (const finding of findings) {
    ledger.run(
      'INSERT INTO finding (record, profile, rule, severity, focus, path, value) VALUES (?, ?, ?, ?, ?, ?, ?)',
      n,
      finding.profile,
      finding.rule,
      finding.severity,
      finding.focus,
      finding.path ?? null,
      finding.value ?? null,
    )
  }
  for (const repair of repairs)
    ledger.run(
      'INSERT INTO repair (record, rule, property, before, after) VALUES (?, ?, ?, ?, ?)',
      n,
      repair.rule,
      repair.property,
      repair.before,
      repair.after,
    )
  for (const [metric, value] of Object.entries(measurements)) ledger.run('INSERT INTO measurement (record, metric, value) VALUES (?, ?, ?)', n, metric, value)
}

/** Search and facets show what is shown: they are written with it, in the same transaction. */
export function index(ledger: Ledger, n: number, { title, description, keywords, names, facets }: Summary): void {
  unindex(ledger, n)
  const text = (parts: Iterable<string>) => words([...parts].join(' . '))
  ledger.run(
    'INSERT INTO search (rowid, title, keywords, names, description) VALUES (?, ?, ?, ?, ?)',
    n,
    text(Object.values(title)),
    text(keywords),
    text(names),
    text(Object.values(description)),
  )
  for (const [dimension, values] of Object.entries(facets)) {
    for (const value of values) ledger.run('INSERT OR IGNORE INTO facet (dimension, value, record) VALUES (?, ?, ?)', dimension, value, n)
  }
}

export function unindex(ledger: Ledger, n: number): void {
  ledger.run('DELETE FROM search WHERE rowid = ?', n)
  ledger.run('DELETE FROM facet WHERE record = ?', n)
}
