import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { startPortals, type DemoPortal } from '../../demo/portals.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { serve, type Open } from './site.ts'

// What was done to the endpoint to bring it down, each by the name of the attack: it must be answered, and whoever asks next too.

let site: Open
let portals: DemoPortal[]
beforeAll(async () => {
  portals = await startPortals()
  const house = await openHouse(`${edition}store: { kind: oxigraph, replicas: 2, timeoutS: 10, rows: 5000, answerMB: 1, queryMB: 300 }\n`)
  const source = house.source('dcat', portals[1]!.url, { id: 'souss-massa' })
  await house.harvest(source)
  site = await serve(house, [source])
}, 120_000)
afterAll(async () => {
  await site.close()
  await Promise.all(portals.map(portal => portal.close()))
})

const ask = (query: string, headers: Record<string, string> = {}, more = '') =>
  site.get(
    '/sparql',
    { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    { method: 'POST', body: `query=${encodeURIComponent(query)}${more}` },
  )
const good = 'SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> }'
const asksGood = async () => (await (await ask(good, { Accept: 'text/csv' })).text()).split('\r\n')[1]
const code = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code]

/** What one attack has ended is replaced before the next begins, however long that takes here. */
const allCopiesAnswer = async () => {
  const { store } = (await (await site.get('/readyz')).json()) as { store: { copies: { ready: boolean }[] } }
  expect(store.copies.map(({ ready }) => ready)).toEqual([true, true])
}
beforeEach(() => vi.waitFor(allCopiesAnswer, { timeout: 120_000, interval: 100 }), 130_000)
afterEach(async () => {
  await vi.waitFor(allCopiesAnswer, { timeout: 120_000, interval: 100 })
  expect(await asksGood()).toBe('36')
  expect(await site.get('/readyz').then(response => response.status)).toBe(200)
  expect(site.failures).toEqual([])
}, 130_000)

describe('nesting', () => {
  const nested = (open: string, inner: string, close: string) => open.repeat(750) + inner + close.repeat(750)
  test.each([
    ['parentheses', `ASK { FILTER ${nested('(', '1', ')')} }`],
    ['STR(', `SELECT (${nested('STR(', '1', ')')} AS ?x) {}`],
    ['IF(', `SELECT (${nested('IF(1,', '1', ',0)')} AS ?x) {}`],
    ['EXISTS{', `ASK { ${nested('FILTER EXISTS {', '', '}')} }`],
    ['SELECT{{', `${nested('SELECT * {{', '', '}}')}`],
    ['braces', `ASK ${nested('{', '', '}')}`],
    ['OPTIONAL', `ASK { ${nested('OPTIONAL {', '', '}')} }`],
    ['MINUS', `ASK { ${nested('MINUS {', '', '}')} }`],
    ['[', `ASK { ?s ?p ${nested('[ ?p ', '1', ']')} }`],
    ['<<(', `ASK { ?s ?p ${nested('<<( ?a ?b ', '1', ')>>')} }`],
    ['path ()', `ASK { ?s ${nested('(', '<a:b>', ')')} ?o }`],
    ['lists', `ASK { ?s ?p ${nested('(', '1', ')')} }`],
  ])('of %s is too large', async (_what, query) => {
    expect(await code(await ask(query))).toEqual([413, 'too-large'])
  })
})

describe('a chain', () => {
  test.each([
    ['BIND', `ASK { ${Array.from({ length: 1000 }, (_, at) => `BIND (1 AS ?x${at})`).join(' ')} }`],
    ['||', `ASK { FILTER (1${'||1'.repeat(3000)}) }`],
    ['1+', `ASK { FILTER (1${'+1'.repeat(3000)}) }`],
    ['1-', `ASK { FILTER (1${'-1'.repeat(3000)}) }`],
    ['!', `ASK { FILTER (${'!'.repeat(3000)}1) }`],
    ['|', `ASK { <a:a> <a:b>${'|<a:b>'.repeat(2000)} ?o }`],
    ['/', `ASK { <a:a> <a:b>${'/<a:b>'.repeat(750)} ?o }`],
    ['(1 AS ?x)', `SELECT ${Array.from({ length: 1600 }, (_, at) => `(1 AS ?x${at})`).join(' ')} {}`],
  ])('of %s is too large', async (_what, query) => {
    expect(await code(await ask(query))).toEqual([413, 'too-large'])
  })

  test('of 250 equal patterns ends in time', async () => {
    expect(await code(await ask(`ASK { ${'?s ?p ?o . '.repeat(250)} }`, {}, '&timeout=1'))).toEqual([503, 'query-timeout'])
  })

  test('of UNION, and a list of values, as long as people write them, are answered', async () => {
    expect((await ask(`ASK { {}${' UNION {}'.repeat(400)} }`)).status).toBe(200)
    expect((await ask(`ASK { VALUES ?x { ${'<http://x/a-1> '.repeat(1500)} } }`)).status).toBe(200)
  })
})

describe('memory', () => {
  test.each([
    [
      'CONCAT doubled 40 times',
      `SELECT ?x40 { BIND ("aaaaaaaaaaaaaaaa" AS ?x0) ${Array.from({ length: 40 }, (_, at) => `BIND (CONCAT(?x${at}, ?x${at}) AS ?x${at + 1})`).join(' ')} }`,
    ],
    ['GROUP_CONCAT of a cross product', 'SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?all) { ?a ?b ?c . ?d ?e ?f }'],
    ['cross product, in order', 'SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a ?c ?e'],
    [
      'REPLACE blow-up',
      `SELECT ?x20 { BIND ("aaaaaaaa" AS ?x0) ${Array.from({ length: 20 }, (_, at) => `BIND (REPLACE(?x${at}, "a", "aaaa") AS ?x${at + 1})`).join(' ')} }`,
    ],
  ])('%s ends a copy, and not the store', async (_what, query) => {
    const [status, said] = await code(await ask(query, {}, '&timeout=5'))
    expect(status).toBe(503)
    expect(said).toMatch(/^query-(memory|timeout)$/)
  })

  test('what a query needed too much of is said, and that to run it again is of no use', async () => {
    const response = await ask(
      `SELECT ?x40 { BIND ("aaaaaaaaaaaaaaaa" AS ?x0) ${Array.from({ length: 40 }, (_, at) => `BIND (CONCAT(?x${at}, ?x${at}) AS ?x${at + 1})`).join(' ')} }`,
    )
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, null])
    expect(await response.json()).toMatchObject({ code: 'query-memory', detail: expect.stringMatching(/needs more memory than the 300 MB/) })
  })
})

describe('time', () => {
  test.each([
    ['cross3 COUNT', 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }'],
    ['NOT EXISTS cross', 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?g ?h ?i FILTER NOT EXISTS { ?d ?e ?f . FILTER (?d = ?a && ?f = ?g && ?c = 1) } }'],
    ['VALUES 2000³', `SELECT (COUNT(*) AS ?n) { VALUES ?a { ${'1 '.repeat(2000)} } VALUES ?b { ${'1 '.repeat(2000)} } VALUES ?c { ${'1 '.repeat(2000)} } }`],
  ])('%s ends at its limit', async (_what, query) => {
    const response = await ask(query, {}, '&timeout=1')
    expect(response.headers.get('retry-after')).toBeNull()
    expect(await code(response)).toEqual([503, 'query-timeout'])
  })

  test('timeout= makes the limit shorter, and not longer', async () => {
    const response = await ask('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }', {}, '&timeout=0.5')
    expect(await response.json()).toMatchObject({ code: 'query-timeout', detail: expect.stringContaining('more time than 0.5 s') })
    const long = await ask('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }', {}, '&timeout=100')
    expect(await long.json()).toMatchObject({ detail: expect.stringContaining('more time than 10 s') })
  })
})

describe('size', () => {
  test('SELECT of a cross product is cut after its last row, and says so', async () => {
    const response = await ask('SELECT ?a { ?a ?b ?c . ?d ?e ?f }', { Accept: 'application/sparql-results+json' })
    expect([response.status, response.headers.get('fihrist-cut')]).toEqual([200, expect.stringMatching(/rows|bytes/)])
    const { results } = (await response.json()) as { results: { bindings: object[] } }
    expect(results.bindings.length).toBeLessThanOrEqual(5000)
    expect(results.bindings.length).toBeGreaterThan(1000)
  })

  test.each(['application/ld+json', 'text/turtle', 'application/n-triples', 'application/rdf+xml'])(
    'CONSTRUCT of a cross product as %s is cut, whole and soon',
    async accept => {
      const response = await ask('CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 60000', { Accept: accept })
      expect([response.status, response.headers.get('fihrist-cut')]).toEqual([200, 'bytes'])
      const text = await response.text()
      expect(text.length).toBeGreaterThan(500_000)
      if (accept === 'application/ld+json') expect(Array.isArray(JSON.parse(text))).toBe(true)
      else expect(text.trimEnd()).toMatch(/(\.|<\/rdf:RDF>)$/)
    },
  )
})

describe('starvation', () => {
  test('a query ends when its client leaves, and the others do not wait for it', async () => {
    for (let turn = 0; turn < 3; turn++) {
      const gone = httpRequest(`${site.url}/sparql?query=${encodeURIComponent('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }')}`)
      gone.on('error', () => {}).end()
      await delay(100)
      gone.destroy()
    }
    const answers = await Promise.all(Array.from({ length: 4 }, () => asksGood()))
    expect(answers).toEqual(['36', '36', '36', '36'])
  })

  test('who has many queries waiting is told to wait', async () => {
    // Queries that take a moment, and end by themselves; each another, as the same is asked once for all who want it.
    const many = await Promise.all(Array.from({ length: 20 }, (_, at) => ask(`SELECT (COUNT(*) AS ?n${at}) { ?a ?b ?c . ?d a ?e }`)))
    const refused = many.filter(response => response.status === 429)
    expect(refused.length).toBeGreaterThan(3)
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await code(refused[0]!)).toEqual([429, 'too-many-queries'])
  })
})

test('strings that never end do not hold up anybody', async () => {
  // Of this thread, which is that of all pages: copies have theirs.
  const start = process.threadCpuUsage()
  expect((await ask(`SELECT * { ?s ?p ?o } ${'"""'.repeat(10_000)}`)).status).toBe(400)
  expect(process.threadCpuUsage(start).user / 1e6).toBeLessThan(3)
})

test('a query of a megabyte, in its address or posted, is answered with a sentence', async () => {
  expect((await ask(`ASK {} # ${'x'.repeat(1_000_000)}`)).status).toBe(413)
  const long = httpRequest(`${site.url}/sparql?query=${'x'.repeat(1_000_000)}`)
  long.on('error', () => {}).end()
  const [response] = (await once(long, 'response')) as [import('node:http').IncomingMessage]
  expect([response.statusCode, response.headers['access-control-allow-origin'], response.headers['content-type']]).toEqual([
    431,
    '*',
    expect.stringContaining('application/problem+json'),
  ])
})
