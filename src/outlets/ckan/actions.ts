import { addressesOf } from '../../config/addresses.ts'
import { keywordCounts } from '../../ledger/records/keywords.ts'
import { knownWords } from '../../ledger/records/known-words.ts'
import { recordById, recordsNamed, visiblePiece } from '../../ledger/records/records.ts'
import { search, type Dimension, type Query } from '../../ledger/records/search.ts'
import { shownVersion } from '../../ledger/records/shown.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import { fihrist } from '../../rdf/namespaces.ts'
import { choose } from '../../words/choose.ts'
import { plainRecord, type Named } from '../plain.ts'
import type { Publication } from '../publication.ts'
import { groupOf, organizationOf, packageOf } from './package.ts'
import { CkanProblem } from './problem.ts'
import { readSolr } from './solr.ts'

/** What an action answers: a value, or the members of a list one by one. */
export type Result = { value: unknown } | { members: Iterable<unknown> }
type Action = (publication: Publication, asked: URLSearchParams) => Result

const mostRows = 1000

/** The actions of CKAN's API 3 that read. Add one: a row. */
export const actions: Record<string, Action> = {
  site_read: () => ({ value: true }),
  status_show: ({ catalogue }) => ({
    value: {
      site_title: choose(catalogue.title, catalogue.languages)?.text,
      site_description: choose(catalogue.description, catalogue.languages)?.text ?? '',
      site_url: catalogue.base,
      locale_default: catalogue.languages[0],
      error_emails_to: null,
      ckan_version: '2.10.0',
      extensions: [],
    },
  }),
  package_list: ({ ledger }, asked) => {
    const { most, offset } = pageIn(asked, Infinity)
    return { members: names(ledger, offset, most) }
  },
  current_package_list_with_resources: (publication, asked) => {
    const { most, offset } = pageIn(asked, 10)
    return { members: packages(publication, [...names(publication.ledger, offset, Math.min(most, mostRows))]) }
  },
  package_search: (publication, asked) => ({ value: found(publication, asked) }),
  package_show: (publication, asked) => ({ value: shown(publication, needed(asked, 'id')) }),
  organization_list: (publication, asked) => bodies(publication, asked, 'publisher', (name, named) => organizationOf(name, named, publication)),
  organization_show: (publication, asked) => ({ value: body(publication, asked, 'publisher', (name, named) => organizationOf(name, named, publication)) }),
  group_list: (publication, asked) => bodies(publication, asked, 'theme', (name, named) => groupOf(name, named, publication)),
  group_show: (publication, asked) => ({ value: body(publication, asked, 'theme', (name, named) => groupOf(name, named, publication)) }),
  tag_list: ({ ledger }, asked) => {
    const wanted = (asked.get('query') ?? '').toLowerCase()
    const tags = [...keywordCounts(ledger).keys()].filter(tag => tag.toLowerCase().includes(wanted)).sort()
    return { members: isTrue(asked, 'all_fields') ? tags.map(name => ({ id: name, name, display_name: name, vocabulary_id: null })) : tags }
  },
  license_list: ({ vocabulary, catalogue }) => ({
    members: (listsOf(catalogue.base).licence ?? []).flatMap(list =>
      (vocabulary.schemes.get(list)?.concepts ?? []).map(({ slug, iri, labels }) => ({
        id: slug,
        title: choose(labels, catalogue.languages)?.text ?? slug,
        url: iri,
        status: 'active',
        is_generic: false,
        od_conformance: vocabulary.flag(iri, fihrist.openLicence) ? 'approved' : 'not reviewed',
        osd_conformance: 'not reviewed',
      })),
    ),
  }),
}

const isTrue = (asked: URLSearchParams, name: string) => /^(?:true|1|yes)$/i.test(asked.get(name) ?? '')

function needed(asked: URLSearchParams, name: string): string {
  const value = asked.get(name)
  if (value) return value
  throw new CkanProblem('Validation Error', `Missing value: ${name}`)
}

function wholeIn(asked: URLSearchParams, name: string, otherwise: number): number {
  const value = asked.get(name)
  if (value === null || value === '') return otherwise
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new CkanProblem('Validation Error', `"${name}" must be a whole number, and no ${value.slice(0, 40)}`)
}

const pageIn = (asked: URLSearchParams, otherwise: number) => ({ most: wholeIn(asked, 'limit', otherwise), offset: wholeIn(asked, 'offset', 0) })

/** The names of what is shown, in the order it came, read in pieces. */
function* names(ledger: Publication['ledger'], offset: number, most: number): Generator<string> {
  for (let told = 0; told < most;) {
    const piece = visiblePiece(ledger, { most: Math.min(mostRows, most - told), offset: offset + told })
    yield* piece.map(({ id }) => id)
    told += piece.length
    if (piece.length === 0) return
  }
}

function* packages(publication: Publication, ids: string[]): Generator<unknown> {
  for (const id of ids) yield shown(publication, id)
}

/** A package by its name, or by the IRI of the dataset. */
function shown(publication: Publication, name: string): unknown {
  const { ledger, vocabulary } = publication
  const id = recordsNamed(ledger, [name], [name])[0]?.id ?? addressesOf(publication.catalogue.base).idIn(name) ?? name
  const record = recordById(ledger, id)
  const canonical = record?.canonical ?? record?.n
  const version = record?.shown != null && canonical !== undefined ? shownVersion(ledger, canonical) : undefined
  if (!version) throw new CkanProblem('Not Found Error', 'Not found')
  return packageOf(plainRecord(version, vocabulary), publication)
}

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

function found(publication: Publication, asked: URLSearchParams) {
  const { ledger, vocabulary, catalogue } = publication
  const narrowed = readSolr([...asked.getAll('q'), ...asked.getAll('fq'), ...asked.getAll('fq_list')].flatMap(listIn))
  const sort = asked.get('sort') || (narrowed.text ? 'score desc' : 'metadata_modified desc')
  const order = sort
    .toLowerCase()
    .split(',')
    .map(each => sorts[/\s(asc|desc)$/.test(each.trim()) ? each.trim().replace(/\s+/g, ' ') : `${each.trim()} asc`])
    .find(Boolean)
  if (!order) throw new CkanProblem('Search Query Error', `"${sort.slice(0, 60)}" is no order here; there are: ${Object.keys(sorts).join(', ')}.`)
  const limit = Number(asked.get('facet.limit') ?? 50)
  const { total, records, facets } = search(ledger, {
    ...narrowed,
    known: knownWords(vocabulary, catalogue.base),
    strict: true,
    language: catalogue.languages[0]!,
    ...order,
    most: Math.min(wholeIn(asked, 'rows', wholeIn(asked, 'limit', 10)), mostRows),
    offset: wholeIn(asked, 'start', wholeIn(asked, 'offset', 0)),
    values: limit < 0 ? Infinity : limit,
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

/** A list that is written as JSON in a text, or one value. */
function listIn(text: string): string[] {
  if (!text.trimStart().startsWith('["')) return text === '' ? [] : [text]
  try {
    return (JSON.parse(text) as unknown[]).map(String)
  } catch {
    throw new CkanProblem('Validation Error', `"${text.slice(0, 60)}" is no list`)
  }
}

function conceptOf({ vocabulary, catalogue }: Publication, dimension: Dimension, slug: string) {
  return (listsOf(catalogue.base)[dimension] ?? []).map(list => vocabulary.schemes.get(list)?.concepts.find(concept => concept.slug === slug)).find(Boolean)
}

const labelOf = (publication: Publication, dimension: Dimension, slug: string) =>
  choose(conceptOf(publication, dimension, slug)?.labels ?? {}, publication.catalogue.languages)?.text ?? slug

/** The bodies or themes that have a dataset; names alone, but where all fields are asked for. */
function bodies(publication: Publication, asked: URLSearchParams, dimension: Dimension, write: (name: string, named: Named) => object): Result {
  const { most, offset } = pageIn(asked, Infinity)
  const values = search(publication.ledger, { most: 0, values: Infinity }).facets[dimension].toSorted((a, b) => (a.value < b.value ? -1 : 1))
  const page = values.slice(offset, offset + most)
  return { members: isTrue(asked, 'all_fields') ? page.map(each => counted(publication, dimension, each, write)) : page.map(({ value }) => value) }
}

function body(publication: Publication, asked: URLSearchParams, dimension: Dimension, write: (name: string, named: Named) => object): object {
  const name = needed(asked, 'id')
  const found = search(publication.ledger, { most: 0, values: Infinity }).facets[dimension].find(({ value }) => value === name)
  const known = found ?? (conceptOf(publication, dimension, name) && { value: name, count: 0 })
  if (!known) throw new CkanProblem('Not Found Error', 'Not found')
  return counted(publication, dimension, known, write)
}

function counted(
  publication: Publication,
  dimension: Dimension,
  { value, count }: { value: string; count: number },
  write: (name: string, named: Named) => object,
): object {
  const concept = conceptOf(publication, dimension, value) ?? { iri: '', labels: { und: value } }
  return { ...write(value, concept), package_count: count }
}
