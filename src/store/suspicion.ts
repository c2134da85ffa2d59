import { nodesOf, triplesIn, type Node, type Triple } from './syntax.ts'

/** Values that a query may compute one from the other before it is thought to let them grow. */
const mostBinds = 8

const isVariable = (node: Node) => node.subType === 'variable'
const isClosure = (predicate: Node): boolean => predicate.type === 'path' && nodesOf(predicate).some(({ subType }) => subType === '*' || subType === '+')

/**
 * Whether a query may take more than a store has, as far as its text tells: patterns that share no variable, so that all of one is set beside all of the other;
 * paths of any length that begin and end anywhere; many values computed one from the other. It is asked all the same, but with care, until it is known how it
 * goes.
 */
export function isSuspect(nodes: Node[]): boolean {
  const triples = triplesIn(nodes)
  const patterns = (kind: string) => nodes.filter(({ type, subType }) => type === 'pattern' && subType === kind)
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
  // Variables that meet in a pattern have one root.
  const parents = new Map<unknown, unknown>()
  const rootOf = (variable: unknown): unknown => {
    let root = variable
    while (parents.get(root) !== root) root = parents.get(root)
    for (let at = variable; at !== root;) {
      const next = parents.get(at)
      parents.set(at, root)
      at = next
    }
    return root
  }
  const named: unknown[] = []
  for (const nodes of [...triples.map(({ subject, predicate, object }) => [subject, predicate, object]), ...lists.map(({ variables }) => variables)]) {
    const variables = nodes.filter(isVariable).map(({ value }) => value as unknown)
    for (const variable of variables) if (!parents.has(variable)) parents.set(variable, variable)
    for (const variable of variables) parents.set(rootOf(variable), rootOf(variables[0]))
    if (variables.length > 0 && nodes[0]?.subType === 'namedNode') named.push(variables[0])
  }
  const aboutNames = new Set(named.map(rootOf))
  return new Set([...parents.keys()].map(rootOf).filter(root => !aboutNames.has(root))).size > 1
}
