import { digest } from './digest.ts'
import { add, Graph } from './graph.ts'
import { isBlank, namedNode, type Quad, type Term } from './terms.ts'

/** Names that are made for one graph before nodes that are still alike are told apart by their order. */
const mostWork = 100_000

/**
 * Gives every blank node an IRI derived from what is said of it and from where it stands (RDF 1.1, 3.5), so that the same
 * description read twice gives the same IRIs, whatever labels and order the feed used. `mint` turns a digest into the IRI.
 *
 * Each round folds the names of the neighbours into the names of those that are not yet told apart. Nodes that stay alike say the same in the
 * same place: they become one. A chain of thousands that say the same would take as many rounds: past the limit, its nodes are told apart by their order.
 */
export function skolemise(from: Graph, mint: (digest: string) => string): Graph {
  const names = new Map<string, string>()
  for (const quad of from) {
    for (const term of [quad.subject, quad.object]) if (isBlank(term)) names.set(term.value, '')
  }
  if (names.size === 0) return from

  const around = new Map<string, Quad[]>([...names.keys()].map(id => [id, []]))
  for (const quad of from) {
    if (isBlank(quad.subject)) around.get(quad.subject.value)!.push(quad)
    if (isBlank(quad.object)) around.get(quad.object.value)!.push(quad)
  }
  const name = (term: Term, self: string) => (!isBlank(term) ? written(term) : term.value === self ? '_:self' : `_:${names.get(term.value)}`)
  let alike = [...names.keys()]
  let classes = 0
  for (let round = 0, work = 0; alike.length > 0; round++) {
    const next = alike.map(
      id =>
        [
          id,
          digest(
            around
              .get(id)!
              .map(quad => `${name(quad.subject, id)} ${quad.predicate.value} ${name(quad.object, id)}`)
              .sort()
              .join('\n'),
          ),
        ] as const,
    )
    for (const [id, digested] of next) names.set(id, digested)
    const byName = Map.groupBy(next, ([, digested]) => digested)
    // Two rounds without a further split: every node is as well told apart as it will ever be.
    if (round > 1 && byName.size === classes) break
    alike = [...byName.values()]
      .filter(group => group.length > 1)
      .flat()
      .map(([id]) => id)
    classes = alike.length === next.length ? byName.size : 0
    work += next.length
    if (work > mostWork) {
      alike.forEach((id, at) => names.set(id, digest(`${names.get(id)} ${at}`)))
      break
    }
  }
  const named = <T extends Term>(term: T) => (isBlank(term) ? namedNode(mint(names.get(term.value)!.slice(0, 12))) : term)
  const result = new Graph()
  for (const quad of from) add(result, named(quad.subject), quad.predicate, named(quad.object))
  return result
}

function written(term: Term): string {
  return term.termType === 'Literal' ? `${JSON.stringify(term.value)}@${term.language}^^${term.datatype.value}` : term.value
}
