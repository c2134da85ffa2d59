import { knownWords } from '../../ledger/records/known-words.ts'
import { search, type Dimension, type Query } from '../../ledger/records/search.ts'
import { shownVersion } from '../../ledger/records/shown.ts'
import { plainRecord } from '../plain-record.ts'
import type { Publication } from '../publication.ts'
import { listIn, mostRows, wholeIn } from './asked.ts'
import { labelOf } from './groups.ts'
import { packageOf } from './package.ts'
import { CkanProblem } from './problem.ts'
import { readSolr } from './solr.ts'

/** The orders of a search by what CKAN calls them; the newest come first where nothing is said. */
const sorts: Record<string, Pick<Query, 'sort' | 'reversed'>> = {
  'score desc': { sort: 'relevance' },
  'metadata_modified desc': { sort: 'changed' },
  'metadata_modified asc': { sort: 'changed', reversed: true },
  'title_string asc': { sort: 'title' },
  'title_string desc': { sort: 'title', reversed: true },
  'title asc': { sort: 'title' },
  'title desc': { sort: 'title', reversed: true },
  // In the order they came: what is new comes last, and moves nothing that a reader of pages has not read.
  'id asc': { sort: 'came' },
  'name asc': { sort: 'came' },
  'metadata_created asc': { sort: 'came' },
  'metadata_created desc': { sort: 'came', reversed: true },
}

const facetFields: Record<string, Dimension> = { organization: 'publisher', groups: 'theme', res_format: 'format', license_id: 'licence', language: 'language' }

/** A page of what is found, and the counts of the facets that are asked for (`package_search`). */
export function searchPackages(publication: Publication, asked: URLSearchParams) {
  const { ledger, vocabulary, catalogue } = publication
  const narrowed = readSolr([...asked.getAll('q'), ...asked.getAll('fq'), ...asked.getAll('fq_list')].flatMap(listIn))
  const sort = asked.get('sort') || (narrowed.text ? 'score desc' : 'metadata_modified desc')
  const order = sort
    .toLowerCase()
    .split(',')
    .map(each => sorts[/\s(asc|desc)$/.test(each.trim()) ? each.trim().replace(/\s+/g, ' ') : `${each.trim()} asc`])
    .find(Boolean)
  if (!order) throw new CkanProblem('Search Query Error', `"${sort.slice(0, 60)}" is no order here; there are: ${Object.keys(sorts).join(', ')}.`)
  const isUnlimited = /^-\d+$/.test(asked.get('facet.limit') ?? '')
  const { total, records, facets } = search(ledger, {
    ...narrowed,
    known: knownWords(vocabulary, catalogue.base),
    strict: true,
    language: catalogue.languages[0]!,
    ...order,
    most: Math.min(wholeIn(asked, 'rows', wholeIn(asked, 'limit', 10)), mostRows),
    offset: wholeIn(asked, 'start', wholeIn(asked, 'offset', 0)),
    values: isUnlimited ? Infinity : wholeIn(asked, 'facet.limit', 50),
  })
  const wanted = asked.getAll('facet.field').flatMap(listIn)
  const searchFacets = Object.fromEntries(
    wanted.map(field => [
      field,
      {
        title: field,
        items:
          field === 'tags'
            ? []
            : (facets[facetFields[field]!] ?? []).map(({ value, count }) => ({
                name: value,
                display_name: labelOf(publication, facetFields[field]!, value),
                count,
              })),
      },
    ]),
  )
  return {
    count: total,
    sort,
    results: records.flatMap(({ n }) => {
      const version = shownVersion(ledger, n)
      return version ? [packageOf(plainRecord(version, vocabulary), publication)] : []
    }),
    facets: Object.fromEntries(
      Object.entries(searchFacets).map(([field, { items }]) => [field, Object.fromEntries(items.map(({ name, count }) => [name, count]))]),
    ),
    search_facets: searchFacets,
  }
}
