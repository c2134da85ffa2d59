import { workerData } from 'node:worker_threads'
import { Graph } from '../rdf/graph.ts'
import { readLines } from '../rdf/own-lines.ts'
import { namedNode } from '../rdf/terms.ts'
import { listsOf } from '../vocabulary/vocabulary.ts'
import { mostOfOneRule } from './finding.ts'
import { loadProfile } from './profiles.ts'
import { measure } from './quality.ts'
import { validator } from './shacl.ts'
import type { Checked, Settings, ToCheck } from './validate.ts'

const { shapes, base, lists, profiles, compliance } = workerData as Settings
const vocabulary = listsOf(lists)
const validate = validator(await Promise.all(profiles.map(name => loadProfile(shapes, base, name))), vocabulary, mostOfOneRule)

/** One batch: validates and measures each record. */
export default async function check(batch: ToCheck[]): Promise<Checked[]> {
  const checked: Checked[] = []
  for (const { dataset, graph: text } of batch) {
    const record = new Graph(readLines(text))
    const findings = await validate(record)
    const compliant = !findings.some(finding => finding.severity === 'violation' && finding.profile === compliance)
    checked.push({ findings, quality: measure(record, namedNode(dataset), vocabulary, compliant) })
  }
  return checked
}
