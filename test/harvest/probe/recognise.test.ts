import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { politeHttp } from '../../../src/harvest/http/fetch.ts'
import type { Recognised, Candidate } from '../../../src/harvest/protocol.ts'
import { recogniseArcgis } from '../../../src/harvest/protocols/arcgis/recognise.ts'
import { recogniseIsoFolder } from '../../../src/harvest/protocols/csw/folder-recognise.ts'
import { recogniseFolder } from '../../../src/harvest/protocols/folder/recognise.ts'
import { recogniseHcpBds } from '../../../src/harvest/protocols/hcp-bds/recognise.ts'
import { recogniseInventory } from '../../../src/harvest/protocols/inventory/recognise.ts'
import { recogniseLdes } from '../../../src/harvest/protocols/ldes/recognise.ts'
import { recogniseOgcRecords } from '../../../src/harvest/protocols/ogc-records/recognise.ts'
import { recogniseSchemaOrg } from '../../../src/harvest/protocols/schema-org/recognise.ts'
import { recogniseSdmx } from '../../../src/harvest/protocols/sdmx/recognise.ts'
import { recogniseSparql } from '../../../src/harvest/protocols/sparql/recognise.ts'
import { recogniseStac } from '../../../src/harvest/protocols/stac/recognise.ts'
import { corpus } from '../../corpus.ts'
import { json, startPortal, type Answer } from '../../portal.ts'

const link = (rel: string, href: string) => ({ rel, href })
const html = (body = ''): Answer => ({ type: 'text/html', body: `<!doctype html><html><body>${body}</body></html>` })
const file = (path: string, type: string): Answer => ({ type, body: readFileSync(join(corpus!, path)) })

type Recognise = (portal: Candidate) => Promise<Recognised | undefined>

/** What a sign sees in a portal of these answers. */
async function seen(recognise: Recognise, answers: Parameters<typeof startPortal>[0], path = '/') {
  const portal = await startPortal(answers)
  onTestFinished(() => portal.close())
  const http = politeHttp({ delayMs: 0, timeoutS: 5, maxBytes: 1e7 }, { userAgent: 'Essai', allowAddresses: ['127.0.0.0/8'] }, { retry: false })
  const found = await recognise({ url: `${portal.url}${path}`, bases: [`${portal.url}/`], feeds: [], ...http })
  return found && { ...found, url: found.url.replace(portal.url, '') }
}

const signs: Record<string, Recognise> = {
  arcgis: recogniseArcgis,
  csw: recogniseIsoFolder,
  folder: recogniseFolder,
  inventory: recogniseInventory,
  'hcp-bds': recogniseHcpBds,
  ldes: recogniseLdes,
  'ogc-records': recogniseOgcRecords,
  'schema-org': recogniseSchemaOrg,
  sdmx: recogniseSdmx,
  sparql: recogniseSparql,
  stac: recogniseStac,
}

test.each(Object.entries(signs))('%s is not seen in a portal that answers HTML, nothing or JSON of another kind to everything', async (_name, recognise) => {
  const every = (answer: Answer) => new Proxy({}, { get: () => answer }) as Record<string, Answer>
  for (const answer of [
    html('<a href="/dataset">Jeux</a>'),
    '',
    json({ results: [], links: [] }),
    json(null),
    json([[], 'x', 1]),
    { type: 'application/xml', body: '<rss/>' } satisfies Answer,
  ]) {
    expect(await seen(recognise, every(answer))).toBeUndefined()
  }
})

test('a WIS 2.0 box: a landing page, and the records of its catalogue', async () => {
  const answers = {
    '/oapi?*': json({ title: 'Boîte WIS 2.0', links: [link('data', '/oapi/collections')] }),
    '/oapi/collections?*': json({
      collections: [
        { id: 'discovery-metadata', itemType: 'record' },
        { id: 'synop', itemType: 'feature' },
      ],
    }),
    '/oapi/collections/discovery-metadata/items?*': json({ numberMatched: 7, features: [] }),
  }
  expect(await seen(recogniseOgcRecords, answers)).toEqual({ url: '/oapi', sure: true, datasets: 7, title: { und: 'Boîte WIS 2.0' } })
  expect(await seen(recogniseOgcRecords, answers, '/oapi/collections/synop')).toMatchObject({ url: '/oapi' })
})

test('an API of features alone: its collections are the datasets', async () => {
  expect(
    await seen(recogniseOgcRecords, {
      '/?*': json({ links: [link('http://www.opengis.net/def/rel/ogc/1.0/data', '/collections')] }),
      '/collections?*': json({ collections: [{ id: 'a' }, { id: 'b' }] }),
    }),
  ).toMatchObject({ sure: true, datasets: 2 })
})

test('STAC: an API counts its collections, a static catalogue its children; OGC API Records leaves them to it', async () => {
  const api = {
    '/stac': json({ stac_version: '1.0.0', title: 'Images', links: [link('data', 'collections')] }),
    '/collections': json({ collections: [{ id: 'a', license: 'CC-BY-4.0' }, { id: 'b' }], links: [] }),
  }
  expect(await seen(recogniseStac, api)).toEqual({ url: '/stac', sure: true, datasets: 2, title: { und: 'Images' }, licences: ['CC-BY-4.0'] })
  expect(
    await seen(
      recogniseStac,
      { '/c/catalog.json': json({ stac_version: '1.1.0', links: [link('child', 'a.json'), link('child', 'b.json')] }) },
      '/c/catalog.json',
    ),
  ).toMatchObject({ datasets: 2, more: true })
  expect(await seen(recogniseOgcRecords, { '/?*': json({ stac_version: '1.0.0', links: [link('data', '/collections')] }) })).toBeUndefined()
})

test('ArcGIS: a Hub site, its older API, a portal, a plain server', async () => {
  expect(await seen(recogniseArcgis, { '/api/search/v1/collections/dataset/items?*': json({ numberMatched: 12, features: [] }) })).toEqual({
    url: '/',
    sure: true,
    datasets: 12,
  })
  expect(await seen(recogniseArcgis, { '/api/v3/datasets?*': json({ data: [], meta: { stats: { totalCount: 4 } } }) })).toEqual({
    url: '/',
    sure: true,
    datasets: 4,
  })
  expect(
    await seen(recogniseArcgis, {
      '/portal/sharing/rest?*': json({ currentVersion: '2024.1' }),
      '/portal/sharing/rest/search?*': json({ total: 9 }),
      '/portal/sharing/rest/portals/self?*': json({ name: 'Agence' }),
    }),
  ).toEqual({ url: '/portal/sharing/rest', sure: true, datasets: 9, more: true, title: { und: 'Agence' } })
  expect(
    await seen(
      recogniseArcgis,
      { '/gis/rest/services?*': json({ currentVersion: 10.9, folders: ['Plans'], services: [{ name: 'Zones', type: 'MapServer' }] }) },
      '/gis/rest/services?f=html',
    ),
  ).toEqual({ url: '/gis/rest/services', sure: true, datasets: 1, more: true })
})

test('a SPARQL endpoint that holds datasets; one that holds none, or cannot count', async () => {
  const answering =
    (ask: boolean, count: Answer): Answer =>
    (request, response) => {
      if (decodeURIComponent(request.url!).includes('ASK')) return void response.end(JSON.stringify({ head: {}, boolean: ask }))
      if (typeof count === 'object') response.writeHead(count.status ?? 200).end(count.body)
    }
  const three: Answer = { body: JSON.stringify({ results: { bindings: [{ n: { value: '3' } }] } }) }
  expect(await seen(recogniseSparql, { '/sparql?*': answering(true, three) })).toEqual({ url: '/sparql', sure: true, datasets: 3 })
  expect(await seen(recogniseSparql, { '/sparql?*': answering(true, { status: 503 }) })).toEqual({ url: '/sparql', sure: true })
  expect(await seen(recogniseSparql, { '/sparql?*': answering(false, three) })).toBeUndefined()
})

test('a linked data event stream, by what it says of itself', async () => {
  const turtle = '@prefix ldes: <https://w3id.org/ldes#> . <#s> a ldes:EventStream ; <http://purl.org/dc/terms/title> "Flux"@fr .'
  expect(await seen(recogniseLdes, { '/feed': { type: 'text/turtle', body: turtle } })).toMatchObject({
    url: '/feed',
    sure: true,
    title: { fr: 'Flux' },
    languages: ['fr'],
  })
})

test('schema.org: a page of the sitemap that robots.txt names is a dataset, in JSON-LD, microdata or RDFa; never sure', async () => {
  const answers =
    (page: string) =>
    (portal: string): Record<string, Answer> => ({
      '/robots.txt': `User-agent: *\nSitemap: ${portal}/index.xml\n`,
      '/index.xml': `<sitemapindex><sitemap><loc>${portal}/pages.xml</loc></sitemap></sitemapindex>`,
      '/pages.xml': `<urlset><url><loc>${portal}/about</loc></url><url><loc>https://elsewhere.example/dataset/1</loc></url><url><loc>${portal}/dataset/1</loc></url></urlset>`,
      '/dataset/1': html(page),
      '/about': html(),
    })
  for (const page of [
    '<script type="application/ld+json">{"@context":"https://schema.org/","@type": "Dataset"}</script>',
    '<div itemscope itemtype="http://schema.org/Dataset"></div>',
    '<div vocab="https://schema.org/" typeof="Dataset"></div>',
    "<div typeof='foaf:Document dcat:Dataset'></div>",
  ]) {
    expect(await seen(recogniseSchemaOrg, answers(page))).toEqual({ url: '/index.xml', sure: false })
  }
  expect(await seen(recogniseSchemaOrg, answers('<script>{"@type": "Article"}</script>'))).toBeUndefined()
})

test('the statistics API of HCP: the indicators of its tree, each once', async () => {
  const tree = [{ code: 'T', subjects: [{ code: 'S', indicators: [{ code: 'I1' }, { code: 'I2' }], subSubjects: [{ indicators: [{ code: 'I1' }] }] }] }]
  expect(await seen(recogniseHcpBds, { '/api/v1/subject-groups': json(tree) })).toEqual({ url: '/api/v1', sure: true, datasets: 2 })
})

if (!corpus) test('statistics are known by their real answers: the corpus is absent', () => {})
else
  test('SDMX is known by real lists of dataflows: 3.0 in XML, 1.0 in JSON', async () => {
    expect(
      await seen(recogniseSdmx, { '/rest/structure/dataflow/*/*/~?*': file('sdmx/khaeru__sdmx-test-data/v3/xml/dataflow.xml', 'application/xml') }),
    ).toMatchObject({ url: '/rest', sure: true, datasets: expect.any(Number), options: { version: '3.0' } })
    expect(
      await seen(recogniseSdmx, { '/rest/dataflow/all/all/latest?*': file('sdmx/TerriaJS__terriajs/SDMX-JSON/dataflow-region.json', 'application/json') }),
    ).toMatchObject({ url: '/rest', sure: true })
  })
