import { values, type Graph } from '../../rdf/graph.ts'
import { isLiteral, type NamedNode, type Quad, type Term } from '../../rdf/terms.ts'

/** A graph being put on a page: what the page has taken from it is marked, so that the rest can be shown below. */
export interface Reading {
  graph: Graph
  take(subject: Term, ...properties: NamedNode[]): Term[]
  /** Texts by language; several in one language are joined. */
  texts(subject: Term, property: NamedNode): Record<string, string>
  /** What nobody took, subject by subject. */
  rest(): Quad[]
}

export function read(graph: Graph): Reading {
  const taken = new Set<string>()
  const mark = (subject: Term, property: NamedNode) => taken.add(`${subject.value} ${property.value}`)
  const take: Reading['take'] = (subject, ...properties) =>
    properties.flatMap(property => {
      mark(subject, property)
      return values(graph, subject, property).sort((a, b) => (a.value < b.value ? -1 : 1))
    })
  return {
    graph,
    take,
    texts: (subject, property) => {
      const found: Record<string, string> = {}
      for (const text of take(subject, property).filter(isLiteral)) {
        const language = text.language || 'und'
        found[language] = found[language] ? `${found[language]}\n\n${text.value}` : text.value
      }
      return found
    },
    rest: () =>
      [...graph]
        .filter(quad => !taken.has(`${quad.subject.value} ${quad.predicate.value}`))
        .sort((a, b) => (`${a.subject.value} ${a.predicate.value}` < `${b.subject.value} ${b.predicate.value}` ? -1 : 1)),
  }
}
