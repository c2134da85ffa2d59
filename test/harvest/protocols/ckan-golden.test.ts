import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { root as project } from '../../../src/files.ts'
import { ckan } from '../../../src/harvest/protocols/ckan.ts'
import type { Package } from '../../../src/harvest/protocols/ckan-api.ts'
import { mapPackage } from '../../../src/harvest/protocols/ckan-mapping.ts'
import { normalise } from '../../../src/normalise/steps.ts'
import { parse } from '../../../src/rdf/parse.ts'
import { dcat, graph, instances, renamed, type Graph, type NamedNode } from '../../../src/rdf/terms.ts'
import { loadVocabulary, type Vocabulary } from '../../../src/vocabulary/vocabulary.ts'
import { corpus } from '../../corpus.ts'
import { statements } from './statements.ts'

// The examples of ckanext-dcat: a package, and the DCAT that is the same dataset. What we make of each, both normalised.

const base = 'https://catalogue.example.ma'
const mint = { base, record: `${base}/record/r`, dataset: `${base}/id/dataset/r` }
const pairs: [name: string, ckan: string, dcat: string, language: string][] = [
  ['multilingual', 'ckan_dataset_multilingual.json', 'dataset_multilingual.ttl', 'en'],
  ['health', 'health_dcat_ap.json', 'dataset_health.ttl', 'en'],
]

/** Differences that are meant: [of the case, `-` theirs only or `+` ours only, statements (path and value), why]. */
const meant = readFileSync(join(import.meta.dirname, 'ckan/golden-differences.tsv'), 'utf8').split('\n').slice(1).filter(Boolean).map(line => {
  const [cases = '', side = '', pattern = '', why = ''] = line.split('\t')
  return { cases: new RegExp(`^(${cases})$`), side, pattern: new RegExp(`^(?:${pattern})$`), why }
})

let vocabulary: Vocabulary
beforeAll(async () => { vocabulary = await loadVocabulary(join(project, 'ontologies'), base) })

function normalised(from: Graph, dataset: NamedNode, language: string): Set<string> {
  const draft = { graph: from, dataset, record: mint.record, base, defaults: { language }, vocabulary, repairs: [] }
  normalise(draft)
  return new Set(statements(from, dataset, mint.record))
}

if (!corpus) console.warn('ckan-golden.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

const used = new Set<string>()

describe.skipIf(!corpus)('packages become what ckanext-dcat has for the same dataset, but for what is meant', () => {
  test.each(pairs)('%s', async (name, json, rdf, language) => {
    const sent = JSON.parse(readFileSync(join(corpus!, 'ckan/ckan__ckanext-dcat/ckan', json), 'utf8')) as Package | Package[]
    const [item = {}] = [sent].flat()
    const { quads } = await parse(readFileSync(join(corpus!, 'dcat-feeds/ckan__ckanext-dcat/dcat', rdf)), { url: `${base}/` })
    const theirGraph = graph(quads)
    const their = instances(theirGraph, dcat.Dataset)[0] as NamedNode
    const options = ckan.options.parse({}) as object
    const mapped = mapPackage({ id: name, ...item }, { site: 'https://portal.example.org', language, ...options } as never)(mint)
    const ours = normalised(renamed(mapped.graph, mapped.dataset, their), their, language)
    const theirs = normalised(theirGraph, their, language)
    const differences = [...[...theirs].filter(each => !ours.has(each)).map(each => ['-', each] as const), ...[...ours].filter(each => !theirs.has(each)).map(each => ['+', each] as const)]
    const unexplained = differences.filter(([side, statement]) => {
      const reasons = meant.filter(each => each.cases.test(name) && each.side.includes(side) && each.pattern.test(statement))
      for (const { why, pattern } of reasons) used.add(`${side} ${pattern.source} ${why}`)
      return reasons.length === 0
    })
    expect(unexplained.map(each => each.join(' ')).sort()).toEqual([])
  })

  test('no difference is listed that is none any more', () => {
    expect(meant.flatMap(({ side, pattern, why }) => [...side].map(each => `${each} ${pattern.source} ${why}`)).filter(each => !used.has(each))).toEqual([])
  })
})
