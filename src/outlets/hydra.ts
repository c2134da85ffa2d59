import { wholeFrom } from '../ledger/sources/prune.ts'
import { Problem } from '../problem.ts'
import type { Format } from '../rdf/format.ts'
import { serialise } from '../rdf/serialise.ts'
import { Graph } from '../rdf/graph.ts'
import { dcat, hydra, rdf, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { catalogueQuads } from './catalogue.ts'
import type { Publication } from './publication.ts'
import { recordQuads } from './resource.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { shownAt, countShownAt } from '../ledger/records/shown.ts'
import { addressesOf, paths } from '../config/addresses.ts'

/** One page of the feed, and what its HTTP headers say. */
export interface HydraPage {
  text: string
  revision: number
  page: number
  lastPage: number
  /** Absolute URL of the next page. */
  next?: string
}

export interface HydraRequest {
  page: number
  /** The revision the pages are cut from; the current one where a reader begins. */
  revision?: number
  modifiedSince?: string
  /** The absolute URL of the feed, without its query, as it was asked for. */
  address: string
  format: Format
}

const pageSize = 100

/**
 * The whole catalogue in pages (Hydra, as ckanext-dcat, udata and piveau read it). The links bind the reader to the revision it began with:
 * page 7 of revision 812 is the same bytes for ever. Each page carries everything its datasets lead to. Throws `not-found` past the end,
 * and `pruned` for a revision of which something was let go.
 */
export async function hydraPage(publication: Publication, { page, revision: asked, modifiedSince, address, format }: HydraRequest): Promise<HydraPage> {
  const { ledger, catalogue } = publication
  const newest = currentRevision(ledger)
  const revision = asked ?? newest
  if (!Number.isInteger(revision) || revision < 0 || revision > newest)
    throw new Problem('not-found', `There is no revision ${revision}: the newest is ${newest}.`)
  const whole = wholeFrom(ledger)
  if (revision < whole)
    throw new Problem('pruned', `Revision ${revision} is kept no longer: the oldest that is whole is ${whole}. Begin again at ${address.replace(/\?.*/, '')}.`)
  const only = modifiedSince ? { modifiedSince } : {}
  const total = countShownAt(ledger, revision, only)
  const lastPage = Math.max(1, Math.ceil(total / pageSize))
  if (!Number.isInteger(page) || page < 1 || page > lastPage)
    throw new Problem('not-found', `There is no page ${page}: the feed has ${lastPage} at revision ${revision}.`)

  const link = (to: number) => {
    const url = new URL(address)
    url.searchParams.set('page', String(to))
    url.searchParams.set('revision', String(revision))
    if (modifiedSince) url.searchParams.set('modified_since', modifiedSince)
    return url.href
  }
  const all = new Graph(catalogueQuads(publication, revision))
  const self = namedNode(addressesOf(catalogue.base).catalogue)
  const put = (quads: Iterable<Quad>) => {
    for (const each of quads) all.add(each)
  }
  for (const shown of shownAt(ledger, revision, { offset: (page - 1) * pageSize, most: pageSize, ...only })) {
    put(recordQuads(publication, shown))
    put([quad(self, dcat.dataset, namedNode(shown.dataset)), quad(self, dcat.record, namedNode(addressesOf(catalogue.base).record(shown.id)))])
  }
  put(view(self, namedNode(link(page)), { total, page, lastPage, link }))
  const text = await serialise(all, format, { contextUrl: new URL(paths.context, address).href })
  return { text, revision, page, lastPage, ...(page < lastPage && { next: link(page + 1) }) }
}

function view(
  catalogue: NamedNode,
  self: NamedNode,
  { total, page, lastPage, link }: { total: number; page: number; lastPage: number; link: (to: number) => string },
): Quad[] {
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
    ...links.flatMap(([current, older, to]) => [quad(self, current, namedNode(link(to))), quad(self, older, namedNode(link(to)))]),
  ]
}
