import type { Graph } from '../../../src/rdf/graph.ts'
import { compact, foaf } from '../../../src/rdf/namespaces.ts'
import { isLiteral, isNamed, namedNode, type Subject, type Term } from '../../../src/rdf/terms.ts'

/** All that is said from a node on, as paths with their values: nodes without a name of their own are no more than the way. */
export function* statements(from: Graph, subject: Subject, record: string, path = '', seen = new Set<string>()): Generator<string> {
  if (seen.has(subject.value)) return
  const inside = new Set([...seen, subject.value])
  const portal = from.subjects(foaf.primaryTopic, subject).map(record => ({
    predicate: namedNode(`${foaf.iri}isPrimaryTopicOf`),
    object: record as Term,
  }))
  const quads = [...from.quads(subject), ...portal].filter(({ predicate }) => !predicate.equals(foaf.primaryTopic))
  for (const { predicate, object } of quads) {
    const here = `${path}${path && ' / '}${compact(predicate.value)}`
    if (isLiteral(object)) yield `${here} = ${object.value.replace(/\s+/g, ' ').trim()}${object.language ? `@${object.language}` : ''}`
    else {
      if (isNamed(object) && !object.value.startsWith(record)) yield `${here} = ${compact(object.value)}`
      yield* statements(from, object as Subject, record, here, inside)
    }
  }
}
