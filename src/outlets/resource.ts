import type { Shown } from '../ledger/records/shown.ts'
import { dcat, rdf } from '../rdf/namespaces.ts'
import { readLines } from '../rdf/own-lines.ts'
import { namedNode, quad, type NamedNode, type Quad } from '../rdf/terms.ts'
import { labelled } from './concept.ts'
import type { Publication } from './publication.ts'
import { classesIn } from './ranges.ts'
import { recordNode } from './record-node.ts'

/** The graph of a version, as the portal's words became ours. */
export const versionGraph = (shown: Shown): Quad[] => readLines(shown.graph)

const portalRecord = /^<([^>]+)> <http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type> <http:\/\/www\.w3\.org\/ns\/dcat#CatalogRecord> \.$/m

/** What we say beside the graph of a version: our own entry about its dataset, and the classes of the nodes that it leads to. */
export const addedTo = (base: string, shown: Shown): Quad[] => [...recordNode(base, shown, portalRecord.exec(shown.graph)?.[1]), ...classesIn(shown.graph)]

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
  const quads = [...versionGraph(shown), ...addedTo(catalogue.base, shown)]
  return [...quads, ...labelled(quads, vocabulary)]
}
