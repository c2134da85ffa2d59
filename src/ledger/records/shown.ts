import type { SQLInputValue } from 'node:sqlite'
import { unpacked } from '../file/dictionaries.ts'
import type { Ledger } from '../file/ledger.ts'
import { filledAt, type Filled } from '../identity/gaps.ts'
import { yieldedAt } from '../identity/identifiers.ts'
import { latest } from './revisions.ts'

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
  /** The names of the profiles that nothing in it violates, the most special one last, a blank between them; null where that was not kept. */
  conforms: string | null
  /** The records that stood back for it. */
  alternates?: Alternate[]
  /** What these say where it says nothing (identity/gaps.ts). */
  filled?: Filled[]
  /** The identifiers, as hashes, that it yields to others who said them before (identity/identifiers.ts). */
  yielded?: number[]
  /** Id of the record it stood back for. */
  canonical?: string
}

type RawShown = Omit<Shown, 'graph'> & { graph: Uint8Array }
const shownColumns =
  'record.n, record.id, record.source, version.dataset, version.portal_modified, version.conforms, version.graph, version.issued, version.modified'
const open = (ledger: Ledger, raw: RawShown): Shown => ({ ...raw, graph: unpacked(ledger, raw.graph) })

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
  const yielded = yieldedAt(ledger, shown.n, revision)
  const filled = alternates.length > 0 ? filledAt(ledger, revision, shown) : []
  return {
    ...shown,
    ...(alternates.length > 0 && { alternates }),
    ...(filled.length > 0 && { filled }),
    ...(canonical && { canonical }),
    ...(yielded.length > 0 && { yielded }),
  }
}

/** What the public sees of one record: its last good version. */
export function shownVersion(ledger: Ledger, n: number): Shown | undefined {
  const raw = ledger.get<RawShown>(`SELECT ${shownColumns} FROM record JOIN version ON version.id = record.shown WHERE record.n = ?`, n)
  return raw && linked(ledger, latest, open(ledger, raw))
}

/** The newest version of a record, shown or not: what a quarantined one would be. */
export function newestVersion(ledger: Ledger, n: number): Shown | undefined {
  const raw = ledger.get<RawShown>(
    `SELECT ${shownColumns} FROM record JOIN version ON version.record = record.n WHERE record.n = ? ORDER BY version.id DESC LIMIT 1`,
    n,
  )
  return raw && open(ledger, raw)
}

/** A part of what is visible. */
export interface Part {
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
            `(version.modified >= ? OR EXISTS (SELECT 1 FROM alternate JOIN revision ON revision.id = alternate.until
             WHERE alternate.record = version.record AND alternate.until <= ? AND revision.at >= ?))`,
            modifiedSince,
            revision,
            modifiedSince,
          ] as [string, ...SQLInputValue[]],
        ]
      : []),
  ]
  return { sql: parts.map(([sql]) => sql).join(' AND '), parameters: parts.flatMap(([, ...values]) => values) }
}

/** Without a source, an index alone tells what was visible: no record is read that is not asked for. */
const versions = ({ source }: Part) => (source ? 'version JOIN record ON record.n = version.record' : 'version')

/** The catalogue as it was at a revision, in a fixed order, one by one; `offset` and `most` cut a page out of it. */
export function* shownAt(ledger: Ledger, revision: number, options: Part & { offset?: number; most?: number } = {}): Generator<Shown> {
  const { most, offset = 0 } = options
  const numbers = versionsAt(ledger, revision, options).subarray(offset, most === undefined ? undefined : offset + most)
  for (let at = 0; at < numbers.length; at += piece) yield* shownVersions(ledger, revision, [...numbers.subarray(at, at + piece)])
}

/** The versions, by their ids, that were visible at a revision, in the order of their records. */
export function versionsAt(ledger: Ledger, revision: number, options: Part = {}): Uint32Array {
  const { sql, parameters } = visibleAt(revision, options)
  return ledger.numbers(`SELECT version.id AS n FROM ${versions(options)} WHERE ${sql} ORDER BY version.record`, ...parameters)
}

/** Of some versions in the order of their records, their records; a version that is seen no longer, or otherwise, has 0. */
export const recordsStillShowing = (ledger: Ledger, ids: number[]): Uint32Array =>
  ledger.numbers(
    `SELECT CASE WHEN record.shown = version.id THEN record.n ELSE 0 END AS n FROM version JOIN record ON record.n = version.record
     WHERE version.id IN (SELECT value FROM json_each(?)) ORDER BY version.record`,
    JSON.stringify(ids),
  )

/** The records of some versions, and when each came to be, in their order. */
export const datedVersions = (ledger: Ledger, ids: number[]): Pick<Shown, 'id' | 'modified'>[] =>
  ledger.all<Pick<Shown, 'id' | 'modified'>>(
    `SELECT record.id, version.modified FROM version JOIN record ON record.n = version.record WHERE version.id IN (SELECT value FROM json_each(?))
     ORDER BY version.record`,
    JSON.stringify(ids),
  )

/** When the newest of some versions came to be. */
export const newestOf = (ledger: Ledger, ids: number[]): string | undefined =>
  ledger.get<{ modified: string | null }>('SELECT max(modified) AS modified FROM version WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
    ?.modified ?? undefined

/** The version of a record that was visible at a revision. */
export function shownAtRevision(ledger: Ledger, id: string, revision: number): (Shown & { from: number }) | undefined {
  const raw = ledger.get<RawShown & { shown_from: number }>(
    `SELECT ${shownColumns}, version.shown_from FROM record JOIN version ON version.record = record.n WHERE record.id = ? AND ${atRevision}`,
    id,
    revision,
    revision,
  )
  return raw && { ...linked(ledger, revision, open(ledger, raw)), from: raw.shown_from }
}

/**
 * Versions that are read together: between two pieces nothing of the ledger stays open, as who reads may take his time, and others would see no news meanwhile.
 */
const piece = 100

/** Some versions by their ids, in the order of their records, with their links at a revision. */
export const shownVersions = (ledger: Ledger, revision: number, ids: number[]): Shown[] =>
  ledger
    .all<RawShown>(
      `SELECT ${shownColumns} FROM version JOIN record ON record.n = version.record WHERE version.id IN (SELECT value FROM json_each(?))
       ORDER BY version.record`,
      JSON.stringify(ids),
    )
    .map(raw => linked(ledger, revision, open(ledger, raw)))

/** The version of a record that the public saw last, though it sees none now; undefined where it is kept no longer. */
export function lastShown(ledger: Ledger, n: number, revision: number): Shown | undefined {
  const raw = ledger.get<RawShown>(
    `SELECT ${shownColumns} FROM record JOIN version ON version.record = record.n WHERE record.n = ? AND version.shown_from <= ?
     ORDER BY version.id DESC LIMIT 1`,
    n,
    revision,
  )
  return raw && open(ledger, raw)
}

/** How many records were visible at a revision, of all or of a part of them. */
export function countShownAt(ledger: Ledger, revision: number, options: Part = {}): number {
  const { sql, parameters } = visibleAt(revision, options)
  return ledger.get<{ c: number }>(`SELECT count(*) AS c FROM ${versions(options)} WHERE ${sql}`, ...parameters)!.c
}
