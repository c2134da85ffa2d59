import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rebuild } from '../../../../src/harvest/run/rebuild.ts'
import { json, lostAt, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

type Item = Record<string, unknown>
const caseOf = (name: string) => JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as Item

const record = (id: string, edition = 1, more: Item = {}): Item => ({
  id,
  type: 'Feature',
  geometry: null,
  time: null,
  links: [{ rel: 'enclosure', href: `https://data.example.ma/${id}.csv`, type: 'text/csv' }],
  properties: {
    type: 'dataset',
    title: `Jeu ${id}`,
    description: `Version ${edition}`,
    updated: `2024-0${edition}-01T00:00:00Z`,
    license: 'CC-BY-4.0',
    ...more,
  },
})
const updated = (item: unknown) => String(((item as Item)['properties'] as Item | undefined)?.['updated'])

/** Records by offset, as pygeoapi has them; sorted where it is asked for and the server can. */
const items =
  (records: unknown[], sorts = true): Answer =>
  (request, response) => {
    const url = new URL(request.url!, 'http://portal')
    const [limit, offset] = [Number(url.searchParams.get('limit')), Number(url.searchParams.get('offset') ?? 0)]
    const sorted = url.searchParams.get('sortby') === '-updated'
    if (url.searchParams.has('sortby') && !(sorts && sorted))
      return void response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":"InvalidParameterValue"}')
    const ordered = sorted ? [...records].sort((a, b) => updated(b).localeCompare(updated(a))) : records
    url.searchParams.set('offset', String(offset + limit))
    response.writeHead(200, { 'content-type': 'application/geo+json' }).end(
      JSON.stringify({
        type: 'FeatureCollection',
        features: ordered.slice(offset, offset + limit),
        numberMatched: records.length,
        numberReturned: Math.min(limit, records.length - offset),
        links: offset + limit < records.length ? [{ rel: 'next', href: url.pathname + url.search }] : [],
      }),
    )
  }
const alone = (path: string, records: unknown[]) => Object.fromEntries(records.map(each => [`${path}/${(each as Item)['id'] as string}`, json(each)]))

keepsTheContract({
  protocol: 'ogc-records',
  options: { pageSize: 3 },
  url: portal => `${portal}/oapi/collections/main/items`,
  record,
  broken: { type: 'Feature', properties: { title: 'Sans identifiant' } },
  answers: records => ({ '/oapi/collections/main/items?*': items(records), ...alone('/oapi/collections/main/items', records) }),
  partly: records => ({ '/oapi/collections/main/items?*': lostAt('offset=3', items(records)) }),
  single: true,
})

describe('ogc-records', () => {
  onStage()
  const source = (path = '/oapi', options = {}) => house.source('ogc-records', portal.url + path, { options })
  const graphOf = (key: string) => house.graph(house.records().find(each => each.key === key)!.id)
  /** A box of WIS 2.0: a catalogue of records, and collections of stations and observations. */
  const box = (records = [caseOf('synop')]) => ({
    '/oapi/collections': json({ collections: [{ id: 'discovery-metadata', itemType: 'record', title: 'Discovery metadata' }, caseOf('stations')], links: [] }),
    '/oapi/collections/discovery-metadata/items?*': items(records),
  })

  test('of a WIS 2.0 box its discovery metadata are read, with parties by their roles, files, services, time and place', async () => {
    portal.answers = box()
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, problems: [] })
    const graph = graphOf('urn:wmo:md:ma-example:synop')
    expect(house.records()[0]!.dataset).toBe('https://wis2.example.ma/oapi/collections/discovery-metadata/items/urn:wmo:md:ma-example:synop')
    for (const words of [
      'title> "Observations de surface des stations synoptiques"@fr',
      'name> "Service météo d\'essai"@fr',
      'name> "Atelier des mesures"@fr',
      'hasEmail> <mailto:meteo@meteo.example.ma>',
      'startDate> "2023-11-01"^^',
      'temporalResolution> "PT1H"^^',
      'POLYGON((-13 27, -1 27, -1 36, -13 36, -13 27))',
      'downloadURL> <https://wis2.example.ma/data/stations.csv>',
      'byteSize> "2048"',
      'endpointURL> <https://wis2.example.ma/wfs>',
      'endpointDescription> <https://wis2.example.ma/wfs?request=GetCapabilities>',
      'accessURL> <mqtts://broker.example.org:8883>',
      'page> <https://wis2.example.ma/doc/synop.html>',
      'CC_BY_4_0>',
      'data-theme/ENVI>',
      'keyword> "météorologie"@fr',
    ])
      expect(graph).toContain(words)
    expect(graph).not.toContain('endDate>')
  })

  test.each([[[{}]], [[null]], [true], [{ date: [true, null] }]])('a time of %j costs no record', async time => {
    portal.answers = { '/oapi/collections/main/items?*': items([{ ...record('a'), time }]) }
    expect(await house.harvest(source('/oapi/collections/main/items'))).toMatchObject({ state: 'complete', added: 1, problems: [] })
  })

  test('a record that does not say it is a feature is mapped again as the record it was', async () => {
    portal.answers = { '/oapi/collections/main/items?*': items([{ ...record('a'), type: undefined }]) }
    await house.harvest(source('/oapi/collections/main/items'))
    expect(await rebuild(source('/oapi/collections/main/items'), house.engine)).toMatchObject({ unchanged: 1, updated: 0 })
  })

  test('a catalogue of which the url holds a plain % is asked for', async () => {
    portal.answers = { '/oapi/collections/%C3%A0%20100%25/items?*': items([caseOf('synop')]) }
    expect(await house.harvest(source('/oapi/collections/à 100%/items'))).toMatchObject({ state: 'complete', added: 1, problems: [] })
  })

  test('where no catalogue of records is, the collections are the datasets; with `all`, both', async () => {
    portal.answers = { '/oapi/collections': json({ collections: [caseOf('stations')], links: [] }) }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, problems: [] })
    const graph = graphOf('stations')
    for (const words of [
      'title> "Stations"',
      'startDate> "2000-01-01T00:00:00Z"^^',
      'POLYGON((-13.2 27.6',
      'endpointURL> <https://wis2.example.ma/oapi/collections/stations/items?f=json>',
      'landingPage> <https://meteo.example.ma/stations>',
      'downloadURL> <https://wis2.example.ma/data/stations.csv>',
    ])
      expect(graph).toContain(words)
    expect(graph).not.toContain('items?f=html')
    expect(graph).not.toContain('queryables')
    portal.answers = box()
    expect(await house.harvest(source('/oapi', { read: 'all' }), { full: true })).toMatchObject({
      state: 'complete',
      seen: 2,
      unchanged: 1,
      added: 1,
      problems: [],
    })
  })

  test('a record that stands in two catalogues is read once; a service stands for no dataset', async () => {
    portal.answers = {
      '/oapi/collections': json({
        collections: [
          { id: 'main', itemType: 'record' },
          { id: 'part', itemType: 'record' },
        ],
      }),
      '/oapi/collections/main/items?*': items([record('a'), record('b'), record('s', 1, { type: 'service' })]),
      '/oapi/collections/part/items?*': items([record('b', 2)]),
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 2, failed: 0, problems: [] })
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', unchanged: 2, problems: [] })
  })

  test('between full runs the newest are read as far as what changed; a server that cannot sort is read whole', async () => {
    const records = Array.from({ length: 9 }, (_, at) => record(`r${at}`, 1))
    records[8] = record('r8', 2)
    portal.answers = { '/oapi/collections/main/items?*': items(records) }
    const wanted = source('/oapi/collections/main', { pageSize: 3 })
    expect(await house.harvest(wanted)).toMatchObject({ state: 'complete', added: 9 })
    records[4] = record('r4', 3)
    portal.asked.length = 0
    expect(await house.harvest(wanted)).toMatchObject({ state: 'complete', updated: 1, unchanged: 8, problems: [] })
    expect(portal.asked.filter(path => !path.includes('properties.updated'))).toHaveLength(1)
    records.pop()
    expect(await house.harvest(wanted)).toMatchObject({ state: 'complete', seen: 8, missing: 1 })
    portal.answers = { '/oapi/collections/main/items?*': items(records, false) }
    expect(await house.harvest(wanted)).toMatchObject({ state: 'complete', seen: 8, problems: [] })
  })

  test('a record that the API no longer knows is gone when it is asked for alone; an error page says nothing', async () => {
    const records = ['a', 'b', 'c', 'd'].map(id => record(id))
    portal.answers = { '/oapi/collections/main/items?*': items(records), ...alone('/oapi/collections/main/items', records) }
    const wanted = source('/oapi/collections/main')
    await house.harvest(wanted)
    portal.answers['/oapi/collections/main/items/b'] = { status: 404, type: 'text/html', body: '<h1>Not Found</h1>' }
    expect(await house.harvest(wanted, { only: 'b' })).toMatchObject({ state: 'failed', removed: 0, missing: 0 })
    portal.answers['/oapi/collections/main/items/b'] = json({ code: 'NotFound', description: 'item not found' }, 404)
    const report = await house.harvest(wanted, { only: 'b' })
    expect(report.problems).toEqual([])
    expect(report.missing + report.removed).toBe(1)
  })

  test.each([
    [
      'pages that run in a circle',
      (): Answer => json({ features: [record('a')], numberMatched: 5, links: [{ rel: 'next', href: '?offset=0&limit=1' }] }),
      'repeated-page',
    ],
    ['fewer records than were counted', (): Answer => json({ features: [record('a')], numberMatched: 5, links: [] }), 'unexpected-answer'],
    [
      'a next page on the file system',
      (): Answer => json({ features: [record('a')], numberMatched: 5, links: [{ rel: 'next', href: 'file:///etc/passwd' }] }),
      'page-link',
    ],
    ['no list at all', (): Answer => json({ code: 'oops' }), 'unexpected-answer'],
  ])('%s: a problem says so, and nothing is taken for removed', async (_name, answer, code) => {
    portal.answers = { '/oapi/collections/main/items?*': answer() }
    const report = await house.harvest(source('/oapi/collections/main'))
    expect(report.state).not.toBe('complete')
    expect(report.problems.map(problem => problem.code)).toContain(code)
  })
})
