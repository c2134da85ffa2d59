import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rebuild } from '../../../src/harvest/run/rebuild.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { shownAt, shownAtRevision } from '../../../src/ledger/records/shown.ts'
import { formatByName } from '../../../src/rdf/formats.ts'
import { changesSince } from '../../../src/store/follower.ts'
import { allSaid } from '../../ledger/said.ts'
import { hydraPage } from '../../outlets/feed.ts'
import { respond, startPortal, type Portal } from '../../portal.ts'
import { ckanAnswers, packageOf, type Package } from '../protocols/ckan/portal.ts'
import { house, onStage, portal } from '../stage.ts'

// Which record is which: of one source, of two, and our own coming back.

onStage()
let other: Portal
beforeEach(async () => {
  other = await startPortal({})
})
afterEach(() => other.close())

const base = 'https://catalogue.example.ma'
const prefixes = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix adms: <http://www.w3.org/ns/adms#> .\n`
const turtle = (iri: string, { title = iri, file = `${iri}/data.csv`, more = '' } = {}) =>
  `<${iri}> a dcat:Dataset ; dct:title "${title}"@fr ; dct:description "Description"@fr ; ${more} dcat:distribution [ a dcat:Distribution ; dcat:downloadURL <${file}> ; dcat:accessURL <${file}> ] .\n`
const feedOf = (body: string, type = 'text/turtle') => ({ '/feed.ttl': { type, body: type === 'text/turtle' ? prefixes + body : body } })
const feedSource = (id: string, of: Portal, more = {}) => house.source('dcat', `${of.url}/feed.ttl`, { id, ...more })
const publication = () => ({ catalogue: house.engine.catalogue, ledger: house.ledger, vocabulary: house.engine.vocabulary, sources: [] })
const shown = () => [...shownAt(house.ledger, currentRevision(house.ledger))].map(({ id }) => id).sort()
const keys = () =>
  Object.fromEntries(
    house
      .records()
      .filter(each => each.admission !== 'removed')
      .map(({ id, key }) => [id, key]),
  )

describe('two sources', () => {
  test('that name the same dataset write a graph each, and only one is shown', async () => {
    for (const each of [portal, other]) each.answers = feedOf(turtle('https://data.example.org/dataset/eau', { title: each === portal ? 'Un' : 'Deux' }))
    await house.harvest(feedSource('one', portal, { priority: 60 }))
    await house.harvest(feedSource('two', other, { priority: 40 }))
    expect(house.graph('one-eau')).toContain('"Un"')
    expect(house.graph('two-eau')).toContain('"Deux"')
    expect(shown()).toEqual(['two-eau'])
    const changes = [...changesSince(publication(), 0).changes]
    expect(changes.map(({ graph }) => graph)).toEqual([`${base}/record/two-eau`])
    expect(changes[0]!.text).toContain(`<${base}/record/two-eau> <https://w3id.org/fihrist#alternate> <${base}/record/one-eau>`)
  })

  test('fill what the shown one leaves out: with whose word it is, in the feed, in facets and search, and no longer once it says so itself', async () => {
    const iri = 'https://data.example.org/dataset/eau'
    const poor = feedOf(turtle(iri, { title: 'Eau' }))
    portal.answers = poor
    const theme = `${base}/id/theme/sante`
    other.answers = feedOf(
      turtle(iri, {
        more: `dct:title "ماء"@ar ; dct:license <http://publications.europa.eu/resource/authority/licence/CC0> ; dcat:theme <${theme}> ; dct:modified "2026-02-03"^^<http://www.w3.org/2001/XMLSchema#date> ;`,
      }),
    )
    await house.harvest(feedSource('one', portal, { priority: 10 }))
    const before = currentRevision(house.ledger)
    await house.harvest(feedSource('two', other, { priority: 40 }))
    expect(shown()).toEqual(['one-eau'])
    const text = () => [...changesSince(publication(), 0).changes].find(({ graph }) => graph === `${base}/record/one-eau`)!.text
    expect(text()).toContain(`<${iri}> <http://www.w3.org/ns/dcat#theme> <${theme}>`)
    expect(text()).toContain(`"ماء"@ar`)
    // A licence is one of files.
    expect(text()).toMatch(/<[^>]*#[^>]*> <http:\/\/purl.org\/dc\/terms\/license> <[^>]*CC0> \./)
    expect(text()).not.toContain(`<${iri}> <http://purl.org/dc/terms/license>`)
    expect(text()).toMatch(/#filled-\w+> <http:\/\/purl.org\/dc\/terms\/source> <https:\/\/catalogue.example.ma\/record\/two-eau>/)
    expect(search(house.ledger, { filters: { theme: ['sante'] } }).records.map(({ id }) => id)).toEqual(['one-eau'])
    expect(recordById(house.ledger, 'one-eau')!.dated).toBe('2026-02-03')
    // What it was at a former revision stays so.
    expect(shownAtRevision(house.ledger, 'one-eau', before)!.filled).toBeUndefined()

    portal.answers = feedOf(turtle(iri, { title: 'Eau', more: `dcat:theme <${base}/id/theme/education-formation> ;` }))
    await house.harvest(feedSource('one', portal, { priority: 10 }))
    expect(text()).not.toContain(`<${theme}>`)
    expect(search(house.ledger, { filters: { theme: ['sante'] } }).total).toBe(0)

    // When the other says something else, so does the one that is shown; when it goes, nothing fills it.
    other.answers = feedOf(turtle(iri, { more: `dct:modified "2026-05-06"^^<http://www.w3.org/2001/XMLSchema#date> ;` }))
    await house.harvest(feedSource('two', other, { priority: 40 }))
    expect(recordById(house.ledger, 'one-eau')).toMatchObject({ dated: '2026-05-06', linked_revision: currentRevision(house.ledger) })
    other.answers = feedOf(turtle('https://data.example.org/dataset/autre'))
    await house.harvest(feedSource('two', other, { priority: 40, removal: { threshold: 1, graceDays: 0 } }))
    expect(recordById(house.ledger, 'one-eau')!.dated).toBeNull()
    expect(text()).not.toContain('#filled-')
  })

  test('cannot write into graphs of ours, whatever the names of theirs', async () => {
    const dataset = 'https://data.example.org/dataset/eau'
    const trig = `${prefixes}GRAPH <${base}/graph/catalogue> { ${turtle(dataset)} <${base}/catalog> dct:title "Prise"@fr . <${dataset}> dct:relation <${base}/catalog>, <${base}/record/two-eau> . <${base}/record/two-eau> dct:title "Prise"@fr . }\nGRAPH <${base}/record/two-eau> { ${turtle('https://data.example.org/dataset/air')} }`
    portal.answers = feedOf(trig, 'application/trig')
    other.answers = feedOf(turtle('https://other.example.org/dataset/eau'))
    await house.harvest(feedSource('two', other))
    expect(await house.harvest(feedSource('one', portal))).toMatchObject({ state: 'complete', added: 2 })
    expect([...changesSince(publication(), 0).changes].map(({ graph }) => graph).sort()).toEqual(
      ['one-air', 'one-eau', 'two-eau'].map(id => `${base}/record/${id}`),
    )
    for (const { text } of changesSince(publication(), 0).changes) expect(text).not.toContain('Prise')
    expect(allSaid(house.ledger).repairs.map(({ rule }) => rule)).toContain('own-iri')
  })

  test('of which one harvests the other, and both are harvested by us, are a cluster', async () => {
    other.answers = ckanAnswers([
      packageOf('a1b2', { resources: [{ id: 'r', url: 'http://www.data.example.org/fr/files/eau.csv', format: 'CSV' }] }),
      packageOf('own'),
    ])
    portal.answers = feedOf(turtle('https://region.example.org/set/seven', { file: 'https://data.example.org/files/eau.csv' }))
    await house.harvest(feedSource('region', portal, { priority: 20 }))
    await house.harvest(house.source('ckan', other.url, { id: 'national', priority: 30 }))
    expect(shown()).toEqual(['national-jeu-own', 'region-seven'])
    expect(recordById(house.ledger, 'national-jeu-a1b2')).toMatchObject({ admission: 'published', canonical: recordById(house.ledger, 'region-seven')!.n })
  })

  test('keep the pages of old revisions as they were when the order of the sources changes; rebuild changes nothing', async () => {
    for (const each of [portal, other]) each.answers = feedOf(turtle('https://data.example.org/dataset/eau'))
    const [one, two] = [feedSource('one', portal, { priority: 60 }), feedSource('two', other, { priority: 40 })]
    await house.harvest(one)
    await house.harvest(two)
    const revision = currentRevision(house.ledger)
    const page = () => hydraPage(publication(), { page: 1, revision, address: 'https://catalogue.example.ma/catalog.ttl', format: formatByName('turtle')! })
    const before = (await page()).text
    await rebuild(one, house.engine)
    expect(currentRevision(house.ledger)).toBe(revision)
    await house.harvest({ ...one, priority: 1 })
    expect(shown()).toEqual(['one-eau'])
    expect([...changesSince(publication(), revision).changes].map(({ graph, text }) => [graph, text !== undefined])).toEqual([
      [`${base}/record/one-eau`, true],
      [`${base}/record/two-eau`, false],
    ])
    expect((await page()).text).toBe(before)
    expect(before).toContain('two-eau')
  })
})

describe('our own records coming back', () => {
  const harvestNational = (site: string) => house.harvest(house.source('ckan', other.url, { id: 'national', options: { site } }))
  beforeEach(async () => {
    other.answers = ckanAnswers([packageOf('a'), packageOf('b')])
    await harvestNational('http://127.0.0.1/')
  })

  test.each([
    ['have IRIs of ours', 'http://127.0.0.1/'],
    ['kept their IRIs', 'https://data.example.org/'],
  ])('in a feed that is made of ours, where the datasets %s, are left out, and the portal is told', async (_, site) => {
    await harvestNational(site)
    const ours = await hydraPage(publication(), { page: 1, address: `${base}/catalog.ttl`, format: formatByName('turtle')! })
    expect(ours.text).toContain('national-jeu-a')
    portal.answers = { '/feed.ttl': { type: 'text/turtle', body: ours.text + prefixes + turtle('https://data.example.org/dataset/new') } }
    const report = await house.harvest(feedSource('loop', portal, { options: { paging: false } }))
    expect(report).toMatchObject({ state: 'complete', seen: 3, added: 1, failed: 0, own: 2 })
    expect(report.problems).toMatchObject([{ code: 'harvest-loop', message: expect.stringMatching(/2 records of loop .* left out\. Ask the portal/) }])
    expect(shown()).toEqual(['loop-new', 'national-jeu-a', 'national-jeu-b'])
  })

  test.each<[string, Package]>([
    ['by the IRI we minted', { uri: `${base}/dataset/national-jeu-a` }],
    ['by the IRI we minted, in the other scheme', { uri: 'http://catalogue.example.ma/dataset/national-jeu-a' }],
    ['by its identifier', { identifier: `${base}/record/national-jeu-a` }],
  ])('in another CKAN portal are known %s', async (_, more) => {
    portal.answers = ckanAnswers([packageOf('x', more), packageOf('y', { notes: `Voir aussi ${base}/dataset/national-jeu-a.` })])
    expect(await house.harvest(house.source('ckan', portal.url))).toMatchObject({ added: 1, own: 1, state: 'complete' })
    expect(shown()).toEqual(['national-jeu-a', 'national-jeu-b', 'portal-jeu-y'])
  })

  test.each([`${base}/record/national-jeu-a`, `${base}/graph/catalogue`, `${base}/catalog`, `${base}/dataset/unheard-of`])(
    'a feed whose dataset is <%s> adds nothing',
    async iri => {
      portal.answers = feedOf(turtle(iri) + turtle('https://data.example.org/dataset/new'))
      expect(await house.harvest(feedSource('loop', portal))).toMatchObject({ added: 1, own: 1, state: 'complete' })
      expect(shown()).toEqual(['loop-new', 'national-jeu-a', 'national-jeu-b'])
    },
  )
})

describe('a portal that gives its datasets other ids', () => {
  const ids = Array.from({ length: 10 }, (_, at) => `n${at}`)
  const pack = (id: string, file = id) => packageOf(id, { resources: [{ id: `${id}-r`, url: `https://data.example.org/${file}.csv`, format: 'CSV' }] })
  const source = (more = {}) =>
    house.source('ckan', portal.url, { removal: { threshold: 0.2, graceDays: 7 }, options: { pageSize: 3, incremental: false }, ...more })
  beforeEach(async () => {
    portal.answers = ckanAnswers(ids.map(id => pack(id)))
    await house.harvest(source())
  })

  test('keeps its records, with their history and their first date, and is not held', async () => {
    const before = house.records()
    portal.answers = ckanAnswers(ids.map(id => pack(`new-${id}`, id)))
    const report = await house.harvest(source())
    expect(report).toMatchObject({ state: 'complete', seen: 10, added: 0, updated: 10, missing: 0, removed: 0, problems: [] })
    expect(report.renamed).toContainEqual({ id: 'portal-jeu-n0', from: 'n0', to: 'new-n0' })
    expect(keys()).toMatchObject(Object.fromEntries(ids.map(id => [`portal-jeu-${id}`, `new-${id}`])))
    expect(house.records().map(({ n, id, issued }) => ({ n, id, issued }))).toEqual(before.map(({ n, id, issued }) => ({ n, id, issued })))
    expect(await house.harvest(source())).toMatchObject({ unchanged: 10, updated: 0, added: 0 })
  })

  test('before the old ones are read again: those that are still there stay, and the new ones are new', async () => {
    portal.answers = ckanAnswers([...ids.slice(0, 3).map(id => pack(`copy-${id}`, id)), ...ids.map(id => pack(id))])
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 13, added: 3, updated: 0, unchanged: 10, renamed: [] })
    expect(house.records()).toHaveLength(13)
  })

  test('and reads only in part is not judged by what is missing: the next whole run tells', async () => {
    const answers = ckanAnswers([...ids.slice(1).map(id => pack(id)), pack('zz', 'n0')])
    const search = Object.values(answers)[0]!
    portal.answers = {
      '/api/3/action/package_search?*': (request, response) =>
        request.url!.includes('start=3') ? void response.writeHead(500).end() : respond(search, request, response),
    }
    const broken = await house.harvest(source({ limits: { delayMs: 0, timeoutS: 1, maxBytes: 1e6 } }))
    expect(broken).toMatchObject({ state: 'partial', added: 0, renamed: [] })
    portal.answers = answers
    expect(await house.harvest(source())).toMatchObject({
      state: 'complete',
      added: 0,
      updated: 1,
      unchanged: 9,
      missing: 0,
      renamed: [{ id: 'portal-jeu-n0', from: 'n0', to: 'zz' }],
    })
  })

  test('where two may be the one that is gone, both are new', async () => {
    portal.answers = ckanAnswers([...ids.slice(1).map(id => pack(id)), pack('y1', 'n0'), pack('y2', 'n0')])
    expect(await house.harvest(source())).toMatchObject({ added: 2, missing: 1, renamed: [] })
  })

  test('in an incremental run is noticed by that run, which then reads everything', async () => {
    const dated = (id: string, file: string, day: string) => ({ ...pack(id, file), metadata_modified: `${day}T08:00:00` })
    const incremental = source({ options: { pageSize: 3, incremental: true } })
    portal.answers = ckanAnswers(ids.map(id => dated(id, id, '2024-03-01')))
    await house.harvest(incremental)
    portal.answers = ckanAnswers([...ids.slice(1).map(id => dated(id, id, '2024-03-01')), dated('zz', 'n0', '2024-04-01')])
    expect(await house.harvest(incremental)).toMatchObject({ state: 'complete', added: 0, updated: 1, unchanged: 9, renamed: [{ id: 'portal-jeu-n0' }] })
  })

  test('a dry run says that they are changed, and that nothing is gone', async () => {
    portal.answers = ckanAnswers(ids.map(id => pack(`new-${id}`, id)))
    const { preview, updated, added } = await house.harvest(source(), { dryRun: true })
    expect([updated, added]).toEqual([10, 0])
    expect(preview).toMatchObject({ added: [], missing: [], removed: [] })
    expect(preview!.changed.map(({ id }) => id).sort()).toEqual(ids.map(id => `portal-jeu-${id}`))
    expect(keys()).toMatchObject({ 'portal-jeu-n0': 'n0' })
  })
})

describe('an identifier that a portal gives twice', () => {
  const first = packageOf('a', { title: 'Barrages', name: 'barrages', resources: [{ id: 'r1', url: 'https://data.example.org/barrages.csv', format: 'CSV' }] })
  const second = packageOf('a', { title: 'Nappes', name: 'nappes', resources: [{ id: 'r2', url: 'https://data.example.org/nappes.csv', format: 'CSV' }] })
  const source = (duplicates?: 'first' | 'apart' | 'merge') =>
    house.source('ckan', portal.url, { ...(duplicates && { duplicates }), options: { incremental: false } })
  const titles = () => Object.fromEntries(house.records().map(({ key, title }) => [key, title['fr']]))
  beforeEach(() => {
    portal.answers = ckanAnswers([first, second, packageOf('b')])
  })

  test('is that of the first, and the second is reported', async () => {
    const report = await house.harvest(source())
    expect(report).toMatchObject({ state: 'complete', seen: 3, added: 2, failed: 1 })
    expect(report.problems).toMatchObject([{ code: 'duplicate-id', message: expect.stringContaining('the first is kept') }])
    expect(titles()).toEqual({ a: 'Barrages', b: 'Jeu de données b' })
  })

  test('is that of two records where they are to be kept apart, whichever comes first', async () => {
    const report = await house.harvest(source('apart'))
    expect(report).toMatchObject({ state: 'complete', seen: 3, added: 3, failed: 0 })
    expect(report.problems).toMatchObject([{ code: 'duplicate-id', message: expect.stringContaining('kept apart') }])
    const before = titles()
    expect(Object.values(before).sort()).toEqual(['Barrages', 'Jeu de données b', 'Nappes'])
    expect(new Set(house.records().map(({ dataset }) => dataset)).size).toBe(3)
    portal.answers = ckanAnswers([second, first, packageOf('b')])
    expect(await house.harvest(source('apart'))).toMatchObject({ unchanged: 3, updated: 0, added: 0, missing: 0 })
    const graphs = house.content()
    expect(await rebuild(source('apart'), house.engine)).toMatchObject({ seen: 3, unchanged: 3, failed: 0 })
    expect(house.content()).toEqual(graphs)
  })

  test('kept apart, stays with its record when the other one gets a new title', async () => {
    await house.harvest(source('apart'))
    const before = house.records().map(({ id }) => id)
    portal.answers = ckanAnswers([first, { ...second, title: 'Nappes phréatiques' }, packageOf('b')])
    expect(await house.harvest(source('apart'))).toMatchObject({ state: 'complete', added: 0, updated: 1, unchanged: 2, missing: 0 })
    expect(house.records().map(({ id }) => id)).toEqual(before)
  })

  test('is that of one dataset where they are to be one, whichever comes first', async () => {
    const report = await house.harvest(source('merge'))
    expect(report).toMatchObject({ state: 'complete', seen: 2, added: 2, failed: 0 })
    expect(report.problems).toMatchObject([{ code: 'duplicate-id', message: expect.stringContaining('taken for one dataset') }])
    expect(house.graph('portal-barrages')).toMatch(/barrages\.csv[\s\S]*nappes\.csv/)
    portal.answers = ckanAnswers([second, packageOf('b'), first])
    expect(await house.harvest(source('merge'))).toMatchObject({ unchanged: 2, updated: 0, added: 0 })
    const graphs = house.content()
    expect(await rebuild(source('merge'), house.engine)).toMatchObject({ seen: 2, unchanged: 2, failed: 0 })
    expect(house.content()).toEqual(graphs)
  })

  test.each(['first', 'apart', 'merge'] as const)('with the same words is one record and no problem (%s)', async duplicates => {
    portal.answers = ckanAnswers([first, first, packageOf('b')])
    expect(await house.harvest(source(duplicates))).toMatchObject({ seen: 2, added: 2, failed: 0 })
    expect(house.ledger.all(`SELECT code FROM problem WHERE code = 'duplicate-id'`)).toEqual([])
  })
})
