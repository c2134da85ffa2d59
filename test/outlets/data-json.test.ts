import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { corpus } from '../corpus.ts'
import { openPublished, type Published } from './served.ts'

let site: Published
beforeAll(async () => {
  site = await openPublished()
})
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

type Dataset = Record<string, unknown> & { identifier: string; distribution?: Record<string, string>[] }
const read = async () => (await (await site.get('/data.json')).json()) as { conformsTo: string; dataset: Dataset[] }
const one = async (id: string) => (await read()).dataset.find(each => each.identifier.endsWith(id))!

test('data.json holds every dataset and series that is shown, by its IRI, and nothing that is kept back', async () => {
  const text = await (await site.get('/data.json')).text()
  expect(text).not.toContain('secret')
  expect((await read()).dataset.map(({ identifier }) => identifier).sort()).toEqual(
    ['dataset/barrages', 'dataset/mechant', 'dataset/nu', 'series/eau'].map(each => `https://data.example.org/${each}`),
  )
})

test('a dataset says in the words of DCAT-US what its record says in those of DCAT-AP', async () => {
  expect(await one('barrages')).toMatchObject({
    title: 'Remplissage des barrages',
    keyword: ['barrage', 'eau potable', 'سد'],
    modified: '2025-11-04',
    contactPoint: { fn: 'Service des données', hasEmail: 'mailto:donnees@eau.example.org' },
    accessLevel: 'public',
    accrualPeriodicity: 'R/P1D',
    spatial: '-13,27,-1,36',
    language: ['fr'],
    license: 'http://publications.europa.eu/resource/authority/licence/CC_BY_4_0',
    isPartOf: 'https://data.example.org/series/eau',
  })
  expect((await one('barrages')).distribution).toContainEqual({
    '@type': 'dcat:Distribution',
    title: 'Série journalière',
    downloadURL: 'https://eau.example.org/barrages.csv',
    accessURL: 'https://eau.example.org/barrages',
    mediaType: 'text/csv',
    format: 'CSV',
  })
})

test('what a dataset does not say, and the schema asks for, is told by what comes closest', async () => {
  expect(await one('nu')).toMatchObject({
    keyword: ['Nu'],
    accessLevel: 'public',
    modified: expect.stringMatching(/^\d{4}-/) as string,
    publisher: { name: 'Essai' },
  })
})

test('it is not sent again to who holds it, and says since when it is so', async () => {
  const first = await site.get('/data.json')
  expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect((await site.get('/data.json', { 'If-None-Match': first.headers.get('etag')! })).status).toBe(304)
})

const schemas = join(corpus ?? '/nowhere', 'data-json/GSA__ckanext-datajson/pod_schema/non-federal-v1.1')
test.skipIf(!existsSync(schemas))('the schema of DCAT-US 1.1 finds nothing but contacts without an address (needs the corpus)', async () => {
  // Of an older draft, which names a schema by `id`.
  const schema = JSON.parse(readFileSync(join(schemas, 'dataset-non-federal.json'), 'utf8'), (key, value: unknown) =>
    /^(?:id|\$schema)$/.test(key) && typeof value === 'string' ? undefined : value,
  ) as object
  const valid = new Ajv({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false }).compile(schema)
  const faults = (await read()).dataset.flatMap(each => {
    const named = each.identifier
    return valid(each as unknown) ? [] : valid.errors!.map(({ instancePath, message }) => `${named} ${instancePath} ${message}`)
  })
  expect(faults.filter(fault => !/hasEmail|contactPoint/.test(fault))).toEqual([])
})
