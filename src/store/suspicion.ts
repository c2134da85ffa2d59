import { nodesOf, triplesOf, type Node, type Triple } from './syntax.ts'

/** Values that a query may compute one from the other before it is thought to let them grow. */
const mostBinds = 8

const isVariable = (node: Node) => node.subType === 'variable'
const isClosure = (predicate: Node): boolean => predicate.type === 'path' && nodesOf(predicate).some(({ subType }) => subType === '*' || subType === '+')

/**
 * Whether a query may take more than a store has, as far as its text tells: patterns that share no variable, so that all of one is set beside all of the other; paths of any
 * length that begin and end anywhere; many values computed one from the other. It is asked all the same, but with care, until it is known how it goes.
 */
export function isSuspect(syntax: object): boolean {
  const triples = triplesOf(syntax)
  const patterns = (kind: string) => nodesOf(syntax).filter(({ type, subType }) => type === 'pattern' && subType === kind)
  return isCross(triples, patterns('values') as unknown as { variables: Node[] }[]) || isEndless(triples) || patterns('bind').length > mostBinds
}

function isEndless(triples: Triple[]): boolean {
  const anchored = new Set(
    triples.filter(({ predicate }) => !isClosure(predicate)).flatMap(({ subject, object }) => [subject, object].map(({ value }) => value)),
  )
  return triples.some(({ subject, predicate, object }) => isClosure(predicate) && [subject, object].every(end => isVariable(end) && !anchored.has(end.value)))
}

/** Whether there are two sets of patterns and lists of values without a variable in common, neither of which is about a thing that is named. */
function isCross(triples: Triple[], lists: { variables: Node[] }[]): boolean {
  const sets: { variables: Set<unknown>; named: boolean }[] = []
  const all = [...triples.map(({ subject, predicate, object }) => [subject, predicate, object]), ...lists.map(({ variables }) => variables)]
  for (const nodes of all) {
    const now = { variables: new Set(nodes.filter(isVariable).map(({ value }) => value)), named: nodes[0]?.subType === 'namedNode' }
    for (const other of sets.filter(({ variables }) => !variables.isDisjointFrom(now.variables))) {
      for (const each of other.variables) now.variables.add(each)
      now.named ||= other.named
      sets.splice(sets.indexOf(other), 1)
    }
    sets.push(now)
  }
  return sets.filter(({ variables, named }) => variables.size > 0 && !named).length > 1
}
