import type { Ledger } from '../file/ledger.ts'

/** A revision that is later than any that will be written: what holds at it holds now. */
export const latest = Number.MAX_SAFE_INTEGER

/** The newest revision; 0 before anything was written. */
export const currentRevision = (ledger: Ledger): number => ledger.get<{ id: number | null }>('SELECT max(id) AS id FROM revision')?.id ?? 0

/** When a revision was written. */
export const momentOf = (ledger: Ledger, revision: number): string | undefined =>
  ledger.get<{ at: string }>('SELECT at FROM revision WHERE id = ?', revision)?.at

/** Begins a revision, in the transaction that writes what belongs to it; `run` is the run that brought it. */
export const beginRevision = (ledger: Ledger, at: string, run?: number): number => ledger.run('INSERT INTO revision (at, run) VALUES (?, ?)', at, run ?? null)
