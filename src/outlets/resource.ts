import type { Shown } from '../ledger/records/shown.ts'
import { Graph } from '../rdf/graph.ts'
import type { Quad } from '../rdf/terms.ts'
import { readLines } from '../rdf/turtle.ts'
import { labelled } from './concept.ts'
import type { Publication } from './publication.ts'
import { recordNode } from './record-node.ts'

/** The graph of a version, as the portal's words became ours. */
export const versionGraph = (shown: Shown): Quad[] => readLines(shown.graph)

const portalRecord = /^<([^>]+)> <http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type> <http:\/\/www\.w3\.org\/ns\/dcat#CatalogRecord> \.$/m

/** Our own entry about the dataset of a version. */
export const recordNodeOf = (base: string, shown: Shown): Quad[] => recordNode(base, shown, portalRecord.exec(shown.graph)?.[1])

/** One record as it is published by itself: its graph and the labels of the concepts it names, so that a reader needs nothing else. */
export function recordQuads({ catalogue, vocabulary }: Publication, shown: Shown): Quad[] {
  const quads: Graph = new Graph([...versionGraph(shown), ...recordNodeOf(catalogue.base, shown)])
  for (const quad of labelled([...quads], vocabulary)) quads.add(quad)
  return [...quads]
}
