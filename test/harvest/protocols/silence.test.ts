import { expect, test } from 'vitest'
import type { Answer } from '../../portal.ts'
import { house, onStage, portal } from '../stage.ts'

// What was lost without a word once, or told wrongly.

onStage()

const json = (body: unknown): Answer => ({ type: 'application/json', body: JSON.stringify(body) })
const harvest = (protocol: string, path: string, options = {}) => house.harvest(house.source(protocol, portal.url + path, { options, robots: false }))
const turtle = (body: string): Answer => ({
  type: 'text/turtle',
  body: `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix : <https://data.example.org/> .\n${body}`,
})

test('DKAN says of what it publishes that it is private; CKAN means it', async () => {
  const search = (more: object) => ({
    '/api/3/action/package_search?*': json({
      success: true,
      result: { count: 1, results: [{ id: 'a', name: 'a', title: 'A', private: true, resources: [], ...more }] },
    }),
  })
  portal.answers = search({ state: 'Active', type: 'Dataset' })
  expect(await harvest('ckan', '/')).toMatchObject({ state: 'complete', added: 1, leftOut: 0 })
  portal.answers = search({ id: 'b', name: 'b', state: 'active', type: 'dataset' })
  expect(await harvest('ckan', '/')).toMatchObject({ added: 0, leftOut: 1 })
})

test('the author is the creator, the maintainer the contact, and the id of an account is neither', async () => {
  const id = 'f3a0c1de-1111-4222-8333-abcdefabcdef'
  const item = (name: string, author: string, maintainer: string) => ({ id: name, name, title: name, author, maintainer, resources: [] })
  portal.answers = {
    '/api/3/action/package_search?*': json({
      success: true,
      result: { count: 2, results: [item('a', 'Direction des études', 'Cellule données'), item('b', id, id)] },
    }),
  }
  await harvest('ckan', '/')
  const [a, b] = house.records().map(record => house.graph(record.id))
  expect(a).toContain('<http://xmlns.com/foaf/0.1/name> "Direction des études"')
  expect(a).toContain('<http://www.w3.org/2006/vcard/ns#fn> "Cellule données"')
  expect(b).not.toContain(id)
})

test('a service is a record of its own unless it serves, or gives access to, a dataset of the feed', async () => {
  portal.answers = {
    '/feed.ttl': turtle(`:d a dcat:Dataset ; dct:title "D" ; dcat:distribution :f . :f a dcat:Distribution ; dcat:accessService :s2 .
      :s1 a dcat:DataService ; dct:title "S1" ; dcat:servesDataset :d . :s2 a dcat:DataService ; dct:title "S2" .
      :s3 a dcat:DataService ; dct:title "S3" ; dcat:servesDataset <https://elsewhere.example.net/d> .
      :s4 a dcat:DataService ; dct:title "S4" . <https://elsewhere.example.net/f> dcat:accessService :s4 .`),
  }
  expect(await harvest('dcat', '/feed.ttl')).toMatchObject({ state: 'complete', added: 3 })
  expect(
    house
      .records()
      .map(({ key }) => key.replace('https://data.example.org/', ''))
      .sort(),
  ).toEqual(['d', 's3', 's4'])
})

test('a data.json that is read as DCAT is told as one, with or without a context', async () => {
  for (const more of [{}, { '@context': 'https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld' }]) {
    portal.answers = { '/data.json': json({ ...more, dataset: [{ identifier: 'a', title: 'A' }] }) }
    const report = await harvest('dcat', '/data.json')
    expect(report).toMatchObject({ state: 'failed', problems: [{ code: 'unknown-format' }] })
    expect(report.problems[0]!.message).toContain('protocol: data-json')
  }
})

test('a catalogue service that repeats its total as what a page holds is read to its end; one that leaves records out is not believed', async () => {
  const record = (id: number) =>
    `<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/3.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier>r${id}</dc:identifier><dc:title>Jeu ${id}</dc:title></csw:Record>`
  const serve = (size: number, next: (start: number) => string, returned: (start: number) => number) => {
    portal.answers = {
      '/csw?*': (request, response) => {
        const start = Number(new URL(request.url!, 'http://portal').searchParams.get('startPosition'))
        const ids = Array.from({ length: Math.max(0, Math.min(size, 7 - start)) }, (_, at) => start + at)
        response
          .writeHead(200, { 'content-type': 'application/xml' })
          .end(
            `<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/3.0"><csw:SearchResults numberOfRecordsMatched="6" numberOfRecordsReturned="${returned(start)}" ${next(start)}>${ids.map(record).join('')}</csw:SearchResults></csw:GetRecordsResponse>`,
          )
      },
    }
    return harvest('csw', '/csw', { schema: 'dublin-core', version: '3.0.0', pageSize: 3 })
  }
  // More than were asked for, without a word about the next page; and the next page told.
  expect(
    await serve(
      3,
      () => '',
      () => 6,
    ),
  ).toMatchObject({ state: 'complete', seen: 6, problems: [] })
  expect(
    await serve(
      2,
      start => `nextRecord="${start + 2 > 6 ? 0 : start + 2}"`,
      () => 3,
    ),
  ).toMatchObject({ state: 'complete', seen: 6, problems: [] })
  expect(
    await serve(
      2,
      start => `nextRecord="${start + 3 > 6 ? 0 : start + 3}"`,
      () => 3,
    ),
  ).toMatchObject({ state: 'partial', problems: [{ code: 'unexpected-answer' }, {}] })
})
