import { seenChanged } from '../../validate/quality/freshness.ts'
import { withFiles, type Measured } from '../../validate/quality/measure.ts'
import { answered } from '../../validate/quality/metrics.ts'
import { pointsOf, type Measurements } from '../../validate/quality/points.ts'
import type { Ledger } from '../file/ledger.ts'
import { judgementOf } from './judgement.ts'
import { listMeasured, listRating } from './traits.ts'

/** Something that was measured of a record, or of one of its files, at another time than its judgement. */
export interface LaterMeasurement {
  metric: string
  value: number | null
  at: string
  /** The IRI of the file. */
  file?: string
}

/** All that is measured of a record, and the day on which a file of it was seen to change. */
export type MeasuredNow = Measured & { seen: number | undefined }

/** What its judgement says and, where that leaves something open, what was measured at another time. */
export function measuredOf(ledger: Ledger, n: number): MeasuredNow {
  const { measurements, files: judged, rhythm = {} } = judgementOf(ledger, n)
  const later = measuredLater(ledger, n)
  const files = Object.fromEntries(Object.entries(judged ?? {}).map(([file, said]) => [file, { ...said }]))
  for (const { file, metric, value } of later) if (file !== undefined && files[file]) files[file][metric] ??= value
  const together = judged ? withFiles({ measurements, files }) : { ...measurements }
  const without = judged && Object.keys(judged).length === 0
  for (const { file, metric, value } of later) {
    // A record without files has no address that could answer.
    if (file === undefined && metric !== seenChanged && !(without && answered.includes(metric))) together[metric] ??= value
  }
  const days = later.flatMap(({ metric, value }) => (metric === seenChanged && value !== null ? [value] : []))
  return { measurements: together, files, rhythm, seen: days.length > 0 ? Math.max(...days) : undefined }
}

export const measurementsOf = (ledger: Ledger, n: number): Measurements => measuredOf(ledger, n).measurements

/** What was measured of a record at another time than its judgement, by metric. */
export const measuredLater = (ledger: Ledger, n: number): LaterMeasurement[] =>
  ledger
    .all<{ metric: string; value: number | null; at: string }>('SELECT metric, value, at FROM later_measurement WHERE record = ? ORDER BY metric', n)
    .map(({ metric, value, at }) => {
      const [name, file] = metric.split(' ')
      return { metric: name!, value, at, ...(file !== undefined && { file }) }
    })

/**
 * Keeps what was measured of a record, or of the file of it that has this IRI, without judging it, such as the status that its addresses answered with, or the
 * day on which the file was seen to change (`seenChanged`); its score follows. It outlives every later judgement and goes with the record.
 */
export function measureLater(ledger: Ledger, n: number, at: string, measured: Measurements, file?: string): void {
  ledger.transaction(() => {
    for (const [metric, value] of Object.entries(measured))
      ledger.run(
        `INSERT OR REPLACE INTO later_measurement (record, metric, value, at) SELECT n, ?, ?, ? FROM record WHERE n = ? AND admission <> 'removed'`,
        file === undefined ? metric : `${metric} ${file}`,
        value,
        at,
        n,
      )
    rescore(ledger, n)
  })
}

/** Where something was measured later, the score, and what a record is found and counted by, follow it; else they are those of the judgement. */
export function rescore(ledger: Ledger, n: number): void {
  if (measuredLater(ledger, n).length === 0) return
  const { measurements, rhythm, seen } = measuredOf(ledger, n)
  const { score } = pointsOf(measurements)
  ledger.run('UPDATE record SET score = ? WHERE n = ?', score, n)
  listRating(ledger, n, score)
  listMeasured(ledger, n, measurements, rhythm, seen)
}
