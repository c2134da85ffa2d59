import type { Ledger } from '../file/ledger.ts'

/** A revision that is later than any that will be written: what holds at it holds now. */
export const latest = Number.MAX_SAFE_INTEGER

/** The newest revision; 0 before anything was written. */
export const currentRevision = (ledger: Ledger): number => ledger.get<{ id: number | null }>('SELECT max(id) AS id FROM revision')?.id ?? 0

/** When a revision was written. */
export const momentOf = (ledger: Ledger, revision: number): string | undefined =>
  ledger.get<{ at: string }>('SELECT at FROM revision WHERE id = ?', revision)?.at

/** The newest revision that was written before a moment; 0 where none was. */
export const revisionBefore = (ledger: Ledger, moment: string): number =>
  ledger.get<{ id: number | null }>('SELECT max(id) AS id FROM revision WHERE at < ?', moment)?.id ?? 0

/**
 * Begins a revision, in the transaction that writes what belongs to it; `run` is the run that brought it. Its moment is never before that of the last one, though
 * the clock was set back: who asks for what came after a moment misses nothing.
 */
export const beginRevision = (ledger: Ledger, at: string, run?: number): number =>
  ledger.run(`INSERT INTO revision (at, run) VALUES (max(?, ifnull((SELECT at FROM revision ORDER BY id DESC LIMIT 1), '')), ?)`, at, run ?? null)
