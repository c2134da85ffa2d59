import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mapIso } from '../../../../src/harvest/formats/iso/mapping.ts'
import { readXml } from '../../../../src/harvest/readers/xml/xml.ts'
import { Graph } from '../../../../src/rdf/graph.ts'
import { foaf } from '../../../../src/rdf/namespaces.ts'
import { parse } from '../../../../src/rdf/parse.ts'
import { namedNode, type NamedNode } from '../../../../src/rdf/terms.ts'
import { corpus } from '../../../corpus.ts'
import { base, golden, mint } from '../../protocols/golden.ts'

// The official pairs of ISO 19139 and the GeoDCAT-AP that SEMIC's stylesheet makes of it: what we make of the same record, both normalised.

const folder = join(corpus ?? '', 'csw-iso/SEMICeu__iso-19139-to-dcat-ap/tests/test-cases')

const { needless, normalised, unexplained } = golden('csw/golden-differences.tsv')

if (!corpus) console.warn('iso-golden.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('ISO records become what the official stylesheet makes of them, but for what is meant', () => {
  test.each(corpus ? readdirSync(folder) : [])('%s', async name => {
    const { root } = readXml({ url: 'https://portal.example.ma/input.xml', body: readFileSync(join(folder, name, 'input.xml')) })
    const mapped = mapIso(root, { language: 'en' })(mint)
    const ours = normalised(mapped.graph, mapped.dataset, 'en')
    const { quads } = await parse(readFileSync(join(folder, name, 'expected_output.ttl')), { url: `${base}/`, mediaType: 'text/turtle' })
    const theirGraph = new Graph(quads)
    const theirs = normalised(theirGraph, theirGraph.subjects(namedNode(`${foaf.iri}isPrimaryTopicOf`))[0] as NamedNode, 'en')
    expect(unexplained(name, theirs, ours)).toEqual([])
  })

  test('no difference is listed that is none any more', () => {
    expect(needless()).toEqual([])
  })
})
