/** A node of a query's syntax, as the parser makes it: as far as it is looked at here. */
export interface Node {
  type?: string
  subType?: string
  value?: unknown
  items?: unknown
}
export interface Triple {
  subject: Node
  predicate: Node
  object: Node
}

/** All nodes of a query: its patterns, the queries within them, and the EXISTS of any expression. */
export function nodesOf(syntax: object): Node[] {
  const found: Node[] = []
  const waiting: unknown[] = [syntax]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== 'object' || node === null) continue
    if ('type' in node) found.push(node as Node)
    for (const value of Object.values(node)) if (typeof value === 'object') waiting.push(value)
  }
  return found
}

export const triplesIn = (nodes: Node[]): Triple[] => nodes.filter(({ type }) => type === 'triple') as unknown as Triple[]
