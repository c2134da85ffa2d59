import type { SQLInputValue } from 'node:sqlite'
import { addressesOf } from '../../config/addresses.ts'
import type { Ledger } from '../file/ledger.ts'
import { columnsOf } from './columns.ts'
import type { Admission } from './entry.ts'

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
  /** When its publisher changed it last: the date of the dataset, else that of its newest file; as the portal gives it. */
  dated: string | null
  /** When it will be opened, where it has no data yet. */
  opening: string | null
  /** MQA score, 0 to 405. */
  score: number
  /** Of what the portal sent, with all that decides what becomes of it; empty where the record is removed. */
  payload_digest: string
  /** Of the newest version; empty where the record is removed. */
  graph_digest: string
}

/**
 * The key of a source's record that is named by its key, by our id of it, or by the IRI of its dataset or record; the name itself where we hold no such record.
 */
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

const columns = `record.n, record.id, source, key, dataset, admission, shown, record.issued, record.modified, modified_revision, linked_revision, canonical,
   (SELECT at FROM sighting WHERE sighting.record = record.n) AS seen_at, missing_since, portal_modified, dated, opening, record.title, record.description,
     score, payload_digest, graph_digest`
type Raw = Omit<RecordRow, 'title' | 'description'> & { title: string; description: string }
const row = (raw: Raw): RecordRow => ({
  ...raw,
  title: JSON.parse(raw.title) as Record<string, string>,
  description: JSON.parse(raw.description) as Record<string, string>,
})

/** Records by a condition on the table `record`; for questions within the ledger, which have names outside it. */
export function selectRecords(ledger: Ledger, condition: string, ...parameters: SQLInputValue[]): RecordRow[] {
  return ledger.all<Raw>(`SELECT ${columns} FROM record ${condition}`, ...parameters).map(row)
}

/** The condition on records that the public sees in lists, feeds and the store: all but those that stand back for another. */
export const visible = 'record.shown IS NOT NULL AND record.canonical IS NULL'

export const recordById = (ledger: Ledger, id: string): RecordRow | undefined => selectRecords(ledger, 'WHERE id = ?', id)[0]
export const recordByNumber = (ledger: Ledger, n: number): RecordRow | undefined => selectRecords(ledger, 'WHERE n = ?', n)[0]
/** Records by their numbers, in the order of these. */
export function recordsByNumbers(ledger: Ledger, numbers: number[]): RecordRow[] {
  const found = new Map(selectRecords(ledger, 'WHERE n IN (SELECT value FROM json_each(?))', JSON.stringify(numbers)).map(record => [record.n, record]))
  return numbers.map(n => found.get(n)!)
}

/** A piece of all records that the public sees, in the order they came, each by its id and when it was last changed. */
export function visiblePiece(ledger: Ledger, { most, offset }: { most: number; offset: number }): Pick<RecordRow, 'id' | 'modified'>[] {
  let before = 0
  const first = columnsOf(ledger).kindOf.findIndex(kind => kind !== 0 && before++ === offset)
  return first < 0 ? [] : ledger.all(`SELECT id, modified FROM record WHERE n >= ? AND ${visible} ORDER BY n LIMIT ?`, first, most)
}
/** The records that some IRIs of datasets and some ids name, as far as the public sees them: id, IRI of the dataset, title. */
export const recordsNamed = (ledger: Ledger, datasets: string[], ids: string[]): Pick<RecordRow, 'id' | 'dataset' | 'title'>[] =>
  ledger
    .all<Pick<Raw, 'id' | 'dataset' | 'title'>>(
      `SELECT id, dataset, title FROM record WHERE shown IS NOT NULL AND (dataset IN (SELECT value FROM json_each(?)) OR id IN (SELECT value FROM json_each(?)))
      ORDER BY canonical IS NULL, n DESC`,
      JSON.stringify(datasets),
      JSON.stringify(ids),
    )
    .map(named => ({ ...named, title: JSON.parse(named.title) as Record<string, string> }))

export const countVisible = (ledger: Ledger): number => ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE ${visible}`)!.c

/** The records of a source that a blocking rule keeps back, the last changed first. */
export const quarantinedOf = (ledger: Ledger, source: string, most: number): RecordRow[] =>
  selectRecords(ledger, `WHERE source = ? AND admission = 'quarantined' ORDER BY record.modified DESC, record.n LIMIT ?`, source, most)

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
