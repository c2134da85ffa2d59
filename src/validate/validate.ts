import { addressesOf } from '../config/addresses.ts'
import type { Graph } from '../rdf/graph.ts'
import type { NamedNode } from '../rdf/terms.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { mostOfOneRule, shortened, type Finding } from './finding.ts'
import { loadProfile, profileNames, withAbove } from './profiles.ts'
import { measure, type Quality } from './quality/measure.ts'
import { standards } from './quality/metrics.ts'
import { judging } from './shacl.ts'

/** What records are validated against. */
export interface Settings {
  shapes: string
  base: string
  profiles: string[]
  /** The profiles that keep a record from being published. */
  blocking: string[]
  /** The profiles that are a publication gate. */
  withholding?: string[]
  /** The profile that a record without a violation of it complies with. */
  compliance?: string | undefined
  /** The languages that a title and a description should have. */
  languages?: string[]
}

export interface Checked {
  findings: (Finding & { constraint: string })[]
  quality: Quality
  /** The names of the profiles that nothing in it violates. */
  conforms: string[]
}

/** SHACL and quality of one record. */
export type Check = (record: Graph, dataset: NamedNode) => Promise<Checked>

/** Compiles the profiles. Throws a Problem `configuration` where one is not there, or something in it is broken. */
export async function openCheck({ shapes, base, profiles, blocking, withholding = [], compliance, languages = [] }: Settings, lists: Lists): Promise<Check> {
  const load = (names: string[]) => Promise.all(names.map(name => loadProfile(shapes, base, name)))
  const passes = addressesOf(base).isPortalRecord
  const loaded = await load(profiles)
  const isRun = (name: string) => withAbove(loaded).some(profile => profile.name === name)
  const judge = judging(loaded, lists, { most: mostOfOneRule, first: blocking, passes })
  const wanted = compliance ?? 'dcat-ap'
  // Where nobody wants its findings, it is asked for its verdict alone.
  const beside = !isRun(former.profile) && profileNames(shapes).includes(former.profile)
  const compare = beside ? judging(await load([former.profile]), lists, { most: 1, passes }) : undefined
  return async (record, dataset) => {
    const { findings: found, conforms } = await judge(record)
    const findings = found.map(shortened)
    const compliant = !isRun(wanted) || conforms.includes(wanted)
    const compliant2 = compare ? (await compare(record)).conforms.includes(former.profile) : isRun(former.profile) ? conforms.includes(former.profile) : null
    // A gate is no standard that a description could be said to follow.
    const followed = conforms.filter(name => !withholding.includes(name))
    return { findings, conforms: followed, quality: measure(record, dataset, lists, { compliant, compliant2, languages }) }
  }
}

/** What data.europa.eu judges by today. */
const [, former] = standards
