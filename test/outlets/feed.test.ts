import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { QueryEngine } from '@comunica/query-sparql'
import { Parser } from 'n3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { search } from '../../src/ledger/records/search.ts'
import { exportText } from '../../src/outlets/dump.ts'
import { formatByName, graphFormats } from '../../src/rdf/formats.ts'
import { parse } from '../../src/rdf/parse.ts'
import { judge } from '../../src/validate/feed.ts'
import { loadProfile } from '../../src/validate/profiles.ts'
import { openFilled, type Filled } from '../store/catalogue.ts'
import { hydraPage } from './feed.ts'

let house: Filled
beforeAll(async () => {
  house = await openFilled()
})
afterAll(() => house.close())

const turtle = formatByName('turtle')!
const page = (more: Partial<Parameters<typeof hydraPage>[1]> = {}) =>
  hydraPage(house.publication, { page: 1, address: 'http://localhost:3000/catalog.ttl', format: turtle, ...more })

test('a page at a revision is the same bytes after later harvests', async () => {
  const other = await openFilled()
  const read = (revision?: number) =>
    hydraPage(other.publication, { page: 1, address: 'http://localhost:3000/catalog.ttl', format: turtle, ...(revision === undefined ? {} : { revision }) })
  const before = await read()
  await other.harvest(other.source('dcat', other.portals[2]!.url, { id: 'ministry' }))
  expect(currentRevision(other.ledger)).toBeGreaterThan(before.revision)
  expect((await read(before.revision)).text).toBe(before.text)
  expect((await read()).text).not.toBe(before.text)
  await other.close()
})

test('each page names its dataset and all that they lead to, in both designs of Hydra', async () => {
  const { text, lastPage } = await page()
  const quads = new Parser().parse(text)
  const objects = (property: string) => quads.filter(quad => quad.predicate.value === property).map(quad => quad.object)
  expect(lastPage).toBe(1)
  const members = Map.groupBy(
    quads.filter(quad => quad.predicate.value === 'http://www.w3.org/ns/dcat#dataset'),
    quad => quad.subject.value,
  )
  // The whole catalogue lists them, and so does the one of their source.
  expect([...members].map(([catalogue, listed]) => [catalogue.split('/').at(-1), listed.length])).toEqual([
    ['catalog', house.published()],
    ['souss-massa#catalogue', house.published()],
  ])
  // Their home pages are pages, not the addresses that are harvested.
  const homes = quads.filter(quad => /#catalogue$|\/catalog$/.test(quad.subject.value) && quad.predicate.value === 'http://xmlns.com/foaf/0.1/homepage')
  expect(new Set(homes.map(({ object }) => new URL(object.value).pathname))).toEqual(new Set(['/', '/sources/souss-massa']))
  expect(new Set(objects('http://www.w3.org/ns/hydra/core#totalItems').map(total => total.value))).toEqual(new Set([String(house.published())]))
  expect(objects('http://www.w3.org/ns/hydra/core#next')).toEqual([])
  for (const property of ['first', 'firstPage', 'last', 'lastPage'])
    expect(objects(`http://www.w3.org/ns/hydra/core#${property}`).map(link => link.termType)).toEqual(['NamedNode'])
  const described = new Set(quads.map(quad => quad.subject.value))
  for (const property of ['publisher']) for (const agent of objects(`http://purl.org/dc/terms/${property}`)) expect(described).toContain(agent.value)
  expect(quads.some(quad => quad.subject.termType === 'BlankNode' || quad.object.termType === 'BlankNode')).toBe(false)
})

test.each(graphFormats.map(format => [format.label, format] as const))('the feed in %s says the same', async (_label, format) => {
  const { text } = await page({ format })
  const { quads } = await parse(text, { url: 'http://localhost:3000/catalog', format })
  const lines = (all: typeof quads) => [...new Set(all.map(quad => `${quad.subject.value} ${quad.predicate.value} ${quad.object.value}`))].sort()
  expect(lines(quads)).toEqual(lines((await parse((await page()).text, { url: 'http://localhost/', format: turtle })).quads))
})

test.each([['0'], ['2'], ['1000000'], ['1.5'], ['-1'], ['x'], ['']])('there is no page "%s", and the message says how many there are', async number => {
  await expect(page({ page: number })).rejects.toMatchObject({ code: 'bad-request', message: expect.stringContaining('from 1 to 1') as string })
})

test.each([['2026-02-31'], ['2026-13-01'], ['yesterday'], ['2026'], ['2026-01-01T25:00:00Z'], ['']])(
  '"%s" is no date, and the message says what is',
  async date => {
    await expect(page({ modified_since: date })).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('such as 2026-01-31') as string,
    })
  },
)

test.each([['2999-01-01T12:00'], ['2999-01-01T12:00:00.5Z'], ['2999-01-01T12:00:00+01:00'], ['2999-01-01T12:00:00 01:00']])(
  '"%s" is a moment',
  async moment => {
    expect((await page({ modified_since: moment })).total).toBe(0)
  },
)

test('what the catalogue says of itself and of its sources breaks no rule of DCAT-AP', async () => {
  const { catalogue, vocabulary } = house.publication
  const sources = [
    house.source('dcat', house.portals[2]!.url, { id: 'ministry', publisher: 'mee' }),
    house.source('dcat', house.portals[1]!.url, { id: 'nobody' }),
  ]
  const { text } = await hydraPage({ ...house.publication, sources }, { page: 1, address: 'http://localhost:3000/catalog.ttl', format: turtle })
  const { results } = await judge(
    (await parse(text, { url: 'http://localhost/', format: turtle })).quads,
    await loadProfile(catalogue.shapes, catalogue.base, 'dcat-ap'),
    vocabulary,
  )
  expect(text).toContain('sources/nobody#catalogue')
  expect(results.filter(({ severity, focus }) => severity === 'violation' && (focus.includes('#catalogue') || focus === `${catalogue.base}/catalog`))).toEqual(
    [],
  )
})

test('a page holds as many as are asked for, and its links keep to that and to what was selected', async () => {
  const { text, lastPage, total } = await page({ limit: 10, page: 2, source: 'souss-massa' })
  expect([total, lastPage]).toEqual([house.published(), Math.ceil(house.published() / 10)])
  const next = new Parser().parse(text).find(quad => quad.predicate.value === 'http://www.w3.org/ns/hydra/core#next')!.object.value
  expect(Object.fromEntries(new URL(next).searchParams)).toEqual({
    page: '3',
    revision: String(currentRevision(house.ledger)),
    limit: '10',
    source: 'souss-massa',
  })
  for (const limit of ['0', '501', 'all']) await expect(page({ limit })).rejects.toMatchObject({ code: 'bad-request' })
})

test('a selection by theme or publisher is that of the pages for people; a former revision has what it had', async () => {
  const other = await openFilled()
  const { facets } = search(other.ledger, { most: 0 })
  const known = facets.theme[0]!
  const selected = async (more: object) => (await hydraPage(other.publication, { address: 'http://localhost:3000/catalog.ttl', format: turtle, ...more })).total
  expect(await selected({ theme: known.value })).toBe(known.count)
  const revision = currentRevision(other.ledger)
  await other.harvest(other.source('dcat', other.portals[2]!.url, { id: 'ministry' }))
  expect(await selected({ theme: known.value, revision })).toBe(known.count)
  for (const { value, count } of search(other.ledger, { most: 0 }).facets.publisher.slice(0, 3)) expect(await selected({ publisher: value })).toBe(count)
  for (const wrong of [{ theme: 'nothing' }, { publisher: 'nobody' }, { source: 'nowhere' }])
    await expect(selected(wrong)).rejects.toMatchObject({ code: 'bad-request' })
  await other.close()
})

test('a revision that has not been is not there', async () => {
  await expect(page({ revision: 999 })).rejects.toMatchObject({ code: 'bad-request' })
})

test('only what changed since a date, where that is asked for', async () => {
  const none = new Parser().parse((await page({ modified_since: '2999-01-01' })).text)
  expect(none.filter(quad => quad.predicate.value === 'http://www.w3.org/ns/dcat#dataset')).toEqual([])
})

test('another SPARQL engine reads the feed and finds the same titles as are held', async () => {
  const { text } = await page()
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/turtle').end(text)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const found = await new QueryEngine().queryBindings(
    'SELECT DISTINCT ?d { ?c <http://www.w3.org/ns/dcat#dataset> ?d . ?d <http://purl.org/dc/terms/title> ?t }',
    { sources: [`http://127.0.0.1:${(server.address() as AddressInfo).port}/`] },
  )
  expect((await found.toArray()).length).toBe(house.published())
  server.close()
}, 60_000)

test('the dump is made piece by piece: no piece holds more than one record', async () => {
  let longest = 0
  let pieces = 0
  for await (const piece of exportText(house.publication, currentRevision(house.ledger), formatByName('nquads')!)) {
    pieces++
    if (pieces > 1 && pieces <= house.published() + 1) longest = Math.max(longest, new Set([...piece.matchAll(/<([^>]*)> \.$/gm)].map(match => match[1])).size)
  }
  expect(pieces).toBe(house.published() + 2)
  expect(longest).toBe(1)
})

test('the catalogue lists services and series as what they are, in the feed and in the dump', async () => {
  const other = await openFilled()
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/turtle').end(`
      @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
      <https://e.ma/service> a dcat:DataService ; dct:title "Service des adresses"@fr ; dcat:endpointURL <https://e.ma/api> .
      <https://e.ma/serie> a dcat:DatasetSeries ; dct:title "Série"@fr ; dct:description "Une série."@fr .
      <https://e.ma/jeu> a dcat:Dataset ; dct:title "Jeu"@fr ; dct:description "Un jeu."@fr ; dcat:landingPage <https://e.ma/page> .`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    await other.harvest(other.source('dcat', `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { id: 'mixed' }))
    const listed = (text: string) =>
      new Parser()
        .parse(text)
        .filter(({ subject, object }) => subject.value.endsWith('/catalog') && /^https:\/\/e\.ma\/(service|serie|jeu)$/.test(object.value))
        .map(({ predicate, object }) => `${predicate.value.split('#')[1]} ${object.value}`)
        .sort()
    const expected = ['dataset https://e.ma/jeu', 'resource https://e.ma/serie', 'service https://e.ma/service']
    const { text } = await hydraPage(other.publication, { page: 1, address: 'http://localhost:3000/catalog.ttl', format: turtle })
    expect(listed(text)).toEqual(expected)
    expect(listed((await Array.fromAsync(exportText(other.publication, currentRevision(other.ledger), turtle))).join(''))).toEqual(expected)
  } finally {
    server.close()
    await other.close()
  }
})
