import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { ckanAnswers, packageOf } from '../harvest/ckan-portal.ts'
import { feed } from '../harvest/dcat-feed.ts'
import { openHouse } from '../harvest/harvest.ts'
import type { Answer } from '../portal.ts'
import { edition, everywhere, openWhole, type Whole } from './catalogue.ts'

// Reports of peers: one dataset that becomes two, and addresses that do not last.

const turtle = (body: string): Answer => ({ type: 'text/turtle', body })
const many = (count: number) => Array.from({ length: count }, (_, at) => packageOf(`p${String(at).padStart(3, '0')}`))

let whole: Whole
afterEach(async () => {
  expect(whole.failures).toEqual([])
  await whole.close()
})

/** The same list in another order, the same for the same salt. */
const shuffled = <T>(list: T[], salt: number): T[] => list.map((each, at) => [createHash('md5').update(`${salt} ${at}`).digest('hex'), each] as const).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each)

test('GSA/data.gov#2981: a portal of 553 records is 553 datasets here, after every run', async () => {
  const packages = many(553)
  whole = await openWhole('ckan', ckanAnswers(packages), { options: { incremental: false } })
  for (let run = 0; run < 3; run++) {
    whole.portal.answers = ckanAnswers(shuffled(packages, run).map((each, at) => (at % 3 === run ? { ...each, notes: `Description ${run}` } : each)))
    expect(await whole.settle({ full: run === 2 })).toMatchObject({ state: 'complete', seen: 553, added: run === 0 ? 553 : 0 })
  }
  expect(await whole.counts()).toEqual(everywhere(553))
})

test('GSA/data.gov#3968: records whose text changes all at once are new versions and not new datasets', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b', 'c'])) })
  await whole.harvest()
  const before = whole.house.records().map(({ id, dataset }) => [id, dataset])
  whole.portal.answers = { '/feed.ttl': turtle(feed(['c', 'a', 'b'], { edition: 2 }).replaceAll('Jeu', 'Nouveau jeu')) }
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 0, updated: 3 })
  expect(whole.house.records().map(({ id, dataset }) => [id, dataset])).toEqual(before)
  expect(await whole.counts()).toEqual(everywhere(3))
})

test('GSA/data.gov#3846: the second run of a feed without IRIs, in another order and with other labels for its blank nodes, adds nothing', async () => {
  const anonymous = (order: number[], prefix: string) => `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .\n${order.map(at => `_:${prefix}${at} a dcat:Dataset ; dct:identifier "https://www.arcgis.example/home/item.html?id=${at}" ; dct:title "Couche ${at}"@fr ; dcat:contactPoint [ vcard:fn "SIG"@fr ] ; dcat:distribution [ dcat:accessURL <https://arcgis.example.org/${at}> ] , [ dcat:accessURL <https://arcgis.example.org/${at}.csv> ] .`).join('\n')}`
  whole = await openWhole('dcat', { '/feed.ttl': turtle(anonymous([1, 2, 3, 4], 'a')) })
  expect(await whole.harvest()).toMatchObject({ state: 'complete', added: 4 })
  whole.portal.answers = { '/feed.ttl': turtle(anonymous([3, 1, 4, 2], 'zz')) }
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 0, updated: 0, unchanged: 4, missing: 0 })
  expect(await whole.counts()).toEqual(everywhere(4))
})

test('SEMICeu/DCAT-AP#106, SEMICeu/DCAT-AP#223: a dataset keeps its IRI and its identifier from catalogue to catalogue to catalogue', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b']).replace('dct:title "Jeu a"@fr', 'dct:identifier "MA-0001" ; dct:title "Jeu a"@fr')) })
  await whole.settle()
  const second = await openHouse(edition.replace('https://catalogue.example.ma', 'https://region.example.ma'))
  expect(await second.harvest(second.source('dcat', `${whole.url}/catalog.ttl`, { id: 'national', robots: false }))).toMatchObject({ state: 'complete', added: 2 })
  expect(second.records().map(({ dataset }) => dataset).sort()).toEqual(whole.house.records().map(({ dataset }) => dataset).sort())
  const a = second.records().find(({ key }) => key.endsWith('/a'))!
  expect(second.graph(a.id)).toContain('<http://purl.org/dc/terms/identifier> "MA-0001"')
  // The chain is walked again and nothing has changed.
  await whole.settle({ full: true })
  expect(await second.harvest(second.source('dcat', `${whole.url}/catalog.ttl`, { id: 'national', robots: false }), { full: true })).toMatchObject({ state: 'complete', unchanged: 2 })
  await second.close()
})

test('Informasjonsforvaltning/fdk#3011: a dataset that stands on two pages of a feed, or twice on one, is shown once', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b'], { next: '?page=2' })), '/feed.ttl?page=2': turtle(`${feed(['b', 'c'])}${feed(['c']).replace(/@prefix[^\n]*\n/g, '')}`) })
  expect(await whole.settle()).toMatchObject({ state: 'complete', seen: 3, added: 3, failed: 0 })
  expect(await whole.counts()).toEqual(everywhere(3))
})

test('GSA/data.gov#2805: the address of a dataset is made of its name and holds no chance: another catalogue, another order, another day give the same', async () => {
  const packages = [...many(4), packageOf('x1', { name: 'budget' }), packageOf('x2', { name: 'Budget!' }), packageOf('x3', { name: 'ميزانية' })]
  whole = await openWhole('ckan', ckanAnswers(packages))
  await whole.settle()
  const ids = (house: typeof whole.house) => Object.fromEntries(house.records().map(({ key, id }) => [key, id]))
  const before = ids(whole.house)
  expect(before['p000']).toBe('portal-jeu-p000')
  expect(new Set(Object.values(before)).size).toBe(7)
  const again = whole.house.fresh()
  await again.harvest(whole.source)
  expect(ids(again)).toEqual(before)
  again.ledger.close()
  whole.portal.answers = ckanAnswers(packages.map(each => ({ ...each, title: 'Un autre titre', name: `${String(each['name'])}-2` })))
  await whole.harvest({ full: true })
  expect(ids(whole.house)).toEqual(before)
})
