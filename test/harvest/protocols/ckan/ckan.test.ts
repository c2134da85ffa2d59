import { describe, expect, test } from 'vitest'
import type { Source } from '../../../../src/config/sources.ts'
import { fromDkan } from '../../../../src/harvest/protocols/ckan/dkan.ts'
import { yearsOf } from '../../../../src/harvest/protocols/ckan/files.ts'
import { rebuild } from '../../../../src/harvest/run/rebuild.ts'
import { respond, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'
import { ckanAnswers, packageOf, packageSearch, type Package } from './portal.ts'

// What CKAN's extensions, DKAN, and portals that keep one file for each year send.

keepsTheContract({
  protocol: 'ckan',
  options: { incremental: false, pageSize: 4 },
  record: (id, edition) => packageOf(id, { notes: `Description ${id}, version ${edition}` }),
  broken: { title: 'Sans identifiant' },
  answers: records => ckanAnswers(records),
  partly: records => {
    const whole = packageSearch(records)
    return {
      '/api/3/action/package_search?*': (request, response) => {
        if (request.url!.includes('start=4')) response.writeHead(500).end()
        else respond(whole, request, response)
      },
    }
  },
  single: true,
})

onStage()

const sourceWith = (options: object = {}): Source => house.source('ckan', portal.url, { options: { site: 'https://data.example.org/data', ...options } })
const graphOf = (key: string) => house.graph(house.records().find(record => record.key === key)!.id)
const harvested = async (packages: Package[], options: object = {}) => {
  portal.answers = { ...portal.answers, ...ckanAnswers(packages) }
  return await house.harvest(sourceWith(options))
}
const json = (result: unknown): Answer => ({ type: 'application/json', body: JSON.stringify({ success: true, result }) })
const uuid = (n: number) => `0000000${n}-1111-4222-8333-444455556666`

test('texts, keywords, statements, bodies, groups and files are told in each language that the portal has them in', async () => {
  await harvested([
    packageOf('m', {
      title: 'Eau',
      title_translated: { fr: 'Eau', ar: 'الماء' },
      notes: { fr: 'Qualité de l’eau', ar: 'جودة المياه' },
      tags: [{ name: 'eau' }],
      tags_translated: { fr: ['eau'], ar: ['ماء'] },
      keywords: '{"fr": ["rivière"], "ar": ["نهر"]}',
      provenance: { fr: 'Mesures', ar: 'قياسات' },
      contact: [{ name_translated: { fr: 'Service des eaux', ar: 'مصلحة المياه' }, email: 'eau@example.org' }],
      organization: { name: 'abh', title: { fr: 'Agence du bassin de l’Oum', ar: 'وكالة حوض أم' } },
      groups: [{ name: 'hydro', title_translated: { fr: 'Hydrographie', ar: 'هيدروغرافيا' } }],
      resources: [
        { id: 'r', name: 'x', name_translated: { fr: 'Mesures par station', ar: 'قياسات حسب المحطة' }, url: 'https://data.example.org/x.csv', format: 'CSV' },
      ],
    }),
  ])
  const graph = graphOf('m')
  for (const text of [
    '"Eau"@fr',
    '"الماء"@ar',
    '"جودة المياه"@ar',
    '"eau"@fr',
    '"ماء"@ar',
    '"rivière"@fr',
    '"نهر"@ar',
    '"قياسات"@ar',
    '"مصلحة المياه"@ar',
    '"وكالة حوض أم"@ar',
    '"هيدروغرافيا"@ar',
    '"Mesures par station"@fr',
    '"قياسات حسب المحطة"@ar',
  ])
    expect(graph).toContain(text)
  expect(graph.match(/<http:\/\/www.w3.org\/ns\/dcat#keyword>/g)).toHaveLength(4)
})

describe('trees of organisations and groups', () => {
  const list =
    (nodes: Package[]): Answer =>
    (request, response) => {
      const query = new URL(request.url!, 'http://portal').searchParams
      const [limit, offset] = [Math.min(Number(query.get('limit')), 25), Number(query.get('offset'))]
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ success: true, result: nodes.slice(offset, offset + limit) }))
    }
  const many = Array.from({ length: 30 }, (_, at) => ({ name: `autre-${at}`, title: `Autre ${at}`, groups: [] }))
  const withLists = () => {
    portal.answers = {
      '/api/3/action/organization_list?*': list([
        ...many,
        { name: 'division', title: 'Division', groups: [{ name: 'direction' }] },
        { name: 'direction', title: 'Direction', title_ar: 'مديرية', groups: [{ name: 'ministere-x' }] },
        { name: 'ministere-x', title: 'Ministère X', groups: [{ name: 'division' }] },
      ]),
      '/api/3/action/group_list?*': list([
        { name: 'barrages', title: 'Barrages', groups: [{ name: 'ouvrages' }] },
        { name: 'ouvrages', title: 'Ouvrages', groups: [] },
      ]),
    }
  }
  const dataset = packageOf('t', { organization: { name: 'division', title: 'Division' }, groups: [{ name: 'barrages', title: 'Barrages' }] })

  test('a body names those above it, however far, and a circle of them ends; a group names the wider one', async () => {
    withLists()
    expect(await harvested([dataset], { trees: true, languages: { ar: 'ar' } })).toMatchObject({ state: 'complete', added: 1 })
    const graph = graphOf('t')
    expect(graph.match(/org#subOrganizationOf>/g)).toHaveLength(2)
    for (const text of ['"مديرية"@ar', '"Ministère X"', '<http://www.w3.org/2004/02/skos/core#broader>', '"Ouvrages"@fr']) expect(graph).toContain(text)
    const before = house.content()
    await portal.close()
    expect(await rebuild(sourceWith({ trees: true, languages: { ar: 'ar' } }), house.engine)).toMatchObject({ unchanged: 1, failed: 0 })
    expect(house.content()).toEqual(before)
  })

  test('a portal that does not tell its trees fails, and what is held stays', async () => {
    withLists()
    await harvested([dataset], { trees: true })
    portal.answers = ckanAnswers([dataset])
    expect(await house.harvest(sourceWith({ trees: true }), { full: true })).toMatchObject({ state: 'failed', updated: 0, missing: 0 })
    expect(graphOf('t')).toContain('subOrganizationOf')
  })
})

describe('one file at several addresses of the portal', () => {
  const at = (url: string, name: string, more: Package = {}): Package => ({ id: name, name, url, format: 'XLSX', ...more })
  const resource = `resource/${uuid(1)}/download/effectifs.xlsx`
  test.each<[string, Package[], number]>([
    [
      'three languages of the page',
      [
        at(`https://data.example.org/data/fr/dataset/d/${resource}`, 'Effectifs'),
        at(`https://www.data.example.org/data/ar/dataset/d/${resource}`, 'الأعداد'),
        at(`https://data.example.org/data/dataset/d/${resource}`, 'Staff'),
      ],
      1,
    ],
    ['with and without www.', [at('https://www.example.org/a.xlsx', 'A'), at('http://example.org/a.xlsx', 'B')], 1],
    ['two formats of one address', [at('https://example.org/a', 'A'), at('https://www.example.org/a', 'B', { format: 'CSV' })], 2],
    ['a document and its translation elsewhere', [at('https://example.org/fr/a.pdf', 'A'), at('https://example.org/ar/a.pdf', 'B')], 2],
    ['two resources of one address', [at('https://example.org/a.xlsx', 'A'), at('https://example.org/a.xlsx', 'B')], 2],
    [
      'resources without an address',
      [
        { id: '1', name: 'A' },
        { id: '2', name: 'B' },
      ],
      2,
    ],
  ])('%s', async (_name, resources, distributions) => {
    await harvested([packageOf('f', { resources })])
    const graph = graphOf('f')
    expect(graph.match(/<http:\/\/www.w3.org\/ns\/dcat#distribution>/g)).toHaveLength(distributions)
    for (const { name } of resources) expect(graph).toContain(`"${name as string}"`)
  })
})

const yearly = packageOf('y', {
  title: 'Tribunaux',
  identifier: uuid(7),
  resources: ['2023', '2024', '2025'].map((year, at) => ({
    id: `r${year}`,
    name: `Tribunaux ${year}`,
    url: `https://data.example.org/data/dataset/y/resource/${uuid(at)}/download/-${year}.xlsx`,
    format: 'XLSX',
    last_modified: `${year}-12-31T00:00:00`,
  })),
})

describe('one file for each year', () => {
  test.each<[string, [name: string, url: string][], (string | undefined)[]]>([
    [
      'by their names',
      [
        ['Tribunaux 2023', 'https://e.org/a'],
        ['Tribunaux 2024', 'https://e.org/b'],
      ],
      ['2023', '2024'],
    ],
    [
      'by their addresses',
      [
        ['', 'https://e.org/-2023.xlsx'],
        ['Données', 'https://e.org/%D8%A3_2024.xlsx'],
      ],
      ['2023', '2024'],
    ],
    [
      'two years each',
      [
        ['Saison 2021-2022', ''],
        ['Saison 2022/2023', ''],
      ],
      ['2021-2022', '2022-2023'],
    ],
    [
      'Arabic names',
      [
        ['أعداد سنة 2023', ''],
        ['أعداد سنة 2024', ''],
      ],
      ['2023', '2024'],
    ],
    [
      'one of them says none',
      [
        ['2023', ''],
        ['2024', ''],
        ['Notice', 'https://e.org/notice.pdf'],
      ],
      ['2023', '2024', undefined],
    ],
    [
      'all of one year',
      [
        ['Recensement 2014 (CSV)', ''],
        ['Recensement 2014 (XLSX)', ''],
      ],
      [undefined, undefined],
    ],
    [
      'a base is no year',
      [
        ['IPC base 2006', ''],
        ['IPC (base 100: 2017)', ''],
      ],
      [undefined, undefined],
    ],
    [
      'dates and numbers',
      [
        ['Situation au 31/12/2023', ''],
        ['Lot 20231', ''],
        ['2024-05-01', ''],
      ],
      [undefined, undefined, undefined],
    ],
    [
      'many years in a name',
      [
        ['2010, 2014 et 2020', ''],
        ['2021', ''],
      ],
      [undefined, undefined],
    ],
  ])('%s', (_name, files, years) => {
    const resources = files.map(([name, url]) => ({ name, url }))
    const found = yearsOf(resources)
    expect(resources.map(resource => found.get(resource))).toEqual(years)
  })

  test('each file says its own period', async () => {
    await harvested([yearly])
    expect(graphOf('y').match(/resource\/r202\d> <http:\/\/purl.org\/dc\/terms\/temporal>/g)).toHaveLength(3)
    expect(graphOf('y')).toContain('"2024"^^<http://www.w3.org/2001/XMLSchema#gYear>')
  })

  test('as a series: it stands once, each year is a dataset of its own, again without a change, and rebuilt', async () => {
    expect(await harvested([yearly, packageOf('z')], { series: true })).toMatchObject({ state: 'complete', added: 5, failed: 0, problems: [] })
    expect(
      house
        .records()
        .map(record => record.key)
        .sort(),
    ).toEqual(['y', 'y#2023', 'y#2024', 'y#2025', 'z'])
    const [series, member] = [graphOf('y'), graphOf('y#2024')]
    expect(series).toContain('<http://www.w3.org/ns/dcat#DatasetSeries>')
    expect(series).not.toContain('dcat#distribution>')
    expect(member).toContain('<http://www.w3.org/ns/dcat#inSeries> <https://data.example.org/data/dataset/y>')
    expect(member).toContain('"Tribunaux (2024)"@fr')
    expect(member.match(/dcat#distribution>/g)).toHaveLength(1)
    expect(member).not.toContain(uuid(7))
    expect(await house.harvest(sourceWith({ series: true }))).toMatchObject({ state: 'complete', unchanged: 5 })
    const before = house.content()
    expect(await rebuild(sourceWith({ series: true }), house.engine)).toMatchObject({ unchanged: 5, failed: 0 })
    expect(house.content()).toEqual(before)
  })

  test('a new year is a new dataset; one year alone can be asked for', async () => {
    await harvested([yearly], { series: true })
    const resources = yearly['resources'] as Package[]
    const more = { ...yearly, resources: [...resources, { ...resources[0], id: 'r2026', name: 'Tribunaux 2026', url: 'https://data.example.org/2026.xlsx' }] }
    portal.answers = ckanAnswers([more])
    expect(await house.harvest(sourceWith({ series: true }), { only: 'y#2026' })).toMatchObject({ state: 'complete', added: 1, seen: 1 })
    expect(await house.harvest(sourceWith({ series: true }))).toMatchObject({ state: 'complete', updated: 1, unchanged: 4 })
  })

  test('a file that says no year keeps its dataset whole', async () => {
    const whole = { ...yearly, resources: [...(yearly['resources'] as Package[]), { id: 'n', name: 'Notice', url: 'https://data.example.org/notice.pdf' }] }
    expect(await harvested([whole], { series: true })).toMatchObject({ added: 1 })
    expect(graphOf('y')).toContain('<http://www.w3.org/ns/dcat#Dataset>')
  })

  test('a series of ckanext-dataset-series and a dataset in it', async () => {
    await harvested([packageOf('s', { type: 'dataset_series', resources: [] }), packageOf('in', { in_series: ['s'] })])
    expect(graphOf('s')).toContain('<http://www.w3.org/ns/dcat#DatasetSeries>')
    expect(graphOf('in')).toContain('<http://www.w3.org/ns/dcat#inSeries> <https://data.example.org/data/dataset/s>')
  })
})

describe('DKAN', () => {
  const dkan = (id: string, more: Package = {}): Package => ({
    id,
    name: `jeu-${id}`,
    title: `Jeu ${id}`,
    notes: '<p>Description <strong>du jeu</strong></p>',
    state: 'Active',
    private: 'Published',
    type: 'Dataset',
    log_message: 'Edited by admin.',
    license_title: 'http://www.opendefinition.org/licenses/cc-by',
    metadata_created: 'jeu, 07/26/2018 - 11:50',
    metadata_modified: 'Date changed jeu, 07/26/2018 - 15:20',
    groups: [{ id: 'g', name: 'ville', title: 'Ville de Rabat-Test' }],
    tags: [{ name: 'eau' }],
    resources: [
      { id: `${id}-r`, name: 'Fichier', url: `https://data.example.org/${id}.csv`, format: 'csv', last_modified: 'Date changed Thu, 12/06/2014 - 15:51' },
    ],
    ...more,
  })
  const packages = ['a', 'b', 'c', 'd', 'e'].map(id => dkan(id))
  const answers = (wrap: (page: Package[]) => unknown): Record<string, Answer> => ({
    '/api/3/action/current_package_list_with_resources?*': (request, response) => {
      const query = new URL(request.url!, 'http://portal').searchParams
      const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))]
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ success: true, result: wrap(packages.slice(offset, offset + limit)) }))
    },
    '/api/3/action/package_show?*': json([packages[1]]),
  })

  test.each<[string, (page: Package[]) => unknown]>([
    ['a list', page => page],
    ['a list in a list', page => [page]],
    ['all of it at once', () => [packages]],
  ])('without package_search: %s', async (_name, wrap) => {
    portal.answers = answers(wrap)
    expect(await house.harvest(sourceWith({ pageSize: 2 }))).toMatchObject({ state: 'complete', added: 5, failed: 0, problems: [] })
    const graph = graphOf('b')
    expect(graph).toContain('"Description du jeu"@fr')
    expect(graph).toContain('2018-07-26T15:20:00')
    expect(graph).toContain('2014-06-12T15:51:00')
    expect(graph).toContain('"Ville de Rabat-Test"')
    expect(graph).toContain('<http://purl.org/dc/terms/license>')
    expect(await house.harvest(sourceWith({ pageSize: 2 }))).toMatchObject({ state: 'complete', unchanged: 5 })
    expect(await house.harvest(sourceWith({ pageSize: 2 }), { only: 'b' })).toMatchObject({ state: 'complete', seen: 1, unchanged: 1 })
  })

  test.each([
    ['jeu, 07/26/2018 - 15:20', '2018-07-26T15:20:00'],
    ['Thu, 06/12/2014 - 15:51', '2014-06-12T15:51:00'],
    ['Date changed Thu, 12/06/2014 - 15:51', '2014-06-12T15:51:00'],
    ['Xyz, 06/12/2014 - 15:51', '2014-06-12T15:51:00'],
    ['Xyz, 99/99/2014 - 15:51', 'Xyz, 99/99/2014 - 15:51'],
    ['hier', 'hier'],
  ])('its date %s is %s', (words, date) => {
    expect(fromDkan({ state: 'Active', metadata_modified: words }, 'fr')['metadata_modified']).toBe(date)
  })
})
