import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../corpus.ts'
import { lostAt, respond, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

type Item = Record<string, unknown>
const path = '/api/1/datasets/'

/** A dataset as the list of udata's API 1 gives it. */
const dataset = (id: string, edition = 1, more: Item = {}): Item => ({
  id,
  slug: `jeu-${id}`,
  title: `Jeu ${id}`,
  description: `Description ${id}, version ${edition}`,
  tags: ['eau'],
  frequency: 'annual',
  license: 'lov2',
  private: false,
  archived: null,
  deleted: null,
  created_at: '2024-01-01T00:00:00+00:00',
  last_update: `2024-0${edition}-01T00:00:00+00:00`,
  last_modified: `2024-0${edition}-01T00:00:00+00:00`,
  organization: { id: 'o1', name: 'Ministère', slug: 'ministere', page: 'https://www.example.org/organizations/ministere/' },
  resources: [
    {
      id: `${id}-r`,
      title: 'Fichier',
      type: 'main',
      format: 'csv',
      mime: 'text/csv',
      filesize: 12,
      url: `https://data.example.org/${id}.csv`,
      latest: `https://www.example.org/datasets/r/${id}`,
    },
  ],
  ...more,
})

/** The list: page, page_size, and the order of changes. */
const list =
  (items: unknown[], cap = 1000): Answer =>
  (request, response) => {
    const query = new URL(request.url!, 'http://portal').searchParams
    const [page, size] = [Number(query.get('page')), Math.min(cap, Number(query.get('page_size')))]
    const sorted =
      query.get('sort') === '-last_update' ? [...(items as Item[])].sort((a, b) => String(b['last_modified']).localeCompare(String(a['last_modified']))) : items
    const more = page * size < items.length
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        data: sorted.slice((page - 1) * size, page * size),
        page,
        page_size: size,
        total: items.length,
        next_page: more ? `http://portal${path}?page=${page + 1}` : null,
      }),
    )
  }
const answers = (items: unknown[]): Record<string, Answer> => ({
  [`${path}?*`]: list(items),
  ...Object.fromEntries(items.map(each => [`${path}${String((each as Item)['id'])}/`, { type: 'application/json', body: JSON.stringify(each) }])),
})

keepsTheContract({
  protocol: 'udata',
  options: { pageSize: 3 },
  record: dataset,
  broken: { title: 'Sans identifiant' },
  answers,
  partly: items => ({ [`${path}?*`]: lostAt('page=2&', list(items)) }),
  single: true,
})

describe('udata', () => {
  onStage()
  const source = (options = {}) => house.source('udata', portal.url, { options })
  const graphOf = async (item: Item, options = {}) => {
    portal.answers = answers([item])
    expect(await house.harvest(source({ site: 'https://www.example.org', ...options }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    return house.graph(house.records()[0]!.id)
  }

  test('the second run reads the newest changes first and stops at the first old one', async () => {
    const items = Array.from({ length: 9 }, (_, at) => dataset(`n${at}`, at === 8 ? 2 : 1))
    portal.answers = answers(items)
    await house.harvest(source({ pageSize: 3 }))
    items[4] = dataset('n4', 3)
    portal.asked.length = 0
    expect(await house.harvest(source({ pageSize: 3 }))).toMatchObject({ state: 'complete', seen: 9, updated: 1, unchanged: 8, problems: [] })
    expect(portal.asked).toEqual([`${path}?page=1&page_size=3&sort=-last_update`])
    items.pop()
    expect(await house.harvest(source({ pageSize: 3 }))).toMatchObject({ state: 'complete', seen: 8, missing: 1 })
  })

  test.each([[6], [2]])('a portal that does not know the order of changes is read whole, by pages of %i', async pageSize => {
    const items = Array.from({ length: 6 }, (_, at) => dataset(`n${at}`, at === 5 ? 2 : 1))
    portal.answers = {
      [`${path}?*`]: (request, response) => {
        request.url = request.url!.replace('-last_update', 'nothing')
        respond(list(items), request, response)
      },
    }
    await house.harvest(source({ pageSize }))
    items[4] = dataset('n4', 3)
    expect(await house.harvest(source({ pageSize }))).toMatchObject({ state: 'complete', updated: 1, unchanged: 5, problems: [] })
  })

  test('a portal that caps its pages is read to its end', async () => {
    portal.answers = {
      [`${path}?*`]: list(
        ['a', 'b', 'c', 'd', 'e'].map(id => dataset(id)),
        2,
      ),
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 5, problems: [] })
  })

  test('only the fields that are mapped are asked for', async () => {
    let fields = ''
    const items = [dataset('a')]
    portal.answers = {
      [`${path}?*`]: (request, response) => {
        fields = String(request.headers['x-fields'])
        respond(list(items), request, response)
      },
    }
    await house.harvest(source())
    expect(fields).toMatch(/^total,next_page,data\{id,slug,title,.*resources\{id,title,.*\}\}$/)
    expect(fields).not.toContain('metrics')
  })

  test('private, deleted and archived datasets are not read, harvested ones are where the source wants them', async () => {
    portal.answers = answers([
      dataset('a'),
      dataset('p', 1, { private: true }),
      dataset('d', 1, { deleted: '2024-01-01' }),
      dataset('x', 1, { archived: '2024-01-01' }),
      dataset('h', 1, { harvest: { backend: 'CKAN', remote_url: 'https://origine.example.org/jeu', uri: 'https://origine.example.org/id/jeu' } }),
    ])
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 2, problems: [] })
    const harvested = house.records().find(record => record.key === 'h')!
    expect(harvested.dataset).toBe('https://origine.example.org/id/jeu')
    expect(house.graph(harvested.id)).toContain('<http://purl.org/dc/terms/source> <https://origine.example.org/jeu> .')
    const other = house.fresh()
    expect(await other.harvest(other.source('udata', portal.url, { options: { harvested: false, archived: true } }))).toMatchObject({ added: 2 })
    expect(other.records().map(record => record.key)).toEqual(['a', 'x'])
    other.ledger.close()
  })

  test('a dataset that the portal says it deleted is gone at once; one that is not found is not', async () => {
    portal.answers = answers(['a', 'b', 'c'].map(id => dataset(id)))
    await house.harvest(source())
    portal.answers = {
      [`${path}a/`]: { status: 410, type: 'application/json', body: '{"message":"Dataset has been deleted"}' },
      [`${path}b/`]: { status: 404, type: 'application/json', body: '{"message":"no route"}' },
      [`${path}c/`]: { status: 410, type: 'text/html', body: '<h1>Gone</h1>' },
    }
    expect(await house.harvest(source(), { only: 'a' })).toMatchObject({ state: 'complete', removed: 1 })
    expect(await house.harvest(source(), { only: 'b' })).toMatchObject({ state: 'failed', removed: 0 })
    expect(await house.harvest(source(), { only: 'c' })).toMatchObject({ state: 'failed', removed: 0 })
  })

  test('files, documentation, an API, high-value data, contacts and access', async () => {
    const graph = await graphOf(
      dataset('a', 1, {
        badges: [{ kind: 'hvd' }],
        access_type: 'restricted',
        temporal_coverage: { start: '2020-01-01', end: '2020-12-31' },
        spatial: { zones: ['country:fr'], geom: null, granularity: 'country' },
        contact_points: [
          { name: 'Guichet', email: 'guichet@example.org', role: 'contact' },
          { name: 'Auteur', role: 'creator' },
        ],
        resources: [
          {
            id: 'r1',
            title: 'Fichier',
            type: 'main',
            format: 'csv',
            url: 'https://data.example.org/a.csv',
            latest: 'https://www.example.org/datasets/r/r1',
            checksum: { type: 'sha1', value: '5b787ad25b85b994d03b5c536d8ecdecef3da9a1' },
            schema: { name: 'etalab/schema', url: 'https://schema.example.org/s' },
          },
          { id: 'r2', title: 'Notice', type: 'documentation', url: 'https://data.example.org/notice.pdf' },
          { id: 'r3', title: 'API', type: 'api', url: 'https://api.example.org/v1' },
        ],
      }),
    )
    expect(graph.match(/<http:\/\/www.w3.org\/ns\/dcat#distribution>/g)).toHaveLength(2)
    for (const words of [
      '<http://www.w3.org/ns/dcat#accessURL> <https://www.example.org/datasets/r/r1> .',
      '<http://www.w3.org/ns/dcat#downloadURL> <https://data.example.org/a.csv> .',
      'checksumAlgorithm_sha1>',
      '<http://xmlns.com/foaf/0.1/page> <https://data.example.org/notice.pdf> .',
      '<http://www.w3.org/ns/dcat#endpointURL> <https://api.example.org/v1> .',
      '<http://purl.org/dc/terms/conformsTo> <https://schema.example.org/s> .',
      'applicableLegislation> <http://data.europa.eu/eli/reg_impl/2023/138/oj> .',
      'access-right/NON_PUBLIC>',
      '<mailto:guichet@example.org>',
      'name> "Auteur"',
      '<https://www.example.org/organizations/o1/>',
      'frequency/ANNUAL>',
      '<https://www.example.org/datasets/a/> <http://www.w3.org/ns/dcat#landingPage> <https://www.example.org/datasets/jeu-a/> .',
    ])
      expect(graph).toContain(words)
  })
})

if (!corpus) console.warn('udata.test.ts skips the recorded datasets: set FIHRIST_CORPUS to the folder of recorded portal responses.')

describe.skipIf(!corpus)('datasets of data.gouv.fr', () => {
  onStage()
  test('a dump of three, put together as the API lists them', async () => {
    const { datasets } = JSON.parse(readFileSync(join(corpus!, 'udata/_derived/results-first3.json'), 'utf8')) as {
      datasets: { dataset: Item; organization: Item; resources: Item[] }[]
    }
    portal.answers = answers(datasets.map(({ dataset: item, organization, resources }) => ({ ...item, organization, resources })))
    const source = house.source('udata', portal.url, { options: { site: 'https://www.data.gouv.fr', pageSize: 2 } })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 3, quarantined: 0, problems: [] })
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', unchanged: 3 })
    expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', unchanged: 3 })
    const sirene = house.records().find(record => record.key === '5b7ffc618b4c4169d30727e0')!
    const graph = house.graph(sirene.id)
    expect(sirene.dataset).toBe('https://www.data.gouv.fr/datasets/5b7ffc618b4c4169d30727e0/')
    for (const words of [
      'frequency/MONTHLY>',
      'startDate> "1973-01-01"',
      'reg_impl/2023/138/oj>',
      'Institut National de la Statistique et des Etudes Economiques (Insee)"@fr',
    ])
      expect(graph).toContain(words)
  }, 60_000)
})
