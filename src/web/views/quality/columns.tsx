import { columns, shareOf, type Figures } from '../../../outlets/scorecard/figures.ts'
import { behind } from '../../page/lists.ts'
import type { Page } from '../../page/page.ts'

/** Each column of a scorecard: how many datasets meet it, of how many, the lists of both, and its formula. */
export function Columns({ page, figures, among }: { page: Page; figures: Figures; among: [string, string][] }) {
  const { t, number } = page.words
  return (
    <ul class="criteria">
      {columns.map(column => {
        const [met, of] = figures.counts[column.name] ?? [0, 0]
        const share = shareOf(figures, column.name)
        const unknown = column.requests ? 0 : figures.datasets - of
        return (
          <li class={column.warning ? 'criterion criterion-warning' : 'criterion'}>
            <h3>{t(`criterion.${column.name}`)}</h3>
            {share === undefined ? (
              <p class="criterion-share soft">{t(column.requests ? 'scorecard.unasked' : 'scorecard.unmeasured')}</p>
            ) : (
              <p class="criterion-share">{column.warning ? number(met) : t('scorecard.percent', { share: number(Math.round(share * 1000) / 10) })}</p>
            )}
            <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect class="bar-back" width="100" height="6" />
              <rect class="bar-front" width={((share ?? 0) * 100).toFixed(2)} height="6" />
            </svg>
            <p class="criterion-lists">
              {share === undefined || (column.warning && met === 0) ? null : (
                <>
                  <a href={behind(page, among, column, 'met')} rel="nofollow">
                    {t('scorecard.met', { met: number(met), of: number(of) })}
                    <span class="hidden"> : {t(`criterion.${column.name}`)}</span>
                  </a>{' '}
                  {of > met && !column.warning && (
                    <a href={behind(page, among, column, 'unmet')} rel="nofollow">
                      {column.requests ? t('scorecard.unanswered', { n: number(of - met) }) : t('scorecard.unmet', { count: of - met })}
                      <span class="hidden"> : {t(`criterion.${column.name}`)}</span>
                    </a>
                  )}
                </>
              )}
              {unknown > 0 && share !== undefined && <span class="soft">{t('scorecard.unknown', { count: unknown })}</span>}
            </p>
            <details class="formula">
              <summary>{t('scorecard.formula')}</summary>
              <p>{t(`formula.${column.name}`)}</p>
            </details>
          </li>
        )
      })}
    </ul>
  )
}
