import type { Ledger } from '../file/ledger.ts'
import type { RunState } from './runs.ts'

/** A run that somebody asked for over the web. The schedule takes it up. */
export interface RunRequest {
  id: number
  source: string
  /** Key of the one record it is about; null: the whole source. */
  record: string | null
  accept_removals: 0 | 1
  /** It is only to be told what a run would bring. */
  dry: 0 | 1
  /** Who asked: the portal itself, or who looks after the catalogue. */
  origin: 'portal' | 'admin'
  at: string
  /** When a run was started for it. */
  taken: string | null
  finished: string | null
  /** How the run ended. */
  state: Exclude<RunState, 'running'> | null
  run: number | null
}

export type Wish = Pick<RunRequest, 'source' | 'record' | 'origin'> & { acceptRemovals: boolean; dry?: boolean }

/** Asks for a run. One that is asked for already and has not begun is not asked for again. */
export function askForRun(ledger: Ledger, { source, record, acceptRemovals, origin, dry: isDry = false }: Wish, at: string): RunRequest {
  const dry = isDry ? 1 : 0
  const accept = acceptRemovals ? 1 : 0
  return ledger.transaction(() => {
    const open = ledger.get<RunRequest>(
      'SELECT * FROM run_request WHERE taken IS NULL AND source = ? AND record IS ? AND accept_removals = ? AND dry = ?',
      source,
      record,
      accept,
      dry,
    )
    return (
      open ??
      requestOf(
        ledger,
        ledger.run(
          'INSERT INTO run_request (source, record, accept_removals, dry, origin, at) VALUES (?, ?, ?, ?, ?, ?)',
          source,
          record,
          accept,
          dry,
          origin,
          at,
        ),
      )!
    )
  })
}

export const requestOf = (ledger: Ledger, id: number): RunRequest | undefined => ledger.get<RunRequest>('SELECT * FROM run_request WHERE id = ?', id)

/** Those that no run was started for yet, the oldest first. */
export const waitingRequests = (ledger: Ledger): RunRequest[] => ledger.all<RunRequest>('SELECT * FROM run_request WHERE taken IS NULL ORDER BY id')

/** Those that are waiting, and those a run is going for. */
export const openRequests = (ledger: Ledger): RunRequest[] => ledger.all<RunRequest>('SELECT * FROM run_request WHERE finished IS NULL ORDER BY id')

export const takeRequests = (ledger: Ledger, requests: RunRequest[], at: string): void =>
  ledger.transaction(() => {
    for (const { id } of requests) ledger.run('UPDATE run_request SET taken = ? WHERE id = ?', at, id)
  })

export const finishRequests = (ledger: Ledger, requests: RunRequest[], at: string, state: RunRequest['state'], run: number | null): void =>
  ledger.transaction(() => {
    for (const { id } of requests) ledger.run('UPDATE run_request SET finished = ?, state = ?, run = ? WHERE id = ?', at, state, run, id)
  })

/** What was taken and never finished waits again: the run for it was stopped, or who had taken it has died. */
export const reopenRequests = (ledger: Ledger, requests: RunRequest[]): void =>
  ledger.transaction(() => {
    for (const { id } of requests) ledger.run('UPDATE run_request SET taken = NULL WHERE id = ? AND finished IS NULL', id)
  })
