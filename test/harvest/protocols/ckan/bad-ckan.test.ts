import { beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../../../src/config/sources.ts'
import { saidOf } from '../../../ledger/said.ts'
import { respond, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { ckanAnswers, packageOf, packageSearch, type Package } from './portal.ts'

// What CKAN portals send when something is wrong with them. Each case starts from a portal that was well and is held.

const search = '/api/3/action/package_search?*'
const json = (body: unknown): Answer => ({ type: 'application/json', body: typeof body === 'string' ? body : JSON.stringify(body) })
const result = (result: unknown) => json({ success: true, result })
const good = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => packageOf(id))
const edited = good.map(each => ({ ...each, title: `${String(each['title'])}, corrigé` }))

let source: Source
onStage()
beforeEach(async () => {
  portal.answers = ckanAnswers(good)
  source = house.source('ckan', portal.url, { options: { pageSize: 2 } })
  await house.harvest(source)
})

describe('an answer that cannot be used ends the run, and nothing held is touched', () => {
  const cases: [name: string, answer: Answer, code: string, says: RegExp][] = [
    [
      'a page of HTML with status 200',
      { type: 'text/html', body: '<!DOCTYPE html><h1>Access denied</h1>' },
      'portal-refused',
      /HTML.*firewall.*Ask the portal/,
    ],
    [
      'success: false with status 200',
      json({ success: false, error: { message: 'Invalid sort', __type: 'Validation Error' } }),
      'portal-refused',
      /success: false: Invalid sort/,
    ],
    ['truncated JSON', json('{"success":true,"result":{"count":6,"results":[{"id":"a","ti'), 'not-json', /broken or cut off.*smaller pages/],
    ['JSON without a result', json({ version: 3 }), 'unexpected-answer', /without a "result".*Check the source's url/],
    ['a result of null', result(null), 'unexpected-answer', /not a CKAN action API/],
    ['JSON that is a bare list', json('[1,2]'), 'unexpected-answer', /Check the source's url/],
    ['a result without a list', result({ count: 6, results: 'none' }), 'unexpected-answer', /without a list of results/],
    ['an empty body', json(''), 'not-json', /broken or cut off/],
    ['a missing page', { status: 404, body: 'Not Found' }, 'http-status', /404/],
    ['count 0', result({ count: 0, results: [] }), 'empty-source', /holds no dataset.*6 records held of it stay/],
    ['JSON nested beyond reading', json(`{"success":true,"result":${'['.repeat(200_000)}`), 'not-json', /broken or cut off/],
  ]
  test.each(cases)('%s', async (_name, answer, code, says) => {
    const before = house.content()
    portal.answers = { [search]: answer }
    const report = await house.harvest(source, { full: true })
    expect(report).toMatchObject({ state: 'failed', seen: 0, added: 0, updated: 0, removed: 0, missing: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual([code])
    expect(report.problems[0]!.message).toMatch(says)
    expect(house.content()).toEqual(before)
    expect(house.published()).toBe(6)
  })

  test('a portal that is down: the run has failed, and everything held stays published', async () => {
    await portal.close()
    const report = await house.harvest(source)
    expect(report.state).toBe('failed')
    expect(report.problems[0]).toMatchObject({ code: 'unreachable' })
    expect(house.published()).toBe(6)
  })
})

describe('a bad dataset fails alone', () => {
  const deep = () => JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`) as unknown
  const cases: [name: string, packages: unknown[], codes: string[], records: number][] = [
    ['a dataset without id or name', [...edited, { title: 'Sans identifiant' }], ['missing-id'], 6],
    ['a dataset that is null', [null, ...edited], ['missing-id'], 6],
    ['a dataset that is a text', ['jeu', ...edited], ['missing-id'], 6],
    ['two datasets of one id', [...edited, { ...packageOf('a'), title: 'Un autre' }], ['duplicate-id'], 6],
    ['a private and a deleted dataset beside them', [...edited, packageOf('p', { private: true }), packageOf('x', { state: 'deleted' })], [], 6],
    ['an id that is a number', [...edited, packageOf('7', { id: 7 })], [], 7],
    ['a dataset without resources', [...edited, packageOf('g', { resources: null })], [], 7],
    ['a place that is nested without end', [...edited, packageOf('g', { spatial: { type: 'Polygon', coordinates: deep() } })], [], 7],
  ]
  test.each(cases)('%s', async (_name, packages, codes, records) => {
    portal.answers = ckanAnswers(JSON.parse(JSON.stringify(packages)) as unknown[])
    const report = await house.harvest(source, { full: true })
    expect(report.state).toBe('complete')
    expect(report.problems.map(problem => problem.code)).toEqual(codes)
    expect(report).toMatchObject({ updated: 6, failed: codes.length, removed: 0, missing: 0 })
    expect(report.seen).toBe(report.added + report.updated + report.unchanged + report.failed)
    expect(house.records()).toHaveLength(records)
  })

  test('a dataset nested too deeply to be kept is a problem that names it, and what is held of it stays', async () => {
    const body = JSON.stringify({ success: true, result: { count: 6, results: edited } }).replace(
      '"title":"Jeu de données c, corrigé"',
      `"title":${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    )
    portal.answers = { [search]: json(body) }
    const report = await house.harvest(source, { full: true })
    expect(report).toMatchObject({ state: 'complete', updated: 5, failed: 1 })
    expect(report.problems[0]).toMatchObject({ code: 'bad-record', place: { record: 'c' } })
    expect(house.published()).toBe(6)
  })

  test('where a dataset has lost its id, the record that is not seen is not taken for gone', async () => {
    portal.answers = ckanAnswers(good.map((each, at) => (at === 0 ? { title: each['title'] } : each)))
    const report = await house.harvest(source, { full: true })
    expect(report).toMatchObject({ state: 'complete', unchanged: 5, failed: 1, missing: 0 })
    expect(house.published()).toBe(6)
  })
})

describe('pages', () => {
  const starts =
    (answers: Record<string, Answer>): Answer =>
    (request, response) => {
      const start = new URL(request.url!, 'http://portal').searchParams.get('start')!
      const answer = answers[start] ?? packageSearch(edited)
      if (typeof answer === 'function') answer(request, response)
      else response.writeHead(typeof answer === 'string' ? 200 : (answer.status ?? 200)).end(typeof answer === 'string' ? answer : answer.body)
    }

  test('a page lost in the middle costs that page: later pages are read, the run is partial, nothing is removed', async () => {
    portal.answers = { [search]: starts({ 2: '<html>502</html>' }) }
    const report = await house.harvest(source, { full: true })
    expect(report).toMatchObject({ state: 'partial', updated: 4, failed: 0, missing: 0, removed: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual(['portal-refused'])
    expect(portal.asked.at(-1)).toContain('start=4')
    expect(house.published()).toBe(6)
  })

  test('the last page lost: the run is partial', async () => {
    portal.answers = { [search]: starts({ 4: { status: 404 } }) }
    expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'partial', updated: 4, missing: 0 })
  })

  test('three lost pages in a row are a lost source', async () => {
    const pages = packageSearch([...edited, ...'ghijklmn'].map((each, at) => (typeof each === 'string' ? packageOf(each) : edited[at]!)))
    portal.answers = { [search]: (request, response) => (request.url!.includes('start=0') ? respond(pages, request, response) : response.writeHead(404).end()) }
    const report = await house.harvest(source, { full: true })
    expect(report.state).toBe('partial')
    expect(report.problems.map(problem => problem.code)).toEqual(['http-status', 'http-status', 'http-status'])
  })

  test('a server that ignores start repeats its page: said once, nothing removed', async () => {
    portal.answers = { [search]: result({ count: 6, results: edited.slice(0, 2) }) }
    const report = await house.harvest(source, { full: true })
    expect(report).toMatchObject({ state: 'partial', updated: 2, failed: 0, missing: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual(['repeated-page'])
    expect(report.problems[0]!.message).toMatch(/start=2.*honour the place/)
    expect(house.published()).toBe(6)
  })

  test('pages without end are ended', async () => {
    portal.answers = {
      [search]: (request, response) => {
        const start = Number(new URL(request.url!, 'http://portal').searchParams.get('start'))
        response.end(
          JSON.stringify({
            success: true,
            result: { count: start + 500, results: Array.from({ length: 400 }, (_, at) => ({ id: `n${start + at}`, private: start > 0 })) },
          }),
        )
      },
    }
    const report = await house.harvest(source, { full: true })
    expect(report.state).toBe('partial')
    expect(report.problems.map(problem => problem.code)).toEqual(['endless-pages'])
    expect(report.problems[0]!.message).toMatch(/Ask the portal whether its pages end/)
  })

  test('a count that is too high: what is not shown is not taken for removed', async () => {
    portal.answers = {
      [search]: (request, response) => {
        const start = Number(new URL(request.url!, 'http://portal').searchParams.get('start'))
        response.end(JSON.stringify({ success: true, result: { count: 6, results: edited.slice(0, 5).slice(start, start + 2) } }))
      },
    }
    const report = await house.harvest(source, { full: true })
    expect(report).toMatchObject({ state: 'partial', updated: 5, missing: 0 })
    expect(report.problems[0]).toMatchObject({ code: 'unexpected-answer' })
    expect(report.problems[0]!.message).toMatch(/says that it has 6 records and ends after 5/)
    expect(house.published()).toBe(6)
  })

  test('a count that is too low does not hide the datasets beyond it', async () => {
    portal.answers = {
      [search]: (request, response) => {
        const start = Number(new URL(request.url!, 'http://portal').searchParams.get('start'))
        response.end(JSON.stringify({ success: true, result: { count: 3, results: edited.slice(start, start + 2) } }))
      },
    }
    expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', updated: 6 })
  })

  test('a portal that caps its pages is read to its end all the same', async () => {
    portal.answers = {
      [search]: (request, response) => {
        const start = Number(new URL(request.url!, 'http://portal').searchParams.get('start'))
        response.end(JSON.stringify({ success: true, result: { count: 6, results: edited.slice(start, start + 1) } }))
      },
    }
    expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', updated: 6 })
  })

  test('a page that shifts while it is read shows a dataset twice: no problem, no second record', async () => {
    portal.answers = {
      [search]: starts({
        2: JSON.stringify({ success: true, result: { count: 7, results: [edited[1], edited[2]] } }),
        4: JSON.stringify({ success: true, result: { count: 7, results: [edited[3], edited[4]] } }),
        6: JSON.stringify({ success: true, result: { count: 7, results: [edited[5]] } }),
      }),
    }
    expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', seen: 6, updated: 6, failed: 0, problems: [] })
  })
})

describe('what is odd in a dataset is mended or kept', () => {
  const harvested = async (more: Package) => {
    portal.answers = ckanAnswers([...good, packageOf('odd', more)])
    const report = await house.harvest(source, { full: true })
    expect(report).toMatchObject({ state: 'complete', added: 1, problems: [] })
    const record = house.records().find(each => !good.some(({ id }) => id === each.key))!
    return { graph: house.graph(record.id), record, report }
  }

  test('texts where lists belong, and lists where texts belong', async () => {
    const { graph, record } = await harvested({
      title: ['Titre en liste'],
      tags: 'eau, climat',
      groups: 'environnement',
      organization: 'hcp',
      resources: 'https://data.example.org/tout.csv',
      extras: { frequency: 'annuel' },
      language: 'fr',
    })
    expect(record.title).toEqual({ fr: 'Titre en liste' })
    expect(graph).toContain('<http://www.w3.org/ns/dcat#keyword> "climat"')
    expect(graph).toContain('<http://www.w3.org/ns/dcat#downloadURL> <https://data.example.org/tout.csv>')
    expect(graph).toContain('frequency/ANNUAL>')
    expect(graph).toContain('<https://catalogue.example.ma/id/organisation/hcp>')
  })

  test('keywords in one text stand apart by the commas and semicolons of Arabic too', async () => {
    const { graph } = await harvested({ tags: '', keywords: 'الماء، المناخ؛ التربة' })
    for (const word of ['الماء', 'المناخ', 'التربة']) expect(graph).toContain(`<http://www.w3.org/ns/dcat#keyword> "${word}"`)
  })

  test('a title in several languages as an object', async () => {
    const { record } = await harvested({ title: { fr: 'Eau', ar: 'الماء', en: '' }, notes: { ar: 'وصف' } })
    expect(record.title).toEqual({ fr: 'Eau', ar: 'الماء' })
    expect(record.description).toEqual({ ar: 'وصف' })
  })

  test('impossible dates are read as far as they can be, and listed', async () => {
    const { graph, report } = await harvested({ issued: '2023-02-30', modified: 'hier', extras: [{ key: 'temporal_start', value: '31/12/2022' }] })
    expect(graph).toContain('<http://purl.org/dc/terms/issued> "2023-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>')
    expect(graph).toContain('<http://www.w3.org/ns/dcat#startDate> "2022-12-31"^^<http://www.w3.org/2001/XMLSchema#date>')
    expect(graph).toContain('"hier"')
    expect(report.repairs).toBeGreaterThan(0)
  })

  test('addresses with blanks and quotes are mended, and the repair says what they were', async () => {
    const { graph, record } = await harvested({
      resources: [{ id: 'r', name: 'Fichier', url: 'https://data.example.org/plan "2024" final.csv', format: 'CSV' }],
    })
    expect(graph).toContain('<http://www.w3.org/ns/dcat#accessURL> <https://data.example.org/plan%20%222024%22%20final.csv>')
    expect(saidOf(house.ledger, record.id).repairs).toContainEqual(
      expect.objectContaining({ rule: 'iri-mended', before: 'https://data.example.org/plan "2024" final.csv' }),
    )
  })

  const names = JSON.parse('{"toString":1,"constructor":"c","__proto__":{"id":"p"}}') as unknown
  test.each<[string, Package]>([
    ['a state that is an object', { state: names }],
    ['an id that is an object', { id: names }],
    ['a name that is an object', { name: names }],
    ['an id with half a character', { id: 'lisi\ud83dère' }],
    ['a title with half a character', { title: 'lisi\ud83dère' }],
    ['a licence called as what all objects have', { license_id: 'constructor', license_title: 'toString' }],
  ])('%s costs no record, and nothing of ours is told of it', async (_name, more) => {
    const { graph, report } = await harvested(more)
    expect(report).toMatchObject({ failed: 0, problems: [] })
    expect(graph).not.toMatch(/%5Bobject|native code|undefined/)
  })

  test('two resources of one id are two distributions', async () => {
    const { graph } = await harvested({ resources: ['a', 'b'].map(name => ({ id: 'same', name, url: `https://data.example.org/${name}.csv` })) })
    expect(graph.match(/<http:\/\/www.w3.org\/ns\/dcat#distribution>/g)).toHaveLength(2)
  })

  test("a licence as text on a resource is kept, and the dataset's is not put in its place", async () => {
    const { graph } = await harvested({ resources: [{ id: 'r', url: 'https://data.example.org/a.csv', license: 'Conditions propres au producteur' }] })
    expect(graph).toContain('"Conditions propres au producteur"')
  })

  test('ten thousand resources', async () => {
    const { graph } = await harvested({
      resources: Array.from({ length: 10_000 }, (_, at) => ({ id: `r${at}`, name: `Fichier ${at}`, url: `https://data.example.org/${at}.csv`, format: 'CSV' })),
    })
    expect(graph.match(/<http:\/\/www.w3.org\/ns\/dcat#distribution>/g)).toHaveLength(10_000)
  }, 120_000)

  test('a byte order mark before the JSON', async () => {
    portal.answers = { [search]: json(`\uFEFF${JSON.stringify({ success: true, result: { count: 6, results: edited } })}`) }
    expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', updated: 6 })
  })
})
