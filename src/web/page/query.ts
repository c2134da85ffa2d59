import { columnsOf } from '../../ledger/records/columns.ts'
import { notSaid } from '../../ledger/records/facet-kinds.ts'
import { knownWords } from '../../ledger/records/known-words.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { dimensions, search, sorts, type Dimension, type Found, type QualityFilter, type Query, type Sort } from '../../ledger/records/search.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import { facetsOf } from '../../ledger/records/traits.ts'
import { pageOf } from '../../outlets/asked.ts'
import { changes } from '../../validate/quality/fixes.ts'
import { dayOf, freshnesses, freshnessOn, type Freshness } from '../../validate/quality/freshness.ts'
import { measuredNames } from '../../validate/quality/signs.ts'
import { choose } from '../../words/choose.ts'
import { saidProblem } from '../../words/said.ts'
import type { Page } from './page.ts'

const perPage = 20
const changeNames = changes.map(({ name }) => name)

/** A list of datasets as an address asks for it. */
export interface Listing {
  text: string
  sort: Sort
  /** What the address asks for, dimension by dimension. */
  chosen: Record<Dimension, string[]>
  /** What it asks of their quality: `?lacks=keywordAvailability&fresh=late`. */
  quality: QualityFilter
  /** What the page itself is about: it cannot be taken away. */
  fixed: Partial<Record<Dimension, string>>
  /** What was asked of the ledger, of which `found` has one page. */
  asked: Query
  found: Found
  cards: ListedRecord[]
  at: number
  last: number
}

/** Finds what the query of a page asks for. Throws `not-found` for a page past the end, and `bad-request` for one that is none. */
export function readListing(page: Page, fixed: Listing['fixed'] = {}): Listing {
  const { query, site } = page
  const text = (query.get('q') ?? '').slice(0, 300).trim()
  const chosen = Object.fromEntries(
    dimensions.map(dimension => [dimension, [...new Set(query.getAll(dimension).filter(Boolean))].slice(0, 20)]),
  ) as Listing['chosen']
  const quality = qualityAsked(query)
  const sort = sorts.find(each => each === query.get('sort')) ?? (text ? 'relevance' : 'modified')
  // A form sends what nobody filled in.
  const at = query.get('page') ? pageOf(query, 1e6) : 1
  const filters: Query['filters'] = { ...chosen }
  for (const [dimension, value] of Object.entries(fixed) as [Dimension, string][]) filters[dimension] = [value]
  const { ledger, vocabulary, catalogue } = site.publication
  const asked: Query = { text, known: knownWords(vocabulary, catalogue.base), filters, quality, sort, language: page.language }
  const found = search(ledger, { ...asked, unsaid: true, most: perPage, offset: (at - 1) * perPage })
  const last = Math.max(1, Math.ceil(found.total / perPage))
  if (at > last) throw saidProblem('not-found', 'form.no_page', { last, at })
  return { text, sort, chosen, quality, fixed, asked, found, cards: cardsOf(page, found.records), at, last }
}

/** The list from its beginning, over all its pages. */
export const firstOf = (page: Page, { asked }: Listing, most: number): ListedRecord[] =>
  cardsOf(page, search(page.site.publication.ledger, { ...asked, most, values: 0 }).records)

/** Names that nothing is measured by are left out, as are values of facets that there are none of. */
function qualityAsked(query: URLSearchParams): QualityFilter {
  const names = (parameter: string, known = measuredNames) => query.getAll(parameter).filter(name => known.includes(name))
  const fresh = freshnesses.find(each => each === query.get('fresh'))
  return { meets: names('meets'), lacks: names('lacks'), fix: names('fix', changeNames), ...(fresh && { fresh }) }
}

/** The same as an address asks for it. */
export const qualityQuery = ({ meets = [], lacks = [], fix = [], fresh }: QualityFilter): [string, string][] => [
  ...meets.map((name): [string, string] => ['meets', name]),
  ...lacks.map((name): [string, string] => ['lacks', name]),
  ...fix.map((name): [string, string] => ['fix', name]),
  ...(fresh ? [['fresh', fresh] as [string, string]] : []),
]

/** What people call what a parameter of `qualityQuery` asks for: a metric, a criterion, a change, how a dataset stands today. */
export function qualityLabel({ t, has }: Page['words'], parameter: string, name: string): string {
  if (parameter === 'fix' || parameter === 'fresh') return t(`${parameter}.${name}`)
  return t(has(`criterion.${name}`) ? `criterion.${name}` : `metric.${name}`)
}

/** A record in a list, with the facets that its card names. */
export interface ListedRecord {
  record: RecordRow
  facets: Partial<Record<Dimension, string[]>>
  /** Whether it is updated as often as it promises. */
  stands: Freshness
}

export function cardsOf({ site }: Page, records: RecordRow[]): ListedRecord[] {
  const { ledger } = site.publication
  const { lastDayOf } = columnsOf(ledger)
  const facets = facetsOf(
    ledger,
    records.map(({ n }) => n),
  )
  const today = dayOf(new Date())
  return records.map(record => ({ record, facets: facets.get(record.n)!, stands: freshnessOn(today, lastDayOf[record.n] || undefined) }))
}

/** How many datasets some words find with some filters. */
export function totalOf({ site }: Page, text: string, filters: Query['filters']): number {
  const { ledger, vocabulary, catalogue } = site.publication
  return search(ledger, { text, known: knownWords(vocabulary, catalogue.base), filters: filters ?? {}, most: 0 }).total
}

/** How many datasets name a concept, and the dimension by which they are found. */
export interface ConceptUses {
  dimension: Dimension
  total: number
}

/** Undefined for a list, and for a concept that no search can be narrowed by. */
export function usesOf({ site }: Page, iri: string): ConceptUses | undefined {
  const { vocabulary, catalogue, ledger } = site.publication
  const concept = vocabulary.concepts.get(iri)
  const lists = listsOf(catalogue.base)
  const dimension = concept && dimensions.find(each => lists[each]?.includes(concept.scheme))
  if (!dimension) return undefined
  return { dimension, total: search(ledger, { filters: { [dimension]: [concept.slug] }, most: 1 }).total }
}

/** The query of a page with some of its parameters changed; a change of anything but the page begins again at the first. */
export function changed(query: URLSearchParams, change: (next: URLSearchParams) => void): URLSearchParams {
  const next = new URLSearchParams([...query].filter(([name, value]) => value !== '' && name !== 'page'))
  change(next)
  return next
}

/** What people call a value of a facet. */
export const facetLabel = (page: Page, dimension: Dimension, value: string): string => facetText(page, dimension, value).text

/** The same with its language; `und` of a name that only a portal has. */
export function facetText({ site, words, reading, language }: Page, dimension: Dimension, value: string): { text: string; language: string } {
  if (dimension === 'quality') return { text: words.t(`rating.${value}`), language }
  if (dimension === 'availability') return { text: words.t(`availability.${value}`), language }
  if (dimension === 'updated') return { text: words.t(`updated.${value}`), language }
  if (value === notSaid) return { text: words.t('facet.none'), language }
  const labels = dimension === 'source' ? site.source(value)?.title : site.concept(dimension, value)?.labels
  return (labels && choose(labels, reading)) ?? { text: value, language: 'und' }
}
