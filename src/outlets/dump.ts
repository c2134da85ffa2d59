import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { addressesOf, paths } from '../config/addresses.ts'
import { shownAt } from '../ledger/records/shown.ts'
import type { Format, Part } from '../rdf/format.ts'
import { formatByName } from '../rdf/formats.ts'
import { dcat } from '../rdf/namespaces.ts'
import { namedNode, quad, type Quad } from '../rdf/terms.ts'
import { revisionIn, type AtRevision } from './asked.ts'
import { catalogueQuads } from './catalogue.ts'
import { labelled, listsIn } from './concept.ts'
import type { Outlet, OutletRequest } from './outlet.ts'
import type { Publication } from './publication.ts'
import { memberOf, publishedQuads } from './resource.ts'

/** The catalogue itself first, then one graph for each record, then the labels of the concepts they name. */
function* parts(publication: Publication, revision: number, source?: string): Generator<Part> {
  const {
    catalogue: { base },
    ledger,
    vocabulary,
  } = publication
  const self = namedNode(addressesOf(base).catalogue)
  const named = new Map<string, Quad>()
  yield { graph: addressesOf(base).graph('catalogue'), quads: catalogueQuads(publication, revision) }
  for (const shown of shownAt(ledger, revision, source ? { source } : {})) {
    const quads = publishedQuads(base, shown)
    for (const each of quads) if (vocabulary.concepts.has(each.object.value)) named.set(each.object.value, each)
    yield {
      graph: addressesOf(base).record(shown.id),
      quads: [
        ...quads,
        memberOf(self, shown),
        memberOf(namedNode(addressesOf(base).sourceCatalogue(shown.source)), shown),
        quad(self, dcat.record, namedNode(addressesOf(base).record(shown.id))),
      ],
    }
  }
  const labels = labelled(named.values(), vocabulary)
  yield { graph: addressesOf(base).graph('vocabulary'), quads: [...labels, ...listsIn(labels, vocabulary)] }
}

/** The formats that the catalogue is had in as one file, packed: those that can be read as they come. */
const packed = ['nquads', 'turtle', 'jsonld'].map(name => formatByName(name)!)

/** All of the catalogue as one file, packed with gzip, and its SHA-256 as `sha256sum --check` reads it. */
export const dumps: Outlet<AtRevision>[] = packed.flatMap(format => {
  const path = `${paths.dump}.${format.extension}.gz`
  const name = path.slice(path.lastIndexOf('/') + 1)
  const shared = {
    find: (publication: Publication, asked: OutletRequest) => revisionIn(publication, asked),
    revision: ({ revision }: AtRevision) => revision,
    isPast: ({ bound }: AtRevision) => bound,
    cache: ({ bound }: AtRevision) => (bound ? 'public, max-age=604800' : 'no-cache'),
  }
  const bytes = (publication: Publication, { revision }: AtRevision): AsyncIterable<Uint8Array> =>
    Readable.from(batched(exportText(publication, revision, format))).pipe(createGzip())
  return [
    { ...shared, path, forms: [{ mediaType: 'application/gzip', extension: 'gz' }], write: bytes },
    {
      ...shared,
      path: `${path}.sha256`,
      forms: [{ mediaType: 'text/plain', extension: 'sha256' }],
      async write(publication, part) {
        const hash = createHash('sha256')
        for await (const piece of bytes(publication, part)) hash.update(piece)
        return `${hash.digest('hex')}  ${name}\n`
      },
    },
  ]
})

/** Pieces that are large enough to be worth a step of a stream. */
async function* batched(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string> {
  let held = ''
  for await (const piece of pieces) {
    held += piece
    if (held.length < 65_536) continue
    yield held
    held = ''
  }
  if (held !== '') yield held
}

/** The published catalogue at a revision as one RDF text, piece by piece: memory does not grow with the catalogue. */
export const exportText = (publication: Publication, revision: number, format: Format, source?: string) =>
  format.writeParts(parts(publication, revision, source))
