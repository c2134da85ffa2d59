import { addressesOf } from '../config/addresses.ts'
import type { Graph } from '../rdf/graph.ts'
import type { NamedNode } from '../rdf/terms.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { mostOfOneRule, type Finding } from './finding.ts'
import { loadProfile, withAbove } from './profiles.ts'
import { measure, type Quality } from './quality.ts'
import { judging } from './shacl.ts'

/** What records are validated against. */
export interface Settings {
  shapes: string
  base: string
  profiles: string[]
  /** The profiles that keep a record from being published. */
  blocking: string[]
  /** The profile that a record without a violation of it complies with. */
  compliance?: string | undefined
}

export interface Checked {
  findings: (Finding & { constraint: string })[]
  quality: Quality
}

/** SHACL and quality of one record. */
export type Check = (record: Graph, dataset: NamedNode) => Promise<Checked>

/** Compiles the profiles. Throws a Problem `configuration` where one is not there, or something in it is broken. */
export async function openCheck({ shapes, base, profiles, blocking, compliance }: Settings, lists: Lists): Promise<Check> {
  const loaded = await Promise.all(profiles.map(name => loadProfile(shapes, base, name)))
  const wanted = withAbove(loaded).find(({ name }) => name === (compliance ?? 'dcat-ap'))?.name
  const judge = judging(loaded, lists, {
    most: mostOfOneRule,
    first: blocking,
    passes: addressesOf(base).isPortalRecord,
  })
  return async (record, dataset) => {
    const { findings, conforms } = await judge(record)
    return { findings, quality: measure(record, dataset, lists, wanted === undefined || conforms.includes(wanted)) }
  }
}
