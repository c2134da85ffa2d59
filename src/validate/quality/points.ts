import { metrics, mqaDimensions, standards, type MqaDimension, type Standard } from './metrics.ts'

/**
 * Name of a metric or a criterion → 1, 0, the status that an address answered with, a number of stars or, where it was not measured, null. What cannot be
 * measured at all, such as the format of a file that is not there, is no part of it or 0.
 */
export type Measurements = Record<string, number | null>

/** True of what holds: 1, or a status between 200 and 299. */
export const holds = (value: number | null | undefined): boolean => value === 1 || (value !== null && value !== undefined && value >= 200 && value < 300)

/** True of what was looked at and does not hold. */
export const fails = (value: number | null | undefined): boolean => value !== null && value !== undefined && !holds(value)

/** What measurements come to. */
export interface Points {
  /** What is certain. */
  score: number
  /** What may come to it once all is measured. */
  open: number
  /** Points by dimension. */
  dimensions: Record<MqaDimension, number>
}

const measuredBy = (measurements: Measurements, name: string, { metric }: Standard) => measurements[name === 'dcatApCompliance' ? metric : name]

/** The points that measurements come to, whoever made them: each metric that holds counts with its weight. */
export function pointsOf(measurements: Measurements, standard: Standard = standards[0]): Points {
  const dimensions: Points['dimensions'] = { findability: 0, accessibility: 0, interoperability: 0, reusability: 0, contextuality: 0 }
  let open = 0
  for (const { name, dimension, weight } of metrics) {
    const value = measuredBy(measurements, name, standard)
    if (holds(value)) dimensions[dimension] += weight
    else if (value === null) open += weight
  }
  return { score: Object.values(dimensions).reduce((sum, each) => sum + each, 0), open, dimensions }
}

/** One dimension of what was measured: its metrics, the points they come to, the points that are not measured, and the most there can be. */
export interface DimensionPoints {
  dimension: MqaDimension
  metrics: { name: string; weight: number; value: number | null | undefined }[]
  points: number
  unknown: number
  most: number
}

/** What was measured, dimension by dimension. */
export const pointsByDimension = (measurements: Measurements): DimensionPoints[] =>
  mqaDimensions.map(dimension => {
    const rows = metrics.filter(metric => metric.dimension === dimension).map(({ name, weight }) => ({ name, weight, value: measurements[name] }))
    const sum = (counts: (value: number | null | undefined) => boolean) => rows.reduce((total, { weight, value }) => total + (counts(value) ? weight : 0), 0)
    return { dimension, metrics: rows, points: sum(holds), unknown: sum(value => value === null), most: sum(() => true) }
  })

/** The four ratings of the MQA, by piveau's reading of the boundaries. */
export const ratings = ['excellent', 'good', 'sufficient', 'bad'] as const
export type Rating = (typeof ratings)[number]
export function rating(score: number): Rating {
  return score >= 351 ? 'excellent' : score >= 221 ? 'good' : score >= 120 ? 'sufficient' : 'bad'
}
