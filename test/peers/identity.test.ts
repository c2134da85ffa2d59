import { createHash } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { openHouse } from '../harvest/harvest.ts'
import { ckanAnswers, packageOf } from '../harvest/protocols/ckan/portal.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { turtle } from '../portal.ts'
import { edition, everywhere, openWhole, type Whole } from './catalogue.ts'

// Reports of peers: one dataset that becomes two, and addresses that do not last.

const many = (count: number) => Array.from({ length: count }, (_, at) => packageOf(`p${String(at).padStart(3, '0')}`))

let whole: Whole
afterEach(async () => {
  expect(whole.failures).toEqual([])
  await whole.close()
})

/** The same list in another order, the same for the same salt. */
const shuffled = <T>(list: T[], salt: number): T[] =>
  list
    .map((each, at) => [createHash('md5').update(`${salt} ${at}`).digest('hex'), each] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, each]) => each)

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
  const anonymous = (order: number[], prefix: string) =>
    `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .\n${order.map(at => `_:${prefix}${at} a dcat:Dataset ; dct:identifier "https://www.arcgis.example/home/item.html?id=${at}" ; dct:title "Couche ${at}"@fr ; dcat:contactPoint [ vcard:fn "SIG"@fr ] ; dcat:distribution [ dcat:accessURL <https://arcgis.example.org/${at}> ] , [ dcat:accessURL <https://arcgis.example.org/${at}.csv> ] .`).join('\n')}`
  whole = await openWhole('dcat', { '/feed.ttl': turtle(anonymous([1, 2, 3, 4], 'a')) })
  expect(await whole.harvest()).toMatchObject({ state: 'complete', added: 4 })
  whole.portal.answers = { '/feed.ttl': turtle(anonymous([3, 1, 4, 2], 'zz')) }
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 0, updated: 0, unchanged: 4, missing: 0 })
  expect(await whole.counts()).toEqual(everywhere(4))
})

test('datagouv/data.gouv.fr#680: a portal that gives all its datasets other ids has the same datasets here, at the addresses they had', async () => {
  const ids = Array.from({ length: 10 }, (_, at) => `couche-${at}`)
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(ids)) })
  await whole.settle()
  const before = whole.house.records().map(({ n, id, issued }) => ({ n, id, issued }))
  whole.portal.answers = { '/feed.ttl': turtle(feed(ids).replaceAll('/dataset/couche-', '/dataset/ville::couche-')) }
  expect(await whole.settle()).toMatchObject({
    state: 'complete',
    added: 0,
    updated: 10,
    missing: 0,
    removed: 0,
    problems: [],
    renamed: expect.toSatisfy((all: unknown[]) => all.length === 10),
  })
  expect(whole.house.records().map(({ n, id, issued }) => ({ n, id, issued }))).toEqual(before)
  expect(await whole.counts()).toEqual(everywhere(10))
  expect((await whole.get(`/dataset/${before[0]!.id}`)).status).toBe(200)
})

test('ckan/ckanext-harvest#377: a dataset that comes through the national and through the regional catalogue is shown once, from the one that comes first, and says who else has it', async () => {
  const region = ['a', 'b', 'c']
  whole = await openWhole(
    'dcat',
    {
      '/feed.ttl': turtle(feed(region)),
      ...ckanAnswers([
        ...region.map(id => packageOf(`copy-${id}`, { resources: [{ id: `r-${id}`, url: `http://www.data.example.org/${id}.csv`, format: 'CSV' }] })),
        packageOf('own'),
      ]),
    },
    { priority: 60 },
  )
  const national = whole.also('ckan', '', { id: 'national', priority: 30 })
  await whole.settle()
  expect(await whole.house.harvest(national)).toMatchObject({ state: 'complete', added: 4 })
  await whole.ready()
  expect(await whole.counts()).toEqual(everywhere(4))
  expect(
    whole.house
      .records()
      .filter(({ canonical }) => canonical === null)
      .map(({ source }) => source),
  ).toEqual(['national', 'national', 'national', 'national'])
  // Who follows an old address comes to the record that is shown; the other source is named there, with what says that it is the same.
  const [back] = whole.house.records().filter(({ source }) => source === 'portal')
  const shown = whole.house.records().find(({ n }) => n === back!.canonical)!
  expect(await (await whole.get(`/fr/record/${back!.id}`, { Accept: 'text/html' })).text()).toContain(`/dataset/${shown.id}"`)
  const page = await (await whole.get(`/fr/dataset/${shown.id}`, { Accept: 'text/html' })).text()
  expect(page).toContain(`/record/${back!.id}"`)
  expect(page).toContain('data.example.org/a.csv')
  // The national catalogue drops its copies: those of the region are shown again.
  whole.portal.answers = { ...whole.portal.answers, ...ckanAnswers([packageOf('own')]) }
  await whole.house.harvest({ ...national, removal: { threshold: 1, graceDays: 0 } })
  await whole.ready()
  expect(await whole.counts()).toEqual(everywhere(4))
  expect(
    whole.house
      .records()
      .filter(({ canonical, admission }) => canonical === null && admission === 'published')
      .map(({ source }) => source),
  ).toEqual(['national', 'portal', 'portal', 'portal'])
})

test('GSA/datagov-wptheme#476, datagouv/data.gouv.fr#997: our own datasets that another portal harvested from us do not come back as its own, and the portal is told', async () => {
  whole = await openWhole('ckan', { ...ckanAnswers(many(5)), '/state.ttl': '' })
  await whole.settle()
  const ours = await (await whole.get('/catalog.ttl')).text()
  whole.portal.answers['/state.ttl'] = turtle(ours + feed(['own']))
  const state = whole.also('dcat', '/state.ttl', { id: 'state', priority: 10, options: { paging: false } })
  // As often as it goes round.
  for (const added of [1, 0]) {
    const report = await whole.house.harvest(state, { full: true })
    expect(report).toMatchObject({ state: 'complete', added, own: 5, problems: [{ code: 'harvest-loop' }] })
    await whole.ready()
    expect(await whole.counts()).toEqual(everywhere(6))
    expect(await (await whole.get(`/fr/sources/state/runs/${report.run}`, { Accept: 'text/html' })).text()).toContain('harvest-loop')
  }
  // A catalogue that is declared as a source of itself.
  const mirror = whole.also('dcat', '/', { id: 'mirror', url: `${whole.url}/catalog.ttl` })
  expect(await whole.house.harvest(mirror)).toMatchObject({ added: 0, own: 6, missing: 0 })
  await whole.ready()
  expect(await whole.counts()).toEqual(everywhere(6))
})

test('GovDataOfficial/ckanext-dcatde#29: what has the same identifier is one dataset, whatever its IRI and title; what only looks alike stays two', async () => {
  const described = (iri: string, identifier: string, title: string, file: string) =>
    `<https://${iri}> a dcat:Dataset ; dct:identifier "${identifier}" ; dct:title "${title}"@fr ; dct:description "Description"@fr ; dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://${file}> ] .\n`
  const uuid = '4c2f9a52-0e8b-4b1d-9a30-5c2f3d0e7b11'
  whole = await openWhole(
    'dcat',
    {
      '/feed.ttl': turtle(
        feed([]) +
          described('one.example.org/d/1', uuid, 'Forages', 'one.example.org/forages.csv') +
          described('one.example.org/d/2', '1', 'Budget', 'one.example.org/budget.csv'),
      ),
      '/other.ttl': turtle(
        feed([]) +
          described('two.example.org/x', `urn:uuid:${uuid.toUpperCase()}`, 'Forages et puits', 'two.example.org/puits.csv') +
          described('two.example.org/y', '1', 'Budget', 'two.example.org/budget.csv'),
      ),
    },
    { priority: 10 },
  )
  await whole.settle()
  expect(await whole.house.harvest(whole.also('dcat', '/other.ttl', { id: 'other', priority: 90 }))).toMatchObject({ state: 'complete', added: 2 })
  await whole.ready()
  expect(await whole.counts()).toEqual(everywhere(3))
  // Twice within one source: the second is named to its portal, and is not quietly one more.
  whole.portal.answers['/feed.ttl'] = turtle(
    feed([]) +
      ['Un', 'Deux'].map(title => described('x', 'meme-identifiant-2024', title, `one.example.org/${title}.csv`).replace('<https://x>', '[]')).join(''),
  )
  expect(await whole.settle({ acceptRemovals: true })).toMatchObject({ added: 1, failed: 1, problems: [{ code: 'duplicate-id' }] })
})

test('SEMICeu/DCAT-AP#106, SEMICeu/DCAT-AP#223: a dataset keeps its IRI and its identifier from catalogue to catalogue to catalogue', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b']).replace('dct:title "Jeu a"@fr', 'dct:identifier "MA-0001" ; dct:title "Jeu a"@fr')) })
  await whole.settle()
  const second = await openHouse(edition.replace('https://catalogue.example.ma', 'https://region.example.ma'))
  expect(await second.harvest(second.source('dcat', `${whole.url}/catalog.ttl`, { id: 'national', robots: false }))).toMatchObject({
    state: 'complete',
    added: 2,
  })
  expect(
    second
      .records()
      .map(({ dataset }) => dataset)
      .sort(),
  ).toEqual(
    whole.house
      .records()
      .map(({ dataset }) => dataset)
      .sort(),
  )
  const a = second.records().find(({ key }) => key.endsWith('/a'))!
  expect(second.graph(a.id)).toContain('<http://purl.org/dc/terms/identifier> "MA-0001"')
  // The chain is walked again and nothing has changed.
  await whole.settle({ full: true })
  expect(await second.harvest(second.source('dcat', `${whole.url}/catalog.ttl`, { id: 'national', robots: false }), { full: true })).toMatchObject({
    state: 'complete',
    unchanged: 2,
  })
  await second.close()
})

test('Informasjonsforvaltning/fdk#3011: a dataset that stands on two pages of a feed, or twice on one, is shown once', async () => {
  whole = await openWhole('dcat', {
    '/feed.ttl': turtle(feed(['a', 'b'], { next: '?page=2' })),
    '/feed.ttl?page=2': turtle(`${feed(['b', 'c'])}${feed(['c']).replace(/@prefix[^\n]*\n/g, '')}`),
  })
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
