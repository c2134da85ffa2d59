import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { politeHttp } from '../../../../src/harvest/http/fetch.ts'
import { protocols } from '../../../../src/harvest/protocols/index.ts'
import { rebuild } from '../../../../src/harvest/run/rebuild.ts'
import { corpus } from '../../../corpus.ts'
import { json, lostAt, respond, type Answer } from '../../../portal.ts'
import { lent } from '../../harvest.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

type Item = Record<string, unknown>
const list = '/api/explore/v2.1/catalog/datasets'
const unknownDataset = json({ error_code: 'UnknownDataset', message: 'The dataset does not exist.' }, 404)

/** A dataset as the API 2.1 lists it. */
const dataset = (id: string, edition = 1, more: Item = {}): Item => ({
  dataset_id: id,
  dataset_uid: `da_${id}`,
  has_records: true,
  data_visible: true,
  features: ['analyze'],
  attachments: [],
  fields: [],
  metas: {
    default: {
      title: `Jeu ${id}`,
      description: `<p>Description ${id}, version ${edition}</p>`,
      keyword: ['eau'],
      theme: ['Environnement'],
      publisher: 'Ville',
      modified: `2024-0${edition}-01T00:00:00+00:00`,
      metadata_processed: `2024-0${edition}-01T00:00:00+00:00`,
      language: 'fr',
      license: 'CC BY',
      license_url: 'https://creativecommons.org/licenses/by/4.0/',
      ...more,
    },
  },
})

/** The catalogue's list: limit, offset and a filter by date, with the limits of the platform. */
const catalogue =
  (items: unknown[]): Answer =>
  (request, response) => {
    const query = new URL(request.url!, 'http://portal').searchParams
    const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))]
    const since = /modified >= date'([^']+)'/.exec(query.get('where') ?? '')?.[1]
    const found = items.filter(each => !since || String((each as { metas: { default: Item } }).metas.default['modified']) >= since)
    const refused = limit > 100 || offset + limit > 10_000
    response
      .writeHead(refused ? 400 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify(refused ? { error_code: 'InvalidRESTParameterError' } : { total_count: found.length, results: found.slice(offset, offset + limit) }))
  }
const answers = (items: unknown[]): Record<string, Answer> => ({
  [`${list}?*`]: catalogue(items),
  ...Object.fromEntries(items.filter(each => (each as Item)['dataset_id']).map(each => [`${list}/${String((each as Item)['dataset_id'])}?*`, json(each)])),
})

keepsTheContract({
  protocol: 'opendatasoft',
  options: { pageSize: 3 },
  record: dataset,
  broken: { metas: { default: { title: 'Sans identifiant' } } },
  answers,
  partly: items => ({ [`${list}?*`]: lostAt('offset=3', catalogue(items)) }),
  single: true,
})

describe('opendatasoft', () => {
  onStage()
  const source = (options = {}) => house.source('opendatasoft', portal.url, { options })
  const queries = () => portal.asked.map(path => new URL(path, 'http://portal').searchParams)

  test('the second run asks for what changed; a deletion is noticed by the count', async () => {
    const items = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => dataset(id))
    portal.answers = answers(items)
    await house.harvest(source())
    portal.asked.length = 0
    items[2] = dataset('c', 3)
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 6, updated: 1, unchanged: 5, problems: [] })
    expect(queries().at(-1)!.get('where')).toBe(
      "(modified >= date'2023-12-31T00:00:00Z' or data_processed >= date'2023-12-31T00:00:00Z' or metadata_processed >= date'2023-12-31T00:00:00Z')",
    )
    items.pop()
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 5, unchanged: 5, missing: 1 })
  })

  test('a portal that cannot filter by date is read whole', async () => {
    const items = ['a', 'b'].map(id => dataset(id))
    portal.answers = answers(items)
    await house.harvest(source())
    const whole = catalogue(items)
    portal.answers = {
      [`${list}?*`]: (request, response) =>
        request.url!.includes('where') ? response.writeHead(400).end('{"error_code":"ODSQLError"}') : respond(whole, request, response),
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', unchanged: 2, problems: [] })
  })

  test('a dataset that was told of and that the portal does not know is gone; one behind a broken address is not', async () => {
    portal.answers = answers(['a', 'b'].map(id => dataset(id)))
    await house.harvest(source())
    portal.answers = { [`${list}/a?*`]: unknownDataset }
    expect(await house.harvest(source(), { only: 'b' })).toMatchObject({ state: 'failed', removed: 0 })
    expect(await house.harvest(source(), { only: 'a' })).toMatchObject({ state: 'complete', removed: 1 })
  })

  test('exports, attachments, the API as a service, licence and page of a map', async () => {
    const item = {
      ...dataset('carte'),
      features: ['geo'],
      attachments: [{ id: 'guide_pdf', title: 'Guide', mimetype: 'application/pdf', url: 'odsfile://guide.pdf' }],
    }
    portal.answers = answers([item])
    await house.harvest(source({ site: 'https://data.example.org' }))
    const graph = house.graph(house.records()[0]!.id)
    for (const format of ['csv', 'xlsx', 'json', 'geojson', 'shp'])
      expect(graph).toContain(`<http://www.w3.org/ns/dcat#downloadURL> <https://data.example.org/api/explore/v2.1/catalog/datasets/carte/exports/${format}> .`)
    expect(graph).toContain('<http://www.w3.org/ns/dcat#accessURL> <https://data.example.org/api/explore/v2.1/catalog/datasets/carte/attachments/guide_pdf> .')
    expect(graph).toContain('<http://www.w3.org/ns/dcat#endpointURL> <https://data.example.org/api/explore/v2.1/catalog/datasets/carte/records> .')
    expect(graph.match(/<http:\/\/purl.org\/dc\/terms\/license> <\S+CC_BY_4_0> \./g)).toHaveLength(6)
    expect(graph).toContain(
      '<https://data.example.org/explore/dataset/carte/> <http://www.w3.org/ns/dcat#landingPage> <https://data.example.org/explore/dataset/carte/> .',
    )
    expect(graph).toContain('"Description carte, version 1"@fr')
  })

  test('a dataset without records has its attachments alone; a federated one names its origin, or is left out', async () => {
    portal.answers = answers([
      { ...dataset('doc'), has_records: false },
      dataset('copie', 1, { federated: true, source_domain_address: 'origine.example.org', source_dataset: 'jeu' }),
    ])
    await house.harvest(source())
    const [copy, bare] = house.records().map(record => house.graph(record.id)) as [string, string]
    expect(bare).not.toContain('dcat#distribution>')
    expect(copy).toContain('<http://purl.org/dc/terms/source> <https://origine.example.org/explore/dataset/jeu/> .')
    const other = house.fresh()
    expect(await other.harvest(other.source('opendatasoft', portal.url, { options: { federated: false } }))).toMatchObject({ state: 'complete', added: 1 })
    other.ledger.close()
  })

  test('a portal of the first edition is found out, and read by its search', async () => {
    const items = ['a', 'b', 'c'].map(id => ({
      datasetid: id,
      has_records: true,
      features: [],
      attachments: [],
      metas: { title: `Jeu ${id}`, description: 'Texte', publisher: 'Ville', modified: '2024-01-01T00:00:00+00:00' },
      interop_metas: { dcat: { contact_name: 'Service', accrualperiodicity: 'Annuelle' } },
    }))
    portal.answers = {
      '/api/datasets/1.0/search/?*': (request, response) => {
        const query = new URL(request.url!, 'http://portal').searchParams
        response.end(
          JSON.stringify({
            nhits: 3,
            parameters: {},
            datasets: items.slice(Number(query.get('start')), Number(query.get('start')) + Number(query.get('rows'))),
          }),
        )
      },
    }
    expect(await house.harvest(source({ pageSize: 2 }))).toMatchObject({ state: 'complete', added: 3, problems: [] })
    const graph = house.graph(house.records()[0]!.id)
    expect(graph).toContain('/explore/dataset/a/download/?format=csv>')
    expect(graph).toContain('frequency/ANNUAL>')
    expect(await house.harvest(source({ pageSize: 2 }))).toMatchObject({ state: 'complete', unchanged: 3 })
    expect(await rebuild(source({ pageSize: 2 }), house.engine)).toMatchObject({ unchanged: 3, failed: 0 })
  })

  test('a catalogue of more than 10,000 is read as one export; one that ends too early is not taken for the whole', async () => {
    const items = Array.from({ length: 10_001 }, (_, at) => dataset(`n${at}`))
    const read = async (exported: unknown[]) => {
      portal.answers = { [`${list}?*`]: catalogue(items), '/api/explore/v2.1/catalog/exports/json?*': json(exported) }
      const http = politeHttp(source().limits, house.engine.catalogue.http)
      const counts = { records: 0, lost: [] as string[] }
      for await (const harvested of protocols['opendatasoft']!.harvest(source(), lent(http))) {
        if ('payload' in harvested) counts.records++
        if ('lost' in harvested) counts.lost.push(harvested.lost.message)
      }
      return counts
    }
    expect(await read(items)).toEqual({ records: 10_001, lost: [] })
    expect(await read(items.slice(1))).toMatchObject({
      records: 10_000,
      lost: [expect.stringMatching(/holds 10000 datasets where the catalogue counts 10001/)],
    })
  })
})

if (!corpus) console.warn('opendatasoft.test.ts skips the recorded catalogues: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('recorded catalogues of Opendatasoft', () => {
  onStage()
  const recorded = (name: string) => readFileSync(join(corpus!, 'opendatasoft/TerriaJS__terriajs/ods', name), 'utf8')
  const served = (name: string): Record<string, Answer> => ({
    '/api/v2/catalog/datasets?*': (request, response) => {
      const first = new URL(request.url!, 'http://portal').searchParams.get('offset') === '0'
      response.writeHead(first ? 200 : 404, { 'content-type': 'application/json' }).end(first ? recorded(name) : '{}')
    },
  })

  test.each([
    ['datasets.json', 6, 'complete', []],
    // It counts 101 datasets; the pages after the first were not recorded.
    ['datasets-over-100-1.json', 6, 'partial', ['http-status', 'http-status', 'http-status']],
  ])(
    '%s: %i datasets',
    async (name, records, state, codes) => {
      portal.answers = served(name)
      const source = house.source('opendatasoft', portal.url, { language: 'en', options: { site: 'https://www.campbelltownopendataportal.com.au' } })
      const report = await house.harvest(source)
      expect(report).toMatchObject({ state, added: records })
      expect(report.problems.map(problem => problem.code)).toEqual(codes)
      expect(await house.harvest(source)).toMatchObject({ state, added: 0, updated: 0, unchanged: records })
      for (const { key, dataset } of house.records()) expect(dataset).toBe(`https://www.campbelltownopendataportal.com.au/explore/dataset/${key}/`)
    },
    60_000,
  )

  test('a recorded dataset alone', async () => {
    portal.answers = { '/api/v2/catalog/datasets/weather-stations': { type: 'application/json', body: recorded('weather-station-dataset.json') } }
    expect(await house.harvest(house.source('opendatasoft', portal.url), { only: 'weather-stations' })).toMatchObject({
      state: 'complete',
      added: 1,
      problems: [],
    })
    const graph = house.graph(house.records()[0]!.id)
    for (const words of ['title> "Environmental sensors"@en', 'frequency/10MIN>', 'prefLabel> "Ingleburn"@en', 'licence/CC_BY_4_0>', 'notation> "da_7rkvfm"'])
      expect(graph).toContain(words)
  }, 60_000)
})
