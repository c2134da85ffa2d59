import { values, type Graph } from '../../rdf/graph.ts'
import { isLiteral, type NamedNode, type Quad, type Term } from '../../rdf/terms.ts'

/** The values of some properties, one property after the other, those of each in code point order. */
export const valuesOf = (graph: Graph, subject: Term, properties: NamedNode[]): Term[] =>
  properties.flatMap(property => inOrder(values(graph, subject, property)))

const inOrder = (terms: Term[]) => (terms.length < 2 ? terms : terms.sort((a, b) => (a.value < b.value ? -1 : 1)))

/** Texts by language; several in one language are joined. */
export function textsOf(graph: Graph, subject: Term, property: NamedNode): Record<string, string> {
  const found: Record<string, string> = {}
  for (const text of valuesOf(graph, subject, [property]).filter(isLiteral)) {
    const language = text.language || 'und'
    found[language] = found[language] ? `${found[language]}\n\n${text.value}` : text.value
  }
  return found
}

/** Statements subject by subject. */
export const bySubject = (quads: Quad[]): Quad[] =>
  quads.sort((a, b) => (`${a.subject.value} ${a.predicate.value}` < `${b.subject.value} ${b.predicate.value}` ? -1 : 1))
