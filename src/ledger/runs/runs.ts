import { version } from '../../files.ts'
import type { Ledger } from '../file/ledger.ts'

/** `complete`: the source was read to its end. `partial`: to a point. `failed`: not at all. `held`: complete, but it would remove too much. */
export type RunState = 'running' | 'complete' | 'partial' | 'failed' | 'held'
export const outcomes = ['added', 'updated', 'unchanged', 'removed', 'failed'] as const
export type Outcome = (typeof outcomes)[number]

/** One harvest of one source. */
export interface Run extends Record<Outcome, number> {
  id: number
  source: string
  /** `record`: one record alone was asked for. */
  mode: 'full' | 'incremental' | 'record'
  started: string
  finished: string | null
  state: RunState
  /** Records the portal showed or vouched for, whatever became of them. */
  seen: number
  /** Records that were no longer there and are kept for their grace days. */
  missing: number
  quarantined: number
  repairs: number
  revision: number | null
  fingerprint: string | null
  /** It ended before its source did. */
  broken: 0 | 1
  /** The first of the broken runs that this one went on from. */
  continues: number | null
  /** The key of the one record it asked for. */
  record: string | null
  /** The version of the program that harvested; null where it did not say. */
  program: string | null
}

export type Start = Pick<Run, 'mode' | 'started'> & Partial<Pick<Run, 'fingerprint' | 'continues' | 'record'>>

/** Opens a run. The source is locked: a run whose row is still open has died. What it had committed stands. */
export function startRun(ledger: Ledger, source: string, { mode, started, fingerprint = null, continues = null, record = null }: Start): number {
  ledger.run('INSERT OR IGNORE INTO source (id) VALUES (?)', source)
  ledger.run(`UPDATE run SET state = 'partial', broken = 1, finished = ? WHERE source = ? AND state = 'running'`, started, source)
  return ledger.run(
    `INSERT INTO run (source, mode, started, state, fingerprint, continues, record, program) VALUES (?, ?, ?, 'running', ?, ?, ?, ?)`,
    source,
    mode,
    started,
    fingerprint,
    continues,
    record,
    version,
  )
}

export type Counts = Pick<Run, Outcome | 'seen' | 'missing' | 'quarantined' | 'repairs'>
export const noCounts = (): Counts => ({ seen: 0, added: 0, updated: 0, unchanged: 0, removed: 0, failed: 0, missing: 0, quarantined: 0, repairs: 0 })

/** Writes how far a run has come; with a state, that it ended. */
export function writeRun(
  ledger: Ledger,
  run: number,
  counts: Counts,
  revision: number,
  end?: { state: RunState; at: string; broken?: boolean; mode?: Run['mode'] | undefined },
): void {
  ledger.run(
    `UPDATE run SET seen = ?, added = ?, updated = ?, unchanged = ?, removed = ?, failed = ?, missing = ?, quarantined = ?, repairs = ?, revision = ?
     WHERE id = ?`,
    counts.seen,
    counts.added,
    counts.updated,
    counts.unchanged,
    counts.removed,
    counts.failed,
    counts.missing,
    counts.quarantined,
    counts.repairs,
    revision,
    run,
  )
  if (end)
    ledger.run(
      'UPDATE run SET state = ?, finished = ?, broken = ?, mode = ifnull(?, mode) WHERE id = ?',
      end.state,
      end.at,
      end.broken ? 1 : 0,
      end.mode ?? null,
      run,
    )
}

export const runsOf = (ledger: Ledger, source: string, most = 20): Run[] =>
  ledger.all<Run>('SELECT * FROM run WHERE source = ? ORDER BY id DESC LIMIT ?', source, most)
export const lastRun = (ledger: Ledger, source: string): Run | undefined => runsOf(ledger, source, 1)[0]
/** The last run that asked for the whole source. */
export const lastWholeRun = (ledger: Ledger, source: string): Run | undefined =>
  ledger.get<Run>(`SELECT * FROM run WHERE source = ? AND mode <> 'record' ORDER BY id DESC LIMIT 1`, source)
/** Whether a run was ended from our side: its process died, or was told to stop. */
export const wasCutOff = (ledger: Ledger, { id, state }: Run): boolean =>
  state === 'running' || ledger.get(`SELECT 1 FROM problem WHERE run = ? AND code = 'interrupted'`, id) !== undefined

/** The run of the whole source before another. */
export const runBefore = (ledger: Ledger, { id, source }: Run): Run | undefined =>
  ledger.get<Run>(`SELECT * FROM run WHERE source = ? AND mode <> 'record' AND id < ? ORDER BY id DESC LIMIT 1`, source, id)

/** How often records of a source were added, changed or removed by runs that began since a moment. */
export const changedSince = (ledger: Ledger, source: string, since: string): number =>
  ledger.get<{ c: number }>('SELECT ifnull(sum(added + updated + removed), 0) AS c FROM run WHERE source = ? AND started >= ?', source, since)!.c

/** How many runs of each source ended how. */
export const countRuns = (ledger: Ledger): { source: string; state: RunState; count: number }[] =>
  ledger.all('SELECT source, state, count(*) AS count FROM run GROUP BY source, state')

/** Runs by their numbers, the first first. */
export const runsByNumber = (ledger: Ledger, ids: number[]): Run[] =>
  ledger.all<Run>('SELECT * FROM run WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id', JSON.stringify(ids))

/** The newest runs of all sources, and each that brought something that is shown; the last first. */
export const runsInView = (ledger: Ledger, newest: number): Run[] =>
  ledger.all<Run>(
    `SELECT * FROM run WHERE id > ifnull((SELECT id FROM run ORDER BY id DESC LIMIT 1 OFFSET ?), 0)
       OR id IN (SELECT version.run FROM record JOIN version ON version.id = record.shown) ORDER BY id DESC`,
    newest,
  )

/** Another text whenever a run has begun or ended. */
export const markOfRuns = (ledger: Ledger): string =>
  ledger.get<{ mark: string }>(`SELECT coalesce(max(id), 0) || '/' || count(finished) AS mark FROM run`)!.mark

/** A run of a source. */
export const getRun = (ledger: Ledger, source: string, id: number): Run | undefined =>
  ledger.get<Run>('SELECT * FROM run WHERE source = ? AND id = ?', source, id)
