import { metrics, mostPoints, rating, type MqaDimension } from '../../validate/quality.ts'
import type { Page } from '../page/page.ts'
import { Sign } from './icons.tsx'

const dimensions: MqaDimension[] = ['findability', 'accessibility', 'interoperability', 'reusability', 'contextuality']

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

/** Points by dimension as bars, and behind each what was looked at. */
export function QualityPicture({ page, measurements, score }: { page: Page; measurements: Record<string, number | null>; score: number }) {
  const { t, number } = page.words
  return (
    <div class="quality">
      <p class="quality-sum">
        <Ring page={page} score={score} />
        <span>
          <strong>{t(`rating.${rating(score)}`)}</strong>
          {t('quality.score', { score: number(score), most: number(mostPoints) })}
        </span>
      </p>
      <div class="quality-bars">
        {dimensions.map(dimension => {
          const rows = metrics.filter(metric => metric.dimension === dimension)
          const most = rows.reduce((sum, metric) => sum + metric.weight, 0)
          const points = rows.reduce((sum, metric) => sum + (measurements[metric.name] === 1 ? metric.weight : 0), 0)
          const unknown = rows.reduce((sum, metric) => sum + (measurements[metric.name] === null ? metric.weight : 0), 0)
          return (
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
                {rows.map(({ name, weight }) => {
                  const value = measurements[name]
                  const sign = value === 1 ? 'yes' : value === 0 ? 'no' : 'unknown'
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
          )
        })}
      </div>
    </div>
  )
}
