import { beforeEach, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { respond } from '../../portal.ts'
import { ckanAnswers, packageOf, type Package } from '../protocols/ckan/portal.ts'
import { house, onStage, portal } from '../stage.ts'

// Asking a CKAN portal only for what changed.

const old = '2024-01-01T08:00:00.000000'
let packages: Package[]
let source: Source
onStage()
beforeEach(async () => {
  packages = Array.from({ length: 10 }, (_, at) => packageOf(`n${at}`, { metadata_modified: at === 9 ? '2024-03-01T10:30:00.123456' : old }))
  portal.answers = ckanAnswers(packages)
  source = house.source('ckan', portal.url)
  await house.harvest(source)
  portal.asked.length = 0
})

const asked = () => portal.asked.map(path => new URL(path, 'http://portal').searchParams)
const rowsRead = () => asked().filter(query => query.get('rows') !== '0')

test('the second run asks for what changed since the newest date it saw, and a day before; the rest is unchanged', async () => {
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 10, unchanged: 10, updated: 0 })
  expect(rowsRead().map(query => query.get('fq'))).toEqual(['metadata_modified:[2024-02-29T10:30:00.123Z TO *]'])
})

test('an edited dataset is updated, the others are vouched for', async () => {
  packages[3] = { ...packages[3], title: 'Titre corrigé', metadata_modified: '2024-03-02T00:00:00.000000' }
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 10, updated: 1, unchanged: 9 })
  expect(house.records().find(record => record.key === 'n3')!.title).toEqual({ fr: 'Titre corrigé' })
})

test('a deletion at the portal is noticed by its count: all is read, the record is missing', async () => {
  packages.pop()
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 9, unchanged: 9, missing: 1 })
  expect(rowsRead().map(query => query.get('fq'))).toEqual([null])
  expect(house.records().find(record => record.key === 'n9')!.admission).toBe('missing')
})

test('a new dataset is noticed by the count too', async () => {
  packages.push(packageOf('late', { metadata_modified: old }))
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 1, unchanged: 10 })
})

test('full reads everything, even where the date says that nothing changed', async () => {
  packages[3] = { ...packages[3], title: 'Changé sans date' }
  expect(await house.harvest(source)).toMatchObject({ updated: 0 })
  expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', updated: 1, unchanged: 9 })
})

test('a date in the future does not hide the changes before it', async () => {
  packages[0] = { ...packages[0], title: 'Venu du futur', metadata_modified: '2199-01-01T00:00:00.000000' }
  await house.harvest(source)
  packages[3] = { ...packages[3], title: 'Changé ensuite', metadata_modified: new Date().toISOString().replace('Z', '') }
  expect(await house.harvest(source)).toMatchObject({ updated: 1 })
})

test('a portal that cannot filter by date is read whole', async () => {
  const whole = portal.answers['/api/3/action/package_search?*']!
  portal.answers = {
    '/api/3/action/package_search?*': (request, response) => {
      if (request.url!.includes('fq=')) response.writeHead(409).end(JSON.stringify({ success: false, error: { message: 'Search error' } }))
      else respond(whole, request, response)
    },
  }
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 10, unchanged: 10, problems: [] })
})

test('where the options of the source changed, all is mapped anew', async () => {
  packages.forEach((each, at) => {
    packages[at] = { ...each, geographic_coverage: 'Maroc' }
  })
  await house.harvest(source, { full: true })
  const mapped = house.source('ckan', portal.url, { options: { fields: { geographic_coverage: 'dct:spatial' } } })
  expect(await house.harvest(mapped)).toMatchObject({ state: 'complete', updated: 10 })
})

test('a lost run does not move the date that the next one starts from', async () => {
  packages[3] = { ...packages[3], title: 'Titre corrigé', metadata_modified: '2024-04-01T00:00:00.000000' }
  packages[4] = { ...packages[4], title: 'Titre corrigé', metadata_modified: '2024-03-15T00:00:00.000000' }
  const { answers } = portal
  const small = house.source('ckan', portal.url, { options: { pageSize: 1 } })
  await house.harvest(small)
  packages[5] = { ...packages[5], title: 'Titre corrigé', metadata_modified: '2024-04-02T00:00:00.000000' }
  packages[6] = { ...packages[6], title: 'Titre corrigé', metadata_modified: '2024-06-01T00:00:00.000000' }
  portal.answers = {
    '/api/3/action/package_search?*': (request, response) => {
      const query = new URL(request.url!, 'http://portal').searchParams
      if (query.get('start') === '1') response.writeHead(404).end()
      else respond(answers['/api/3/action/package_search?*']!, request, response)
    },
  }
  expect(await house.harvest(small)).toMatchObject({ state: 'partial' })
  portal.answers = answers
  await house.harvest(small)
  expect(['n3', 'n4', 'n5', 'n6'].map(key => house.records().find(record => record.key === key)!.title['fr'])).toEqual(Array(4).fill('Titre corrigé'))
})

test('progress is told for every record, unchanged ones too', async () => {
  const told: [number, number | undefined][] = []
  await house.harvest(source, { full: true, progress: (seen, expected) => told.push([seen, expected]) })
  expect(told).toEqual(Array.from({ length: 10 }, (_, at) => [at + 1, 10]))
})
