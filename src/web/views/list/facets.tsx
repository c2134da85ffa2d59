import { notSaid } from '../../../ledger/records/facet-kinds.ts'
import { type Dimension, dimensions } from '../../../ledger/records/search.ts'
import { shortName } from '../../page/bodies.ts'
import type { Page } from '../../page/page.ts'
import { changed, type Listing } from '../../page/query.ts'
import { FacetName } from '../parts.tsx'

const shownAtFirst = 8
/** Dimensions whose values can be read at once; the others open when they are wanted. */
const openAtFirst: Dimension[] = ['theme', 'publisher', 'territory', 'format']

interface Counted {
  value: string
  count: number
  /** The values within it, where a dimension has levels. */
  within?: Counted[]
}

/** Ways to narrow the list, with the number of datasets behind each. Who follows one comes back to it, and it is open then on narrow screens too. */
export function Facets({ page, listing }: { page: Page; listing: Listing }) {
  const { t, number } = page.words
  const shown = dimensions.filter(
    dimension => !(dimension in listing.fixed) && (listing.found.facets[dimension].length > 0 || listing.chosen[dimension].length > 0),
  )
  if (shown.length === 0) return null
  const chosen = Object.values(listing.chosen).flat().length
  return (
    <details class="filters">
      <summary>
        {t('results.filters')}
        {chosen > 0 && <span class="facet-chosen">{number(chosen)}</span>}
      </summary>
      <aside aria-label={t('results.filters')}>
        {shown.map(dimension => (
          <Facet page={page} listing={listing} dimension={dimension} />
        ))}
        <p class="filters-done">
          <a class="button" href="#results-count">
            {t('results.see', { count: listing.found.total })}
          </a>
        </p>
      </aside>
    </details>
  )
}

function Facet({ page, listing, dimension }: { page: Page; listing: Listing; dimension: Dimension }) {
  const { t } = page.words
  const chosen = listing.chosen[dimension]
  const values = inLevels(page, dimension, inOrder(listing.found.facets[dimension], chosen))
  const isChosen = ({ value, within = [] }: Counted): boolean => chosen.includes(value) || within.some(isChosen)
  const first = values.slice(0, Math.max(shownAtFirst, values.filter(isChosen).length))
  const more = values.slice(first.length)
  const list = (all: Counted[]) => <Values page={page} dimension={dimension} chosen={chosen} values={all} />
  return (
    <details class="facet" open={chosen.length > 0 || openAtFirst.includes(dimension)}>
      <summary>
        {t(`facet.${dimension}`)}
        {chosen.length > 0 && <span class="facet-chosen">{page.words.number(chosen.length)}</span>}
      </summary>
      <div id={anchorOf(dimension)}>
        {list(first)}
        {more.length > 0 && (
          <details class="facet-more">
            <summary>{t('results.more', { count: more.length })}</summary>
            {list(more)}
          </details>
        )}
      </div>
    </details>
  )
}

const anchorOf = (dimension: Dimension) => `filter-${dimension}`

/** A place on a page. The last value of a query ends with `&`, so that programs which read a page's links take the place for no part of it. */
const placeIn = (address: string, place: string) => `${address}${address.includes('?') ? '&' : ''}#${place}`

/** Those that are chosen come first, and what a dataset does not say last. */
function inOrder(counted: Counted[], chosen: string[]): Counted[] {
  const others = counted.filter(({ value }) => !chosen.includes(value))
  return [
    ...chosen.map(value => ({ value, count: counted.find(each => each.value === value)?.count ?? 0 })),
    ...others.filter(({ value }) => value !== notSaid),
    ...others.filter(({ value }) => value === notSaid),
  ]
}

/** Places below those that they lie in. A country that all places of the list lie in is no level of its own: it stands beside its regions. */
function inLevels({ site }: Page, dimension: Dimension, values: Counted[]): Counted[] {
  if (dimension !== 'territory') return values
  const { concepts } = site.publication.vocabulary
  const widerOf = ({ value }: Counted) => concepts.get(site.concept(dimension, value)?.broader ?? '')
  const isWithin = (each: Counted, slug: string) => widerOf(each)?.slug === slug && widerOf(each)?.broader !== undefined
  const levels = (each: Counted): Counted => {
    const within = values.filter(other => isWithin(other, each.value)).map(levels)
    return within.length > 0 ? { ...each, within } : each
  }
  return values.filter(each => !values.some(({ value }) => isWithin(each, value))).map(levels)
}

function Values({ page, dimension, chosen, values }: { page: Page; dimension: Dimension; chosen: string[]; values: Counted[] }) {
  const names = ({ value, within = [] }: Counted): string[] => [value, ...within.flatMap(names)]
  return (
    <ul>
      {values.map(each => (
        <li>
          <Value page={page} dimension={dimension} {...each} on={chosen.includes(each.value)} />
          {each.within && (
            <details class="facet-more" open={names(each).some(value => chosen.includes(value))}>
              <summary>{page.words.t('results.within', { count: each.within.length })}</summary>
              <Values page={page} dimension={dimension} chosen={chosen} values={each.within} />
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Bodies that are known by an acronym begin with it, and end after two lines: the names of ministries have five. */
function ValueName({ page, dimension, value }: { page: Page; dimension: Dimension; value: string }) {
  const concept = dimension === 'publisher' ? page.site.concept(dimension, value) : undefined
  const short = concept && shortName(page, concept)
  const name = <FacetName page={page} dimension={dimension} value={value} />
  if (!short) return name
  return (
    <span class="value-name">
      <bdi>{short}</bdi> · {name}
    </span>
  )
}

function Value({ page, dimension, value, count, on }: { page: Page; dimension: Dimension; value: string; count: number; on: boolean }) {
  const query = changed(page.query, next => (on ? next.delete(dimension, value) : next.append(dimension, value)))
  return (
    <a class="value" href={placeIn(page.to(page.path, query), anchorOf(dimension))} aria-current={on ? 'true' : undefined} rel="nofollow">
      <span class="value-box" aria-hidden="true" />
      <ValueName page={page} dimension={dimension} value={value} /> <span class="value-count">{page.words.number(count)}</span>
    </a>
  )
}
