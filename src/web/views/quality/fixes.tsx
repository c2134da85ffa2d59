import { fixesOf, type Fix } from '../../../validate/quality/fixes.ts'
import type { Measurements } from '../../../validate/quality/points.ts'
import { listOf } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'

/** What to do next for one dataset: the three changes that gain most points. */
export function NextFixes({ page, measurements }: { page: Page; measurements: Measurements }) {
  const { t } = page.words
  const fixes = fixesOf([{ measurements, count: 1 }]).slice(0, 3)
  if (fixes.length === 0) return null
  return (
    <div class="next-fix">
      <p>
        <strong>{t('fixes.next')}</strong>
      </p>
      <ol class="then">
        {fixes.map(fix => (
          <li>
            {t(`fix.${fix.change}`)} <span class="gain">{t('fixes.gain', { count: fix.points })}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

/** What to do next in many datasets: what gains most points in all of them comes first; each leads to the list of those it mends. */
export function Fixes({ page, fixes, among, most }: { page: Page; fixes: Fix[]; among: [string, string][]; most: number }) {
  const { t, number } = page.words
  if (fixes.length === 0) return null
  const first = fixes[0]!.points
  return (
    <section class="block" aria-labelledby="fixes">
      <h2 id="fixes">{t('fixes.title')}</h2>
      <p class="soft">{t('fixes.text')}</p>
      <ol class="fixes">
        {fixes.slice(0, most).map(fix => (
          <li>
            <span class="fixes-name">{t(`fix.${fix.change}`)}</span>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-front" width={Math.max((fix.points / first) * 100, 0.5).toFixed(2)} height="4" />
            </svg>
            <span class="gain">{t('fixes.gain', { count: fix.points })}</span>
            <a href={listOf(page, among, { fix: [fix.change] })} rel="nofollow">
              {t('count.datasets', { count: fix.records })}
              <span class="hidden"> : {t(`fix.${fix.change}`)}</span>
            </a>
            <span class="soft">{t('fixes.each', { points: number(Math.round((fix.points / fix.records) * 10) / 10) })}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
