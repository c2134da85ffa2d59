import { Store } from 'oxigraph'
import { afterEach, describe, expect, test } from 'vitest'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { exportText } from '../../src/outlets/dump.ts'
import { formatByName } from '../../src/rdf/formats.ts'
import { ckanAnswers, packageOf, type Package } from '../harvest/protocols/ckan/portal.ts'
import { datasetTurtle, feed } from '../harvest/protocols/dcat/feed.ts'
import { saidOf } from '../ledger/said.ts'
import { startPortal, turtle } from '../portal.ts'
import { everywhere, openWhole, type Whole } from './catalogue.ts'

// Reports of peers: one bad value, record or feed that costs all the others.

const good = ['a', 'b', 'c', 'd', 'e']

let whole: Whole
afterEach(async () => {
  expect(whole.failures).toEqual([])
  await whole.close()
})

const repairsOf = (key: string) => saidOf(whole.house.ledger, whole.id(key)).repairs.map(({ rule, before, after }) => ({ rule, before, after }))

/** Everything published, read again by a parser that forgives nothing. */
async function strictly(): Promise<void> {
  for (const [path, format] of [
    ['/catalog.ttl', 'text/turtle'],
    ['/catalog.rdf', 'application/rdf+xml'],
    ['/catalog.nt', 'application/n-triples'],
  ] as const) {
    const response = await whole.get(path)
    expect([path, response.status]).toEqual([path, 200])
    new Store().load(await response.text(), { format, base_iri: whole.url })
  }
  expect((await whole.get('/catalog.jsonld')).status).toBe(200)
  const { catalogue, ledger, vocabulary } = whole.house.engine
  for (const [name, format] of [
    ['nquads', 'application/n-quads'],
    ['rdfxml', 'application/rdf+xml'],
    ['trig', 'application/trig'],
  ] as const) {
    const pieces = await Array.fromAsync(exportText({ catalogue, ledger, vocabulary, sources: [whole.source] }, currentRevision(ledger), formatByName(name)!))
    new Store().load(pieces.join(''), { format, base_iri: whole.url })
  }
}

test('datagouv/data.gouv.fr#1437: an invalid IRI costs neither its dataset nor the export of the catalogue', async () => {
  const bad = [
    'https://data.example.org/a file "final".csv',
    'https://data.example.org/{id}|x',
    'http://exa mple.org/^',
    'nowhere at all',
    'https://data.example.org/100%',
    'https://data.example.org/<b>.csv',
    'https://data.example.org/\\u0001',
    'mailto:',
    '://',
    'https://data.example.org/a[1].csv',
    'https://data.example.org/#a#b',
    'https://data.example.org/\uE000',
    'https://data.example.org/\uD800',
    'http://[half/',
  ]
  whole = await openWhole(
    'ckan',
    ckanAnswers([
      ...good.map(id => packageOf(id)),
      packageOf('bad', { url: 'not an address', resources: bad.map((url, at) => ({ id: `r${at}`, name: `Fichier ${at}`, url, format: 'CSV' })) }),
    ]),
  )
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 6, failed: 0 })
  expect(await whole.counts()).toEqual(everywhere(6))
  expect((await whole.get(`/dataset/${whole.id('bad')}`, { Accept: 'text/html' })).status).toBe(200)
  expect(repairsOf('bad').map(({ rule }) => rule)).toContain('iri-mended')
  await strictly()
})

test('Fedict/dcattools#309: an address whose scheme is misspelt is mended, and the repair says how it was written', async () => {
  const misspelt: [string, string][] = [
    ['ttps://data.example.org/1', 'https://data.example.org/1'],
    ['htp://data.example.org/2', 'http://data.example.org/2'],
    ['htttps://data.example.org/3', 'https://data.example.org/3'],
    ['hhttp://data.example.org/4', 'http://data.example.org/4'],
    ['https:/data.example.org/5', 'https://data.example.org/5'],
    ['http://https://data.example.org/7', 'https://data.example.org/7'],
  ]
  whole = await openWhole('dcat', {
    '/feed.ttl': turtle(feed(good) + misspelt.map(([iri]) => `<https://data.example.org/dataset/a> dcat:landingPage <${iri}> .\n`).join('')),
  })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 5 })
  const text = await (await whole.get(`/dataset/${whole.id('a')}.nt`)).text()
  for (const [before, after] of misspelt) {
    expect(text).toContain(`landingPage> <${after}>`)
    expect(text).not.toContain(`<${before}>`)
    expect(repairsOf('a')).toContainEqual({ rule: 'iri-mended', before, after })
  }
  await strictly()
})

test('ckan/ckanext-dcat#254: a dataset without a title is kept back with its reason, and the run goes on', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(good).replace('dct:title "Jeu c"@fr ;', '')) })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 5, failed: 0, quarantined: 1 })
  expect(await whole.counts()).toEqual(everywhere(4))
  const page = await (await whole.get(`/fr/record/${whole.id('c')}`, { Accept: 'text/html' })).text()
  expect(page).toContain('Ce qui bloque')
  // Where there was a title yesterday, yesterday's version stays.
  whole.portal.answers = { '/feed.ttl': turtle(feed(good, { edition: 2 }).replace('dct:title "Jeu d"@fr ;', '')) }
  expect(await whole.settle()).toMatchObject({ state: 'complete', updated: 5, quarantined: 1 })
  expect(await whole.counts()).toEqual(everywhere(5))
  expect(await (await whole.get(`/dataset/${whole.id('d')}.ttl`)).text()).toContain('Jeu d')
})

test('datagouv/data.gouv.fr#1151: a JSON-LD context that is far away is never asked for; the run says which one, and what is held stays', async () => {
  const far = await startPortal({ '/dcat.jsonld': '{"@context":{}}' })
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(good)) })
  await whole.settle()
  whole.portal.answers = { '/feed.ttl': { type: 'application/ld+json', body: JSON.stringify({ '@context': `${far.url}/dcat.jsonld`, '@type': 'Dataset' }) } }
  const report = await whole.settle()
  expect(report).toMatchObject({ state: 'failed', missing: 0 })
  expect(report.problems).toMatchObject([{ code: 'unknown-context', message: expect.stringMatching(new RegExp(`${far.url}/dcat.jsonld.*never fetched`)) }])
  expect(far.asked).toEqual([])
  expect(await whole.counts()).toEqual(everywhere(5))
  // One that is shipped needs no network at all.
  whole.portal.answers = {
    '/feed.ttl': {
      type: 'application/ld+json',
      body: JSON.stringify({
        '@context': 'https://schema.org/',
        '@id': 'https://data.example.org/dataset/a',
        '@type': 'http://www.w3.org/ns/dcat#Dataset',
        'http://purl.org/dc/terms/title': { '@value': 'Jeu a', '@language': 'fr' },
        'http://www.w3.org/ns/dcat#landingPage': { '@id': 'https://data.example.org/a' },
      }),
    },
  }
  expect((await whole.harvest()).problems.map(problem => problem.code)).toEqual(['held'])
  await far.close()
})

test.each([
  ['inbo/data-publication#59', 'a quote that nobody escaped', (text: string) => text.replace('"Jeu c"@fr', '"Jeu "c""@fr')],
  ['inbo/data-publication#149', 'a line break in a text', (text: string) => text.replace('"Description c,', '"Description c,\n')],
])('%s: %s in Turtle takes nothing off the catalogue, and the problem names the line', async (_report, _what, broken) => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(good)) })
  await whole.settle()
  const before = whole.house.content()
  const text = broken(feed(good))
  whole.portal.answers = { '/feed.ttl': turtle(text) }
  const report = await whole.settle()
  expect(report).toMatchObject({ state: 'partial', missing: 0, removed: 0, updated: 0 })
  const line = text.split('\n').findIndex(each => /Jeu "c""|"Description c,$/.test(each)) + 1
  expect(Math.abs(report.problems[0]!.place.line! - line)).toBeLessThanOrEqual(1)
  expect(report.problems[0]).toMatchObject({ code: 'unreadable-rdf', place: { excerpt: expect.stringMatching(/Jeu|Description/) } })
  expect(whole.house.content()).toEqual(before)
  expect(await whole.counts()).toEqual(everywhere(5))
})

test('georchestra/georchestra#4182: a dataset that its portal calls http://localhost:8080/… gets an address of ours, and is told apart from its like at another portal', async () => {
  const inner = (text: string) => text.replaceAll('https://data.example.org/dataset/', 'http://localhost:8080/dataset/')
  whole = await openWhole('dcat', { '/feed.ttl': turtle(inner(feed(good))), '/other.ttl': turtle(inner(feed(['a']).replace('Jeu a', 'Un autre jeu'))) })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 5 })
  expect(await whole.house.harvest(whole.house.source('dcat', `${whole.portal.url}/other.ttl`, { id: 'other' }))).toMatchObject({ added: 1 })
  const datasets = whole.house.records().map(({ dataset }) => dataset)
  expect(new Set(datasets).size).toBe(6)
  for (const dataset of datasets) expect(dataset).toMatch(/^https:\/\/catalogue\.example\.ma\/dataset\//)
  expect(await whole.settle()).toMatchObject({ unchanged: 5 })
})

test('opendatateam/udata#3571: a portal whose record and dataset have other IRIs than each other is one record here, with its own', async () => {
  const records = good
    .map(
      id =>
        `<https://portal.example.org/record/${id}#meta> a dcat:CatalogRecord ; foaf:primaryTopic <https://data.example.org/dataset/${id}> ; dct:identifier "uuid-${id}" ; dct:modified "2024-03-01"^^<http://www.w3.org/2001/XMLSchema#date> .\n`,
    )
    .join('')
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(good) + records) })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 5 })
  expect(await whole.counts()).toEqual(everywhere(5))
  for (const { id, dataset } of whole.house.records()) {
    const text = await (await whole.get(`/record/${id}.nt`)).text()
    expect(text).toContain(`<https://catalogue.example.ma/record/${id}> <http://xmlns.com/foaf/0.1/primaryTopic> <${dataset}>`)
  }
  expect(await whole.settle()).toMatchObject({ unchanged: 5 })
})

test('GSA/data.gov#3658: invalid records are told as failed, one by one, and never as a success without changes', async () => {
  whole = await openWhole(
    'ckan',
    ckanAnswers([...good.map(id => packageOf(id)), { title: 'Sans identifiant' }, null, { ...packageOf('a'), title: 'Un autre' }] as Package[]),
  )
  await whole.settle()
  const { out } = await whole.cli('harvest', '--full', '--json')
  const [run] = (JSON.parse(out) as { runs: { seen: number; outcomes: Record<string, number>; problems: { code: string; message: string }[] }[] }).runs
  expect(run).toMatchObject({ seen: 8, outcomes: { unchanged: 5, failed: 3 } })
  expect(run!.problems.map(({ code }) => code).sort()).toEqual(['duplicate-id', 'missing-id', 'missing-id'])
  const source = (await (await whole.get('/sources/portal', { Accept: 'application/json' })).json()) as {
    lastRun: { failed: number }
    problems: { code: string }[]
  }
  expect([source.lastRun.failed, source.problems.length]).toEqual([3, 3])
  expect(await (await whole.get('/fr/sources/portal', { Accept: 'text/html' })).text()).toContain('Sans identifiant')
})

describe('netwerk-digitaal-erfgoed/dataset-register', () => {
  const odd = [
    'https://data.example.org/set#1',
    'https://data.example.org/a%20b?x=1&y=%2F',
    'https://data.example.org/100%25',
    'https://data.example.org/م#ج',
    'https://data.example.org/a b',
    'https://data.example.org/q?uri=http://x.org/#y',
    'https://data.example.org/a/../b',
    'https://data.example.org/"quoted"',
    'urn:uuid:4c2f',
  ]
  test('netwerk-digitaal-erfgoed/dataset-register#2173, netwerk-digitaal-erfgoed/dataset-register#1554, netwerk-digitaal-erfgoed/dataset-register#1551, netwerk-digitaal-erfgoed/dataset-register#1967: whatever signs the IRI of a dataset holds, its page has an address that survives a mail', async () => {
    whole = await openWhole('dcat', {
      '/feed.ttl': turtle(
        feed(good) +
          odd.map((iri, at) => `<${iri}> a dcat:Dataset ; dct:title "Jeu ${at}"@fr ; dcat:landingPage <https://data.example.org/p${at}> .\n`).join(''),
      ),
    })
    expect(await whole.settle()).toMatchObject({ state: 'complete', added: good.length + odd.length, failed: 0, quarantined: 0 })
    expect(await whole.counts()).toEqual(everywhere(good.length + odd.length))
    for (const { id } of whole.house.records()) {
      expect(id).toMatch(/^[a-z0-9-]+$/)
      for (const path of [`/dataset/${id}`, `/record/${id}`]) expect([path, (await whole.get(path, { Accept: 'text/html' })).status]).toEqual([path, 200])
    }
    await strictly()
  }, 60_000)
})

test('a dataset of another portal is untouched by all of it', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(good)) })
  await whole.settle()
  const before = whole.house.content()
  whole.portal.answers['/other.ttl'] = turtle(`${datasetTurtle('z')} <broken`)
  await whole.house.harvest(whole.house.source('dcat', `${whole.portal.url}/other.ttl`, { id: 'other' }))
  expect(whole.house.content()).toMatchObject(before)
})
