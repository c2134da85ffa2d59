import type { Ledger } from '../file/ledger.ts'

/** A revision that is later than any that will be written: what holds at it holds now. */
export const latest = Number.MAX_SAFE_INTEGER

/** The newest revision; 0 before anything was written. */
export const currentRevision = (ledger: Ledger): number => ledger.get<{ id: number | null }>('SELECT max(id) AS id FROM revision')?.id ?? 0

/** When a revision was written. */
export const momentOf = (ledger: Ledger, revision: number): string | undefined =>
  ledger.get<{ at: string }>('SELECT at FROM revision WHERE id = ?', revision)?.at

/** When the first revision was written: the day on which the catalogue began. */
export const firstMoment = (ledger: Ledger): string | undefined => ledger.get<{ at: string }>('SELECT at FROM revision ORDER BY id LIMIT 1')?.at

/** When the first and the last revision was written that a source brought. */
export interface Harvests {
  first: string
  last: string
}

/** Of each source that had brought something by a revision, when it first did and when it last did. */
export const harvestsOf = (ledger: Ledger, revision: number): Map<string, Harvests> =>
  new Map(
    ledger
      .all<Harvests & { source: string }>(
        `SELECT * FROM (SELECT id AS source, (${harvest('ASC')}) AS first, (${harvest('DESC')}) AS last FROM source) WHERE first IS NOT NULL`,
        revision,
        revision,
      )
      .map(({ source, first, last }) => [source, { first, last }]),
  )

/** The first or the last revision that a source brought: runs of one source follow each other, and so do their revisions. */
const harvest = (order: 'ASC' | 'DESC') =>
  `SELECT revision.at FROM run CROSS JOIN revision ON revision.run = run.id WHERE run.source = source.id AND revision.id <= ?
   ORDER BY run.id ${order}, revision.id ${order} LIMIT 1`

/** The newest revision that was written before a moment; 0 where none was. */
export const revisionBefore = (ledger: Ledger, moment: string): number =>
  ledger.get<{ id: number | null }>('SELECT max(id) AS id FROM revision WHERE at < ?', moment)?.id ?? 0

/**
 * Begins a revision, in the transaction that writes what belongs to it; `run` is the run that brought it. Its moment is never before that of the last one,
 * though the clock was set back: who asks for what came after a moment misses nothing.
 */
export const beginRevision = (ledger: Ledger, at: string, run?: number): number =>
  ledger.run(`INSERT INTO revision (at, run) VALUES (max(?, ifnull((SELECT at FROM revision ORDER BY id DESC LIMIT 1), '')), ?)`, at, run ?? null)

/** A revision and when it was written. */
export interface Moment {
  revision: number
  at: string
}

/** The revisions from one on, the first first. */
export const momentsOf = (ledger: Ledger, from: number): Moment[] =>
  ledger.all<Moment>('SELECT id AS revision, at FROM revision WHERE id >= ? ORDER BY id', from)

/** The revisions at which a version of a record that is kept came into view, the first first; none of one that is withheld or unknown. */
export const versionMoments = (ledger: Ledger, id: string): Moment[] =>
  ledger.all<Moment>(
    `SELECT version.shown_from AS revision, revision.at FROM record JOIN version ON version.record = record.n JOIN revision ON revision.id = version.shown_from
     WHERE record.id = ? AND record.admission NOT IN ('withheld', 'removed') ORDER BY version.id`,
    id,
  )
