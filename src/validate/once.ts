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
  const heard = new Map<string, M>()
  const keep = (key: string, each: M) => {
    const known = heard.get(key)
    if (!known || rank(each) < rank(known)) heard.set(key, each)
  }
  for (const each of met) {
    keep(placeOf(each), each)
    keep(thingOf(each), each)
  }
  return met
    .filter(
      each => each.finding.path === undefined || (heard.get(placeOf(each))!.finding.profile === each.finding.profile && heard.get(thingOf(each)) === each),
    )
    .map(({ finding }) => finding)
}

const placeOf = ({ finding: { focus, path } }: Met) => `${focus} ${path}`

/** Several rules that miss a value miss the same one. What counts or compares values is told apart by how. */
const thingOf = ({ finding, about }: Met) =>
  `${finding.focus} ${finding.path} ${finding.profile} ${about ?? (missing.has(finding.constraint) ? 'missing' : finding.constraint)}`

const missing = new Set(['MinCountConstraintComponent', 'QualifiedMinCountConstraintComponent', 'HasValueConstraintComponent'])
