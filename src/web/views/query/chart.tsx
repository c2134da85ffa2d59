import { mostBars, type Bar } from '../../page/answer.ts'
import type { Page } from '../../page/page.ts'
import { CellValue } from './cell.tsx'

/** How many of each, as bars. The table below says the same: whoever hears the page is told so, and hears it once. */
export function Chart({ page, bars, total, column }: { page: Page; bars: Bar[]; total: number; column: string }) {
  const { t, number } = page.words
  return (
    <figure class="chart">
      <figcaption>
        {t('sparql.chart')}{' '}
        <bdi class="code" dir="ltr">
          ?{column}
        </bdi>
        {total > mostBars && ` (${t('sparql.chart_first', { most: number(mostBars) })})`}
        <span class="hidden">{t('sparql.chart_same')}</span>
      </figcaption>
      <ol aria-hidden="true">
        {bars.map(({ label, number: count, length }) => (
          <li>
            <span class="chart-label">
              <CellValue page={page} cell={{ ...label, kind: 'text' }} />
            </span>
            <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none">
              <rect class="bar-front" width={Math.max(length, 0.5).toFixed(2)} height="4" />
            </svg>
            <span class="chart-number">
              <CellValue page={page} cell={count} />
            </span>
          </li>
        ))}
      </ol>
    </figure>
  )
}
