import type { Format, Part } from '../rdf/format.ts'
import { inGraph, serialise } from '../rdf/serialise.ts'
import { namedNode, type Quad } from '../rdf/terms.ts'
import type { Text } from './outlet.ts'

/** Statements that are published together. */
export interface Document {
  quads: Quad[]
  /** The IRI of what they are about: JSON-LD nests them in it. */
  about?: string
  /** The graph that they are in, where a format names graphs. */
  graph?: string
}

/** A document in one format: one that is too large to be held, piece by piece. JSON-LD points to the context at `contextUrl`. */
export function writeDocument(document: Document | Iterable<Part>, format: Format, contextUrl: string): Text | Promise<Text> {
  if (!('quads' in document)) return format.writeParts(document)
  const { quads, about, graph } = document
  return serialise(format.quads && graph !== undefined ? inGraph({ graph, quads }) : quads, format, {
    contextUrl,
    ...(about !== undefined && { subject: namedNode(about) }),
  })
}
