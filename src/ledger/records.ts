import type { SQLInputValue } from 'node:sqlite'
import type { Repair } from '../normalise/draft.ts'
import type { Finding } from '../validate/finding.ts'
import type { Admission } from './commit.ts'
import type { Ledger } from './open.ts'
import { unpack } from './pack.ts'

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
  const id = name.startsWith(`${base}/`) ? name.slice(base.length).replace(/^\/(dataset|record)\//, '') : name
  return ledger.get<{ key: string }>('SELECT key FROM record WHERE source = ? AND (key = ? OR id = ? OR dataset = ?) ORDER BY key = ? DESC, id = ? DESC LIMIT 1', source, name, id, name, name, id)?.key ?? name
}

const columns = 'record.n, record.id, source, key, dataset, admission, shown, record.issued, record.modified, modified_revision, seen_at, missing_since, portal_modified, record.title, record.description, score'
type Raw = Omit<RecordRow, 'title' | 'description'> & { title: string, description: string }
const row = (raw: Raw): RecordRow => ({ ...raw, title: JSON.parse(raw.title) as Record<string, string>, description: JSON.parse(raw.description) as Record<string, string> })

/** Records by a condition on the table `record`. */
export function selectRecords(ledger: Ledger, condition: string, ...parameters: SQLInputValue[]): RecordRow[] {
  return ledger.all<Raw>(`SELECT ${columns} FROM record ${condition}`, ...parameters).map(row)
}

export const getRecord = (ledger: Ledger, id: string): RecordRow | undefined => selectRecords(ledger, 'WHERE id = ?', id)[0]

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
}

type RawShown = Omit<Shown, 'graph'> & { graph: Uint8Array }
const shownColumns = 'record.n, record.id, record.source, version.dataset, version.portal_modified, version.graph, version.issued, version.modified'
const open = (raw: RawShown): Shown => ({ ...raw, graph: unpack(raw.graph).toString('utf8') })

/** What the public sees of one record. */
export function shownVersion(ledger: Ledger, n: number): Shown | undefined {
  const raw = ledger.get<RawShown>(`SELECT ${shownColumns} FROM record JOIN version ON version.id = record.shown WHERE record.n = ?`, n)
  return raw && open(raw)
}

/** The newest version of a record, shown or not: what a quarantined one would be. */
export function newestVersion(ledger: Ledger, n: number): Shown | undefined {
  const raw = ledger.get<RawShown>(`SELECT ${shownColumns} FROM record JOIN version ON version.record = record.n WHERE record.n = ? ORDER BY version.id DESC LIMIT 1`, n)
  return raw && open(raw)
}

const atRevision = 'version.shown_from <= ? AND (version.shown_until IS NULL OR version.shown_until > ?)'

/** The catalogue as it was at a revision, in a fixed order, one by one; `after` and `most` cut a page out of it. */
export function* shownAt(ledger: Ledger, revision: number, options: { source?: string, offset?: number, most?: number, modifiedSince?: string } = {}): Generator<Shown> {
  const conditions = [atRevision, ...(options.source ? ['record.source = ?'] : []), ...(options.modifiedSince ? ['version.modified >= ?'] : [])]
  const parameters = [revision, revision, ...(options.source ? [options.source] : []), ...(options.modifiedSince ? [options.modifiedSince] : [])]
  const sql = `SELECT ${shownColumns} FROM version JOIN record ON record.n = version.record WHERE ${conditions.join(' AND ')} ORDER BY version.record LIMIT ? OFFSET ?`
  for (const raw of ledger.each<RawShown>(sql, ...parameters, options.most ?? -1, options.offset ?? 0)) yield open(raw)
}

export function countShownAt(ledger: Ledger, revision: number, options: { source?: string, modifiedSince?: string } = {}): number {
  const conditions = [atRevision, ...(options.source ? ['record.source = ?'] : []), ...(options.modifiedSince ? ['version.modified >= ?'] : [])]
  return ledger.get<{ c: number }>(`SELECT count(*) AS c FROM version JOIN record ON record.n = version.record WHERE ${conditions.join(' AND ')}`,
    revision, revision, ...(options.source ? [options.source] : []), ...(options.modifiedSince ? [options.modifiedSince] : []))!.c
}

export const findingsOf = (ledger: Ledger, n: number): Finding[] => ledger.all<Finding>(
  `SELECT profile, rule, severity, focus, path, value FROM finding WHERE record = ? ORDER BY CASE severity WHEN 'violation' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rule`, n)
export const repairsOf = (ledger: Ledger, n: number): Repair[] => ledger.all<Repair>('SELECT rule, property, before, after FROM repair WHERE record = ? ORDER BY rowid', n)
export const measurementsOf = (ledger: Ledger, n: number): Record<string, number | null> =>
  Object.fromEntries(ledger.all<{ metric: string, value: number | null }>('SELECT metric, value FROM measurement WHERE record = ?', n).map(({ metric, value }) => [metric, value]))

/** Records by admission; every admission is named. */
export function countAdmissions(ledger: Ledger, source?: string): Record<Admission, number> {
  const counts: Record<Admission, number> = { published: 0, quarantined: 0, withheld: 0, missing: 0, removed: 0 }
  const where = source ? 'WHERE source = ?' : ''
  for (const { admission, c } of ledger.all<{ admission: Admission, c: number }>(`SELECT admission, count(*) AS c FROM record ${where} GROUP BY admission`, ...(source ? [source] : []))) counts[admission] = c
  return counts
}
