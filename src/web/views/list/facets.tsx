import { type Dimension, dimensions } from '../../../ledger/records/search.ts'
import type { Page } from '../../page/page.ts'
import { changed, type Listing } from '../../page/query.ts'
import { FacetName } from '../parts.tsx'

const shownAtFirst = 8
/** Dimensions whose values can be read at once; the others open when they are wanted. */
const openAtFirst: Dimension[] = ['theme', 'publisher', 'format']

/** Ways to narrow the list, with the number of datasets behind each. */
export function Facets({ page, listing }: { page: Page; listing: Listing }) {
  const { t } = page.words
  const shown = dimensions.filter(
    dimension => !(dimension in listing.fixed) && (listing.found.facets[dimension].length > 0 || listing.chosen[dimension].length > 0),
  )
  return (
    <details class="filters">
      <summary>{t('results.filters')}</summary>
      <aside aria-label={t('results.filters')}>
        {shown.map(dimension => (
          <Facet page={page} listing={listing} dimension={dimension} />
        ))}
      </aside>
    </details>
  )
}

function Facet({ page, listing, dimension }: { page: Page; listing: Listing; dimension: Dimension }) {
  const { t } = page.words
  const chosen = listing.chosen[dimension]
  const counted = listing.found.facets[dimension]
  const values = [
    ...chosen.map(value => ({ value, count: counted.find(each => each.value === value)?.count ?? 0 })),
    ...counted.filter(({ value }) => !chosen.includes(value)),
  ]
  const first = values.slice(0, Math.max(shownAtFirst, chosen.length))
  const more = values.slice(first.length)
  return (
    <details class="facet" open={chosen.length > 0 || openAtFirst.includes(dimension)}>
      <summary>
        {t(`facet.${dimension}`)}
        {chosen.length > 0 && <span class="facet-chosen">{page.words.number(chosen.length)}</span>}
      </summary>
      <ul>
        {first.map(each => (
          <Value page={page} dimension={dimension} {...each} on={chosen.includes(each.value)} />
        ))}
      </ul>
      {more.length > 0 && (
        <details class="facet-more">
          <summary>{t('results.more', { count: more.length })}</summary>
          <ul>
            {more.map(each => (
              <Value page={page} dimension={dimension} {...each} on={false} />
            ))}
          </ul>
        </details>
      )}
    </details>
  )
}

function Value({ page, dimension, value, count, on }: { page: Page; dimension: Dimension; value: string; count: number; on: boolean }) {
  const query = changed(page.query, next => (on ? next.delete(dimension, value) : next.append(dimension, value)))
  return (
    <li>
      <a class="value" href={page.to(page.path, query)} aria-current={on ? 'true' : undefined} rel="nofollow">
        <span class="value-box" aria-hidden="true" />
        <FacetName page={page} dimension={dimension} value={value} /> <span class="value-count">{page.words.number(count)}</span>
      </a>
    </li>
  )
}
