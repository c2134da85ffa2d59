import { criteria } from './criteria.ts'
import { metrics, standards } from './metrics.ts'
import { holds, type Measurements } from './points.ts'

/** All that is measured of a dataset, in the order of its signs. */
export const measuredNames: string[] = [
  ...new Set([...metrics.map(({ name }) => name), ...standards.map(({ metric }) => metric), ...criteria.map(({ name }) => name), 'stars']),
]
/** All that is measured of a file. */
export const fileNames: string[] = metrics.filter(({ on }) => on !== 'dataset').map(({ name }) => name)

/**
 * Measurements as a sign each, so that thousands of records have the same text: a number of one digit, `?` for what was not measured, `-` for what cannot be.
 */
export const signsOf = (measurements: Measurements, names: string[]): string =>
  names
    .map(name => {
      const value = measurements[name]
      return value === undefined ? '-' : value === null ? '?' : value > 9 ? Number(holds(value)) : value
    })
    .join('')

export const readSigns = (signs: string, names: string[]): Measurements =>
  Object.fromEntries(names.flatMap((name, at) => (signs[at] === undefined || signs[at] === '-' ? [] : [[name, signs[at] === '?' ? null : Number(signs[at])]])))
