import { appendFileSync } from 'node:fs'

/** One line of what was measured: what it is of, and those of the figures that it has. */
export interface Row {
  what: string
  /** How many a second. */
  rate?: number
  /** Milliseconds that one took: the median, and the 95th and 99th of a hundred. */
  p50?: number
  p95?: number
  p99?: number
  /** Seconds that all of it took. */
  seconds?: number
  /** Milliseconds of the processor for one, of all threads. */
  cpu?: number
  /** Memory or disk, megabytes. */
  mb?: number
  /** What it is beside something else of the same run: `2.9 × 5e576fe`. */
  beside?: string
  more?: string
}

/** The figures in the order in which a line and the table name them. */
export const figures: [key: Exclude<keyof Row, 'what' | 'beside' | 'more'>, name: string][] = [
  ['rate', '/s'],
  ['p50', 'ms p50'],
  ['p95', 'ms p95'],
  ['p99', 'ms p99'],
  ['seconds', 's'],
  ['cpu', 'ms CPU'],
  ['mb', 'MB'],
]

/** A figure with as many digits as it deserves. */
export const figure = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3)

/** Says a line at once, and leaves it for the table of all (`npm run bench`), which names a file for it. */
export function row(row: Row): void {
  const told = figures.flatMap(([key, name]) => (row[key] === undefined ? [] : [`${figure(row[key]).padStart(8)} ${name}`]))
  console.log([row.what.padEnd(36), ...told, row.beside, row.more].filter(Boolean).join('  '))
  const file = process.env['BENCH_ROWS']
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`)
}

/** A quantile of some figures: `quantile(times, 0.99)`. */
export const quantile = (all: number[], part: number): number =>
  all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * part))] ?? Number.NaN
