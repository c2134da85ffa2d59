import type { SQLInputValue } from 'node:sqlite'
import { addressesOf } from '../../config/addresses.ts'
import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Admission } from './commit.ts'
import type { Ledger } from '../file/ledger.ts'
import { unpack } from '../file/pack.ts'

export type { Finding, Repair }

/** Our entry about one dataset of one source. */
export interface RecordRow {
  n: number
  id: string
  source: string
  key: string
  /** IRI of the dataset. */
  dataset: string
  admission: Admission
  /** The version the public sees; null where it sees none. */
  shown: number | null
  issued: string
  modified: string
  modified_revision: number
  /** The last revision in which it was linked otherwise to records of the same dataset. */
  linked_revision: number
  /** The record (n) that is shown in its place: the same dataset, from a source that comes first. */
  canonical: number | null
  seen_at: string
  missing_since: string | null
  /** The date the portal's own record gives. */
  portal_modified: string | null
  title: Record<string, string>
  description: Record<string, string>
  /** MQA score, 0 to 405. */
  score: number
}

/** The key of a source's record that is named by its key, by our id of it, or by the IRI of its dataset or record; the name itself where we hold no such record. */
export function keyNamed(ledger: Ledger, source: string, base: string, name: string): string {
  const id = addressesOf(base).idIn(name) ?? name
  return (
    ledger.get<{ key: string }>(
      'SELECT key FROM record WHERE source = ? AND (key = ? OR id = ? OR dataset = ?) ORDER BY key = ? DESC, id = ? DESC LIMIT 1',
      source,
      name,
      id,
      name,
      name,
      id,
    )?.key ?? name
  )
}

const columns =
  'record.n, record.id, source, key, dataset, admission, shown, record.issued, record.modified, modified_revision, linked_revision, canonical, seen_at, missing_since, portal_modified, record.title, record.description, score'
type Raw = Omit<RecordRow, 'title' | 'description'> & { title: string; description: string }
const row = (raw: Raw): RecordRow => ({
  ...raw,
  title: JSON.parse(raw.title) as Record<string, string>,
  description: JSON.parse(raw.description) as Record<string, string>,
})

/** Records by a condition on the table `record`. */
export function selectRecords(ledger: Ledger, condition: string, ...parameters: SQLInputValue[]): RecordRow[] {
  return ledger.all<Raw>(`SELECT ${columns} FROM record ${condition}`, ...parameters).map(row)
}

export const getRecord = (ledger: Ledger, id: string): RecordRow | undefined => selectRecords(ledger, 'WHERE id = ?', id)[0]

/** Records that the public sees in lists, feeds and the store: all but those that stand back for another. */
export const visible = 'record.shown IS NOT NULL AND record.canonical IS NULL'

/** Another record of the same dataset, from another source. */
export interface Alternate {
  id: string
  source: string
  dataset: string
}

/** A version as the public sees it: the triples of its graph, and the dates of its record. */
export interface Shown {
  n: number
  id: string
  source: string
  dataset: string
  /** N-Triples. */
  graph: string
  issued: string
  modified: string
  portal_modified: string | null
  /** The records that stood back for it. */
  alternates?: Alternate[]
  /** Id of the record it stood back for. */
  canonical?: string
}

type RawShown = Omit<Shown, 'graph'> & { graph: Uint8Array }
const shownColumns = 'record.n, record.id, record.source, version.dataset, version.portal_modified, version.graph, version.issued, version.modified'
const open = (raw: RawShown): Shown => ({ ...raw, graph: unpack(raw.graph).toString('utf8') })

const atRevision = 'version.shown_from <= ? AND (version.shown_until IS NULL OR version.shown_until > ?)'
const standing = 'alternate.since <= ? AND (alternate.until IS NULL OR alternate.until > ?)'

/** A version with its links to the other records of the same dataset, as they were at a revision. */
export function linked<Version extends Shown>(ledger: Ledger, revision: number, shown: Version): Version {
  const alternates = ledger.all<Alternate>(
    `SELECT record.id, record.source, version.dataset FROM alternate JOIN record ON record.n = alternate.record JOIN version ON version.record = record.n
     WHERE alternate.canonical = ? AND ${standing} AND ${atRevision} ORDER BY record.id`,
    shown.n,
    revision,
    revision,
    revision,
    revision,
  )
  const canonical = ledger.get<{ id: string }>(
    `SELECT record.id FROM alternate JOIN record ON record.n = alternate.canonical WHERE alternate.record = ? AND ${standing}`,
    shown.n,
    revision,
    revision,
  )?.id
  return { ...shown, ...(alternates.length > 0 && { alternates }), ...(canonical && { canonical }) }
}

/** What the public sees of one record: its last good version. */
export function shownVersion(ledger: Ledger, n: number): Shown | undefined {
  const raw = ledger.get<RawShown>(`SELECT ${shownColumns} FROM record JOIN version ON version.id = record.shown WHERE record.n = ?`, n)
  return raw && linked(ledger, Number.MAX_SAFE_INTEGER, open(raw))
}

/** The newest version of a record, shown or not: what a quarantined one would be. */
export function newestVersion(ledger: Ledger, n: number): Shown | undefined {
  const raw = ledger.get<RawShown>(
    `SELECT ${shownColumns} FROM record JOIN version ON version.record = record.n WHERE record.n = ? ORDER BY version.id DESC LIMIT 1`,
    n,
  )
  return raw && open(raw)
}

interface Part {
  source?: string
  modifiedSince?: string
}

/** What was visible at a revision. The records of one source are all of it, those too that stood back for another's. */
function visibleAt(revision: number, { source, modifiedSince }: Part): { sql: string; parameters: SQLInputValue[] } {
  const parts: [string, ...SQLInputValue[]][] = [
    [atRevision, revision, revision],
    source
      ? ['record.source = ?', source]
      : [`NOT EXISTS (SELECT 1 FROM alternate WHERE alternate.record = version.record AND ${standing})`, revision, revision],
    // What took the place of another was not seen before, however old it is.
    ...(modifiedSince
      ? [
          [
            '(version.modified >= ? OR EXISTS (SELECT 1 FROM alternate JOIN revision ON revision.id = alternate.until WHERE alternate.record = version.record AND alternate.until <= ? AND revision.at >= ?))',
            modifiedSince,
            revision,
            modifiedSince,
          ] as [string, ...SQLInputValue[]],
        ]
      : []),
  ]
  return { sql: parts.map(([sql]) => sql).join(' AND '), parameters: parts.flatMap(([, ...values]) => values) }
}

/** The catalogue as it was at a revision, in a fixed order, one by one; `after` and `most` cut a page out of it. */
export function* shownAt(ledger: Ledger, revision: number, options: Part & { offset?: number; most?: number } = {}): Generator<Shown> {
  const { sql, parameters } = visibleAt(revision, options)
  const all = `SELECT ${shownColumns} FROM version JOIN record ON record.n = version.record WHERE ${sql} ORDER BY version.record LIMIT ? OFFSET ?`
  for (const raw of ledger.each<RawShown>(all, ...parameters, options.most ?? -1, options.offset ?? 0)) yield linked(ledger, revision, open(raw))
}

export function countShownAt(ledger: Ledger, revision: number, options: Part = {}): number {
  const { sql, parameters } = visibleAt(revision, options)
  return ledger.get<{ c: number }>(`SELECT count(*) AS c FROM version JOIN record ON record.n = version.record WHERE ${sql}`, ...parameters)!.c
}

export const findingsOf = (ledger: Ledger, n: number): Finding[] =>
  ledger.all<Finding>(
    `SELECT profile, rule, severity, focus, path, value FROM finding WHERE record = ? ORDER BY CASE severity WHEN 'violation' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rule`,
    n,
  )
export const repairsOf = (ledger: Ledger, n: number): Repair[] =>
  ledger.all<Repair>('SELECT rule, property, before, after FROM repair WHERE record = ? ORDER BY rowid', n)
export const measurementsOf = (ledger: Ledger, n: number): Record<string, number | null> =>
  Object.fromEntries(
    ledger
      .all<{ metric: string; value: number | null }>('SELECT metric, value FROM measurement WHERE record = ?', n)
      .map(({ metric, value }) => [metric, value]),
  )

/** Records by admission; every admission is named. */
export function countAdmissions(ledger: Ledger, source?: string): Record<Admission, number> {
  const counts: Record<Admission, number> = { published: 0, quarantined: 0, withheld: 0, missing: 0, removed: 0 }
  const where = source ? 'WHERE source = ?' : ''
  for (const { admission, c } of ledger.all<{ admission: Admission; c: number }>(
    `SELECT admission, count(*) AS c FROM record ${where} GROUP BY admission`,
    ...(source ? [source] : []),
  ))
    counts[admission] = c
  return counts
}
