import type { Ledger } from '../file/ledger.ts'
import type { RecordOutcome } from '../records/entry.ts'

/** A piece of a list. */
export interface Window {
  most: number
  offset: number
}

/** A record by what people know it by. */
export interface Named {
  n: number
  id: string
  key: string
  dataset: string
  title: Record<string, string>
}
const named = 'record.n, record.id, record.key, record.dataset, record.title'

/** What a run did to a record; `version` is the number of the version it wrote. */
export interface Change {
  outcome: RecordOutcome
  version: number | null
  record: Named
}
const told = `record NOT IN (SELECT n FROM record WHERE admission = 'withheld')`

/** How many records a run added, updated, …: those alone that the public may know of. */
export type ChangeCounts = Record<RecordOutcome, number>

export function countChanges(ledger: Ledger, run: number): ChangeCounts {
  const counts: ChangeCounts = { added: 0, updated: 0, missing: 0, removed: 0, held: 0 }
  for (const { outcome, c } of ledger.all<{ outcome: RecordOutcome; c: number }>(
    `SELECT outcome, count(*) AS c FROM outcome WHERE run = ? AND ${told} GROUP BY outcome`,
    run,
  ))
    counts[outcome] = c
  return counts
}

/** A piece of what a run did, in the order of the records; of one outcome alone where it is named. */
export function changesOf(ledger: Ledger, run: number, { most, offset }: Window, outcome?: RecordOutcome): Change[] {
  return ledger
    .all<Omit<Change, 'record'> & Omit<Named, 'title'> & { title: string }>(
      `SELECT outcome.outcome, ${named},
       (SELECT max(number) FROM version WHERE version.record = record.n AND version.run = outcome.run) AS version
     FROM (SELECT * FROM outcome WHERE run = ? AND ${told} AND (? IS NULL OR outcome = ?) ORDER BY record LIMIT ? OFFSET ?) AS outcome
     JOIN record ON record.n = outcome.record
     ORDER BY outcome.record`,
      run,
      outcome ?? null,
      outcome ?? null,
      most,
      offset,
    )
    .map(({ outcome, version, title, ...record }) => ({ outcome, version, record: { ...record, title: JSON.parse(title) as Named['title'] } }))
}
