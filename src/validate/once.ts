import type { Finding } from './finding.ts'

/** A finding, and the value that it is about. */
export interface Met {
  finding: Finding & { constraint: string }
  about: string | undefined
}

const gravity = { violation: 0, warning: 1, info: 2 }

/**
 * Where several profiles find something at one property of one node, that of the gravest is heard, or that which comes first in an order;
 * and of one value of it, or of its absence, the gravest finding.
 */
export function onceEach<M extends Met>(met: M[], order: string[]): M['finding'][] {
  const rank = ({ finding: { severity, profile } }: Met) => gravity[severity] * (order.length + 1) + order.indexOf(profile)
  const passed = new Set<M>()
  for (const there of places(met)) {
    const gravest = (all: M[]) => all.reduce((best, each) => (rank(each) < rank(best) ? each : best))
    const { profile } = gravest(there).finding
    for (const ofThing of Map.groupBy(there, thingOf).values()) {
      const heard = gravest(ofThing)
      for (const each of ofThing) if (each !== heard || each.finding.profile !== profile) passed.add(each)
    }
  }
  return (passed.size === 0 ? met : met.filter(each => !passed.has(each))).map(({ finding }) => finding)
}

/** The findings at each property of each node that has several. Most have one, and then there is nothing to choose. */
function* places<M extends Met>(met: M[]): Iterable<M[]> {
  const pathOf = ({ finding }: M) => finding.path
  for (const ofNode of Map.groupBy(met, ({ finding }) => finding.focus).values()) {
    if (new Set(ofNode.map(pathOf)).size === ofNode.length) continue
    for (const [path, there] of Map.groupBy(ofNode, pathOf)) if (path !== undefined && there.length > 1) yield there
  }
}

/** Several rules that miss a value miss the same one. What counts or compares values is told apart by how. */
const thingOf = ({ finding, about }: Met) => `${finding.profile} ${about ?? (missing.has(finding.constraint) ? 'missing' : finding.constraint)}`

const missing = new Set(['MinCountConstraintComponent', 'QualifiedMinCountConstraintComponent', 'HasValueConstraintComponent'])
