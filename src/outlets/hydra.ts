import { addressesOf, paths } from '../config/addresses.ts'
import { shownVersions } from '../ledger/records/shown.ts'
import { Problem } from '../problem.ts'
import type { Format } from '../rdf/format.ts'
import { formats } from '../rdf/formats.ts'
import { dcat, hydra, rdf, xsd } from '../rdf/namespaces.ts'
import { serialise } from '../rdf/serialise.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { pageOf, revisionIn, whole, type AtRevision } from './asked.ts'
import { catalogueQuads, sourceQuads } from './catalogue.ts'
import { labelled, listsIn } from './concept.ts'
import { catalogueStateLinks } from './memento.ts'
import type { Outlet, OutletRequest } from './outlet.ts'
import { plainRecord } from './plain-record.ts'
import { formsIn, profileIn, profileLink, profiles } from './profiles/index.ts'
import type { Profile } from './profiles/profile.ts'
import { inAll } from './profiles/schema-org.ts'
import type { Publication } from './publication.ts'
import { memberOf, publishedQuads } from './resource.ts'
import { queryOf, refuseUnknown, selectedAt, selectionIn, type Selection } from './selection.ts'
import { catalogueSignposts } from './signposts.ts'

/** A page of the feed. */
export interface HydraPage extends AtRevision {
  selection: Selection
  /** The words that it is in. */
  profile: Profile
  /** The source whose catalogue it is a page of; undefined for the whole catalogue. */
  of: string | undefined
  page: number
  lastPage: number
  /** Datasets on a page. */
  limit: number
  /** The datasets on all pages. */
  total: number
  /** The versions on the page. */
  versions: number[]
}

const [usualLimit, largestLimit] = [100, 500]

/**
 * The whole catalogue in pages (Hydra, as ckanext-dcat, udata and piveau read it). The links bind the reader to the revision it began with:
 * page 7 of revision 812 is the same bytes for ever. Each page carries everything its datasets lead to.
 */
export const feed = feedAt(paths.catalogue, paths.home)

/** The catalogue of one source: all of its records, those too that stand back for another's. */
export const sourceFeed = feedAt(paths.sourceFeed(':source'))

function feedAt(path: string, page?: string): Outlet<HydraPage, Format> {
  return {
    path,
    about: `The catalogue${page === undefined ? ' of one source' : ''} as DCAT-AP in pages (Hydra), each bound to a revision.`,
    parameters: {
      page: 'Number of the page, from 1.',
      limit: 'Records of a page.',
      revision: 'The revision that the pages are cut from; the newest where none is named.',
      modified_since: 'Only what changed since a date or a moment; deletions are not told.',
      source: 'Id of a source.',
      theme: 'Slug of a theme.',
      publisher: 'Slug of a body.',
      profile: `The words it is in: ${profiles.map(({ name }) => name).join(', ')}.`,
    },
    forms: formats,
    formsFor: query => formsIn(formats, query),
    ...(page !== undefined && { page }),
    find: openPage,
    revision: ({ revision }) => revision,
    isPast: ({ bound }) => bound,
    state: ({ page, limit, selection, profile }) => [page, limit, profile.name, ...queryOf(selection).flat()].join('.').replace(/[^\w.-]/g, '_'),
    cache: ({ bound }) => (bound ? 'public, max-age=604800' : 'no-cache'),
    links: (page, format, { origin }, publication) => {
      const { page: at, lastPage } = page
      const address = addressOf(origin, page, format)
      const to = (rel: string, number: number) => ({ rel, href: linkTo(address, page, number) })
      return [
        to('first', 1),
        ...(at > 1 ? [to('prev', at - 1)] : []),
        ...(at < lastPage ? [to('next', at + 1)] : []),
        to('last', lastPage),
        profileLink(page.profile),
        ...(page.of === undefined ? catalogueSignposts(publication) : []),
        ...(page.of === undefined ? catalogueStateLinks(origin) : []),
      ]
    },
    write: (publication, page, format, asked) =>
      writePage(
        publication,
        page,
        addressOf(asked.origin, page, format),
        format,
        page.bound ? undefined : `${asked.address}${asked.query.size > 0 ? `?${asked.query}` : ''}`,
      ),
  }
}

const addressOf = (origin: string, { of }: HydraPage, format: Format) => {
  const addresses = addressesOf(origin)
  return `${of === undefined ? addresses.catalogue : addresses.sourceFeed(of)}.${format.extension}`
}

/** Finds the page that is asked for. Throws `bad-request` for one there is not, and `pruned` for a revision of which something was let go. */
export function openPage(publication: Publication, asked: Pick<OutletRequest, 'query' | 'address'> & Partial<Pick<OutletRequest, 'params'>>): HydraPage {
  const { query, params } = asked
  const of = params?.['source']
  if (of !== undefined && !publication.sources.some(({ id }) => id === of)) throw new Problem('not-found', `There is no source "${of}".`)
  const at = revisionIn(publication, asked)
  const profile = profileIn(query)
  const selection = { ...selectionIn(publication, query), ...(of !== undefined && { source: of }) }
  const limit = whole(query, 'limit', { least: 1, most: largestLimit }) ?? usualLimit
  const all = selectedAt(publication, at.revision, selection)
  if (all.length === 0) refuseUnknown(publication, selection)
  const lastPage = Math.max(1, Math.ceil(all.length / limit))
  const page = pageOf(query, lastPage)
  return { ...at, selection, profile, of, page, lastPage, limit, total: all.length, versions: [...all.subarray((page - 1) * limit, page * limit)] }
}

/**
 * A page as text; `address` is that of the feed, without its query. One that was asked for by an address that is not its own says there too which is the next.
 */
export async function writePage(publication: Publication, page: HydraPage, address: string, format: Format, asked?: string): Promise<string> {
  const { ledger, catalogue, vocabulary, sources } = publication
  const { revision, versions, of, profile } = page
  if (profile.json) return writeListed(publication, page, profile.json)
  const addresses = addressesOf(catalogue.base)
  const self = namedNode(of === undefined ? addresses.catalogue : addresses.sourceCatalogue(of))
  const all =
    of === undefined ? catalogueQuads(publication, revision) : sourceQuads({ ...publication, sources: sources.filter(({ id }) => id === of) }, revision)
  // Each concept is described once, however many records name it.
  const named = new Map<string, Quad>(all.map(each => [each.object.value, each]))
  for (const shown of shownVersions(ledger, revision, versions)) {
    for (const each of publishedQuads(catalogue.base, shown)) {
      all.push(each)
      if (vocabulary.concepts.has(each.object.value)) named.set(each.object.value, each)
    }
    all.push(memberOf(self, shown), quad(self, dcat.record, namedNode(addresses.record(shown.id))))
    if (of === undefined) all.push(memberOf(namedNode(addresses.sourceCatalogue(shown.source)), shown))
  }
  const labels = labelled(named.values(), vocabulary)
  all.push(...labels, ...listsIn(labels, vocabulary), ...view(self, page, address, asked))
  return serialise(profile.quads?.(all, vocabulary) ?? all, format, {
    contextUrl: addressesOf(address.slice(0, address.lastIndexOf(of === undefined ? paths.catalogue : paths.sourceFeed(of)))).context,
  })
}

/** A page in a profile that describes each dataset by itself: the catalogue as schema.org has it, with its datasets. */
function writeListed(publication: Publication, page: HydraPage, describe: NonNullable<Profile['json']>): string {
  const { ledger, catalogue, vocabulary, sources } = publication
  const addresses = addressesOf(catalogue.base)
  const { of, revision, versions } = page
  const source = sources.find(({ id }) => id === of)
  const listed = {
    '@context': 'https://schema.org/',
    '@type': 'DataCatalog',
    '@id': of === undefined ? addresses.catalogue : addresses.sourceCatalogue(of),
    name: inAll(source?.title ?? catalogue.title),
    dataset: shownVersions(ledger, revision, versions).map(shown => describe(plainRecord(shown, vocabulary), publication)),
  }
  return `${JSON.stringify(listed, null, 2)}\n`
}

function linkTo(address: string, { revision, selection, of, limit, profile }: HydraPage, page: number): string {
  const url = new URL(address)
  url.searchParams.set('page', String(page))
  url.searchParams.set('revision', String(revision))
  if (profile !== profiles[0]) url.searchParams.set('profile', profile.name)
  if (limit !== usualLimit) url.searchParams.set('limit', String(limit))
  for (const [name, value] of queryOf(selection)) if (name !== 'source' || of === undefined) url.searchParams.set(name, value)
  return url.href
}

function view(catalogue: NamedNode, request: HydraPage, address: string, asked?: string): Quad[] {
  const { page, lastPage, limit, total } = request
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
    quad(self, hydra.itemsPerPage, literal(String(limit), xsd.integer)),
    ...links.flatMap(([current, older, to]) => [quad(self, current, linked(to)), quad(self, older, linked(to))]),
    // Comunica and others look for it at the address that they have read.
    ...(asked !== undefined && page < lastPage ? [quad(namedNode(asked), hydra.next, linked(page + 1))] : []),
  ]
}
