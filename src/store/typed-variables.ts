import { dcat, xsd } from '../rdf/namespaces.ts'
import type { Node, Triple } from './syntax.ts'

/**
 * Properties whose values have a datatype that the engine does not keep: it knows one datatype of whole numbers, and compares and counts with it. Normalising
 * makes all values of these alike, so that their datatype can be given back when an answer is written.
 */
export const typedProperties: Record<string, string> = { [dcat.byteSize.value]: xsd.nonNegativeInteger.value }

/** The variables of a query that stand for values of such a property. */
export interface TypedVariables {
  /** By the property that leads to them, which is all that does: variable → datatype. */
  typed: Record<string, string>
  /** By a property that is a variable itself: property → values. */
  pairs: [property: string, value: string][]
}

/** What is to be given back in the answers to a query; nothing where it asks for no such values. */
export function typedVariables(triples: Triple[], iriOf: (iri: never) => string): { typed?: TypedVariables } {
  const typed = new Map<string, Set<string | undefined>>()
  const pairs: [string, string][] = []
  for (const { predicate, object } of triples) {
    if (object.subType !== 'variable') continue
    const value = String(object.value)
    const last = lastStep(predicate)
    if (last.subType === 'variable') pairs.push([String(last.value), value])
    else typed.set(value, (typed.get(value) ?? new Set()).add(last.subType === 'namedNode' ? typedProperties[iriOf(last as never)] : undefined))
  }
  const sure = [...typed].flatMap(([value, [datatype, other]]) => (datatype === undefined || other !== undefined ? [] : [[value, datatype] as const]))
  const found = { typed: Object.fromEntries(sure), pairs }
  return sure.length + pairs.length > 0 ? { typed: found } : {}
}

/** The step of a path that leads to its object. */
const lastStep = (predicate: Node): Node =>
  predicate.type === 'path' && predicate.subType === '/' && Array.isArray(predicate.items) ? lastStep(predicate.items.at(-1) as Node) : predicate
