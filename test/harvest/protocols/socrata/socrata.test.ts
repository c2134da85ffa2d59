import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { politeHttp } from '../../../../src/harvest/http/fetch.ts'
import { protocols } from '../../../../src/harvest/protocols/index.ts'
import { corpus } from '../../../corpus.ts'
import { lostAt, respond, type Answer } from '../../../portal.ts'
import { lent } from '../../harvest.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

type Item = Record<string, Record<string, unknown>>
const path = '/api/catalog/v1?*'

/** An asset as the discovery API gives it. */
const asset = (id: string, edition = 1, more: Record<string, unknown> = {}): Item => ({
  resource: {
    id,
    name: `Jeu ${id}`,
    description: `Description ${id}, version ${edition}`,
    attribution: 'Ville',
    type: 'dataset',
    parent_fxf: [],
    createdAt: '2023-01-01T00:00:00.000Z',
    updatedAt: `2024-0${edition}-01T00:00:00.000Z`,
    data_updated_at: `2024-0${edition}-01T00:00:00.000Z`,
    page_views: { page_views_total: Math.random() },
    ...more,
  },
  classification: {
    categories: ['environment'],
    tags: [],
    domain_category: 'Environnement',
    domain_tags: ['eau'],
    domain_metadata: [{ key: 'Mise-à-jour_Fréquence', value: 'Annuelle' }],
  } as never,
  metadata: { domain: 'data.example.org', license: 'Creative Commons Attribution 4.0 International' },
  permalink: `https://data.example.org/d/${id}` as never,
  link: `https://data.example.org/Environnement/Jeu/${id}` as never,
})
const idOf = (each: unknown) => String((each as Item)['resource']?.['id'])

/** The catalogue: by offset up to 10,000, by what follows an identifier, in the order of changes, one alone. */
const catalogue =
  (items: unknown[]): Answer =>
  (request, response) => {
    const query = new URL(request.url!, 'http://portal').searchParams
    const [limit, offset, after, wanted] = [Number(query.get('limit')), Number(query.get('offset') ?? 0), query.get('scroll_id'), query.get('ids')]
    const newest = query.get('order') === 'updatedAt DESC'
    const ordered = [...items]
      .sort((a, b) => (newest ? String((b as Item)['resource']!['updatedAt']).localeCompare(String((a as Item)['resource']!['updatedAt'])) : 0))
      .filter(each => !wanted || idOf(each) === wanted)
    const start = after === null ? offset : ordered.findIndex(each => idOf(each) === after) + 1
    const refused = after === null && offset + limit > 10_000
    response
      .writeHead(refused ? 400 : 200, { 'content-type': 'application/json' })
      .end(
        JSON.stringify(refused ? { error: 'offset too deep' } : { results: ordered.slice(start, start + limit), resultSetSize: ordered.length, timings: {} }),
      )
  }

keepsTheContract({
  protocol: 'socrata',
  options: { pageSize: 3, domain: 'data.example.org' },
  record: asset,
  broken: { resource: { name: 'Sans identifiant' } },
  answers: items => ({ [path]: catalogue(items) }),
  partly: items => ({ [path]: lostAt('offset=3', catalogue(items)) }),
  single: true,
})

describe('socrata', () => {
  onStage()
  const source = (options = {}) => house.source('socrata', portal.url, { options: { domain: 'data.example.org', ...options } })
  const graphs = async (...items: Item[]) => {
    portal.answers = { [path]: catalogue(items) }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: items.length, problems: [] })
    return new Map(house.records().map(record => [record.key, house.graph(record.id)]))
  }

  test("the portal's own domain is asked for, and the kinds that hold data", async () => {
    await graphs(asset('aaaa-0001'))
    const query = new URL(portal.asked[0]!, 'http://portal').searchParams
    expect(Object.fromEntries(query)).toMatchObject({
      domains: 'data.example.org',
      search_context: 'data.example.org',
      only: 'datasets,maps,files,hrefs',
      order: 'dataset_id',
    })
  })

  test('the second run reads the newest changes first and stops at the first old one', async () => {
    const items = Array.from({ length: 9 }, (_, at) => asset(`aaaa-000${at}`, at === 8 ? 2 : 1))
    portal.answers = { [path]: catalogue(items) }
    await house.harvest(source({ pageSize: 3 }))
    items[4] = asset('aaaa-0004', 3)
    portal.asked.length = 0
    expect(await house.harvest(source({ pageSize: 3 }))).toMatchObject({ state: 'complete', seen: 9, updated: 1, unchanged: 8, problems: [] })
    expect(portal.asked).toHaveLength(1)
    items.pop()
    expect(await house.harvest(source({ pageSize: 3 }))).toMatchObject({ state: 'complete', seen: 8, missing: 1 })
  })

  test('counts of visits change nothing', async () => {
    await graphs(asset('aaaa-0001'))
    portal.answers = { [path]: catalogue([asset('aaaa-0001')]) }
    expect(await house.harvest(source(), { full: true })).toMatchObject({ unchanged: 1, updated: 0 })
    expect(house.ledger.get('SELECT count(DISTINCT payload_digest) AS c FROM record')).toEqual({ c: 1 })
  })

  test('a table, a map, a file and a link each have the addresses they can be had at', async () => {
    const made = await graphs(
      asset('aaaa-0001'),
      asset('aaaa-0002', 1, { type: 'map', lens_view_type: 'geo' }),
      asset('aaaa-0003', 1, { type: 'file', blob_mime_type: 'application/pdf; charset=binary' }),
      asset('aaaa-0004', 1, { type: 'href' }),
    )
    expect(made.get('aaaa-0001')).toContain('downloadURL> <https://data.example.org/api/views/aaaa-0001/rows.csv?accessType=DOWNLOAD> .')
    expect(made.get('aaaa-0001')).toContain('endpointURL> <https://data.example.org/resource/aaaa-0001.json> .')
    expect(made.get('aaaa-0002')).toContain('<https://data.example.org/api/geospatial/aaaa-0002?method=export&format=GeoJSON> .')
    expect(made.get('aaaa-0003')).toContain('downloadURL> <https://data.example.org/download/aaaa-0003/application%2Fpdf> .')
    expect(made.get('aaaa-0003')).toContain('media-types/application/pdf> .')
    expect(made.get('aaaa-0004')).not.toContain('downloadURL>')
    expect(made.get('aaaa-0004')).toContain('accessURL> <https://data.example.org/Environnement/Jeu/aaaa-0004> .')
    for (const graph of made.values())
      for (const words of ['CC_BY_4_0> .', 'frequency/ANNUAL> .', '<https://data.example.org/d/aaaa-']) expect(graph).toContain(words)
  })

  test('views made of others are left out unless wanted; what its owner hides from catalogues always is', async () => {
    const items = [asset('aaaa-0001'), asset('aaaa-0002', 1, { parent_fxf: ['aaaa-0001'] }), asset('aaaa-0003', 1, { hide_from_data_json: true })]
    portal.answers = { [path]: catalogue(items) }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(await house.harvest(source({ derived: true }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(house.records().map(record => record.key)).toEqual(['aaaa-0001', 'aaaa-0002'])
  })

  test('an asset that is asked for alone and that the catalogue does not list is not found, and nothing goes', async () => {
    await graphs(asset('aaaa-0001'), asset('aaaa-0002'))
    portal.answers = { [path]: catalogue([asset('aaaa-0001')]) }
    const report = await house.harvest(source(), { only: 'aaaa-0002' })
    expect(report).toMatchObject({ removed: 0, missing: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual(['not-found'])
  })

  test('a catalogue of more than 10,000 is read by what follows the last identifier; one that answers the same again is no endless loop', async () => {
    const items = Array.from({ length: 10_050 }, (_, at) => asset(`n${String(at).padStart(5, '0')}`))
    const http = politeHttp({ ...source().limits, delayMs: 0 }, house.engine.catalogue.http)
    const read = async () => {
      let records = 0
      for await (const harvested of protocols['socrata']!.harvest(source({ pageSize: 1000 }), lent(http))) if ('payload' in harvested) records++
      return records
    }
    portal.answers = { [path]: catalogue(items) }
    expect(await read()).toBe(10_050)
    portal.answers = {
      [path]: (request, response) => {
        request.url = request.url!.replace(/scroll_id=\w+/, 'offset=0')
        respond(catalogue(items), request, response)
      },
    }
    await expect(read()).rejects.toMatchObject({ code: 'repeated-page' })
  })
})

if (!corpus) console.warn('socrata.test.ts skips the recorded search: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('a recorded search of data.melbourne.vic.gov.au', () => {
  onStage()
  test('the first five of 48: five records, and the rest is not taken for gone', async () => {
    const recorded = readFileSync(join(corpus!, 'socrata/_derived/search-first5.json'), 'utf8')
    portal.answers = {
      [path]: (request, response) => {
        response
          .writeHead(request.url!.includes('offset=0') ? 200 : 404, { 'content-type': 'application/json' })
          .end(request.url!.includes('offset=0') ? recorded : '{}')
      },
    }
    const source = house.source('socrata', portal.url, { language: 'en', options: { domain: 'data.melbourne.vic.gov.au' } })
    expect(await house.harvest(source)).toMatchObject({ state: 'partial', added: 5, failed: 0 })
    expect(await house.harvest(source)).toMatchObject({ state: 'partial', unchanged: 5 })
    const canopies = house.records().find(record => record.key === 'y79a-us3f')!
    expect(canopies.dataset).toBe('https://data.melbourne.vic.gov.au/d/y79a-us3f')
    const graph = house.graph(canopies.id)
    for (const words of [
      'title> "Tree canopies 2011 (Urban Forest)"@en',
      'CC_BY_4_0>',
      '<https://data.melbourne.vic.gov.au/download/y79a-us3f/application%2Fzip>',
      'name> "City of Melbourne"@en',
    ])
      expect(graph).toContain(words)
  }, 60_000)
})
