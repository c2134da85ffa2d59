import type { Ledger } from '../file/ledger.ts'
import { readTrait, type Facets } from './traits.ts'

/** A value that records are found by: theme `eau`, source `portal`. */
export interface FacetValue {
  dimension: string
  value: string
}

/** Places in the list of values. */
export type Kind = Uint32Array

/** The kinds of records, which are found by the same values, and the values that they name. A kind keeps its number; 0 is that of what nobody sees. */
export interface FacetKinds {
  kinds: Kind[]
  values: FacetValue[]
  kindNumbers: Map<string, number>
  valueNumbers: Map<string, number>
}

export const noKinds = (): FacetKinds => ({ kinds: [new Uint32Array()], values: [], kindNumbers: new Map(), valueNumbers: new Map() })

/** What a record does not say is a value too: so it can be listed. */
export const notSaid = 'none'
const unsaid: Facets = Object.fromEntries(['theme', 'publisher', 'format', 'licence', 'territory', 'language'].map(dimension => [dimension, [notSaid]]))

/** The number of the kind that has the facets of a trait, and beside its own the sources that carry the same dataset. */
export function numberOfKind(ledger: Ledger, known: FacetKinds, trait: number, sources: string[]): number {
  const key = `${trait} ${sources.toSorted().join(' ')}`
  const number = known.kindNumbers.get(key)
  if (number !== undefined) return number
  const facets = trait === 0 ? {} : readTrait<Facets>(ledger, trait)
  const all: Facets = sources.length === 0 ? facets : { ...facets, source: [...new Set([...(facets['source'] ?? []), ...sources])] }
  const values = Object.entries({ ...unsaid, ...all }).flatMap(([dimension, each]) => each.map(value => numberOfValue(known, dimension, value)))
  known.kindNumbers.set(key, known.kinds.length)
  return known.kinds.push(Uint32Array.from(values)) - 1
}

function numberOfValue({ valueNumbers, values }: FacetKinds, dimension: string, value: string): number {
  const key = `${dimension} ${value}`
  const number = valueNumbers.get(key) ?? values.push({ dimension, value }) - 1
  valueNumbers.set(key, number)
  return number
}
