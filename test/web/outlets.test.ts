import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outlets } from '../../src/outlets/index.ts'
import type { Outlet } from '../../src/outlets/outlet.ts'
import { Problem } from '../../src/problem.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { mount } from '../../src/web/app.ts'
import { answerProblems } from '../../src/web/http/problems.tsx'
import { keepToRows } from '../../src/web/http/security.ts'
import { routeOf } from '../../src/web/routes/outlets.ts'
import { openSite } from '../../src/web/site/site.ts'
import { openHouse, type House } from '../harvest/harvest.ts'

// A row of outlets/index.ts is all that a way out needs: what the row says is what is answered.

/** A list of numbers in pages: in a form of its own and in JSON, in pieces, and the same as long as its state. */
const numbers: Outlet<{ page: number }> = {
  path: '/numbers',
  forms: [
    { mediaType: 'application/x-numbers', extension: 'num', aliases: ['text/x-numbers'] },
    { mediaType: 'application/json', extension: 'json' },
  ],
  page: '/about-numbers',
  find: (_publication, { query }) => {
    const page = Number(query.get('page') ?? 1)
    if (page > 3) throw new Problem('not-found', `There is no page ${page}.`)
    return { page }
  },
  state: ({ page }) => `p${page}`,
  cache: ({ page }) => (page === 3 ? 'public, max-age=60' : 'no-cache'),
  links: ({ page }, { extension }, { origin }) => (page < 3 ? [{ rel: 'next', href: `${origin}/numbers.${extension}?page=${page + 1}` }] : []),
  async *write(_publication, { page }, { extension }) {
    for (let n = 0; n < 3; n++) {
      written.push(n)
      yield extension === 'json' ? `${'[,,'[n]}${page * 3 + n}${n === 2 ? ']' : ''}` : `${page * 3 + n}\n`
    }
  },
}
const written: number[] = []

/** Verbs of a protocol that may be posted as a form, below a name, in one form alone. */
const verbs: Outlet<string> = {
  path: '/verbs/:name',
  methods: ['get', 'post'],
  forms: [{ mediaType: 'text/xml', extension: 'xml' }],
  find: (_publication, { params, query }) => `${params['name']} ${query.getAll('verb').join('+')}`,
  write: (_publication, said) => `<verb>${said}</verb>`,
}

/** One text of a revision, which is of the first half of a second. */
const revised: Outlet<number> = {
  path: '/revised',
  forms: [{ mediaType: 'text/plain', extension: 'txt' }],
  find: () => 1,
  revision: n => n,
  write: () => 'one',
}

let house: House
let store: Store
let server: Server
let url: string
const failures: unknown[] = []
beforeAll(async () => {
  house = await openHouse()
  const { catalogue, ledger, vocabulary } = house.engine
  ledger.run("INSERT INTO revision (id, at) VALUES (1, '2026-01-01T00:00:00.400Z')")
  const publication = { catalogue, ledger, vocabulary, sources: [] }
  store = openStore(catalogue.store, publication, join(house.folder, 'data'))
  const site = openSite({ publication, store, rules: new Map(), version: 'test', report: error => failures.push(error) }, [])
  const app = express()
  const routes = [numbers, verbs, revised].map(outlet => routeOf(outlet as Outlet))
  app.use(keepToRows(routes))
  for (const route of routes) mount(app, site, route)
  app.use(answerProblems(site))
  server = await new Promise<Server>(resolve => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await store.close()
  await house.close()
  expect(failures).toEqual([])
})

const get = (path: string, headers: Record<string, string> = {}, more: RequestInit = {}) =>
  fetch(url + path, { redirect: 'manual', ...more, headers: { Accept: '*/*', ...headers } })
const type = (response: Response) => response.headers.get('content-type')

test('an outlet is had in its forms: the first, the one that is accepted, by another name of its type, and by extension', async () => {
  expect([type(await get('/numbers')), await (await get('/numbers')).text()]).toEqual(['application/x-numbers; charset=utf-8', '3\n4\n5\n'])
  const json = await get('/numbers', { Accept: 'application/json' })
  expect([type(json), json.headers.get('vary'), await json.json()]).toEqual(['application/json; charset=utf-8', 'Accept', [3, 4, 5]])
  expect(type(await get('/numbers', { Accept: 'text/x-numbers' }))).toBe('application/x-numbers; charset=utf-8')
  expect(await (await get('/numbers.json?page=2', { Accept: 'image/png' })).json()).toEqual([6, 7, 8])
  expect((await get('/numbers', { Accept: 'image/png' })).status).toBe(406)
  expect((await get('/numbers.xml', { Accept: 'application/json' })).status).toBe(404)
})

test('who asks for HTML is led to the page about it', async () => {
  const response = await get('/numbers', { Accept: 'text/html' })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/about-numbers'])
})

test('its pages follow each other, and each may be kept as long as its row says', async () => {
  const link = async (page: number) => (await get(`/numbers?page=${page}`)).headers.get('link')
  const forms = (page: number) =>
    `</numbers.num?page=${page}>; rel="alternate"; type="application/x-numbers", </numbers.json?page=${page}>; rel="alternate"; type="application/json"`
  expect([await link(2), await link(3)]).toEqual([`${forms(2)}, <${house.engine.catalogue.base}/numbers.num?page=3>; rel="next"`, forms(3)])
  const cache = async (page: number) => (await get(`/numbers?page=${page}`)).headers.get('cache-control')
  expect([await cache(1), await cache(3)]).toEqual(['no-cache', 'public, max-age=60'])
  expect((await get('/numbers?page=4', { Accept: 'application/json' })).status).toBe(404)
})

test('who holds it in the same state is not sent it again, and nothing is written', async () => {
  const tags = await Promise.all(['/numbers', '/numbers.json', '/numbers?page=2'].map(async path => (await get(path)).headers.get('etag')!))
  expect(new Set(tags).size).toBe(3)
  written.length = 0
  const again = await get('/numbers', { 'If-None-Match': tags[0]! })
  expect([again.status, await again.text(), written]).toEqual([304, '', []])
  expect((await get('/numbers', { 'If-None-Match': tags[2]! })).status).toBe(200)
})

test('what is written in pieces is not written for HEAD, and a query that is far too long is refused', async () => {
  written.length = 0
  const head = await get('/numbers', {}, { method: 'HEAD' })
  expect([head.status, type(head), head.headers.get('etag'), written]).toEqual([200, 'application/x-numbers; charset=utf-8', expect.stringMatching(/^W\//), []])
  const long = await get(`/numbers.json?q=${'x'.repeat(9000)}`, { Accept: 'application/json', 'Accept-Language': 'fr' })
  expect([long.status, long.headers.get('content-language'), (await long.json()) as object]).toEqual([
    413,
    'fr',
    expect.objectContaining({ code: 'too-large' }),
  ])
})

test('an Accept header that names no media type is refused; one that names some is heeded as far as it goes', async () => {
  for (const accept of ['json', ';;;', ',', 'text/', '/x', 'text html']) expect((await get('/numbers', { Accept: accept })).status, accept).toBe(400)
  for (const accept of ['*', 'text/html;q=0.1, *; q=.2', 'x, application/json', '*/*;q=0.1', ' '])
    expect((await get('/numbers', { Accept: accept })).status, accept).toBe(200)
  const refused = await get('/numbers', { Accept: 'image/png' })
  expect(JSON.stringify(await refused.json())).toContain('application/x-numbers, application/json')
})

test('what is asked for may be posted as a form, where the row says so', async () => {
  const posted = await get('/verbs/a?verb=x', {}, { method: 'POST', body: new URLSearchParams({ verb: 'List' }) })
  expect([type(posted), await posted.text()]).toEqual(['text/xml; charset=utf-8', '<verb>a x+List</verb>'])
  expect(await (await get('/verbs/b?verb=Get')).text()).toBe('<verb>b Get</verb>')
  expect((await get('/numbers', {}, { method: 'POST' })).status).toBe(405)
})

test('every row is complete, and has a path of its own', () => {
  for (const { path, forms } of outlets) {
    expect(path).toMatch(/^\/[.a-z]/)
    expect(forms.length).toBeGreaterThan(0)
    for (const key of ['mediaType', 'extension'] as const) expect(new Set(forms.map(form => form[key])).size).toBe(forms.length)
  }
  expect(new Set(outlets.map(({ path }) => path)).size).toBe(outlets.length)
})

test('what was last modified before a reader looked is not sent to him again', async () => {
  const first = await get('/revised')
  expect([first.headers.get('fihrist-revision'), await first.text()]).toEqual(['1', 'one'])
  const modified = first.headers.get('last-modified')!
  expect(Date.parse(modified)).toBe(Date.parse('2026-01-01T00:00:01Z'))
  const since = async (moment: string, more = {}) => (await get('/revised', { 'If-Modified-Since': moment, ...more })).status
  expect(await since(modified)).toBe(304)
  expect(await since('Thu, 01 Jan 2026 00:00:00 GMT')).toBe(200)
  expect(await since('yesterday')).toBe(200)
  expect(await since(modified, { 'If-None-Match': '"another"' })).toBe(200)
})
