import type { Ledger } from '../file/ledger.ts'

/** Writes down that a run has met a record. */
export const markSeen = (ledger: Ledger, run: number, at: string, n: number): void => {
  ledger.run('INSERT OR REPLACE INTO sighting (record, run, at) VALUES (?, ?, ?)', n, run, at)
}

/** Writes down that a run has met records that are as they were. What had gone missing is there again, and takes back the admission of what is shown of it. */
export function markAllSeen(ledger: Ledger, run: number, at: string, records: number[]): void {
  if (records.length === 0) return
  const numbers = JSON.stringify(records.toSorted((a, b) => a - b))
  ledger.run('UPDATE sighting SET run = ?, at = ? WHERE record IN (SELECT value FROM json_each(?))', run, at, numbers)
  ledger.run(
    `UPDATE record SET missing_since = NULL, admission = iif(admission = 'missing', ${formerAdmission}, admission)
     WHERE missing_since IS NOT NULL AND n IN (SELECT value FROM json_each(?))`,
    numbers,
  )
}

/** What a record was before it went missing: quarantined where its newest version was never shown. */
const formerAdmission = `(SELECT iif(shown_from IS NULL, 'quarantined', 'published') FROM version WHERE record = record.n ORDER BY id DESC LIMIT 1)`

/** All records of a source that an earlier run saw are seen again, as they were. */
export function seeAgain(ledger: Ledger, source: string, earlier: number, run: number, at: string): void {
  ledger.run('UPDATE sighting SET run = ?, at = ? WHERE run = ? AND record IN (SELECT n FROM record WHERE source = ?)', run, at, earlier, source)
}
