import { workerData } from 'node:worker_threads'
import { readLines } from '../rdf/parse.ts'
import { graph, namedNode } from '../rdf/terms.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { loadProfile } from './profiles.ts'
import { measure } from './quality.ts'
import { validator } from './shacl.ts'
import type { Checked, Settings, ToCheck } from './validate.ts'

const { shapes, ontologies, base, profiles } = (workerData as { settings?: Settings }).settings ?? (workerData as Settings)
const vocabulary = await loadVocabulary(ontologies, base)
const validate = validator(await Promise.all(profiles.map(name => loadProfile(shapes, base, name))), vocabulary)

/** One batch: validates and measures each record. */
export default async function check(batch: ToCheck[]): Promise<Checked[]> {
  const checked: Checked[] = []
  for (const { dataset, graph: text } of batch) {
    const data = graph(readLines(text))
    const findings = await validate(data)
    const compliant = !findings.some(finding => finding.severity === 'violation' && finding.profile === 'dcat-ap')
    checked.push({ findings, quality: measure(data, namedNode(dataset), vocabulary, compliant) })
  }
  return checked
}
