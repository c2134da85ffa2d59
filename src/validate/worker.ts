import { workerData } from 'node:worker_threads'
import { Parser } from 'n3'
import { graph, namedNode, type Quad } from '../rdf/terms.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { loadProfile } from './profiles.ts'
import { measure } from './quality.ts'
import { validator } from './shacl.ts'
import type { Checked, Settings, ToCheck } from './validate.ts'

const { shapes, ontologies, base, profiles } = (workerData as { settings?: Settings }).settings ?? (workerData as Settings)
const vocabulary = await loadVocabulary(ontologies, base)
const validators = await Promise.all(profiles.map(async name => validator(await loadProfile(shapes, base, name), vocabulary)))

/** One batch: validates and measures each record. */
export default async function check(batch: ToCheck[]): Promise<Checked[]> {
  const checked: Checked[] = []
  for (const { dataset, graph: text } of batch) {
    const data = graph(new Parser({ format: 'N-Triples' }).parse(text) as Quad[])
    const findings = (await Promise.all(validators.map(validate => validate(data)))).flat()
    const compliant = !findings.some(finding => finding.severity === 'violation' && finding.profile === 'dcat-ap')
    checked.push({ findings, quality: measure(data, namedNode(dataset), vocabulary, compliant) })
  }
  return checked
}
