import type { Format } from '../rdf/formats.ts'
import { expandedNodes, lines, serialise } from '../rdf/serialise.ts'
import { dcat, prefixes } from '../rdf/namespaces.ts'
import { namedNode, quad, type Quad } from '../rdf/terms.ts'
import { catalogueQuads } from './catalogue.ts'
import { labelled } from './concept.ts'
import type { Publication } from './publication.ts'
import { recordNodeOf, versionGraph } from './resource.ts'
import { shownAt } from '../ledger/records/shown.ts'
import { addressesOf } from '../config/addresses.ts'

/** Statements that are written together, and the name of their graph. */
export interface Part {
  graph: string
  quads: Quad[]
}

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
    const quads = versionGraph(shown)
    for (const each of quads) if (vocabulary.concepts.has(each.object.value)) named.set(each.object.value, each)
    yield {
      graph: addressesOf(base).record(shown.id),
      quads: [
        ...quads,
        ...recordNodeOf(base, shown),
        quad(self, dcat.dataset, namedNode(shown.dataset)),
        quad(self, dcat.record, namedNode(addressesOf(base).record(shown.id))),
      ],
    }
  }
  yield { graph: addressesOf(base).graph('vocabulary'), quads: [...labelled([...named.values()], vocabulary)] }
}

/** The published catalogue at a revision as one RDF text, piece by piece: memory does not grow with the catalogue. */
export const exportText = (publication: Publication, revision: number, format: Format, source?: string): AsyncGenerator<string> =>
  inPieces(parts(publication, revision, source), format)

/** Parts as one RDF text, each written when the one before it has been sent. */
export async function* inPieces(all: Iterable<Part>, format: Format): AsyncGenerator<string> {
  if (format.name === 'jsonld') yield* jsonLd(all)
  else if (format.name === 'rdfxml') yield* rdfXml(all, format)
  else if (format.name === 'ntriples') for (const { quads } of all) yield lines(quads, false)
  else if (format.name === 'nquads') for (const part of all) yield lines(inGraph(part), true)
  else yield* withPrefixes(all, format)
}

/** Statements in the graph they are named with. */
export const inGraph = ({ graph, quads }: Part): Quad[] => quads.map(each => quad(each.subject, each.predicate, each.object, namedNode(graph)))

/** Turtle and TriG: the prefixes once, then each graph without its own. */
async function* withPrefixes(all: Iterable<Part>, format: Format): AsyncGenerator<string> {
  yield `${Object.entries(prefixes)
    .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}>.`)
    .join('\n')}\n\n`
  for (const part of all) yield (await serialise(format.quads ? inGraph(part) : part.quads, format)).replace(/^@prefix [^\n]*\n/gm, '')
}

/** RDF/XML: one root element around the descriptions of every graph. */
async function* rdfXml(all: Iterable<Part>, format: Format): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
  for (const { quads } of all) yield (await serialise(quads, format)).replace(/^<\?xml[^>]*\?>\s*<rdf:RDF[^>]*>\n?|<\/rdf:RDF>\s*$/g, '')
  yield '</rdf:RDF>\n'
}

/** Expanded JSON-LD: one array of the nodes of every graph. */
async function* jsonLd(all: Iterable<Part>): AsyncGenerator<string> {
  let separator = '[\n'
  for (const { quads } of all) {
    for (const node of await expandedNodes(quads)) {
      yield separator + JSON.stringify(node)
      separator = ',\n'
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}
