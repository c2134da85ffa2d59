import { pointsOf, type Measurements } from '../../validate/quality.ts'
import type { Ledger } from '../file/ledger.ts'
import { judgementOf } from './judgement.ts'
import { listRating } from './traits.ts'

/** Something that was measured of a record at another time than its judgement. */
export interface LaterMeasurement {
  metric: string
  value: number | null
  at: string
}

/** What is measured of a record: what its judgement says and, where that leaves something open, what was measured at another time. */
export function measurementsOf(ledger: Ledger, n: number): Measurements {
  const measurements: Measurements = { ...judgementOf(ledger, n).measurements }
  for (const { metric, value } of measuredLater(ledger, n)) measurements[metric] ??= value
  return measurements
}

/** What was measured of a record at another time than its judgement, by metric. */
export const measuredLater = (ledger: Ledger, n: number): LaterMeasurement[] =>
  ledger.all<LaterMeasurement>('SELECT metric, value, at FROM later_measurement WHERE record = ? ORDER BY metric', n)

/**
 * Keeps what was measured of a record without judging it, such as whether its addresses answer; its score follows. It outlives every later judgement
 * and goes with the record.
 */
export function measureLater(ledger: Ledger, n: number, at: string, measured: Measurements): void {
  ledger.transaction(() => {
    for (const [metric, value] of Object.entries(measured))
      ledger.run(
        `INSERT OR REPLACE INTO later_measurement (record, metric, value, at) SELECT n, ?, ?, ? FROM record WHERE n = ? AND admission <> 'removed'`,
        metric,
        value,
        at,
        n,
      )
    rescore(ledger, n)
  })
}

/** Where something was measured later, the score, and the rating that a record is found by, follow it; else they are those of the judgement. */
export function rescore(ledger: Ledger, n: number): void {
  if (measuredLater(ledger, n).length === 0) return
  const { score } = pointsOf(measurementsOf(ledger, n))
  ledger.run('UPDATE record SET score = ? WHERE n = ?', score, n)
  listRating(ledger, n, score)
}
