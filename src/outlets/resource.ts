import { addressesOf } from '../config/addresses.ts'
import { hashOfIdentifier } from '../ledger/identity/identifiers.ts'
import type { Shown } from '../ledger/records/shown.ts'
import { digest } from '../rdf/digest.ts'
import { adms, dcat, dct, rdf, skos } from '../rdf/namespaces.ts'
import { readLines } from '../rdf/own-lines.ts'
import { lines } from '../rdf/serialise.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { labelled } from './concept.ts'
import type { Publication } from './publication.ts'
import { classesIn } from './ranges.ts'
import { recordNode } from './record-node.ts'

/** The graph of a version, as the portal's words became ours. */
export const versionGraph = (shown: Shown): Quad[] => readLines(shown.graph)

/** The graph of a version with what other portals say of the dataset where its own says nothing. */
export const filledGraph = (shown: Shown): Quad[] => [...versionGraph(shown), ...filledQuads(shown)]

const filledQuads = ({ filled = [] }: Shown): Quad[] => filled.flatMap(({ quads }) => quads)

const portalRecord = /^<([^>]+)> <http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type> <http:\/\/www\.w3\.org\/ns\/dcat#CatalogRecord> \.$/m

/** What we say beside the graph of a version: our own entry about its dataset, and the classes of the nodes that it leads to. */
const addedTo = (base: string, shown: Shown): Quad[] => [
  ...recordNode(base, shown, portalRecord.exec(shown.graph)?.[1]),
  ...classesIn(shown.graph + lines(filledQuads(shown), false)),
]

/** What is published of a version: its graph, with identifiers that are one in the catalogue, and what we say beside it. */
export const publishedQuads = (base: string, shown: Shown): Quad[] => [...ownIdentifiers(base, shown, filledGraph(shown)), ...addedTo(base, shown)]

/** The same in N-Triples; what was written once is not read for it. */
export const publishedText = (base: string, shown: Shown): string =>
  shown.yielded ? lines(publishedQuads(base, shown), false) : shown.graph + lines([...filledQuads(shown), ...addedTo(base, shown)], false)

/**
 * An identifier that another dataset of the catalogue said before stands among the other identifiers of a dataset (DCAT-AP 3.0.1, Dataset: other identifier);
 * one that has none left goes by the address that it has with us, which no other can have.
 */
function ownIdentifiers(base: string, { id, dataset, yielded }: Shown, graph: Quad[]): Quad[] {
  if (!yielded) return graph
  const isIdentifier = ({ subject, predicate }: Quad) => subject.value === dataset && predicate.equals(dct.identifier)
  const isYielded = (each: Quad) => isIdentifier(each) && yielded.includes(hashOfIdentifier(each.object.value))
  const self = namedNode(dataset)
  const others = graph.filter(isYielded).flatMap(({ object }) => {
    const other = namedNode(`${addressesOf(base).record(id)}#identifier-${digest(object.value).slice(0, 8)}`)
    return [quad(self, adms.identifier, other), quad(other, rdf.type, adms.Identifier), quad(other, skos.notation, object)]
  })
  const left = graph.filter(each => !isYielded(each))
  const own = others.length > 0 && !left.some(isIdentifier) ? [quad(self, dct.identifier, literal(addressesOf(base).dataset(id)))] : []
  return [...left, ...own, ...others]
}

/**
 * By what a catalogue lists a version (DCAT 3, 6.3): a service as such; a series as a resource, since for DCAT-AP it is no dataset; all else as a dataset.
 */
function listedBy({ dataset, graph }: Shown): NamedNode {
  const is = (type: NamedNode) => graph.includes(`<${dataset}> <${rdf.type.value}> <${type.value}> .`)
  if (is(dcat.Dataset)) return dcat.dataset
  return is(dcat.DataService) ? dcat.service : is(dcat.DatasetSeries) ? dcat.resource : dcat.dataset
}

/** What makes a version a member of a catalogue. */
export const memberOf = (catalogue: NamedNode, shown: Shown): Quad => quad(catalogue, listedBy(shown), namedNode(shown.dataset))

/** One record as it is published by itself: its graph and the labels of the concepts it names, so that a reader needs nothing else. */
export function recordQuads({ catalogue, vocabulary }: Publication, shown: Shown): Quad[] {
  const quads = publishedQuads(catalogue.base, shown)
  return [...quads, ...labelled(quads, vocabulary)]
}
