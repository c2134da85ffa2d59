import { addressesOf, paths } from '../config/addresses.ts'
import { shownAt, countShownAt } from '../ledger/records/shown.ts'
import type { Format } from '../rdf/format.ts'
import { graphFormats } from '../rdf/formats.ts'
import { dcat, hydra, rdf, xsd } from '../rdf/namespaces.ts'
import { serialise } from '../rdf/serialise.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { momentIn, pageOf, revisionIn, type AtRevision } from './asked.ts'
import { catalogueQuads } from './catalogue.ts'
import { labelled } from './concept.ts'
import type { Outlet, OutletRequest } from './outlet.ts'
import type { Publication } from './publication.ts'
import { memberOf, recordNodeOf, versionGraph } from './resource.ts'

/** A page of the feed. */
export interface HydraPage extends AtRevision {
  page: number
  lastPage: number
  /** The datasets on all pages. */
  total: number
  modifiedSince?: string
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
  find: openPage,
  revision: ({ revision }) => revision,
  state: ({ page }) => String(page),
  cache: ({ bound }) => (bound ? 'public, max-age=604800' : 'no-cache'),
  links: (page, format, { origin }) => {
    const { page: at, lastPage } = page
    const to = (rel: string, number: number) => ({ rel, href: linkTo(addressOf(origin, format), page, number) })
    return [to('first', 1), ...(at > 1 ? [to('prev', at - 1)] : []), ...(at < lastPage ? [to('next', at + 1)] : []), to('last', lastPage)]
  },
  write: (publication, page, format, { origin }) => writePage(publication, page, addressOf(origin, format), format),
}

const addressOf = (origin: string, format: Format) => `${addressesOf(origin).catalogue}.${format.extension}`

/** Finds the page that is asked for. Throws `bad-request` for one there is not, and `pruned` for a revision of which something was let go. */
export function openPage(publication: Publication, asked: Pick<OutletRequest, 'query' | 'address'>): HydraPage {
  const { query } = asked
  const at = revisionIn(publication, asked)
  const modifiedSince = momentIn(query, 'modified_since')
  const only = modifiedSince === undefined ? {} : { modifiedSince }
  const total = countShownAt(publication.ledger, at.revision, only)
  const lastPage = Math.max(1, Math.ceil(total / pageSize))
  return { ...at, page: pageOf(query, lastPage), lastPage, total, ...only }
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
