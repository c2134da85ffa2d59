import type { Graph } from '../rdf/graph.ts'
import type { NamedNode } from '../rdf/terms.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { mostOfOneRule, shortened, type Finding } from './finding.ts'
import { loadProfile } from './profiles.ts'
import { measure, type Quality } from './quality.ts'
import { validator } from './shacl.ts'

/** What records are validated against. */
export interface Settings {
  shapes: string
  base: string
  profiles: string[]
  /** The profile that a record without a violation of it complies with. */
  compliance?: string | undefined
}

export interface Checked {
  findings: (Finding & { constraint: string })[]
  quality: Quality
  /** No violation of the profile that compliance is told by. */
  compliant: boolean
}

/** SHACL and quality of one record. */
export type Check = (record: Graph, dataset: NamedNode) => Promise<Checked>

/** Compiles the profiles. Throws a Problem `configuration` where one is not there, or something in it is broken. */
export async function openCheck({ shapes, base, profiles, compliance }: Settings, lists: Lists): Promise<Check> {
  const validate = validator(await Promise.all(profiles.map(name => loadProfile(shapes, base, name))), lists, mostOfOneRule)
  return async (record, dataset) => {
    const findings = (await validate(record)).map(shortened)
    const compliant = !findings.some(({ severity, profile }) => severity === 'violation' && profile === compliance)
    return { findings, quality: measure(record, dataset, lists, compliant), compliant }
  }
}
