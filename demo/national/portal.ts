// A national portal: the read actions of a CKAN 2.9.11 under /data/, with the habits of the real ones: pages are
// capped at 1000 rows and a bad parameter is refused with success:false inside an HTTP 200.

import type { RequestListener, ServerResponse } from 'node:http'
import { type CkanPackage, groups, nationalPackages, organisations } from './packages.ts'

const ROWS_MAX = 1000
const ACTIONS = '/data/api/3/action/'

type Facets = Record<string, Record<string, number>>
type Test = (dataset: CkanPackage) => boolean

/** A parameter the portal does not accept; CKAN's own words are kept short. */
class BadParameter extends Error {
  override name = 'BadParameter'
}

class NotFound extends Error {
  override name = 'NotFound'
}

// What the search index of CKAN calls the fields people filter and facet on.
const FIELDS: Record<string, (dataset: CkanPackage) => string[]> = {
  id: dataset => [dataset.id],
  name: dataset => [dataset.name],
  organization: dataset => [dataset.organization.name],
  owner_org: dataset => [dataset.owner_org],
  groups: dataset => dataset.groups.map(group => group.name),
  tags: dataset => dataset.tags.map(tag => tag.name),
  res_format: dataset => [...new Set(dataset.resources.map(resource => resource.format))],
  license_id: dataset => [dataset.license_id],
  state: dataset => [dataset.state],
  dataset_type: dataset => [dataset.type],
  metadata_created: dataset => [instant(dataset.metadata_created)],
  metadata_modified: dataset => [instant(dataset.metadata_modified)],
  title_string: dataset => [dataset.title],
}

const LICENCES = [
  {
    id: 'odc-odbl',
    title: 'Open Data Commons Open Database License (ODbL)',
    url: 'https://opendefinition.org/licenses/odc-odbl',
    status: 'active',
    family: '',
    maintainer: '',
    is_okd_compliant: true,
    is_osi_compliant: false,
    domain_content: 'False',
    domain_data: 'True',
    domain_software: 'False',
    is_generic: 'False',
    od_conformance: 'approved',
  },
]

/** Timestamps without zone are UTC; the bounds of a filter carry a Z. Without it they compare as text. */
function instant(timestamp: string): string {
  return timestamp.replace(/Z$/, '')
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const value = query.get(name)
  if (value === null || value === '') return otherwise
  if (!/^\d+$/.test(value)) throw new BadParameter(`${name}: Invalid integer`)
  return Number(value)
}

function toBound(text: string): string {
  return text === '*' ? '' : instant(text.replace(/[\\"]/g, ''))
}

/** `organization:hcp +metadata_modified:[2026-01-01T00:00:00Z TO *]`: each term must hold, `-` turns it round. */
function parseFilter(filter: string): Test[] {
  const tests: Test[] = []
  let rest = filter.trim()
  while (rest !== '') {
    const term = /^(AND\s+)?([+-]?)([a-z_*]+):(\[[^\]]*\]|\{[^}]*\}|\([^)]*\)|"[^"]*"|\S+)\s*/.exec(rest)
    if (term === null) throw new BadParameter(`Search Query is invalid: ${JSON.stringify(filter)}`)
    const [matched, , sign, field = '', value = ''] = term
    rest = rest.slice(matched.length)
    if (field === '*' && value === '*') continue
    const values = FIELDS[field]
    if (values === undefined) throw new BadParameter(`Search Query is invalid: undefined field ${field}`)
    const test = parseValue(values, value)
    tests.push(sign === '-' ? dataset => !test(dataset) : test)
  }
  return tests
}

function parseValue(values: (dataset: CkanPackage) => string[], value: string): Test {
  if (value === '*') return dataset => values(dataset).length > 0
  const range = /^\[\s*(\S+)\s+TO\s+(\S+)\s*\]$/.exec(value)
  if (range !== null) {
    const [, from = '*', to = '*'] = range
    const [low, high] = [toBound(from), toBound(to)]
    return dataset => values(dataset).some(each => each >= low && (high === '' || each <= high))
  }
  if (/^[[{]/.test(value)) throw new BadParameter(`Search Query is invalid: ${value}`)
  const wanted = value
    .replace(/^\(|\)$/g, '')
    .split(/\s+OR\s+/)
    .map(each => each.replace(/^"|"$/g, ''))
  return dataset => values(dataset).some(each => wanted.includes(each))
}

/** Free words must all occur somewhere in the text of the dataset. */
function parseWords(words: string | null): Test[] {
  if (words === null || words.trim() === '' || words.trim() === '*:*') return []
  if (/^[+-]?[a-z_]+:\S/.test(words)) return parseFilter(words)
  const wanted = fold(words)
    .split(/\s+/)
    .filter(word => word !== '')
  return [
    dataset => {
      const tags = dataset.tags.map(tag => tag.name)
      const text = fold([dataset.name, dataset.title, dataset.title_ar, dataset.notes, dataset.notes_ar, ...tags].join(' '))
      return wanted.every(word => text.includes(word))
    },
  ]
}

function parseSort(sort: string): (a: CkanPackage, b: CkanPackage) => number {
  const keys = sort.split(',').map(part => {
    const [field = '', direction = 'asc'] = part.trim().split(/\s+/)
    if (field === 'score') return () => 0
    const values = FIELDS[field]
    if (values === undefined || !/^(asc|desc)$/.test(direction)) throw new BadParameter(`Invalid "sort" parameter: ${part.trim()}`)
    const way = direction === 'desc' ? -1 : 1
    return (a: CkanPackage, b: CkanPackage): number => {
      const [left = '', right = ''] = [values(a)[0], values(b)[0]]
      return left < right ? -way : left > right ? way : 0
    }
  })
  return (a, b) => {
    for (const compare of keys) {
      const order = compare(a, b)
      if (order !== 0) return order
    }
    return 0
  }
}

function countFacets(query: URLSearchParams, found: CkanPackage[]): Facets {
  const wanted = query.get('facet.field')
  if (wanted === null) return {}
  let names: unknown
  try {
    names = JSON.parse(wanted.replaceAll("'", '"'))
  } catch {
    throw new BadParameter('facet.field: not a list')
  }
  const facets: Facets = {}
  for (const name of Array.isArray(names) ? names : []) {
    const values = typeof name === 'string' ? FIELDS[name] : undefined
    if (values === undefined) continue
    const counts: Record<string, number> = {}
    for (const value of found.flatMap(values)) counts[value] = (counts[value] ?? 0) + 1
    facets[String(name)] = counts
  }
  return facets
}

function packageSearch(packages: CkanPackage[], query: URLSearchParams): unknown {
  const rows = Math.min(wholeNumber(query, 'rows', 10), ROWS_MAX)
  const start = wholeNumber(query, 'start', 0)
  const sort = query.get('sort') ?? 'score desc, metadata_modified desc'
  const tests = [...parseWords(query.get('q')), ...query.getAll('fq').flatMap(parseFilter)]
  const found = packages.filter(dataset => !dataset.private && dataset.state === 'active' && tests.every(test => test(dataset)))
  found.sort(parseSort(sort))
  const facets = countFacets(query, found)
  const searchFacets = Object.entries(facets).map(([title, counts]) => [
    title,
    { title, items: Object.entries(counts).map(([name, count]) => ({ name, display_name: name, count })) },
  ])
  return {
    count: found.length,
    sort,
    facets,
    results: found.slice(start, start + rows),
    search_facets: Object.fromEntries(searchFacets),
  }
}

/** `organization_list` and `group_list`: names, or with `all_fields` the dictionaries and their number of datasets. */
function listOf(
  entries: Iterable<{ name: string; title: string }>,
  namesOf: (dataset: CkanPackage) => string[],
  packages: CkanPackage[],
  query: URLSearchParams,
): unknown {
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))
  const limit = wholeNumber(query, 'limit', sorted.length)
  const offset = wholeNumber(query, 'offset', 0)
  const page = sorted.slice(offset, offset + limit)
  if (!/^(true|1|yes)$/i.test(query.get('all_fields') ?? '')) return page.map(entry => entry.name)
  return page.map(entry => ({
    ...entry,
    display_name: entry.title,
    package_count: packages.filter(dataset => namesOf(dataset).includes(entry.name)).length,
  }))
}

function showOne<T extends { id: string; name: string }>(entries: Iterable<T>, query: URLSearchParams): T {
  const id = query.get('id')
  if (id === null || id === '') throw new BadParameter('id: Missing value')
  for (const entry of entries) if (entry.id === id || entry.name === id) return entry
  throw new NotFound('Not found')
}

function answer(action: string, query: URLSearchParams, packages: CkanPackage[]): unknown {
  const organisationOf = (dataset: CkanPackage): string[] => [dataset.organization.name]
  const groupsOf = (dataset: CkanPackage): string[] => dataset.groups.map(group => group.name)
  switch (action) {
    case 'package_search':
      return packageSearch(packages, query)
    case 'package_list': {
      const names = packages.map(dataset => dataset.name).sort()
      const offset = wholeNumber(query, 'offset', 0)
      return names.slice(offset, offset + wholeNumber(query, 'limit', names.length))
    }
    case 'package_show':
      return showOne(packages, query)
    case 'organization_list':
      return listOf(organisations.values(), organisationOf, packages, query)
    case 'organization_show': {
      const organisation = showOne(organisations.values(), query)
      const count = packages.filter(dataset => dataset.owner_org === organisation.id).length
      return { ...organisation, display_name: organisation.title, package_count: count, extras: [], groups: [], tags: [], users: [] }
    }
    case 'group_list':
      return listOf(groups.values(), groupsOf, packages, query)
    case 'group_show': {
      const group = showOne(groups.values(), query)
      const count = packages.filter(dataset => groupsOf(dataset).includes(group.name)).length
      return { ...group, package_count: count }
    }
    case 'license_list':
      return LICENCES
    case 'status_show':
      return {
        ckan_version: '2.9.11',
        error_emails_to: null,
        extensions: ['stats', 'text_view', 'recline_view'],
        locale_default: 'fr',
        site_description: '',
        site_title: 'Données ouvertes (exemple)',
        site_url: 'https://portail-national.example',
      }
    default:
      return undefined
  }
}

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Length': Buffer.byteLength(text) })
  response.end(text)
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  sendText(response, status, 'application/json', JSON.stringify(value))
}

const FRONT_PAGE = `<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Données ouvertes (exemple)</title></head>
<body><h1>Portail national d'exemple</h1><p>Ce portail n'existe que pour la démonstration. Son interface :
<a href="/data/api/3/action/package_search?rows=25">package_search</a>.</p></body></html>\n`

/** The portal as a request listener; tests may give it other packages. */
export function nationalPortal(packages: CkanPackage[] = nationalPackages()): RequestListener {
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'text/plain', 'Method Not Allowed\n')
    const url = new URL(`http://portal.invalid${request.url ?? '/'}`)
    if (url.pathname === '/robots.txt') return sendText(response, 200, 'text/plain', 'User-agent: *\nDisallow: /data/user/\n')
    if (/^\/(data\/?)?$/.test(url.pathname)) return sendText(response, 200, 'text/html', FRONT_PAGE)
    if (!url.pathname.startsWith(ACTIONS)) return sendText(response, 404, 'text/html', '<!doctype html><title>404</title>\n')

    const action = url.pathname.slice(ACTIONS.length)
    const help = `https://portail-national.example${ACTIONS}help_show?name=${encodeURIComponent(action)}`
    try {
      const result = answer(action, url.searchParams, packages)
      if (result === undefined) {
        const message = `Bad request - Action name not known: ${action}`
        return sendJson(response, 404, { help, success: false, error: { message, __type: 'Not Found Error' } })
      }
      return sendJson(response, 200, { help, success: true, result })
    } catch (error) {
      if (error instanceof BadParameter) {
        return sendJson(response, 200, { help, success: false, error: { message: error.message, __type: 'Validation Error' } })
      }
      if (error instanceof NotFound) {
        return sendJson(response, 404, { help, success: false, error: { message: error.message, __type: 'Not Found Error' } })
      }
      throw error
    }
  }
}
