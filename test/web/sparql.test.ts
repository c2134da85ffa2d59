import { Parser } from 'n3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browser, openServed, type Served } from './site.ts'

// The endpoint as the protocol describes it, and the feed as a harvester walks it.

let site: Served
beforeAll(async () => {
  site = await openServed()
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const select = 'SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a <http://www.w3.org/ns/dcat#Dataset> }'
const construct = 'CONSTRUCT WHERE { ?d <http://www.w3.org/ns/dcat#theme> ?t }'
const type = (response: Response) => response.headers.get('content-type')!.split(';')[0]
const ask = (query: string, headers: Record<string, string> = {}, more = '') => site.get(`/sparql?query=${encodeURIComponent(query)}${more}`, headers)
const post = (body: string, contentType: string, headers: Record<string, string> = {}) =>
  site.get('/sparql', { 'Content-Type': contentType, ...headers }, { method: 'POST', body })

describe('the three ways to ask', () => {
  test.each([
    ['GET', () => ask(select)],
    ['a form', () => post(new URLSearchParams({ query: select }).toString(), 'application/x-www-form-urlencoded')],
    ['a body', () => post(select, 'application/sparql-query')],
  ])('%s', async (_way, asked) => {
    const response = await asked()
    expect([response.status, type(response)]).toEqual([200, 'application/sparql-results+json'])
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const { results } = (await response.json()) as { results: { bindings: { n: { value: string } }[] } }
    expect(Number(results.bindings[0]!.n.value)).toBeGreaterThan(100)
  })
})

describe('what is answered', () => {
  test.each([
    [select, '*/*', 'application/sparql-results+json'],
    [select, 'application/json', 'application/sparql-results+json'],
    [select, 'application/sparql-results+xml', 'application/sparql-results+xml'],
    [select, 'application/xml', 'application/sparql-results+xml'],
    [select, 'text/csv', 'text/csv'],
    [select, 'text/tab-separated-values', 'text/tab-separated-values'],
    ['ASK {}', '*/*', 'application/sparql-results+json'],
    ['ASK {}', 'application/sparql-results+xml', 'application/sparql-results+xml'],
    [construct, '*/*', 'text/turtle'],
    [construct, 'application/n-triples', 'application/n-triples'],
    [construct, 'application/rdf+xml', 'application/rdf+xml'],
    [construct, 'application/ld+json', 'application/ld+json'],
    [construct, 'application/n-quads', 'application/n-quads'],
    [construct, 'application/x-trig', 'application/trig'],
    [construct, 'text/turtle, application/n-quads, application/trig', 'text/turtle'],
    ['DESCRIBE <http://localhost:3000/catalog>', 'text/turtle', 'text/turtle'],
  ])('%s with Accept: %s is %s', async (query, accept, expected) => {
    const response = await ask(query, { Accept: accept })
    expect([response.status, type(response), response.headers.get('vary')]).toEqual([200, expected, expect.stringContaining('Accept')])
    expect((await response.text()).length).toBeGreaterThan(5)
  })

  test('FROM and FROM NAMED choose the graphs that are asked', async () => {
    const count = async (clause: string) =>
      Number((await (await ask(select.replace('WHERE', `${clause} WHERE`), { Accept: 'text/csv' })).text()).split(/\r?\n/)[1])
    expect(await count('FROM <http://localhost:3000/graph/provenance>')).toBe(0)
    expect(await count('FROM NAMED <http://localhost:3000/graph/provenance>')).toBe(0)
    expect(await count('')).toBeGreaterThan(100)
  })

  test.each([
    'PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT * { ?catalogue dcat:service ?service } LIMIT 1',
    'SELECT ?service { ?service ?p ?o } LIMIT 1',
    'SELECT * { ?d ?p ?o LATERAL { SELECT * { ?d ?q ?r } LIMIT 1 } } LIMIT 1',
  ])('%s', async query => {
    expect((await ask(query)).status).toBe(200)
  })

  test('what neither we nor the store can read is told with its place', async () => {
    const answer = await ask('SELECT *\n{ ?d a ~ }')
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'query-malformed', detail: 'The query is not valid SPARQL at line 2, column 8: "~" cannot stand there.' },
    ])
  })

  test('format= and output= go before Accept', async () => {
    expect(type(await ask(select, { Accept: 'text/csv' }, '&format=xml'))).toBe('application/sparql-results+xml')
    expect(type(await ask(construct, {}, '&output=application/n-triples'))).toBe('application/n-triples')
    expect((await ask(select, {}, '&format=turtle')).status).toBe(406)
  })

  test('a browser without a query gets the query page, with one the page with its answer, and a program the description of the service', async () => {
    expect(await (await site.get('/sparql', browser)).text()).toContain('data-query=')
    expect(await (await ask(select, browser)).text()).toContain('<table')
    const turtle = await (await site.get('/sparql', { Accept: 'text/turtle' })).text()
    expect(new Parser().parse(turtle).map(quad => quad.object.value)).toContain('http://www.w3.org/ns/sparql-service-description#UnionDefaultGraph')
  })
})

describe('the protocol', () => {
  const run = 'http://localhost:3000/graph/provenance'
  const started = 'SELECT (COUNT(*) AS ?n) { ?run <http://www.w3.org/ns/prov#startedAtTime> ?at }'
  const count = async (more: string) => Number((await (await ask(started, { Accept: 'text/csv' }, more)).text()).split('\r\n')[1])

  test('a request names the graphs that are asked, whatever the query says', async () => {
    const all = await count('')
    expect(all).toBeGreaterThan(1)
    expect(await count(`&default-graph-uri=${encodeURIComponent(run)}`)).toBe(all)
    expect(await count('&default-graph-uri=http://nowhere.example/')).toBe(0)
    expect(await count(`&named-graph-uri=${encodeURIComponent(run)}`)).toBe(0)
  })

  test.each([
    'text/turtle; charset=utf-8',
    'application/ld+json;profile="http://www.w3.org/ns/json-ld#framed"',
    'application/sparql-results+json;charset=utf-8, text/turtle;q=0.5',
  ])('Accept: %s is what it is without its parameters', async accept => {
    const response = await ask(accept.includes('results') ? select : construct, { Accept: accept })
    expect([response.status, type(response)]).toEqual([200, accept.split(';')[0]])
  })

  test('/sparql/ is /sparql', async () => {
    expect((await site.get(`/sparql/?query=${encodeURIComponent(select)}`)).status).toBe(200)
    const posted = await site.get('/sparql/', { 'Content-Type': 'application/sparql-query' }, { method: 'POST', body: select })
    expect([posted.status, type(posted)]).toEqual([200, 'application/sparql-results+json'])
    expect((await site.get('/sparql/', {}, { method: 'OPTIONS' })).headers.get('access-control-allow-methods')).toContain('POST')
  })

  test('a query of 30 kB is answered by GET', async () => {
    expect((await ask(`ASK {} # ${'é'.repeat(30_000)}`)).status).toBe(200)
  })

  test('HEAD tells what GET would, and asks the store nothing', async () => {
    const heavy = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }'
    const response = await site.get(`/sparql?query=${encodeURIComponent(heavy)}`, {}, { method: 'HEAD' })
    expect([response.status, type(response), response.headers.get('etag')]).toEqual([200, 'application/sparql-results+json', expect.any(String)])
  })

  test('an answer names its revision, and who holds it is told so', async () => {
    const first = await ask(select)
    const tag = first.headers.get('etag')!
    expect(first.headers.get('fihrist-revision')).toMatch(/^\d+$/)
    const again = await ask(select, { 'If-None-Match': tag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await ask(select, { 'If-None-Match': tag, Accept: 'text/csv' })).status).toBe(200)
    expect((await ask('SELECT (RAND() AS ?x) {}')).headers.get('etag')).toBeNull()
    expect(await (await ask(select)).text()).toBe(await first.text())
  })

  test('who wishes for nothing in particular is told what the endpoint is, and what it is asked of', async () => {
    const response = await site.get('/sparql', { Accept: '*/*' })
    expect(type(response)).toBe('text/turtle')
    const objects = new Parser().parse(await response.text()).map(quad => quad.object.value)
    expect(objects).toContain('http://www.w3.org/ns/sparql-service-description#Service')
    expect(objects).toContain('http://rdfs.org/ns/void#Dataset')
  })
})

describe('what many ask at once', () => {
  // Some tenths of a second, so that all have come before the first has its answer.
  const slow = (name: string) => `SELECT (COUNT(*) AS ?${name}) { ?a a ?x . ?b a ?y . FILTER(STRLEN(STR(?a)) < 9) }`

  test('is asked of the store once: nobody is sent away, and all have the same answer', async () => {
    const all = await Promise.all(
      Array.from({ length: 40 }, async () => {
        const response = await ask(slow('all'))
        return [response.status, await response.text(), response.headers.get('fihrist-revision')].join(' ')
      }),
    )
    expect(new Set(all).size).toBe(1)
    expect(all[0]).toMatch(/^200 \{.*"value":"0"/s)
  })

  test('is answered to all others when the one who asked first has left', async () => {
    const first = new AbortController()
    const left = site.get(`/sparql?query=${encodeURIComponent(slow('left'))}`, {}, { signal: first.signal }).catch((error: Error) => error.name)
    await new Promise(resolve => setTimeout(resolve, 20))
    const others = Array.from({ length: 5 }, () => ask(slow('left')))
    first.abort()
    expect(await left).toBe('AbortError')
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  })

  test('and is wrong is refused to all of them', async () => {
    const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await ask('SELECT ?a { ?a nothing:here ?b }')).status))
    expect(new Set(statuses)).toEqual(new Set([400]))
  })
})

describe('what is refused', () => {
  const form = (more: Record<string, string>) => post(new URLSearchParams(more).toString(), 'application/x-www-form-urlencoded')
  test.each<[string, () => Promise<Response>, number, string]>([
    ['two queries', () => ask(select, {}, `&query=${encodeURIComponent('ASK {}')}`), 400, 'bad-request'],
    ['an empty query', () => ask(''), 400, 'query-malformed'],
    ['a post without a query', () => form({ other: 'x' }), 400, 'bad-request'],
    ['no SPARQL at all', () => ask('hello'), 400, 'query-malformed'],
    ['broken SPARQL', () => ask('SELECT * WHERE {'), 400, 'query-malformed'],
    ['an update in a query', () => ask('DELETE WHERE { ?s ?p ?o }'), 400, 'query-refused'],
    ['an update in a form', () => form({ update: 'CLEAR ALL' }), 400, 'query-refused'],
    ['an update in a body', () => post('CLEAR ALL', 'application/sparql-update'), 400, 'query-refused'],
    ['another endpoint', () => ask('SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }'), 400, 'query-refused'],
    ['a default graph that is no IRI', () => ask(select, {}, '&default-graph-uri=record'), 400, 'bad-request'],
    ['a time that is none', () => ask(select, {}, '&timeout=soon'), 400, 'bad-request'],
    ['a body in UTF-16', () => post(select, 'application/sparql-query; charset=utf-16'), 415, 'unsupported-media-type'],
    ['another body', () => post('{}', 'application/json'), 415, 'unsupported-media-type'],
    ['a body without a type', () => site.get('/sparql', {}, { method: 'POST' }), 415, 'unsupported-media-type'],
    ['an unknown character set', () => post(select, 'application/sparql-query; charset=klingon'), 415, 'unsupported-media-type'],
    ['a query that nests without end', () => ask(`ASK ${'{'.repeat(1000)}${'}'.repeat(1000)}`), 413, 'too-large'],
    ['a query of more than 32 kB', () => post(`ASK {} # ${'x'.repeat(40_000)}`, 'application/sparql-query'), 413, 'too-large'],
    ['a body without end', () => post('x'.repeat(2_000_000), 'application/sparql-query'), 413, 'too-large'],
    ['a format that tables do not have', () => ask(select, { Accept: 'text/turtle' }), 406, 'not-acceptable'],
    ['a format that graphs do not have', () => ask(construct, { Accept: 'text/csv' }), 406, 'not-acceptable'],
  ])('%s', async (_what, asked, status, code) => {
    const response = await asked()
    expect([response.status, type(response)]).toEqual([status, 'application/problem+json'])
    expect(await response.json()).toMatchObject({ status, code, title: expect.any(String), detail: expect.any(String) })
  })
})

describe('the feed', () => {
  test('is walked by its links from the first page to the last, and every dataset is on it once', async () => {
    let next: string | undefined = '/catalog.ttl'
    const found: string[] = []
    for (let pages = 0; next; pages++) {
      expect(pages).toBeLessThan(10)
      const response: Response = await site.get(next.replace('http://localhost:3000', ''))
      expect([response.status, type(response)]).toEqual([200, 'text/turtle'])
      const quads = new Parser().parse(await response.text())
      found.push(
        ...quads
          .filter(quad => quad.predicate.value === 'http://www.w3.org/ns/dcat#dataset' && quad.subject.value.endsWith('/catalog'))
          .map(quad => quad.object.value),
      )
      next = quads.find(quad => quad.predicate.value === 'http://www.w3.org/ns/hydra/core#next')?.object.value
      expect(/<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1]).toBe(next)
    }
    expect(found).toHaveLength(site.house.visible())
    expect(new Set(found).size).toBe(found.length)
  })

  test('a page that names its revision may be kept; the first is asked for again', async () => {
    expect((await site.get('/catalog.ttl')).headers.get('cache-control')).toBe('no-cache')
    const bound = await site.get('/catalog.ttl?page=1&revision=2')
    expect(bound.headers.get('cache-control')).toMatch(/max-age=\d{5,}/)
    expect((await site.get('/catalog.ttl?page=1&revision=2', { 'If-None-Match': bound.headers.get('etag')! })).status).toBe(304)
  })

  test.each(['ttl', 'jsonld', 'rdf', 'nt'])('.%s and its media type are the same', async extension => {
    const named = await site.get(`/catalog.${extension}?page=2`)
    const wished = await site.get('/catalog?page=2', { Accept: type(named)! })
    expect(type(wished)).toBe(type(named))
    expect(await wished.text()).toBe(await named.text())
  })

  test.each([
    ['/catalog.ttl?page=99', 400],
    ['/catalog.ttl?page=x', 400],
    ['/catalog.ttl?revision=99999', 400],
    ['/catalog.ttl?modified_since=soon', 400],
    ['/catalog.csv', 404],
  ])('%s is %i', async (path, status) => {
    expect((await site.get(path)).status).toBe(status)
  })

  test('modified_since narrows it', async () => {
    expect(await (await site.get('/catalog.ttl?modified_since=2999-01-01')).text()).toContain('hydra:totalItems 0')
  })
})
