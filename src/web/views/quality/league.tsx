import { paths } from '../../../config/addresses.ts'
import { columns, hasPoints, shareOf } from '../../../outlets/scorecard/figures.ts'
import { nameOf, pageOf } from '../../../outlets/scorecard/names.ts'
import type { Scorecard } from '../../../outlets/scorecard/scorecard.ts'
import type { Page } from '../../page/page.ts'
import { FacetName } from '../parts.tsx'
import { SortHead } from '../sort-head.tsx'

/** Columns by which the league can be put in order, beside those of the scorecard. */
export const leagueOrders = ['points', 'datasets', ...columns.map(({ name }) => name)]

/** The scopes of one kind beside each other, in the order that the page asks for. */
export function League({ page, cards, title, order, from }: { page: Page; cards: Scorecard[]; title: string; order: string; from: number }) {
  const {
    site: { publication },
    words: { t, number },
  } = page
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={title}>
      <table class="numbers league">
        <thead>
          <tr>
            <th scope="col">{t('scorecard.rank')}</th>
            <th scope="col">{title}</th>
            {leagueOrders.map(name => (
              <SortHead page={page} name={name} order={order}>
                {t(name === 'points' || name === 'datasets' ? `scorecard.${name}` : `criterion.${name}`)}
              </SortHead>
            ))}
          </tr>
        </thead>
        <tbody>
          {cards.map((card, at) => (
            <tr>
              <td>{number(from + at + 1)}</td>
              <th scope="row">
                <a href={page.to(pageOf(card, paths))}>
                  {card.kind === 'catalogue' ? (
                    <bdi>{nameOf(publication, card, page.reading)}</bdi>
                  ) : (
                    <FacetName page={page} dimension={card.kind} value={card.scope} />
                  )}
                </a>
              </th>
              <td>{hasPoints(card.figures) ? number(card.figures.points.score) : '–'}</td>
              <td>{number(card.figures.datasets)}</td>
              {columns.map(({ name, warning }) => {
                const share = shareOf(card.figures, name)
                return (
                  <td class={share === undefined ? 'zero' : undefined}>
                    {share === undefined
                      ? '–'
                      : warning
                        ? number(card.figures.counts[name]![0])
                        : t('scorecard.percent', { share: number(Math.round(share * 100)) })}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
