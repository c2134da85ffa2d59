import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPortals, type DemoPortal } from '../../demo/portals.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { serve, type Open } from './site.ts'

// A query that names another endpoint, put to two catalogues that are served.

let portals: DemoPortal[]
let other: Open
let site: Open
/** An endpoint that never answers. */
const silent = createServer(() => {})

const open = async (text: string, portal: number, id: string): Promise<Open> => {
  const house = await openHouse(text)
  const source = house.source('dcat', portals[portal]!.url, { id })
  await house.harvest(source)
  return serve(house, [source])
}

beforeAll(async () => {
  await once(silent.listen(0, '127.0.0.1'), 'listening')
  portals = await startPortals()
  other = await open(edition.replace('catalogue.example.ma', 'other.example.ma'), 1, 'there')
  const silence = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/sparql`
  const federation = [`${other.url}/sparql`, silence, 'http://10.1.2.3/sparql', 'http://127.0.0.1:1/sparql']
  site = await open(
    `${edition}\nsparql: { federation: [${federation.map(url => `"${url}"`).join(', ')}] }\nstore: { kind: oxigraph, replicas: 1, timeoutS: 60, rows: 30 }\n`,
    1,
    'here',
  )
}, 180_000)
afterAll(async () => {
  expect([...site.failures, ...other.failures]).toEqual([])
  await site.close()
  await other.close()
  silent.closeAllConnections()
  silent.close()
  await Promise.all(portals.map(portal => portal.close()))
})

const prefixes = 'PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> '
const ask = (query: string, accept = 'application/sparql-results+json', more = '') =>
  site.get(`/sparql?query=${encodeURIComponent(prefixes + query)}${more}`, { Accept: accept })
/** Asks from another address of this machine, as another client does. */
const askFrom = (client: string, url: string) =>
  new Promise<{ status: number; retryAfter: string | undefined; body: string }>((resolve, reject) => {
    get(url, { localAddress: client, headers: { Accept: 'application/json' } }, response => {
      void text(response).then(body => resolve({ status: response.statusCode!, retryAfter: response.headers['retry-after'], body }))
    }).on('error', reject)
  })
const there = () => `<${other.url}/sparql>`
const problemOf = async (response: Response) => ({ status: response.status, ...((await response.json()) as { code: string; detail: string }) })

describe('SERVICE', () => {
  test('joins what the other catalogue says with what this one holds', async () => {
    const response = await ask(`SELECT ?d ?mine ?theirs { ?d a dcat:Dataset ; dct:title ?mine . FILTER (LANG(?mine) = "fr")
      SERVICE ${there()} { ?d dct:title ?theirs . FILTER (LANG(?theirs) = "ar") } } ORDER BY ?d LIMIT 5`)
    expect(response.status, await response.clone().text()).toBe(200)
    const { results } = (await response.json()) as { results: { bindings: Record<string, { value: string; 'xml:lang': string }>[] } }
    expect(results.bindings).toHaveLength(5)
    for (const { mine, theirs } of results.bindings) expect([mine!['xml:lang'], theirs!['xml:lang']]).toEqual(['fr', 'ar'])
    expect(response.headers.get('fihrist-revision')).toMatch(/^\d+$/)
    expect(response.headers.get('cache-control')).toBe('no-cache')
  }, 60_000)

  test.each([
    ['SELECT ?d { SERVICE $ { ?d a dcat:Dataset } } LIMIT 2', 'text/csv', /^d\r?\n.+\r?\n.+/],
    ['ASK { SERVICE $ { ?d a dcat:Dataset } }', 'application/sparql-results+json', /"boolean":\s*true/],
    ['CONSTRUCT { ?d a dcat:Resource } WHERE { SERVICE $ { ?d a dcat:Dataset } } LIMIT 2', 'text/turtle', /a dcat:Resource/],
    ['CONSTRUCT { ?d a dcat:Resource } WHERE { SERVICE $ { ?d a dcat:Dataset } } LIMIT 2', 'application/rdf+xml', /<rdf:RDF[^]*Resource/],
  ])(
    '%s is answered as %s',
    async (query, accept, expected) => {
      const response = await ask(query.replace('$', there()), accept)
      expect(response.headers.get('content-type'), await response.clone().text()).toContain(accept)
      expect(await response.text()).toMatch(expected)
    },
    60_000,
  )

  test('sends no more rows than other queries', async () => {
    const response = await ask(`SELECT ?d ?p { SERVICE ${there()} { ?d a dcat:Dataset ; ?p ?o } }`)
    expect(response.headers.get('fihrist-cut')).toBe('rows')
    expect(((await response.json()) as { results: { bindings: object[] } }).results.bindings).toHaveLength(30)
  }, 60_000)

  test('of an endpoint that the edition does not list is refused by its name', async () => {
    const { status, code, detail } = await problemOf(await ask('SELECT * { SERVICE <http://elsewhere.example.org/sparql> { ?s ?p ?o } }', 'application/json'))
    expect([status, code]).toEqual([400, 'endpoint-refused'])
    expect(detail).toContain('http://elsewhere.example.org/sparql')
    expect(detail).toContain(`${other.url}/sparql`)
    expect(await problemOf(await ask('SELECT * { ?e a ?c . SERVICE ?e { ?s ?p ?o } }', 'application/json'))).toMatchObject({ code: 'endpoint-refused' })
  })

  test.each([
    ['fr', 'La requête nomme un point d’accès qui n’est pas interrogé d’ici'],
    ['ar', 'يذكر الاستعلام واجهة لا يتم الاستعلام منها هنا'],
    ['en', 'The query names an endpoint that is not asked from here'],
  ])('is refused to a reader of %s in that language', async (language, sentence) => {
    const query = encodeURIComponent('SELECT * { SERVICE <http://elsewhere.example.org/sparql> { ?s ?p ?o } }')
    const page = await site.get(`/sparql?query=${query}&lang=${language}`, { Accept: 'text/html', 'Accept-Language': language })
    const text = (await page.text()).replaceAll('&#39;', "'")
    expect(page.status).toBe(400)
    expect(text).toContain(sentence)
    expect(text).toContain('http://elsewhere.example.org/sparql')
  })

  test.each([
    ['at a private address', 'http://10.1.2.3/sparql', /10\.1\.2\.3.*private/],
    ['that is away', 'http://127.0.0.1:1/sparql', /127\.0\.0\.1:1/],
  ])(
    'of an endpoint %s says so; SILENT goes on without it',
    async (_what, endpoint, sentence) => {
      expect(await problemOf(await ask(`SELECT * { SERVICE <${endpoint}> { ?s ?p ?o } }`, 'application/json'))).toMatchObject({
        status: 502,
        code: 'endpoint-failed',
        detail: expect.stringMatching(sentence) as string,
      })
      const silenced = await ask(`SELECT ?d { ?d a dcat:Dataset . SERVICE SILENT <${endpoint}> { ?d ?p ?o } } LIMIT 1`)
      expect([silenced.status, ((await silenced.json()) as { results: { bindings: object[] } }).results.bindings.length]).toEqual([200, 1])
    },
    60_000,
  )

  test.each([
    ['fr', "Le point d'accès http://127.0.0.1:1/sparql, que la requête nomme, refuse la connexion."],
    ['ar', 'ترفض نقطة الوصول \u2066http://127.0.0.1:1/sparql\u2069 التي يسميها الاستعلام الاتصال.'],
  ])(
    'of an endpoint that is away tells a reader of %s why in that language',
    async (language, sentence) => {
      const query = encodeURIComponent('SELECT * { SERVICE <http://127.0.0.1:1/sparql> { ?s ?p ?o } }')
      const response = await site.get(`/sparql?query=${query}`, { Accept: 'application/json', 'Accept-Language': language })
      expect(await problemOf(response)).toMatchObject({ status: 502, code: 'endpoint-failed', detail: sentence })
    },
    60_000,
  )

  test('that takes longer than the query may is given up, and the catalogue answers meanwhile', async () => {
    const silence = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/sparql`
    const slow = ask(`SELECT * { SERVICE <${silence}> { ?s ?p ?o } }`, 'application/json', '&timeout=4')
    expect((await ask('SELECT ?d { ?d a dcat:Dataset } LIMIT 1')).status).toBe(200)
    expect(await problemOf(await slow)).toMatchObject({ status: 503, code: 'query-timeout' })
  }, 60_000)

  test('is answered once at a time to one client, twice to all, and who has to wait is told how long', async () => {
    const silence = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/sparql`
    const slow = `SELECT * { SERVICE <${silence}> { ?s ?p ?o } }`
    const from = (client: string) => askFrom(client, `${site.url}/sparql?timeout=4&query=${encodeURIComponent(slow)}`)
    const running = [from('127.0.0.1'), from('127.0.0.2')]
    // Both have been let in before others ask.
    await new Promise(resolve => setTimeout(resolve, 500))
    for (const [client, status, code] of [
      ['127.0.0.2', 429, 'too-many-queries'],
      ['127.0.0.3', 503, 'store-busy'],
    ] as const) {
      const refused = await from(client)
      expect([refused.status, (JSON.parse(refused.body) as { code: string }).code]).toEqual([status, code])
      expect(Number(refused.retryAfter)).toBeGreaterThan(0)
      expect(Number(refused.retryAfter)).toBeLessThanOrEqual(4)
    }
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual([503, 503])
    expect((JSON.parse((await from('127.0.0.3')).body) as { code: string }).code).toBe('query-timeout')
  }, 60_000)

  test('is told in the description of the endpoint', async () => {
    expect(await (await site.get('/sparql', { Accept: 'text/turtle' })).text()).toContain('BasicFederatedQuery')
    expect(await (await other.get('/sparql', { Accept: 'text/turtle' })).text()).not.toContain('BasicFederatedQuery')
  })

  test('is refused where the edition lists no endpoint', async () => {
    const query = encodeURIComponent(`SELECT * { SERVICE <${site.url}/sparql> { ?s ?p ?o } }`)
    expect(await problemOf(await other.get(`/sparql?query=${query}`, { Accept: 'application/json' }))).toMatchObject({ status: 400, code: 'query-refused' })
  })
})
