import { rdfs } from '../../rdf/namespaces.ts'
import { namedNode, textOf, type Quad, type Term } from '../../rdf/terms.ts'
import type { Data } from './data.ts'

const subClassOf = namedNode(`${rdfs.iri}subClassOf`)

export const isSubclass = ({ predicate }: Quad): boolean => predicate.value === subClassOf.value

/** A class and all below it (SHACL, section 1.1: subclasses), as texts of terms. */
export type Subclasses = (of: Term) => ReadonlySet<string>

/**
 * The classes of some graphs. The data graph is to bring the subclasses with it (section 3.2); what a record says of itself seldom does, so those that the
 * shapes know are taken together with its own.
 */
export function subclassesIn(...graphs: Data[]): Subclasses {
  const known = new Map<string, Set<string>>()
  return wanted => {
    const found = known.get(textOf(wanted))
    if (found) return found
    const below = new Map([[textOf(wanted), wanted]])
    // What is added to a map while it is gone through is gone through as well.
    for (const each of below.values()) for (const graph of graphs) for (const lower of graph.subjects(subClassOf, each)) below.set(textOf(lower), lower)
    const all = new Set(below.keys())
    known.set(textOf(wanted), all)
    return all
  }
}
