import { notSaid } from '../../ledger/records/facet-kinds.ts'
import type { Found } from '../../ledger/records/search.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import type { Page } from './page.ts'
import { facetLabel } from './query.ts'

/** A theme, or that none is said, with the datasets of it. */
export interface ThemeCount {
  slug: string
  name: string
  icon: string | undefined
  count: number
}

/**
 * The themes of the edition's own list, whether they have datasets or not, then other themes that datasets name, each in the order of their names; last, where
 * the search tells it, those of no theme. An edition without a list has those that its datasets name.
 */
export function themesOf(page: Page, counts: Found['facets']['theme']): ThemeCount[] {
  const { site, language } = page
  const { vocabulary, catalogue } = site.publication
  const own = (vocabulary.schemes.get(ownLists(catalogue.base).theme)?.concepts ?? []).map(({ slug }) => slug)
  const countOf = new Map(counts.map(({ value, count }) => [value, count]))
  const others = counts.map(({ value }) => value).filter(value => value !== notSaid && !own.includes(value))
  const byName = new Intl.Collator(language)
  const told = (slugs: string[]) =>
    slugs
      .map((slug): ThemeCount => ({ slug, name: facetLabel(page, 'theme', slug), icon: site.concept('theme', slug)?.icon, count: countOf.get(slug) ?? 0 }))
      .sort((a, b) => byName.compare(a.name, b.name))
  return [...told(own), ...told(others), ...told(countOf.has(notSaid) ? [notSaid] : [])]
}
