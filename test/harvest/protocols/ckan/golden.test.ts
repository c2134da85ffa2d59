import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ckan } from '../../../../src/harvest/protocols/ckan/ckan.ts'
import { mapPackage } from '../../../../src/harvest/protocols/ckan/mapping.ts'
import type { JsonObject } from '../../../../src/harvest/readers/json/values.ts'
import { Graph, instances, renamed } from '../../../../src/rdf/graph.ts'
import { dcat } from '../../../../src/rdf/namespaces.ts'
import { parse } from '../../../../src/rdf/parse.ts'
import type { NamedNode } from '../../../../src/rdf/terms.ts'
import { corpus } from '../../../corpus.ts'
import { base, golden, mint } from '../golden.ts'

// The examples of ckanext-dcat: a package, and the DCAT that is the same dataset. What we make of each, both normalised.

const pairs: [name: string, ckan: string, dcat: string, language: string][] = [
  ['multilingual', 'ckan_dataset_multilingual.json', 'dataset_multilingual.ttl', 'en'],
  ['health', 'health_dcat_ap.json', 'dataset_health.ttl', 'en'],
]

const { needless, normalised, unexplained } = golden('ckan/golden-differences.tsv')

if (!corpus) console.warn('ckan-golden.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('packages become what ckanext-dcat has for the same dataset, but for what is meant', () => {
  test.each(pairs)('%s', async (name, json, rdf, language) => {
    const sent = JSON.parse(readFileSync(join(corpus!, 'ckan/ckan__ckanext-dcat/ckan', json), 'utf8')) as JsonObject | JsonObject[]
    const [item = {}] = [sent].flat()
    const { quads } = await parse(readFileSync(join(corpus!, 'dcat-feeds/ckan__ckanext-dcat/dcat', rdf)), { url: `${base}/` })
    const theirGraph = new Graph(quads)
    const their = instances(theirGraph, dcat.Dataset)[0] as NamedNode
    const options = ckan.options.parse({}) as object
    const mapped = mapPackage({ id: name, ...item }, { site: 'https://portal.example.org', language, ...options } as never)(mint)
    const ours = normalised(renamed(mapped.graph, mapped.dataset, their), their, language)
    const theirs = normalised(theirGraph, their, language)
    expect(unexplained(name, theirs, ours)).toEqual([])
  })

  test('no difference is listed that is none any more', () => {
    expect(needless()).toEqual([])
  })
})
