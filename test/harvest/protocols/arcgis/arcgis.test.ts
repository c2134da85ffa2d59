import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { boxIn } from '../../../../src/harvest/protocols/arcgis/server-mapping.ts'
import { corpus } from '../../../corpus.ts'
import { json, lostAt, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

type Item = Record<string, unknown>
const refused = (code: number, message = '', messageCode?: string) => json({ error: { code, message, details: [], ...(messageCode && { messageCode }) } })

/** An item as the search of Hub gives it. */
const feature = (id: string, edition = 1, more: Item = {}): Item => ({
  id,
  type: 'Feature',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [-8, 33],
        [-7, 33],
        [-7, 34],
        [-8, 34],
        [-8, 33],
      ],
    ],
  },
  properties: {
    id,
    title: `Couche ${id}`,
    description: `<p>Version <b>${edition}</b></p>`,
    tags: ['voirie'],
    owner: 'sig_ville',
    source: 'Ville',
    access: 'public',
    culture: 'fr-fr',
    created: 1700000000000,
    modified: 1706700000000 + edition * 2_600_000_000,
    numViews: Math.round(Math.random() * 1e6),
    type: 'Feature Service',
    url: `https://services.example.com/org/arcgis/rest/services/${id}/FeatureServer/2`,
    licenseInfo: '<a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>',
    categories: ['/Categories/Transport'],
    ...more,
  },
})
const modified = (item: unknown) => Number(((item as Item)['properties'] as Item | undefined)?.['modified'] ?? 0)
const hubPath = '/api/search/v1/collections/dataset/items'
const search =
  (items: unknown[]): Answer =>
  (request, response) => {
    const url = new URL(request.url!, 'http://portal')
    const [limit, start] = [Number(url.searchParams.get('limit')), Number(url.searchParams.get('startindex'))]
    const ordered = url.searchParams.has('sortBy') ? [...items].sort((a, b) => modified(b) - modified(a)) : items
    url.searchParams.set('startindex', String(start + limit))
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        type: 'FeatureCollection',
        features: ordered.slice(start - 1, start - 1 + limit),
        numberMatched: items.length,
        links: start + limit <= items.length ? [{ rel: 'next', href: url.pathname + url.search }] : [],
      }),
    )
  }

keepsTheContract({
  protocol: 'arcgis',
  options: { pageSize: 3, api: 'search' },
  record: feature,
  broken: { type: 'Feature', properties: { title: 'Sans identifiant' } },
  answers: items => ({
    [`${hubPath}?*`]: search(items),
    ...Object.fromEntries(items.map(each => [`${hubPath}/${(each as Item)['id'] as string}`, json(each)])),
  }),
  partly: items => ({ [`${hubPath}?*`]: lostAt('startindex=4', search(items)) }),
  single: true,
})

/** A server whose services lie in two folders. */
const server = (services: unknown[]) => {
  const names = services.map(each => text(each, 'name'))
  const listing = (folder: string, names: string[]) =>
    json({ currentVersion: 10.91, folders: [], services: names.map(name => ({ name: name && `${folder}/${name}`, type: 'MapServer' })) })
  const half = Math.ceil(names.length / 2)
  const folders: [string, string[]][] = [
    ['Eau', names.slice(0, half)],
    ['Voirie', names.slice(half)],
  ]
  return Object.fromEntries<Answer>([
    ['/arcgis/rest/services?*', json({ currentVersion: 10.91, folders: ['Eau', 'Voirie', 'System'], services: [] })],
    ...folders.map(([folder, held]): [string, Answer] => [`/arcgis/rest/services/${folder}?*`, listing(folder, held)]),
    ...services.flatMap((each): [string, Answer][] =>
      folders.map(([folder]) => [`/arcgis/rest/services/${folder}/${text(each, 'name')}/MapServer?*`, json(each)]),
    ),
  ])
}
const text = (item: unknown, name: string) => String((item as Item)[name] ?? '')
const folderOf = (id: string) => (id < 'f' ? 'Eau' : 'Voirie')

keepsTheContract({
  protocol: 'arcgis',
  url: portal => `${portal}/arcgis/rest/services`,
  record: (id, edition) => ({ name: id, mapName: `Carte ${id}`, serviceDescription: `Version ${edition}`, layers: [{ id: 0, name: 'Routes' }] }),
  broken: { mapName: 'Sans nom' },
  answers: services => {
    const named = services.filter(each => text(each, 'name'))
    const answers = server(named)
    const placed = Object.fromEntries(Object.entries(answers).filter(([path]) => !/\/services\/(Eau|Voirie)\?/.test(path)))
    const listing = (folder: string) =>
      json({
        folders: [],
        services: [
          ...services
            .filter(each => !text(each, 'name'))
            .filter(() => folder === 'Eau')
            .map(() => ({ type: 'MapServer' })),
          ...named.filter(each => folderOf(text(each, 'name')) === folder).map(each => ({ name: `${folder}/${text(each, 'name')}`, type: 'MapServer' })),
        ],
      })
    return { ...placed, '/arcgis/rest/services/Eau?*': listing('Eau'), '/arcgis/rest/services/Voirie?*': listing('Voirie') }
  },
  partly: services => ({ ...server(services), '/arcgis/rest/services/Voirie?*': { status: 404, type: 'text/html', body: 'Not Found' } }),
  key: id => `${folderOf(id)}/${id}`,
})

describe('arcgis', () => {
  onStage()
  const source = (path = '', options = {}) => house.source('arcgis', portal.url + path, { options })
  const graphOf = (key: string) => house.graph(house.records().find(each => each.key === key)!.id)

  test('an item of Hub: its service, its exports, its licence by the link in its text, its place; counts of visits change nothing', async () => {
    portal.answers = { [`${hubPath}?*`]: search([feature('abc')]) }
    expect(await house.harvest(source('', { site: 'https://donnees.example.ma' }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    const graph = graphOf('abc')
    expect(house.records()[0]!.dataset).toBe('https://donnees.example.ma/datasets/abc')
    for (const words of [
      'title> "Couche abc"',
      'description> "Version 1"',
      'issued> "2023-11-14T22:13:20',
      'name> "Ville"',
      'POLYGON((-8 33',
      'licence/CC_BY_4_0>',
      'language/FRA>',
      'data-theme/TRAN>',
      'endpointURL> <https://services.example.com/org/arcgis/rest/services/abc/FeatureServer/2>',
      'downloadURL> <https://donnees.example.ma/api/v3/datasets/abc_2/downloads/data?format=csv&spatialRefId=4326>',
    ])
      expect(graph).toContain(words)
    portal.answers = { [`${hubPath}?*`]: search([feature('abc')]) }
    expect(await house.harvest(source('', { site: 'https://donnees.example.ma' }), { full: true })).toMatchObject({ unchanged: 1, updated: 0 })
  })

  test('what is not public is left out; a file has its download; long terms of use stay with the dataset', async () => {
    const items = [
      feature('a', 1, { access: 'org' }),
      feature('b', 1, { type: 'CSV', url: null, name: 'ponts.csv', size: 1024, licenseInfo: 'x '.repeat(150) }),
    ]
    portal.answers = { [`${hubPath}?*`]: search(items) }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, problems: [] })
    const graph = graphOf('b')
    for (const words of ['downloadURL> <https://www.arcgis.com/sharing/rest/content/items/b/data>', 'byteSize> "1024"', 'dc/terms/rights>'])
      expect(graph).toContain(words)
    expect(graph).not.toContain('dc/terms/license>')
  })

  test('a site without the search of today is asked by its API v3', async () => {
    const resource = (id: string): Item => ({
      id,
      type: 'dataset',
      attributes: {
        name: `Jeu ${id}`,
        searchDescription: 'Texte',
        url: 'https://s.example.com/a/FeatureServer/0',
        modified: '2024-01-01T00:00:00.000Z',
        extent: {
          type: 'envelope',
          coordinates: [
            [-8, 33],
            [-7, 34],
          ],
        },
        structuredLicense: { type: 'cc-by', url: 'https://creativecommons.org/licenses/by/4.0/' },
      },
    })
    portal.answers = {
      '/api/v3/datasets?*': (request, response) => {
        const page = Number(new URL(request.url!, 'http://portal').searchParams.get('page[number]'))
        response.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            data: page < 3 ? [resource(`${page}`.repeat(4) + '_0')] : [],
            meta: { stats: { totalCount: 2 }, ...(page < 2 && { next: `${portal.url}/api/v3/datasets?page%5Bnumber%5D=2&page%5Bsize%5D=1` }) },
          }),
        )
      },
    }
    expect(await house.harvest(source('', { pageSize: 1 }))).toMatchObject({ state: 'complete', added: 2, problems: [] })
    expect(await house.harvest(source('', { pageSize: 1 }))).toMatchObject({ state: 'complete', unchanged: 2, problems: [] })
    for (const words of ['POLYGON((-8 33, -7 33, -7 34, -8 34, -8 33))', 'CC_BY_4_0>', '/api/v3/datasets/1111_0/downloads/data?format=csv'])
      expect(graphOf('1111_0')).toContain(words)
  })

  test('the DCAT-AP feed of a site is read as a feed is, and kept as one', async () => {
    portal.answers = {
      '/api/feed/dcat-ap/3.0.0.json': {
        type: 'application/ld+json',
        body: JSON.stringify({
          '@context': { dcat: 'http://www.w3.org/ns/dcat#', dct: 'http://purl.org/dc/terms/' },
          '@id': 'https://donnees.example.ma/d/1',
          '@type': 'dcat:Dataset',
          'dct:title': 'Ponts',
        }),
      },
    }
    expect(await house.harvest(source('', { api: 'feed' }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(graphOf('https://donnees.example.ma/d/1')).toContain('title> "Ponts"')
  })

  test('a server: types under one name are one dataset; services that ask for a token are not for everybody; tools hold no data', async () => {
    const map = {
      mapName: 'Layers',
      serviceDescription: '',
      copyrightText: 'Ville',
      layers: [
        { id: 0, name: 'Ponts' },
        { id: 1, name: 'Tunnels' },
      ],
      supportedExtensions: 'FeatureServer, WMSServer',
      documentInfo: { Title: '', Author: 'Atelier SIG', Keywords: 'pont,tunnel' },
      timeInfo: { timeExtent: [1577836800000, 1609459200000] },
      fullExtent: { xmin: -868000, ymin: 3960000, xmax: -824000, ymax: 3990000, spatialReference: { wkid: 102100, latestWkid: 3857 } },
    }
    portal.answers = {
      '/arcgis/rest/services?*': json({
        currentVersion: 11,
        folders: ['Privé', 'Utilities'],
        services: [
          { name: 'Ouvrages_d_art', type: 'FeatureServer' },
          { name: 'Ouvrages_d_art', type: 'MapServer' },
          { name: 'Secret', type: 'MapServer' },
          { name: 'Trouver', type: 'GeocodeServer' },
        ],
      }),
      '/arcgis/rest/services/Priv%C3%A9?*': refused(499, 'Token Required'),
      '/arcgis/rest/services/Ouvrages_d_art/MapServer?*': json(map),
      '/arcgis/rest/services/Ouvrages_d_art/FeatureServer?*': json({ serviceDescription: '', layers: [] }),
      '/arcgis/rest/services/Secret/MapServer?*': refused(499, 'Token Required'),
    }
    const wanted = source('/arcgis/rest/services')
    expect(await house.harvest(wanted)).toMatchObject({ state: 'complete', added: 1, problems: [] })
    const graph = graphOf('Ouvrages_d_art')
    for (const words of [
      'title> "Ouvrages d art"',
      'description> "Ponts, Tunnels"',
      'keyword> "pont"',
      'name> "Atelier SIG"',
      'startDate> "2020-01-01T00:00:00',
      'POLYGON((-7.79',
      '/arcgis/services/Ouvrages_d_art/MapServer/WMSServer?service=WMS&request=GetCapabilities>',
      '/Ouvrages_d_art/FeatureServer>',
    ])
      expect(graph).toContain(words)
    expect(portal.asked.some(path => /Utilities|Trouver/.test(path))).toBe(false)
    portal.answers['/arcgis/rest/services/Ouvrages_d_art/FeatureServer?*'] = refused(500, 'Service not started')
    expect(await house.harvest(wanted)).toMatchObject({ failed: 1, missing: 0, removed: 0 })
    expect(house.published()).toBe(1)
  })

  test.each([
    ['degrees', { xmin: -8, ymin: 33, xmax: -7, ymax: 34, spatialReference: { wkid: 4326 } }, [-8, 33, -7, 34]],
    ['Web Mercator', { xmin: 0, ymin: 0, xmax: 20037508.342789, ymax: 20037508.342789, spatialReference: { wkid: 102100 } }, [0, 0, 180, 85.051129]],
    ['a projection of a country', { xmin: 300000, ymin: 300000, xmax: 310000, ymax: 310000, spatialReference: { wkid: 26191 } }, undefined],
    ['nothing', { xmin: 'NaN', ymin: 'NaN', xmax: 'NaN', ymax: 'NaN', spatialReference: { wkid: 4326 } }, undefined],
  ])('an extent in %s', (_name, extent, box) => {
    expect(boxIn(extent)).toEqual(box)
  })

  test.each([
    ['an error with status 200', () => refused(400, 'Invalid query'), 'portal-refused'],
    ['another API', () => json({ hits: [] }), 'unexpected-answer'],
    ['nextStart that stands still', () => json({ results: [{ id: 'a', title: 'A' }], total: 9, nextStart: 1 }), 'repeated-page'],
  ])('of a portal, %s: a problem says so, and nothing is taken for removed', async (_name, answer, code) => {
    portal.answers = { '/sharing/rest/search?*': answer() }
    const report = await house.harvest(source('/sharing/rest'))
    expect(report.state).not.toBe('complete')
    expect(report.problems.map(problem => problem.code)).toContain(code)
  })

  test('an item that a portal says does not exist is gone; one that cannot be asked for is not', async () => {
    const results = ['a', 'b', 'c', 'd'].map(id => ({ id, title: id, type: 'CSV', access: 'public' }))
    portal.answers = {
      '/sharing/rest/search?*': json({ results, total: 4, nextStart: -1 }),
      '/sharing/rest/content/items/b?*': { status: 503, body: '' },
      '/sharing/rest/content/items/c?*': refused(400, 'Item does not exist or is inaccessible.', 'CONT_0001'),
    }
    const wanted = house.source('arcgis', `${portal.url}/sharing/rest`, { options: {} })
    await house.harvest(wanted)
    const report = await house.harvest(wanted, { only: 'c' })
    expect(report.problems).toEqual([])
    expect(report.missing + report.removed).toBe(1)
  })
})

if (!corpus) console.warn('arcgis.test.ts skips the recorded searches: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus).each([
  ['search-result.json', 4, '66fabd8c23074ecc85883e0086419adc'],
  ['group-2dfa6cfea7774d9585700059e1fc8219-items-search.json', 3, '8046fc86421e4316b141b13d9b2aada6'],
])('a recorded search of a portal: %s', (name, count, key) => {
  onStage()
  test('every item is a record with its service; harvested again, all are unchanged', async () => {
    const recorded = readFileSync(join(corpus!, 'arcgis-hub/TerriaJS__terriajs/ArcGisPortal', name), 'utf8')
    portal.answers = { '/sharing/rest/search?*': { type: 'application/json', body: recorded } }
    const source = house.source('arcgis', `${portal.url}/sharing/rest`, { language: 'en', options: { site: 'https://portal.spatial.nsw.gov.au/portal' } })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: count, failed: 0, problems: [] })
    expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', unchanged: count, problems: [] })
    const record = house.records().find(each => each.key === key)!
    expect(record.dataset).toBe(`https://portal.spatial.nsw.gov.au/portal/home/item.html?id=${key}`)
    expect(house.graph(record.id)).toContain('endpointURL> <https://')
  }, 60_000)
})
