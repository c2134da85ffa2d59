import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dcat, voidTerms } from '../../src/rdf/namespaces.ts'
import { parse } from '../../src/rdf/parse.ts'
import { pathsOf, type Route } from '../../src/web/http/route.ts'
import { routes } from '../../src/web/routes/index.ts'
import { browser } from '../web/site.ts'
import { hasXmllint, validated } from './readers.ts'
import { openPublished, type Published } from './served.ts'

let site: Published
beforeAll(async () => {
  site = await openPublished({ datasets: ['reste', 'part'] })
  await site.write(['reste'])
})
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const read = async (path: string) => (await site.get(path)).text()
const entries = (feed: string) => [...feed.matchAll(/<entry>.*?<title[^>]*>([^<]*)</gs)].map(([, title]) => title)

test('Atom tells what changed last, and what is gone', async () => {
  const feed = await read('/feed.atom')
  expect(entries(feed)).toHaveLength(site.shown())
  const { id } = site.house.records().find(({ dataset }) => dataset.endsWith('/part'))!
  expect(feed).toContain(`<at:deleted-entry ref="${site.url}/dataset/${id}"`)
  expect(feed).not.toContain('secret')
  const schema = join(import.meta.dirname, 'schemas/atom.rng')
  for (const query of ['', '?publisher=mee', '?source=portail']) if (hasXmllint) expect(validated(schema, await read(`/feed.atom${query}`))).toBe('')
})

test('Atom may be of a source, a producer, a theme or a search, and lists link to theirs', async () => {
  for (const query of ['publisher=mee', 'theme=ENVI', 'q=barrages'])
    expect(entries(await read(`/feed.atom?${query}`)), query).toEqual(['Remplissage des barrages'])
  expect(entries(await read('/feed.atom?source=portail'))).toHaveLength(site.shown())
  expect((await site.get('/feed.atom?source=personne')).status).toBe(400)
  expect(await (await site.get('/fr/organisation/mee', browser)).text()).toContain('type="application/atom+xml" href="/feed.atom?publisher=mee"')
})

test('VoID says where the statements are had', async () => {
  for (const path of ['/.well-known/void', '/.well-known/void.rdf']) {
    const response = await site.get(path)
    const { quads } = await parse(await response.text(), { url: site.url, mediaType: response.headers.get('content-type')! })
    const said = (property: string) => quads.filter(({ predicate }) => predicate.value === property).map(({ object }) => object.value)
    expect(said(voidTerms.sparqlEndpoint.value)).toEqual([`${site.url}/sparql`])
    expect(said(voidTerms.vocabulary.value)).toContain(dcat.iri)
    expect(said(voidTerms.entities.value)).toEqual([String(site.shown())])
  }
  const led = await site.get('/.well-known/datacatalog')
  expect([led.status, led.headers.get('location')]).toEqual([303, `${site.url}/catalog`])
})

interface OpenApi {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, { operationId: string; summary: string; parameters: { name: string; in: string }[] }>>
}

test('OpenAPI describes every route, each with what its path and its query hold', async () => {
  const described = JSON.parse(await read('/openapi.json')) as OpenApi
  expect([described.openapi, described.servers]).toEqual(['3.1.0', [{ url: site.url }]])
  expect(Object.keys(described.paths).sort()).toEqual(routes.map(({ path }) => path.replace(/[:*](\w+)/g, '{$1}')).sort())
  const operations = Object.entries(described.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, said]) => ({ path, method, ...said })))
  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
  for (const { path, parameters } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    expect(parameters.filter(each => each.in === 'path').map(({ name }) => name)).toEqual(inPath)
  }
  const named = (path: string) => described.paths[path]!['get']!.parameters.map(({ name }) => name)
  expect(named('/oai')).toContain('resumptionToken')
  expect(described.paths['/sparql']).toHaveProperty('post')
})

test('llms.txt names each way out that a program may take, by addresses that are there', async () => {
  const text = await read('/llms.txt')
  for (const path of ['/sparql', '/oai', '/ldes', '/data.json', '/openapi.json']) expect(text).toContain(`(${site.url}${path})`)
  const known = (routes as Route[]).flatMap(pathsOf).map(path => path.replace(/[:*](\w+)/g, '{$1}'))
  for (const [, address] of text.matchAll(/\]\(([^)]+)\)/g)) expect(known).toContain(address!.slice(site.url.length))
})
