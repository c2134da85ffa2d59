import { holds, type Measurements } from '../../../validate/quality/points.ts'
import type { Page } from '../../page/page.ts'

/** How open a dataset is, in stars, and a warning where its metadata speak of personal data. */
export function Openness({ page, measurements }: { page: Page; measurements: Measurements }) {
  const { t } = page.words
  const stars = measurements['stars']
  return (
    <>
      {typeof stars === 'number' && (
        <p class="openness">
          <span class="stars" aria-hidden="true">
            {'★'.repeat(stars)}
            <span class="stars-none">{'★'.repeat(5 - stars)}</span>
          </span>{' '}
          {t('openness.stars', { count: stars })} <span class="soft">{t(`openness.${stars}`)}</span>
        </p>
      )}
      {holds(measurements['personalData']) && <p class="notice notice-warning">{t('openness.personal')}</p>}
    </>
  )
}
