import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { root as project } from '../../../src/files.ts'
import { mapIso } from '../../../src/harvest/protocols/iso-mapping.ts'
import { readXml } from '../../../src/harvest/protocols/xml.ts'
import { normalise } from '../../../src/normalise/steps.ts'
import { parse } from '../../../src/rdf/parse.ts'
import { foaf, graph, type Graph, type NamedNode } from '../../../src/rdf/terms.ts'
import { loadVocabulary, type Vocabulary } from '../../../src/vocabulary/vocabulary.ts'
import { corpus } from '../../corpus.ts'
import { statements } from './statements.ts'

// The official pairs of ISO 19139 and the GeoDCAT-AP that SEMIC's stylesheet makes of it: what we make of the same record, both normalised.

const base = 'https://catalogue.example.ma'
const mint = { base, record: `${base}/record/r`, dataset: `${base}/id/dataset/r` }
const folder = join(corpus ?? '', 'csw-iso/SEMICeu__iso-19139-to-dcat-ap/tests/test-cases')

/** Differences that are meant: [of the case, `-` theirs only or `+` ours only, statements (path and value), why]. */
const meant = readFileSync(join(import.meta.dirname, 'csw/golden-differences.tsv'), 'utf8').split('\n').slice(1).filter(Boolean).map(line => {
  const [cases = '', side = '', pattern = '', why = ''] = line.split('\t')
  return { cases: new RegExp(`^(${cases})$`), side, pattern: new RegExp(`^${pattern}$`), why }
})

let vocabulary: Vocabulary
beforeAll(async () => { vocabulary = await loadVocabulary(join(project, 'ontologies'), base) })

function normalised(from: Graph, dataset: NamedNode): Set<string> {
  const draft = { graph: from, dataset, record: mint.record, base, defaults: { language: 'en' }, vocabulary, repairs: [] }
  normalise(draft)
  return new Set(statements(from, dataset, mint.record))
}

if (!corpus) console.warn('iso-golden.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

const used = new Set<string>()

describe.skipIf(!corpus)('ISO records become what the official stylesheet makes of them, but for what is meant', () => {
  test.each(corpus ? readdirSync(folder) : [])('%s', async name => {
    const { root } = readXml({ url: 'https://portal.example.ma/input.xml', body: readFileSync(join(folder, name, 'input.xml')) })
    const mapped = mapIso(root, { language: 'en' })(mint)
    const ours = normalised(mapped.graph, mapped.dataset)
    const { quads } = await parse(readFileSync(join(folder, name, 'expected_output.ttl')), { url: `${base}/`, mediaType: 'text/turtle' })
    const theirGraph = graph(quads)
    const theirs = normalised(theirGraph, theirGraph.getSubjects(`${foaf.iri}isPrimaryTopicOf`, null, null)[0] as unknown as NamedNode)
    const differences = [...[...theirs].filter(each => !ours.has(each)).map(each => ['-', each] as const), ...[...ours].filter(each => !theirs.has(each)).map(each => ['+', each] as const)]
    const unexplained = differences.filter(([side, statement]) => {
      const reasons = meant.filter(each => each.cases.test(name) && each.side.includes(side) && each.pattern.test(statement))
      for (const { why, pattern } of reasons) used.add(`${side} ${pattern.source} ${why}`)
      return reasons.length === 0
    })
    expect(unexplained.map(each => each.join(' ')).sort()).toEqual([])
  })

  test('no difference is listed that is none any more', () => {
    expect(meant.map(({ side, pattern, why }) => `${side} ${pattern.source} ${why}`).filter(each => !used.has(each))).toEqual([])
  })
})
