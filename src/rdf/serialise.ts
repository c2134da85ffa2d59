import { Writer } from 'n3'
import type { About, Format, Part } from './format.ts'
import { xsd } from './namespaces.ts'
import { isLiteral, isNamed, namedNode, quad, type Quad, type Term } from './terms.ts'

/** Writes statements in one format; in all formats but N-Quads and TriG the graph names are left out. */
export const serialise = async (quads: Iterable<Quad>, format: Format, about: About = {}): Promise<string> => format.write(ordered(quads), about)

/** Statements as sorted lines: the same graph is the same text, whatever its origin. */
export function lines(quads: Iterable<Quad>, withGraph = false): string {
  const writer = new Writer({ format: withGraph ? 'N-Quads' : 'N-Triples' })
  const all: string[] = []
  for (const { subject, predicate, object, graph } of quads) {
    const terms = withGraph ? undefined : [plain(subject), plain(predicate), plain(object)]
    all.push(terms?.every(Boolean) ? `${terms.join(' ')} .\n` : writer.quadToString(subject, predicate, object, withGraph ? graph : undefined))
  }
  return all.sort().join('')
}

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

/** Subjects together, in code point order, so that equal graphs give equal text. */
export function ordered(quads: Iterable<Quad>): Quad[] {
  const key = (quad: Quad) =>
    `${quad.graph.value}\n${quad.subject.value}\n${quad.predicate.value}\n${quad.object.value}\n${'language' in quad.object ? quad.object.language : ''}`
  return [...quads]
    .map(quad => [key(quad), quad] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, quad]) => quad)
}

/** The statements of a part in the graph that it is named for. */
export const inGraph = ({ graph, quads }: Part): Quad[] => quads.map(({ subject, predicate, object }) => quad(subject, predicate, object, namedNode(graph)))
