import type { Ledger } from '../file/ledger.ts'
import { latest } from './revisions.ts'

/** A record became visible to the public, was changed before its eyes, or stopped being visible: a line of the log that followers read. */
export interface VisibleChange {
  revision: number
  /** When it happened. */
  at: string
  /** The record. */
  n: number
  id: string
  source: string
  /** The version (its id) that is seen from then on; null: it is seen no longer. */
  version: number | null
}

export interface Span {
  /** Each record once, by its last change: for who wants to hold what is visible, and not what was. */
  last?: boolean
  /** The change after which a page begins. */
  after?: Pick<VisibleChange, 'revision' | 'n'>
  /** Changes of a page. */
  most?: number
  /** Those alone that were written up to this revision. */
  until?: number
  /** Those of the records of one source alone. */
  source?: string
}

/** Of several changes of one record up to a revision (`?3`) the last alone. */
const isLast = `AND NOT EXISTS (SELECT 1 FROM change AS later
  WHERE later.record = change.record AND later.revision > change.revision AND later.revision <= ?3)`

/**
 * What the public was shown, was shown otherwise or was shown no longer after a revision and up to another, in the order it happened, one by one.
 * Who applies all of it to what was visible at the one holds what is visible at the other.
 */
export function changesBetween(
  ledger: Ledger,
  from: number,
  to: number,
  { last, after = { revision: from, n: latest }, most = -1, until = to, source }: Span = {},
): IterableIterator<VisibleChange> {
  return ledger.each<VisibleChange>(
    `SELECT change.revision, revision.at, record.n, record.id, record.source, change.shown AS version
     FROM change JOIN record ON record.n = change.record JOIN revision ON revision.id = change.revision
     WHERE (change.revision, change.record) > (?1, ?2) AND change.revision <= min(?3, ?5) AND (?6 IS NULL OR record.source = ?6)
       ${last ? isLast : ''}
     ORDER BY change.revision, change.record LIMIT ?4`,
    after.revision,
    after.n,
    to,
    most,
    until,
    source ?? null,
  )
}

/** The last change of one record up to a revision; undefined where it was never seen. */
export const lastChange = (ledger: Ledger, id: string, revision: number): VisibleChange | undefined =>
  ledger.get<VisibleChange>(
    `SELECT change.revision, revision.at, record.n, record.id, record.source, change.shown AS version
     FROM change JOIN record ON record.n = change.record JOIN revision ON revision.id = change.revision
     WHERE record.id = ? AND change.revision <= ? ORDER BY change.revision DESC LIMIT 1`,
    id,
    revision,
  )

/** How many records changed between two revisions, each counted once by its last change. */
export const countChanged = (ledger: Ledger, from: number, to: number, { until = to, source }: Pick<Span, 'until' | 'source'> = {}): number =>
  ledger.get<{ c: number }>(
    `SELECT count(*) AS c FROM change WHERE change.revision > ?1 AND change.revision <= min(?2, ?3)
       AND (?4 IS NULL OR (SELECT source FROM record WHERE n = change.record) = ?4)
       AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.record = change.record AND later.revision > change.revision AND later.revision <= ?2)`,
    from,
    to,
    until,
    source ?? null,
  )!.c

/**
 * The IRI by which the public knew a record of which it is to see nothing any more (withhold.ts), where versions of it are kept. What it said while nobody saw
 * it is let go when it is mended, so that the first version is one that was seen; a later one may have an IRI that nobody ever saw.
 */
export const firstShownAs = (ledger: Ledger, n: number): string | undefined =>
  ledger.get<{ dataset: string | null }>('SELECT dataset FROM version WHERE record = ? ORDER BY id LIMIT 1', n)?.dataset ?? undefined

/** What the public saw of a record before a revision: the version (its id), and the IRI of its dataset, where they are kept. Undefined where it saw nothing. */
export function seenBefore(ledger: Ledger, n: number, revision: number): { version: number; dataset: string | null } | undefined {
  const before = ledger.get<{ version: number | null; dataset: string | null }>(
    `SELECT change.shown AS version, version.dataset FROM change LEFT JOIN version ON version.id = change.shown
     WHERE change.record = ? AND change.revision < ? ORDER BY change.revision DESC LIMIT 1`,
    n,
    revision,
  )
  return before && before.version !== null ? { version: before.version, dataset: before.dataset } : undefined
}

/** Whether another record showed a dataset of this IRI at a revision. */
export const isShownElsewhere = (ledger: Ledger, n: number, dataset: string, revision: number): boolean =>
  ledger.get(
    `SELECT 1 FROM record JOIN change ON change.record = record.n
     AND change.revision = (SELECT max(earlier.revision) FROM change AS earlier WHERE earlier.record = record.n AND earlier.revision <= ?3)
     WHERE record.dataset = ?2 AND record.n <> ?1 AND change.shown IS NOT NULL`,
    n,
    dataset,
    revision,
  ) !== undefined

/** A stretch of time in which something changed (`2026-11`, `2026-11-30`), by so many characters of its moment, the first first. */
export const changedIn = (ledger: Ledger, from: number, to: number, characters: number): string[] =>
  ledger
    .all<{ part: string }>(
      `SELECT DISTINCT substr(at, 1, ?1) AS part FROM revision WHERE id > ?2 AND id <= ?3 AND EXISTS (SELECT 1 FROM change WHERE change.revision = revision.id)
       ORDER BY part`,
      characters,
      from,
      to,
    )
    .map(({ part }) => part)

/** Where the pages of a log begin that has so many changes on each: the first change of each page. */
export const pageStarts = (ledger: Ledger, from: number, to: number, size: number): { revision: number; n: number; at: string }[] =>
  ledger.all(
    `SELECT revision, record AS n, (SELECT at FROM revision AS its WHERE its.id = numbered.revision) AS at
     FROM (SELECT revision, record, row_number() OVER (ORDER BY revision, record) AS place FROM change WHERE revision > ?1 AND revision <= ?2) AS numbered
     WHERE (place - 1) % ?3 = 0 ORDER BY place`,
    from,
    to,
    size,
  )

/** The records that the public sees no longer, the last gone first. */
export const lastGone = (ledger: Ledger, revision: number, { source, most = -1 }: Pick<Span, 'source' | 'most'> = {}): VisibleChange[] =>
  ledger.all<VisibleChange>(
    `SELECT change.revision, revision.at, record.n, record.id, record.source, change.shown AS version
     FROM change JOIN record ON record.n = change.record JOIN revision ON revision.id = change.revision
     WHERE change.shown IS NULL AND change.revision <= ?1 AND (?2 IS NULL OR record.source = ?2)
       AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.record = change.record AND later.revision > change.revision AND later.revision <= ?1)
     ORDER BY change.revision DESC, change.record LIMIT ?3`,
    revision,
    source ?? null,
    most,
  )
