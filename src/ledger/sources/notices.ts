import type { Ledger } from '../file/ledger.ts'

/** Whether a source can be read: `well` after a complete run, `broken` after any other. */
export type Health = 'well' | 'broken'

/** What was told last of a source, and since when that had been so. */
export interface Told {
  state: Health
  since: string
}

/** What an addressee was told last; where it was never told anything, all was well. */
export const lastTold = (ledger: Ledger, source: string, addressee: string): Told =>
  ledger.get<Told>('SELECT state, since FROM notice WHERE source = ? AND addressee = ?', source, addressee) ?? { state: 'well', since: '' }

export const rememberTold = (ledger: Ledger, source: string, addressee: string, { state, since }: Told, at: string): void => {
  ledger.run('INSERT OR REPLACE INTO notice (source, addressee, state, since, at) VALUES (?, ?, ?, ?, ?)', source, addressee, state, since, at)
}

/** When the first run after the last complete one started; those that were ended from our side say nothing of the portal. */
export const brokenSince = (ledger: Ledger, source: string): string | undefined =>
  ledger.get<{ at: string | null }>(
    `SELECT min(started) AS at FROM run WHERE source = ? AND mode <> 'record' AND EXISTS (SELECT 1 FROM problem WHERE run = run.id AND code <> 'interrupted')
       AND id > ifnull((SELECT max(id) FROM run WHERE source = ? AND mode <> 'record' AND state = 'complete'), 0)`,
    source,
    source,
  )?.at ?? undefined
