import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Ledger } from '../file/ledger.ts'
import type { Entry } from './entry.ts'
import { writeMeasurements } from './measurements.ts'
import { listJudgement } from './traits.ts'

/** What the newest version of a record breaks, the worst first. */
export const findingsOf = (ledger: Ledger, n: number): Finding[] =>
  ledger
    .all<Finding & { count: number | null }>(
      `SELECT profile, rule, severity, focus, path, value, count FROM finding WHERE record = ? ORDER BY CASE severity WHEN 'violation' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, rule`,
      n,
    )
    .map(({ count, ...finding }) => (count === null ? finding : { ...finding, count }))
/** What normalising changed in the newest version of a record, in the order of its steps. */
export const repairsOf = (ledger: Ledger, n: number): Repair[] =>
  ledger.all<Repair>('SELECT rule, property, before, after FROM repair WHERE record = ? ORDER BY rowid', n)

/** Writes what is said of the newest version of a record in the place of what was said before; its score and its facets have been written already. */
export function writeJudgement(ledger: Ledger, n: number, { source, findings, repairs, measurements }: Entry): void {
  for (const table of ['finding', 'repair']) ledger.run(`DELETE FROM ${table} WHERE record = ?`, n)
  for (const finding of findings) {
    ledger.run(
      'INSERT INTO finding (record, profile, rule, severity, focus, path, value, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      n,
      finding.profile,
      finding.rule,
      finding.severity,
      finding.focus,
      finding.path ?? null,
      finding.value ?? null,
      finding.count ?? null,
    )
  }
  for (const repair of repairs)
    ledger.run(
      'INSERT INTO repair (record, rule, property, before, after) VALUES (?, ?, ?, ?, ?)',
      n,
      repair.rule,
      repair.property,
      repair.before,
      repair.after,
    )
  listJudgement(ledger, n, source, findings, repairs)
  writeMeasurements(ledger, n, measurements)
}
