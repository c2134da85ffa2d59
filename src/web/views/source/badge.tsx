import { mostPoints } from '../../../validate/quality/metrics.ts'
import { rating } from '../../../validate/quality/points.ts'
import type { Page } from '../../page/page.ts'

/** The colours of ratings, on which white is read; a badge stands on pages that have none of our styles. */
const colours = { excellent: '#1c6b3a', good: '#1c6b3a', sufficient: '#7d5200', bad: '#a12a2a' }
const [high, letter, side] = [28, 7.2, 10]

/** The quality of a portal as a picture for its own pages: the mean of the points of its datasets, and when it was last read. */
export function Badge({ page, score, published }: { page: Page; score: number | undefined; published: number }) {
  const { t, number, direction, language } = page.words
  const name = t('badge.name')
  const value =
    score === undefined ? t('count.datasets', { count: published }) : `${number(Math.round(score))} / ${number(mostPoints)} · ${t(`rating.${rating(score)}`)}`
  const [first, second] = [name, value].map(text => Math.round(text.length * letter) + 2 * side) as [number, number]
  const wide = first + second
  // In Arabic the name stands on the right.
  const isLeft = direction === 'ltr'
  return (
    <svg xmlns="http://www.w3.org/2000/svg" width={wide} height={high} viewBox={`0 0 ${wide} ${high}`} role="img" aria-label={`${name} : ${value}`}>
      <title>{`${name} : ${value}`}</title>
      <clipPath id="round">
        <rect width={wide} height={high} rx="6" />
      </clipPath>
      <g clip-path="url(#round)">
        <rect width={wide} height={high} fill="#083f40" />
        <rect x={isLeft ? first : 0} width={second} height={high} fill={score === undefined ? '#555f63' : colours[rating(score)]} />
      </g>
      <g
        fill="#fff"
        font-family="Inter, 'Segoe UI', 'Noto Naskh Arabic', Tahoma, sans-serif"
        font-size="12.5"
        font-weight="600"
        text-anchor="middle"
        lang={language}
        direction={direction}
      >
        <text x={isLeft ? first / 2 : second + first / 2} y="18.5">
          {name}
        </text>
        <text x={isLeft ? first + second / 2 : second / 2} y="18.5">
          {value}
        </text>
      </g>
    </svg>
  )
}
