import { addressesOf, paths } from '../config/addresses.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { shownAt, countShownAt } from '../ledger/records/shown.ts'
import { wholeFrom } from '../ledger/sources/prune.ts'
import { Problem } from '../problem.ts'
import type { Format } from '../rdf/format.ts'
import { graphFormats } from '../rdf/formats.ts'
import { dcat, hydra, rdf, xsd } from '../rdf/namespaces.ts'
import { serialise } from '../rdf/serialise.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { catalogueQuads } from './catalogue.ts'
import { labelled } from './concept.ts'
import type { Outlet } from './outlet.ts'
import type { Publication } from './publication.ts'
import { memberOf, recordNodeOf, versionGraph } from './resource.ts'

/** A page of the feed as it is asked for. */
export interface HydraRequest {
  page: number
  /** The revision the pages are cut from; the current one where a reader begins. */
  revision?: number
  modifiedSince?: string
}

/** A page of the feed that there is. */
export interface HydraPage extends HydraRequest {
  revision: number
  lastPage: number
  /** The datasets on all pages. */
  total: number
  /** The reader named the revision: the page never changes. */
  bound: boolean
}

const pageSize = 100

/**
 * The whole catalogue in pages (Hydra, as ckanext-dcat, udata and piveau read it). The links bind the reader to the revision it began with:
 * page 7 of revision 812 is the same bytes for ever. Each page carries everything its datasets lead to.
 */
export const feed: Outlet<HydraPage, Format> = {
  path: paths.catalogue,
  forms: graphFormats,
  page: paths.home,
  find: (publication, { query, address }) => openPage(publication, { page: whole(query, 'page') ?? 1, ...asked(query) }, address),
  state: ({ revision, page }) => `${revision}-${page}`,
  cache: ({ bound }) => (bound ? 'public, max-age=604800' : 'no-cache'),
  next: (page, format, { origin }) => (page.page < page.lastPage ? linkTo(addressOf(origin, format), page, page.page + 1) : undefined),
  write: (publication, page, format, { origin }) => writePage(publication, page, addressOf(origin, format), format),
}

const addressOf = (origin: string, format: Format) => `${addressesOf(origin).catalogue}.${format.extension}`

/** Finds a page. Throws `not-found` past the end, and `pruned` for a revision of which something was let go; `address` is where the reader may begin again. */
export function openPage({ ledger }: Publication, { page, revision: asked, modifiedSince }: HydraRequest, address: string): HydraPage {
  const newest = currentRevision(ledger)
  const revision = asked ?? newest
  if (!Number.isInteger(revision) || revision < 0 || revision > newest)
    throw new Problem('not-found', `There is no revision ${revision}: the newest is ${newest}.`)
  const oldest = wholeFrom(ledger)
  if (revision < oldest)
    throw new Problem('pruned', `Revision ${revision} is kept no longer: the oldest that is whole is ${oldest}. Begin again at ${address}.`)
  const only = modifiedSince ? { modifiedSince } : {}
  const total = countShownAt(ledger, revision, only)
  const lastPage = Math.max(1, Math.ceil(total / pageSize))
  if (!Number.isInteger(page) || page < 1 || page > lastPage)
    throw new Problem('not-found', `There is no page ${page}: the feed has ${lastPage} at revision ${revision}.`)
  return { page, revision, lastPage, total, bound: asked !== undefined, ...only }
}

/** A page as text; `address` is that of the feed, without its query. */
export async function writePage(publication: Publication, request: HydraPage, address: string, format: Format): Promise<string> {
  const { ledger, catalogue, vocabulary } = publication
  const { page, revision, modifiedSince } = request
  const all = catalogueQuads(publication, revision)
  const self = namedNode(addressesOf(catalogue.base).catalogue)
  // Each concept is described once, however many records name it.
  const named = new Map<string, Quad>()
  for (const shown of shownAt(ledger, revision, { offset: (page - 1) * pageSize, most: pageSize, ...(modifiedSince && { modifiedSince }) })) {
    for (const each of [...versionGraph(shown), ...recordNodeOf(catalogue.base, shown)]) {
      all.push(each)
      if (vocabulary.concepts.has(each.object.value)) named.set(each.object.value, each)
    }
    all.push(memberOf(self, shown), quad(self, dcat.record, namedNode(addressesOf(catalogue.base).record(shown.id))))
  }
  all.push(...labelled(named.values(), vocabulary), ...view(self, request, address))
  return serialise(all, format, { contextUrl: new URL(paths.context, address).href })
}

function linkTo(address: string, { revision, modifiedSince }: HydraPage, page: number): string {
  const url = new URL(address)
  url.searchParams.set('page', String(page))
  url.searchParams.set('revision', String(revision))
  if (modifiedSince) url.searchParams.set('modified_since', modifiedSince)
  return url.href
}

function view(catalogue: NamedNode, request: HydraPage, address: string): Quad[] {
  const { page, lastPage, total } = request
  const linked = (to: number) => namedNode(linkTo(address, request, to))
  const self = linked(page)
  const count = literal(String(total), xsd.integer)
  const links: [NamedNode, NamedNode, number][] = [
    [hydra.first, hydra.firstPage, 1],
    [hydra.last, hydra.lastPage, lastPage],
    ...(page > 1 ? [[hydra.previous, hydra.previousPage, page - 1] as [NamedNode, NamedNode, number]] : []),
    ...(page < lastPage ? [[hydra.next, hydra.nextPage, page + 1] as [NamedNode, NamedNode, number]] : []),
  ]
  return [
    quad(catalogue, rdf.type, hydra.Collection),
    quad(catalogue, hydra.totalItems, count),
    quad(catalogue, hydra.view, self),
    quad(self, rdf.type, hydra.PartialCollectionView),
    quad(self, rdf.type, hydra.PagedCollection),
    quad(self, hydra.totalItems, count),
    quad(self, hydra.itemsPerPage, literal(String(pageSize), xsd.integer)),
    ...links.flatMap(([current, older, to]) => [quad(self, current, linked(to)), quad(self, older, linked(to))]),
  ]
}

/** The revision and the date that a query names. Throws `bad-request`. */
function asked(query: URLSearchParams): Omit<HydraRequest, 'page'> {
  const revision = whole(query, 'revision')
  const since = query.get('modified_since')
  if (since && (!/^\d{4}-\d{2}-\d{2}/.test(since) || Number.isNaN(Date.parse(since)) || query.getAll('modified_since').length > 1))
    throw new Problem('bad-request', '"modified_since" must be a date or a moment such as 2026-01-31 or 2026-01-31T12:00:00Z.')
  return { ...(revision !== undefined && { revision }), ...(since && { modifiedSince: new Date(since).toISOString() }) }
}

function whole(query: URLSearchParams, name: string): number | undefined {
  const all = query.getAll(name)
  if (all.length === 0) return undefined
  if (all.length === 1 && /^\d{1,9}$/.test(all[0]!)) return Number(all[0])
  throw new Problem('bad-request', `"${name}" must be one whole number.`)
}
