import { scaleLinear } from 'd3-scale'
import { curveStepAfter, line } from 'd3-shape'
import { dateOfDay } from '../../../validate/quality/freshness.ts'
import type { Page } from '../../page/page.ts'

/** A figure on the day on which it became what it is. */
export interface Point {
  day: number
  value: number
}

interface Told {
  page: Page
  name: string
  points: Point[]
  until: number
  most: number
  percent?: boolean
}

const [wide, high] = [320, 84]

/**
 * How one figure went, day by day, in the direction of reading. It keeps its value until the next point, and to the last day. What it shows stands in the table
 * of the page too, so that its name and first and last value are all that is read out.
 */
export function Trend({ page, name, points, until, most, percent }: Told) {
  const { t, number, date, direction } = page.words
  const [first, last] = [points[0]!, points.at(-1)!]
  const days = scaleLinear([first.day, Math.max(until, first.day + 1)], direction === 'rtl' ? [wide - 2, 2] : [2, wide - 2])
  const values = scaleLinear([0, most], [high - 4, 4])
  const told = [...points, { day: Math.max(until, first.day + 1), value: last.value }]
  const path = line<Point>(
    point => days(point.day),
    point => values(point.value),
  ).curve(curveStepAfter)(told)
  const written = (value: number) => (percent ? t('scorecard.percent', { share: number(value) }) : number(value))
  return (
    <figure class="trend">
      <figcaption>
        <span>{name}</span> <strong>{written(last.value)}</strong>
      </figcaption>
      <svg
        viewBox={`0 0 ${wide} ${high}`}
        role="img"
        aria-label={t('trend.told', {
          name,
          first: written(first.value),
          from: date(dateOfDay(first.day)),
          last: written(last.value),
          to: date(dateOfDay(until)),
        })}
      >
        {[0, 0.5, 1].map(part => (
          <line class="trend-grid" x1="0" x2={wide} y1={values(most * part)} y2={values(most * part)} />
        ))}
        <path class="trend-line" d={path ?? undefined} fill="none" />
        <circle class="trend-end" cx={days(told.at(-1)!.day)} cy={values(last.value)} r="3.5" />
      </svg>
      <p class="trend-days" aria-hidden="true">
        {first.day < until && <span>{date(dateOfDay(first.day))}</span>} <span>{date(dateOfDay(until))}</span>
      </p>
    </figure>
  )
}
