import type { Graph } from '../rdf/graph.ts'
import type { NamedNode } from '../rdf/terms.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { mostOfOneRule, shortened, type Finding } from './finding.ts'
import { loadProfile, profileNames } from './profiles.ts'
import { measure, type Quality } from './quality/measure.ts'
import { standards } from './quality/metrics.ts'
import { validator } from './shacl.ts'

/** What records are validated against. */
export interface Settings {
  shapes: string
  base: string
  profiles: string[]
  /** The profile that a record without a violation of it complies with. */
  compliance?: string | undefined
  /** The languages that a title and a description should have. */
  languages?: string[]
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
export async function openCheck({ shapes, base, profiles, compliance, languages = [] }: Settings, lists: Lists): Promise<Check> {
  const load = (names: string[]) => Promise.all(names.map(name => loadProfile(shapes, base, name)))
  const validate = validator(await load(profiles), lists, mostOfOneRule)
  // Where nobody wants its findings, it is asked for its verdict alone.
  const beside = !profiles.includes(former.profile) && profileNames(shapes).includes(former.profile)
  const compare = beside ? validator(await load([former.profile]), lists, 1) : undefined
  return async (record, dataset) => {
    const findings = (await validate(record)).map(shortened)
    const keeps = (profile: string | undefined, found = findings) => !found.some(each => each.severity === 'violation' && each.profile === profile)
    const compliant2 = compare ? keeps(former.profile, await compare(record)) : profiles.includes(former.profile) ? keeps(former.profile) : null
    const compliant = keeps(compliance)
    return { findings, quality: measure(record, dataset, lists, { compliant, compliant2, languages }), compliant }
  }
}

/** What data.europa.eu judges by today. */
const [, former] = standards
