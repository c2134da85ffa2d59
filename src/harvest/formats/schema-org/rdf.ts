import { Graph, value } from '../../../rdf/graph.ts'
import { rdf } from '../../../rdf/namespaces.ts'
import { isBlank, isLiteral, type NamedNode, type Term } from '../../../rdf/terms.ts'
import type { Mint } from '../../protocol.ts'
import type { JsonObject } from '../../readers/json/values.ts'
import { describeDataset } from './mapping.ts'
import { filled, nameIn } from './nodes.ts'
import { unmapped } from './unmapped.ts'

/**
 * A dataset in the words of schema.org (http or https) in those of DCAT, before normalising. What finds no place there stays as it was said. No blank nodes.
 */
export function fromSchemaOrg(said: Graph, dataset: NamedNode, mint: Mint): Graph {
  const nodes = new Map(nodesIn(said).map(node => [node['@id'] as string, node]))
  const mapped = new Graph()
  describeDataset(dataset, filled(nodes.get(dataset.value)!, nodes), { to: mapped, mint, language: '' })
  return new Graph([...mapped, ...unmapped(said, mapped, mint.record)])
}

/** What RDF says in the words of schema.org as the nodes that JSON-LD has: names without prefix, references by `@id`. */
export function nodesIn(said: Graph): JsonObject[] {
  const bySubject = Map.groupBy(said, ({ subject }) => idOf(subject))
  return [...bySubject].map(([id, quads]) => {
    const names = Map.groupBy(quads, ({ predicate }) => (predicate.equals(rdf.type) ? '@type' : nameIn(predicate.value)))
    const fields = [...names].flatMap(([name, all]): [string, unknown][] => {
      if (name === undefined) return []
      if (name === '@type') return [[name, all.map(({ object }) => nameIn(object.value) ?? object.value)]]
      const found = all.flatMap(({ object }) => members(said, object))
      return [[name, found.length === 1 ? plain(found[0]!) : found.map(written)]]
    })
    return { '@id': id, ...Object.fromEntries(fields) }
  })
}

const idOf = (term: Term) => (isBlank(term) ? `_:${term.value}` : term.value)
const written = (term: Term) => (isLiteral(term) ? { '@value': term.value, ...(term.language && { '@language': term.language }) } : { '@id': idOf(term) })
const plain = (term: Term) => (isLiteral(term) && !term.language ? term.value : written(term))

/** Members of a list that are read; longer lists are an attack. */
const maxListLength = 10_000

/** The members of a list; a value that is none stands for itself. */
function members(from: Graph, list: Term): Term[] {
  const all: Term[] = []
  for (let at: Term | undefined = list; at && all.length < maxListLength; at = value(from, at, rdf.rest)) {
    const first = value(from, at, rdf.first)
    if (!first) break
    all.push(first)
  }
  return all.length > 0 || list.equals(rdf.nil) ? all : [list]
}
