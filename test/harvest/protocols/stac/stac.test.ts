import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../corpus.ts'
import { json, lostAt, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

type Item = Record<string, unknown>
const idOf = (each: unknown) => String((each as Item)['id'])

const collection = (id: string, edition = 1, more: Item = {}): Item => ({
  type: 'Collection',
  stac_version: '1.0.0',
  id,
  title: `Collection ${id}`,
  description: `Version ${edition}`,
  license: 'CC-BY-4.0',
  keywords: ['satellite'],
  extent: {
    spatial: {
      bbox: [
        [-13, 27, -1, 36],
        [-8, 33, -7, 34],
      ],
    },
    temporal: { interval: [['2020-01-01T00:00:00Z', null]] },
  },
  providers: [
    { name: 'Agence', roles: ['producer', 'licensor'], url: 'https://agence.example.ma' },
    { name: 'Hébergeur', roles: ['host'] },
  ],
  links: [],
  ...more,
})
const paged =
  (collections: unknown[]): Answer =>
  (request, response) => {
    const offset = Number(new URL(request.url!, 'http://portal').searchParams.get('offset') ?? 0)
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        collections: collections.slice(offset, offset + 4),
        numberMatched: collections.length,
        links: offset + 4 < collections.length ? [{ rel: 'next', href: `/collections?offset=${offset + 4}` }] : [],
      }),
    )
  }

keepsTheContract({
  protocol: 'stac',
  url: portal => `${portal}/collections`,
  record: collection,
  broken: { type: 'Collection', title: 'Sans identifiant' },
  answers: collections => ({
    '/collections?*': paged(collections),
    ...Object.fromEntries(collections.map(each => [`/collections/${idOf(each)}`, json(each)])),
  }),
  partly: collections => ({ '/collections?*': lostAt('offset=4', paged(collections)) }),
  single: true,
})

/** A static catalogue: a root, two catalogues below it, and the collections by links relative to where they stand. */
const catalogued = (collections: unknown[], lost = false): Record<string, Answer> => {
  const half = Math.ceil(collections.length / 2)
  const child = (each: unknown, at: number) => ({ rel: 'child', href: `./${at}/collection.json` })
  const branch = (name: string, held: unknown[]): [string, Answer][] => [
    [`/stac/${name}/catalog.json`, json({ type: 'Catalog', id: name, links: [{ rel: 'parent', href: '../catalog.json' }, ...held.map(child)] })],
    ...held.map((each, at): [string, Answer] => [`/stac/${name}/${at}/collection.json`, json(each)]),
  ]
  const all = Object.fromEntries([...branch('radar', collections.slice(0, half)), ...branch('optique', collections.slice(half))])
  if (lost) all['/stac/optique/catalog.json'] = { status: 404, body: 'Not Found' }
  return {
    '/stac/catalog.json': json({
      type: 'Catalog',
      id: 'racine',
      links: [
        { rel: 'root', href: './catalog.json' },
        { rel: 'child', href: './radar/catalog.json' },
        { rel: 'child', href: './optique/catalog.json' },
      ],
    }),
    ...all,
  }
}

keepsTheContract({
  protocol: 'stac',
  url: portal => `${portal}/stac/catalog.json`,
  record: collection,
  broken: { type: 'Collection', title: 'Sans identifiant' },
  answers: collections => catalogued(collections),
  partly: collections => catalogued(collections, true),
})

describe('stac', () => {
  onStage()
  const source = (path: string, options = {}) => house.source('stac', portal.url + path, { options })
  const graphOf = (key: string) => house.graph(house.records().find(each => each.key === key)!.id)

  test('an API is found by its landing page; items are a distribution with the API as its service, assets are files, pictures are not', async () => {
    portal.answers = {
      '/': json({
        type: 'Catalog',
        id: 'api',
        conformsTo: ['https://api.stacspec.org/v1.0.0/collections'],
        links: [
          { rel: 'data', href: '/collections' },
          { rel: 'child', href: '/collections/s2' },
        ],
      }),
      '/collections': json({
        collections: [
          collection('s2', 1, {
            'sci:doi': '10.5270/S2_-742ikth',
            license: 'proprietary',
            summaries: { gsd: [10] },
            links: [
              { rel: 'self', href: 'https://stac.example.ma/collections/s2' },
              { rel: 'items', type: 'application/geo+json', href: 'https://stac.example.ma/collections/s2/items' },
              { rel: 'license', href: 'https://creativecommons.org/licenses/by/4.0/' },
              { rel: 'about', href: 'https://stac.example.ma/s2.html' },
            ],
            assets: {
              parquet: { href: './s2.parquet', type: 'application/vnd.apache.parquet', roles: ['data'], title: 'GeoParquet' },
              thumbnail: { href: './s2.png', type: 'image/png', roles: ['thumbnail'] },
            },
          }),
        ],
        links: [],
      }),
    }
    expect(await house.harvest(source('/'))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(house.records()[0]!.dataset).toBe('https://stac.example.ma/collections/s2')
    const graph = graphOf('s2')
    for (const words of [
      'title> "Collection s2"',
      'endpointURL> <https://stac.example.ma/collections/s2/items>',
      'downloadURL> <https://stac.example.ma/collections/s2.parquet>',
      'CC_BY_4_0>',
      'page> <https://stac.example.ma/s2.html>',
      'notation> "10.5270/S2_-742ikth"',
      'spatialResolutionInMeters> "10"',
      'startDate> "2020-01-01T00:00:00Z"',
      'POLYGON((-13 27',
      'dc/terms/publisher>',
      'dc/terms/creator>',
      'name> "Hébergeur"',
      'name> "Agence"',
    ])
      expect(graph).toContain(words)
    for (const words of ['s2.png', 'endDate>', 'POLYGON((-8 33']) expect(graph).not.toContain(words)
  })

  test('a static catalogue is followed once, though its links run in a circle; addresses are read from where they stand; items that come change nothing', async () => {
    const held = (items: number) =>
      json(
        collection('a', 1, {
          assets: { csv: { href: 'a.csv', type: 'text/csv' } },
          links: [{ rel: 'child', href: '../catalog.json' }, ...Array.from({ length: items }, (_, at) => ({ rel: 'item', href: `./item-${at}.json` }))],
        }),
      )
    portal.answers = {
      '/stac/catalog.json': json({
        type: 'Catalog',
        id: 'racine',
        links: [
          { rel: 'child', href: './a/collection.json' },
          { rel: 'child', href: 'a/collection.json#x' },
        ],
      }),
      '/stac/a/collection.json': held(2),
    }
    expect(await house.harvest(source('/stac/catalog.json'))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(graphOf('a')).toContain(`downloadURL> <${portal.url}/stac/a/a.csv>`)
    expect(portal.asked.some(path => path.includes('item-'))).toBe(false)
    portal.answers['/stac/a/collection.json'] = held(3)
    expect(await house.harvest(source('/stac/catalog.json'))).toMatchObject({ state: 'complete', unchanged: 1, updated: 0 })
  })

  test('a catalogue of catalogues without end is stopped, and nothing is taken for removed', async () => {
    portal.answers = {
      '/stac/catalog.json?*': (request, response) => {
        const n = Number(new URL(request.url!, 'http://portal').searchParams.get('n') ?? 0)
        response.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            type: 'Catalog',
            id: `c${n}`,
            links: [
              { rel: 'child', href: `?n=${n * 2 + 1}` },
              { rel: 'child', href: `?n=${n * 2 + 2}` },
            ],
          }),
        )
      },
    }
    const deep = await house.harvest(source('/stac/catalog.json', { maxDepth: 3 }))
    expect(deep.problems.map(problem => problem.code)).toContain('endless-pages')
    const wide = await house.harvest(source('/stac/catalog.json', { maxDepth: 100, maxCatalogues: 50 }))
    expect(wide).toMatchObject({ state: 'failed' })
    expect(wide.problems.map(problem => problem.code)).toEqual(['endless-pages'])
  })

  test('only the collections that are wanted are read', async () => {
    portal.answers = { '/collections': json({ collections: [collection('a'), collection('b')] }) }
    expect(await house.harvest(source('/collections', { collections: ['b'] }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
  })

  test('a collection that the API no longer knows is gone when it is asked for alone', async () => {
    portal.answers = {
      '/collections': json({ collections: ['a', 'b', 'c', 'd'].map(id => collection(id)) }),
      '/collections/c': json({ code: 'NotFoundError', description: 'c not found' }, 404),
      '/collections/d': { status: 404, type: 'text/html', body: '<h1>404</h1>' },
    }
    await house.harvest(source('/collections'))
    const report = await house.harvest(source('/collections'), { only: 'c' })
    expect(report.missing + report.removed).toBe(1)
    expect(await house.harvest(source('/collections'), { only: 'd' })).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
  })
})

if (!corpus) console.warn('stac.test.ts skips the recorded collections: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('recorded collections', () => {
  onStage()
  const names = ['simple-collection', 'sentinel-2-l2a']
  const read = (name: string) => JSON.parse(readFileSync(join(corpus!, 'stac/geopython__pycsw/stac_api/data', `${name}.json`), 'utf8')) as Item
  test.each([
    [
      'as an API',
      () => ({ '/': json({ conformsTo: [], links: [{ rel: 'data', href: '/collections' }] }), '/collections': json({ collections: names.map(read) }) }),
    ],
    [
      'as a static catalogue',
      () => ({
        '/': json({ type: 'Catalog', id: 'c', links: names.map(name => ({ rel: 'child', href: `/${name}.json` })) }),
        ...Object.fromEntries(names.map(name => [`/${name}.json`, json(read(name))])),
      }),
    ],
  ])(
    '%s: both are datasets; harvested again, both are unchanged',
    async (_name, answers) => {
      portal.answers = answers()
      const source = house.source('stac', `${portal.url}/`, { language: 'en' })
      expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 2, failed: 0, problems: [] })
      expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', unchanged: 2, problems: [] })
      const simple = house.graph(house.records().find(record => record.key === 'simple-collection')!.id)
      for (const words of [
        'title> "Simple Example Collection"@en',
        'name> "Remote Data, Inc"@en',
        'startDate> "2020-12-11T22:38:32',
        'POLYGON((172.91173669923782 1.3438851951615003',
      ])
        expect(simple).toContain(words)
    },
    60_000,
  )
})
