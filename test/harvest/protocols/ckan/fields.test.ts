import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { corpus } from '../../../corpus.ts'
import { startPortal, type Portal } from '../../../portal.ts'
import { openHouse, type House } from '../../harvest.ts'
import { ckanAnswers } from './portal.ts'

// Every field that ckanext-dcat knows, as its own examples send them: nothing said is lost on the way.

if (!corpus) console.warn('ckan-fields.test.ts is skipped: set FIHRIST_CORPUS to the folder of recorded portal responses.')

/** What is not kept as it was sent: what CKAN needs for itself, and what becomes a concept, a date or a shape. */
const otherwise =
  /\.(state|key|type|url_type|package_id|position|isopen|private|num_\w+|revision_id|creator_user_id|owner_org|language|frequency|format|mimetype|hash_algorithm|vocabulary_id|image_url|coordinates)(\.|$)|metadata_|\.(issued|modified|created|last_modified)$/

function* leaves(value: unknown, path = ''): Generator<[path: string, text: string]> {
  if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) yield* leaves(each, `${path}.${key}`)
  else if (value !== null && value !== '') yield [path, String(value)]
}

const eu = 'http://publications.europa.eu/resource/authority/'

test.each([
  ['a word of the list', { dataset_status: 'Prévu' }, 'id/status/planned'],
  ['a word beside the fields', { extras: [{ key: 'status', value: 'active' }] }, 'id/status/published'],
  ['an IRI of ADMS, which the European list has', { adms_status: 'http://purl.org/adms/status/Completed' }, `${eu}distribution-status/COMPLETED`],
  ['its own record, which says nothing of the data', { state: 'active' }, undefined],
])('where a dataset stands is told by %s', async (_by, fields, expected) => {
  const house = await openHouse()
  const portal = await startPortal(ckanAnswers([{ id: 'a', name: 'a', title: 'Eau', ...fields }]))
  try {
    await house.harvest(house.source('ckan', portal.url, { language: 'fr' }))
    const [, status] = /adms#status> <([^>]*)>/.exec(house.graph(house.records()[0]!.id).replaceAll(/<[^>]*record\/[^>]*> <[^>]*adms#status> .*\n/g, '')) ?? []
    expect(status?.replace('https://catalogue.example.ma/', '')).toBe(expected)
  } finally {
    await portal.close()
    await house.close()
  }
})

describe.skipIf(!corpus)('the examples of ckanext-dcat', () => {
  let house: House
  let portal: Portal
  beforeAll(async () => {
    house = await openHouse()
  })
  afterAll(async () => {
    await portal.close()
    await house.close()
  })

  test('every field of a full dataset is in its graph', async () => {
    const item = JSON.parse(readFileSync(join(corpus!, 'ckan/ckan__ckanext-dcat/ckan/ckan_full_dataset_dcat_ap.json'), 'utf8')) as Record<string, unknown>
    portal = await startPortal(ckanAnswers([{ id: 'full', ...item }]))
    expect(await house.harvest(house.source('ckan', portal.url, { language: 'en' }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    const graph = house.graph(house.records()[0]!.id)
    const lost = [...leaves(item)].filter(([path, text]) => !otherwise.test(path) && !graph.includes(text)).map(([path, text]) => `${path} = ${text}`)
    expect(lost).toEqual([
      // These three are written as the lists write them.
      '.resources.0.compress_format = http://www.iana.org/assignments/media-types/application/gzip',
      '.resources.0.status = http://purl.org/adms/status/Completed',
      '.resources.0.license = http://creativecommons.org/licenses/by/3.0/',
    ])
  })

  test('two contacts, two periods, a place with its shape, a service', async () => {
    const graph = house.graph(house.records()[0]!.id)
    expect(graph.match(/<http:\/\/www.w3.org\/ns\/dcat#contactPoint>/g)).toHaveLength(2)
    expect(graph.match(/<http:\/\/purl.org\/dc\/terms\/temporal>/g)).toHaveLength(2)
    expect(graph).toContain('POLYGON((')
    expect(graph).toContain('<http://www.w3.org/ns/dcat#accessService>')
    expect(graph).toContain('checksumAlgorithm_sha1')
  })
})
