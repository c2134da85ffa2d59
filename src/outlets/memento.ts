import { addressesOf, paths } from '../config/addresses.ts'
import { momentsOf, versionMoments, type Moment } from '../ledger/records/revisions.ts'
import { wholeFrom } from '../ledger/sources/prune.ts'
import { Problem } from '../problem.ts'
import type { Form, Link, Outlet, OutletRequest } from './outlet.ts'
import type { Publication } from './publication.ts'

// Memento (RFC 7089): what the catalogue and its datasets were at a moment. A state has its address by its revision, `?revision=812`; who asks for a moment
// (`Accept-Datetime`) is led there; and a time map lists them all.

const linkFormat: Form = { mediaType: 'application/link-format', extension: 'link', aliases: ['text/plain'] }

/** Where an answer that has former states leads: what it is a state of, and the list of all (RFC 7089, section 2.2). */
const stateLinks = (original: string, states: string): Link[] => [
  { rel: 'original timegate', href: original },
  { rel: 'timemap', href: states, type: linkFormat.mediaType },
]
export const catalogueStateLinks = (origin: string): Link[] => stateLinks(addressesOf(origin).catalogue, addressesOf(origin).catalogueStates)
export const datasetStateLinks = (origin: string, id: string): Link[] => stateLinks(addressesOf(origin).dataset(id), addressesOf(origin).datasetStates(id))

/** The states of the catalogue that are whole: one a revision. */
export const catalogueTimeMap = timeMap(
  paths.catalogueStates,
  ({ ledger }) => momentsOf(ledger, wholeFrom(ledger)),
  ({ origin }) => addressesOf(origin).catalogue,
)

/** The states of a dataset that are kept. */
export const datasetTimeMap = timeMap(
  paths.datasetStates(':id'),
  ({ ledger }, id) => versionMoments(ledger, id),
  ({ origin, params }) => addressesOf(origin).dataset(params['id']!),
)

function timeMap(path: string, moments: (publication: Publication, id: string) => Moment[], originalOf: (asked: OutletRequest) => string): Outlet<Moment[]> {
  return {
    path,
    forms: [linkFormat],
    find(publication, { params: { id = '' } }) {
      const found = moments(publication, id)
      if (found.length === 0 && id !== '') throw new Problem('not-found', `The catalogue has no record "${id}".`)
      return found
    },
    *write(_publication, all, _form, asked) {
      const original = originalOf(asked)
      yield `<${original}>; rel="original timegate",\n<${asked.address}>; rel="self"; type="${linkFormat.mediaType}"`
      for (const [nth, { revision, at }] of all.entries()) {
        const rel = [...(nth === 0 ? ['first'] : []), ...(nth === all.length - 1 ? ['last'] : []), 'memento'].join(' ')
        yield `,\n<${original}?revision=${revision}>; rel="${rel}"; datetime="${new Date(at).toUTCString()}"`
      }
      yield '\n'
    },
  }
}

/** The revision that was the newest at a moment: of the catalogue, or of a dataset by its id; the first where there was none. */
export function revisionOn({ ledger }: Publication, moment: string, id?: string): number {
  const moments = id === undefined ? momentsOf(ledger, wholeFrom(ledger)) : versionMoments(ledger, id)
  const [first] = moments
  if (!first) throw new Problem('not-found', id === undefined ? 'The catalogue has no revision yet.' : `The catalogue has no record "${id}".`)
  return (moments.findLast(({ at }) => Math.floor(Date.parse(at) / 1000) <= Math.floor(Date.parse(moment) / 1000)) ?? first).revision
}

/** The path of what has states, and the id where it is a dataset; undefined of all else. */
export function withStates(path: string): { id?: string } | undefined {
  if (path === paths.catalogue || path.startsWith(`${paths.catalogue}.`)) return {}
  const id = path.startsWith(paths.dataset('')) ? path.slice(paths.dataset('').length).replace(/\.(?:ttl|jsonld|rdf|xml|nt|nq|trig)$/, '') : ''
  return id === '' || id.includes('/') ? undefined : { id }
}
