import type { QualityFilter } from '../../ledger/records/search.ts'
import type { Tally } from '../../ledger/records/tallies.ts'
import { mqaDimensions, type MqaDimension } from '../../validate/quality/metrics.ts'
import { fails, holds, rating, ratings, type Points, type Rating } from '../../validate/quality/points.ts'

/** One column of a scorecard, and the filters of `/datasets`, or of `/requests`, that list what counts for it and what does not. */
export interface Column {
  name: string
  met: QualityFilter
  unmet: QualityFilter
  /** It is better absent. */
  warning?: true
  /** It counts what people ask for, and no datasets. */
  requests?: true
}

const criterion = (name: string, more: Partial<Column> = {}): Column => ({ name, met: { meets: [name] }, unmet: { lacks: [name] }, ...more })

/** The columns of a scorecard, in their order. Add one: a line, its words, and its two metrics in ontologies/fihrist.ttl. */
export const columns: Column[] = [
  criterion('published'),
  criterion('openFormat'),
  criterion('machineReadable'),
  criterion('bilingual'),
  criterion('licensed'),
  criterion('openLicence'),
  criterion('contactPointAvailability'),
  { name: 'fresh', met: { fresh: 'on-time' }, unmet: { fresh: 'late' } },
  criterion('linksAlive'),
  { name: 'requestsAnswered', met: {}, unmet: {}, requests: true },
  criterion('personalData', { warning: true }),
]

/** Points as means over datasets: what is certain, and what may come to it once all is measured. */
type Mean = Pick<Points, 'score' | 'open'>

/** What a scorecard says of a scope: plain figures, as they are kept for each day. */
export interface Figures {
  datasets: number
  /** Means over the datasets, of 405, by DCAT-AP 3 and by DCAT-AP 2 as data.europa.eu reckons. */
  points: Mean
  pointsByDcatAp2: Mean
  dimensions: Record<MqaDimension, number>
  ratings: Record<Rating, number>
  /** Column → how many datasets meet it, and of how many that is known. */
  counts: Record<string, [met: number, of: number]>
}

const tenth = (value: number) => Math.round(value * 10) / 10

/** The figures of what was counted; `requests` are those that were answered, and all. */
export function figuresOfTally({ datasets, measured, fresh }: Tally, requests: [answered: number, of: number] = [0, 0]): Figures {
  const sums = { score: 0, open: 0, score2: 0, open2: 0 }
  const dimensions = Object.fromEntries(mqaDimensions.map(each => [each, 0])) as Figures['dimensions']
  const rated = Object.fromEntries(ratings.map(each => [each, 0])) as Figures['ratings']
  const counts = Object.fromEntries(columns.map(({ name }) => [name, [0, 0]])) as Figures['counts']
  for (const [{ measurements, points }, count] of measured) {
    const [today, former] = points
    sums.score += today.score * count
    sums.open += today.open * count
    sums.score2 += former.score * count
    sums.open2 += former.open * count
    for (const dimension of mqaDimensions) dimensions[dimension] += today.dimensions[dimension] * count
    rated[rating(today.score)] += count
    for (const { name } of columns) {
      const value = measurements[name]
      if (holds(value)) counts[name]![0] += count
      if (holds(value) || fails(value)) counts[name]![1] += count
    }
  }
  counts['requestsAnswered'] = requests
  counts['fresh'] = [fresh['on-time'], fresh['on-time'] + fresh.late]
  const mean = (sum: number) => (datasets === 0 ? 0 : tenth(sum / datasets))
  for (const dimension of mqaDimensions) dimensions[dimension] = mean(dimensions[dimension])
  return {
    datasets,
    points: { score: mean(sums.score), open: mean(sums.open) },
    pointsByDcatAp2: { score: mean(sums.score2), open: mean(sums.open2) },
    dimensions,
    ratings: rated,
    counts,
  }
}

/** Points are of datasets: who has none has no points, not none of 405. */
export const hasPoints = ({ datasets }: Figures): boolean => datasets > 0

/** The part of those of which it is known that meet a column; undefined where it is known of none. */
export function shareOf({ counts }: Figures, column: string): number | undefined {
  const [met, of] = counts[column] ?? [0, 0]
  return of === 0 ? undefined : met / of
}
