import { Writer } from 'n3'
import type { About, Format, Part } from './format.ts'
import { namedNode, quad, textOf, type Quad } from './terms.ts'

/** Writes statements in one format; in all formats but N-Quads and TriG the graph names are left out. */
export const serialise = async (quads: Iterable<Quad>, format: Format, about: About = {}): Promise<string> => format.write(ordered(quads), about)

/** Statements as sorted lines: the same graph is the same text, whatever its origin. */
export function lines(quads: Iterable<Quad>, withGraph = false): string {
  const writer = new Writer({ format: withGraph ? 'N-Quads' : 'N-Triples' })
  const all: string[] = []
  for (const { subject, predicate, object, graph } of quads) all.push(writer.quadToString(subject, predicate, object, withGraph ? graph : undefined))
  return all.sort().join('')
}

/** Each statement once, subjects together, in code point order, so that equal graphs give equal text. */
export function ordered(quads: Iterable<Quad>): Quad[] {
  const keyed = Array.from(quads, quad => ({ quad, names: [quad.graph.value, textOf(quad.subject), quad.predicate.value, textOf(quad.object)] }))
  keyed.sort((a, b) => compare(a.names, b.names))
  return keyed.filter(({ names }, at) => at === 0 || compare(keyed[at - 1]!.names, names) !== 0).map(({ quad }) => quad)
}

function compare(a: string[], b: string[]): number {
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return a[at]! < b[at]! ? -1 : 1
  return 0
}

/** The statements of a part in the graph that it is named for. */
export const inGraph = ({ graph, quads }: Part): Quad[] => quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, namedNode(graph)))
