import { digest } from './digest.ts'
import { graph, isBlank, namedNode, type Graph, type Quad, type Term } from './terms.ts'

/**
 * Gives every blank node an IRI derived from what is said of it and from where it stands (RDF 1.1, 3.5), so that the same
 * description read twice gives the same IRIs, whatever labels and order the feed used. `mint` turns a digest into the IRI.
 *
 * Each round folds the names of the neighbours into a node's name. Nodes that stay alike say the same in the same place: they become one.
 */
export function skolemise(from: Graph, mint: (digest: string) => string): Graph {
  const blanks = new Map<string, string>()
  for (const quad of from as Iterable<Quad>) {
    for (const term of [quad.subject, quad.object]) if (isBlank(term)) blanks.set(term.value, '')
  }
  if (blanks.size === 0) return from

  const around = new Map<string, Quad[]>([...blanks.keys()].map(id => [id, []]))
  for (const quad of from as Iterable<Quad>) {
    if (isBlank(quad.subject)) around.get(quad.subject.value)!.push(quad)
    if (isBlank(quad.object)) around.get(quad.object.value)!.push(quad)
  }
  let names = blanks
  let different = 0
  for (let round = 0; round <= blanks.size; round++) {
    const name = (term: Term, self: string) => (!isBlank(term) ? written(term) : term.value === self ? '_:self' : `_:${names.get(term.value)}`)
    const next = new Map<string, string>()
    for (const [id, quads] of around) {
      next.set(id, digest(quads.map(quad => `${name(quad.subject, id)} ${quad.predicate.value} ${name(quad.object, id)}`).sort().join('\n')))
    }
    const count = new Set(next.values()).size
    names = next
    // Two rounds without a further split: every node is as well told apart as it will ever be.
    if (round > 1 && count === different) break
    different = count
  }
  const named = (term: Term) => (isBlank(term) ? namedNode(mint(names.get(term.value)!.slice(0, 12))) : term)
  const result = graph()
  for (const quad of from as Iterable<Quad>) result.addQuad(named(quad.subject) as never, quad.predicate as never, named(quad.object) as never)
  return result
}

function written(term: Term): string {
  return term.termType === 'Literal' ? `${JSON.stringify(term.value)}@${term.language}^^${term.datatype.value}` : term.value
}
