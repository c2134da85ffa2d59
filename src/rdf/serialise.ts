import { Writer } from 'n3'
import { remembering } from '../remembering.ts'
import type { About, Format, Part } from './format.ts'
import { xsd } from './namespaces.ts'
import { isLiteral, isNamed, namedNode, quad, textOf, type Quad, type Term } from './terms.ts'

/** Writes statements in one format; in all formats but N-Quads and TriG the graph names are left out. */
export const serialise = async (quads: Iterable<Quad>, format: Format, about: About = {}): Promise<string> => format.write(ordered(quads), about)

/** Statements as sorted lines: the same graph is the same text, whatever its origin. */
export function lines(quads: Iterable<Quad>, withGraph = false): string {
  const writer = new Writer({ format: withGraph ? 'N-Quads' : 'N-Triples' })
  const all: string[] = []
  // Statements come subject by subject.
  let last: Term | undefined
  let beginning: string | undefined
  for (const { subject, predicate, object, graph } of quads) {
    if (subject !== last) [last, beginning] = [subject, plain(subject)]
    const property = writtenIri(predicate.value)
    const end = withGraph ? undefined : plain(object)
    all.push(
      beginning && property && end ? `${beginning} ${property} ${end} .\n` : writer.quadToString(subject, predicate, object, withGraph ? graph : undefined),
    )
  }
  return all.sort().join('')
}

const writtenIri = remembering((iri: string) => (special.test(iri) ? undefined : `<${iri}>`))

/** Characters that canonical N-Triples escapes. */
const special = /[^ !#-[\]-~\u0080-\ufffd]/

/** A term as N-Triples writes it, where that is as it stands, as nearly always; the others are left to n3. */
function plain(term: Term): string | undefined {
  const { value } = term
  if (special.test(value)) return undefined
  if (isNamed(term)) return `<${value}>`
  if (!isLiteral(term) || term.direction) return undefined
  const { language, datatype } = term
  return language ? `"${value}"@${language}` : datatype.value === xsd.string.value ? `"${value}"` : `"${value}"^^<${datatype.value}>`
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

/** The statements of a part in the graph that it is named for; without a name, in none. */
export function inGraph({ graph, quads }: Part): Quad[] {
  const name = graph === '' ? undefined : namedNode(graph)
  return name ? quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, name)) : quads
}
