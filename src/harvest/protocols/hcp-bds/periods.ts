import { items } from '../../readers/json/values.ts'

/** How many months a part of a year has, by its letter: month, quarter, half. */
const parts: Record<string, number> = { M: 1, T: 3, S: 6 }

/** The months `[first, last]`, counted from the year 0, that a period covers: `2026M5`, `2025T2`, `2024S1`, `2020`; undefined where it is none of these. */
function monthsOf(period: string): [first: number, last: number] | undefined {
  const [, year, letter, number] = /^\s*(\d{4})(?:([MTS])(\d{1,2}))?\s*$/i.exec(period) ?? []
  if (!year) return undefined
  const months = letter ? parts[letter.toUpperCase()]! : 12
  const at = letter ? Number(number) - 1 : 0
  return at >= 0 && at < 12 / months ? [Number(year) * 12 + at * months, Number(year) * 12 + (at + 1) * months - 1] : undefined
}

/** From the first to the last of some periods, in years where all are years, else in months; undefined where none can be read. */
export function spanOf(periods: unknown[]): { start: string; end: string } | undefined {
  const texts = items(periods)
  const months = texts.map(monthsOf).filter(each => each !== undefined)
  if (months.length === 0) return undefined
  const inYears = texts.every(each => /^\s*\d{4}\s*$/.test(each))
  const write = (month: number) => `${Math.floor(month / 12)}${inYears ? '' : `-${String((month % 12) + 1).padStart(2, '0')}`}`
  return {
    start: write(months.reduce((least, [first]) => Math.min(least, first), Infinity)),
    end: write(months.reduce((most, [, last]) => Math.max(most, last), -Infinity)),
  }
}
