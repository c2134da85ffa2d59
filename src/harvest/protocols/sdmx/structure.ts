import type { Problem } from '../../../problem.ts'

/** A text in each language; or one, where nobody says in which. */
export type Texts = Record<string, string> | string

export interface Annotation {
  id: string
  type: string
  title: string
  url: string
  texts: Texts
}

/** What a structure message describes. `ref` is the part of its URN after the `=`: `ECB:EXR(1.0)`, `ECB:CONCEPTS(1.0).FREQ`. */
export interface Artefact {
  ref: string
  id: string
  names: Texts
  descriptions: Texts
  annotations: Annotation[]
  /** The element or the object that it was read from. */
  from: object
}
export interface Flow extends Artefact {
  agency: string
  version: string
  structure: string
}
export interface Component {
  id: string
  concept: string
}
export interface Structure extends Artefact {
  dimensions: Component[]
  attributes: Component[]
}
export interface Categorisation extends Artefact {
  source: string
  target: string
}
/** Which values, and which time, there are of a dataflow (`actual`), or may be. */
export interface Constraint extends Artefact {
  flows: string[]
  actual: boolean
  start: string
  end: string
  values: Record<string, string[]>
}

/** A structure message of SDMX 2.1 or 3.0, in XML or JSON: as much of it as the mapping of dataflows needs. */
export interface Message {
  flows: Flow[]
  structures: Structure[]
  concepts: Artefact[]
  categories: Artefact[]
  categorisations: Categorisation[]
  agencies: Artefact[]
  constraints: Constraint[]
  /** The message, without what is not of these. */
  only(wanted: Set<object>): { mediaType: string; body: string }
  /** Why it could not be read to its end. */
  problem?: Problem
}

/** The one that a reference means: exactly, or in another version or place of its scheme. */
export function find<Kind extends Artefact>(among: Kind[], ref: string): Kind | undefined {
  return among.find(each => each.ref === ref) ?? among.find(each => loose(each.ref) === loose(ref))
}

/** A reference without its version, and without the items above an item. */
const loose = (ref: string) => ref.replace(/\([^)]*\)(?:.*(?=\.))?/, '')
