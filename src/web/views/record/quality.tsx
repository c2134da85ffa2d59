import { mostPoints, standards } from '../../../validate/quality/metrics.ts'
import { holds, type Measurements, pointsByDimension, pointsOf, rating, type Points } from '../../../validate/quality/points.ts'
import type { Page } from '../../page/page.ts'
import { Sign } from '../icons.tsx'

/** The score as a ring. */
export function Ring({ page, score }: { page: Page; score: number }) {
  const { t, number } = page.words
  const around = 2 * Math.PI * 19
  return (
    <svg
      class={`ring ring-${rating(score)}`}
      viewBox="0 0 48 48"
      role="img"
      aria-label={t('quality.score', { score: number(score), most: number(mostPoints) })}
    >
      <circle class="ring-back" cx="24" cy="24" r="19" fill="none" stroke-width="6" />
      <circle
        class="ring-front"
        cx="24"
        cy="24"
        r="19"
        fill="none"
        stroke-width="6"
        stroke-linecap="round"
        stroke-dasharray={`${(around * score) / mostPoints} ${around}`}
        transform="rotate(-90 24 24)"
      />
      <text x="24" y="24" text-anchor="middle" dominant-baseline="central">
        {score}
      </text>
    </svg>
  )
}

const [, former] = standards

/** `215 à 295 points sur 405`: what is not measured yet may be on either side. */
export function rangeText({ words: { t, number } }: Page, { score, open }: Pick<Points, 'score' | 'open'>): string {
  const values = { score: number(score), up: number(Math.round((score + open) * 10) / 10), most: number(mostPoints) }
  return t(open > 0 ? 'quality.range' : 'quality.score', values)
}

/** The score in one line: as a ring, in a word, and in points. */
export function QualityLine({ page, measurements, score }: { page: Page; measurements: Measurements; score: number }) {
  const { t } = page.words
  return (
    <p class="quality-line">
      <Ring page={page} score={score} />
      <span>
        <strong>{t(`rating.${rating(score)}`)}</strong> {rangeText(page, pointsOf(measurements))}
        {typeof measurements[former.metric] === 'number' && (
          <small class="soft">
            {t('quality.dcat_ap_2')} {rangeText(page, pointsOf(measurements, former))}
          </small>
        )}
      </span>
    </p>
  )
}

/** Points by dimension as bars, and behind each what was looked at. */
export function QualityPicture({ page, measurements }: { page: Page; measurements: Measurements }) {
  const { t, number } = page.words
  return (
    <div class="quality">
      {pointsByDimension(measurements).map(({ dimension, metrics, points, unknown, most }) => (
        <details class="dimension">
          <summary>
            <span class="dimension-name">{t(`dimension.${dimension}`)}</span>
            <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-back" width="100" height="8" />
              <rect class="bar-unknown" x={(points / most) * 100} width={(unknown / most) * 100} height="8" />
              <rect class="bar-front" width={(points / most) * 100} height="8" />
            </svg>
            <span class="dimension-points">{t('quality.points', { score: number(points), most: number(most) })}</span>
          </summary>
          <ul class="metrics">
            {metrics.map(({ name, weight, value }) => {
              const sign = value === null || value === undefined ? 'unknown' : holds(value) ? 'yes' : 'no'
              return (
                <li class={`metric metric-${sign}`}>
                  <Sign of={sign} />
                  <span>{t(`metric.${name}`)}</span>
                  <span class="hidden">{t(`quality.${sign}`)}</span>
                  <span class="metric-weight">{number(weight)}</span>
                </li>
              )
            })}
          </ul>
        </details>
      ))}
      <p class="quality-key">
        {(['front', 'back', 'unknown'] as const).map(part => (
          <span class={`key-${part}`}>{t(`quality.key.${part}`)}</span>
        ))}
      </p>
    </div>
  )
}
