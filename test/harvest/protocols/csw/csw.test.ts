import { beforeEach, describe, expect, test } from 'vitest'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'
import { cswAnswers, exception, isoRecord, searchResults, type Asked } from './portal.ts'

const nameless = isoRecord('x').replace(/<gmd:fileIdentifier>.*?<\/gmd:fileIdentifier>/, '')

for (const options of [{ pageSize: 3 }, { pageSize: 4, method: 'get' }, { pageSize: 25, version: '3.0.0' }]) {
  keepsTheContract({
    protocol: 'csw',
    options,
    url: portal => `${portal}/csw?service=CSW&request=GetCapabilities`,
    single: true,
    record: (id, edition) => isoRecord(id, edition),
    broken: isoRecord('broken').replace('MD_Metadata', 'MD_Other').replace('</gmd:MD_Metadata>', '</gmd:MD_Other>'),
    answers: records => cswAnswers(() => records as string[]),
    partly: records =>
      cswAnswers(
        () => records as string[],
        ({ start, rows }, response) => {
          // Of a page that holds all, the text breaks off in the middle.
          if (rows > 10) response.writeHead(200, { 'content-type': 'application/xml' }).end(searchResults(records as string[], 10, 0).slice(0, 8000))
          else if (start > 1 && start <= 1 + rows) response.writeHead(404).end()
          else return false
          return true
        },
      ),
  })
}

describe('csw', () => {
  let records: string[]
  let asked: Asked[]
  onStage()
  beforeEach(() => {
    asked = []
    records = 'abcdefghij'.split('').map((id, at) => isoRecord(id, 1, { date: at === 9 ? '2024-03-05T10:00:00' : '2024-01-01T10:00:00' }))
    portal.answers = cswAnswers(
      () => records,
      each => {
        asked.push(each)
        return false
      },
    )
  })
  const source = (options: object = {}) => house.source('csw', `${portal.url}/csw`, { options: { pageSize: 4, ...options } })
  const play = (answer: (asked: Asked) => string | undefined) => {
    portal.answers = cswAnswers(
      () => records,
      (each, response) => {
        asked.push(each)
        const body = answer(each)
        if (body !== undefined) response.writeHead(200, { 'content-type': 'application/xml' }).end(body)
        return body !== undefined
      },
    )
  }

  test('is asked for ISO 19139 first, page by page, sorted by the identifier', async () => {
    await house.harvest(source())
    expect(asked.map(({ start, rows, schema, sorted }) => [start, rows, schema, sorted])).toEqual(
      [1, 5, 9].map(start => [start, 4, 'http://www.isotc211.org/2005/gmd', true]),
    )
  })

  test('a server that cannot sort, and has no ISO, is asked unsorted for what it has', async () => {
    play(({ schema, sorted }) => (sorted || !schema.includes('csw/2.0.2') ? exception('not here') : undefined))
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 10, problems: [] })
    expect(asked.at(-1)).toMatchObject({ sorted: false, schema: 'http://www.opengis.net/cat/csw/2.0.2' })
  })

  test('a server that refuses everything is named with its own words, in one problem', async () => {
    play(() => exception('The index is being rebuilt'))
    const report = await house.harvest(source())
    expect(report).toMatchObject({ state: 'failed', problems: [{ code: 'portal-refused' }] })
    expect(report.problems[0]!.message).toContain('The index is being rebuilt')
  })

  test('a schema of the source is the only one that is asked for', async () => {
    play(() => exception('No such outputSchema'))
    await house.harvest(source({ schema: 'dcat' }))
    expect([...new Set(asked.map(each => each.schema))]).toEqual(['http://www.w3.org/ns/dcat#'])
  })

  test('kinds of resources that are not wanted are passed over', async () => {
    records = [isoRecord('a'), isoRecord('b', 1, { scope: 'application' }), isoRecord('c', 1, { scope: 'series' })]
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 2 })
    expect(await house.harvest(source({ types: ['series'] }), { full: true, acceptRemovals: true })).toMatchObject({ seen: 1, missing: 1 })
  })

  describe('paging', () => {
    test('a server that sends smaller pages than it is asked for is read whole', async () => {
      play(({ start }) => searchResults(records.slice(start - 1, start + 1), 10, start + 2 > 10 ? 0 : start + 2))
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 10, problems: [] })
    })

    test('a server without counts is read until a page is not full', async () => {
      play(({ start, rows }) =>
        searchResults(records.slice(start - 1, start - 1 + rows), 10, start + rows).replace(/ (numberOfRecords\w+|nextRecord)="\d+"/g, ''),
      )
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 10, problems: [] })
    })

    test.each([
      ['a server that ignores startPosition', () => searchResults(records.slice(0, 4), 10, 5), 'repeated-page', /honour "startPosition"/],
      [
        'a server that ends before its count',
        ({ start }: Asked) => (start > 5 ? searchResults([], 10, 0) : undefined),
        'unexpected-answer',
        /says that it has 10 records and ends after 8/,
      ],
      [
        'a server that counts fewer records from page to page',
        ({ start }: Asked) => (start > 1 ? searchResults(records.slice(start - 1, start + 3), 9, start === 9 ? 0 : start + 4) : undefined),
        'unexpected-answer',
        /counted 10 records and then 9: some were deleted/,
      ],
      [
        'a page that leaves a record out',
        ({ start }: Asked) => (start === 5 ? searchResults(records.slice(4, 8), 10, 9).replace(records[5]!, '') : undefined),
        'unexpected-answer',
        /holds 4 records, and 3 are there/,
      ],
      [
        'a page of HTML in the middle',
        ({ start }: Asked) => (start === 5 ? '<html><body>Maintenance</body></html>' : undefined),
        'portal-refused',
        /page of HTML/,
      ],
      ['an exception in the middle', ({ start }: Asked) => (start === 5 ? exception('Java heap space') : undefined), 'portal-refused', /Java heap space/],
      [
        'a page that breaks off',
        ({ start }: Asked) => (start === 5 ? searchResults(records.slice(4, 8), 10, 9).slice(0, 5000) : undefined),
        'not-xml',
        /broken or cut off/,
      ],
    ] as [string, (asked: Asked) => string | undefined, string, RegExp][])(
      '%s: the run is partial, and nothing is removed',
      async (_name, answer, code, says) => {
        await house.harvest(source())
        play(answer)
        const report = await house.harvest(source(), { full: true })
        expect(report).toMatchObject({ state: 'partial', missing: 0, removed: 0 })
        expect(report.problems.map(problem => problem.code)).toEqual([code])
        expect(report.problems[0]!.message).toMatch(says)
        expect(house.published()).toBe(10)
      },
    )

    test('a count that grows with every page is ended', async () => {
      play(({ start }) =>
        searchResults(
          Array.from({ length: 100 }, (_, at) => isoRecord(`n${start + at}`, 1, { scope: 'application' })),
          start + 110,
          start + 100,
        ),
      )
      const report = await house.harvest(source({ pageSize: 100 }))
      expect(report.problems.map(problem => problem.code)).toEqual(['endless-pages'])
    })
  })

  describe('records', () => {
    test('without an identifier: it is named, and nothing is removed', async () => {
      await house.harvest(source())
      records = [...records.slice(0, 8), nameless]
      const report = await house.harvest(source(), { full: true })
      expect(report).toMatchObject({ state: 'complete', failed: 1, missing: 0, problems: [{ code: 'missing-id' }] })
    })

    test('of one identifier: the first is kept, and the second named', async () => {
      records.push(isoRecord('a', 2))
      expect(await house.harvest(source())).toMatchObject({ added: 10, failed: 1, problems: [{ code: 'duplicate-id' }] })
    })

    test('DCAT in RDF/XML is read as it is, and mapped again to the same graph', async () => {
      const rdf = (id: string) =>
        `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset rdf:about="https://portal.example.ma/id/${id}"><dct:title xml:lang="fr">Jeu ${id}</dct:title><dcat:distribution><dcat:Distribution><dcat:accessURL rdf:resource="https://portal.example.ma/${id}.csv"/></dcat:Distribution></dcat:distribution></dcat:Dataset></rdf:RDF>`
      records = ['a', 'b'].map(rdf)
      expect(await house.harvest(source({ schema: 'dcat' }))).toMatchObject({ state: 'complete', added: 2, problems: [] })
      expect(house.records().map(each => [each.key, each.dataset])).toEqual(
        ['a', 'b'].map(id => [`https://portal.example.ma/id/${id}`, `https://portal.example.ma/id/${id}`]),
      )
    })
  })

  describe('incremental runs', () => {
    const since = () => asked.map(each => each.since)
    test('ask for what changed since the newest date; the rest is vouched for', async () => {
      await house.harvest(source())
      asked.length = 0
      records[2] = isoRecord('c', 2, { date: '2024-03-06T10:00:00' })
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 10, updated: 1, unchanged: 9 })
      expect(since()).toEqual([undefined, '2024-03-04T10:00:00.000Z'])
    })

    test.each(['get', 'post'])('with nothing changed, two requests are enough (%s)', async method => {
      await house.harvest(source({ method }))
      records[9] = isoRecord('j', 1, { date: '2024-01-01T10:00:00' })
      asked.length = 0
      expect(await house.harvest(source({ method }))).toMatchObject({ state: 'complete', seen: 10, unchanged: 10 })
      expect(asked).toHaveLength(2)
    })

    test('a count that is another means that all is read: what is gone is noticed', async () => {
      await house.harvest(source())
      records.pop()
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 9, unchanged: 9, missing: 1 })
    })

    test('a server that cannot filter by date is read whole', async () => {
      await house.harvest(source())
      play(each => (each.since ? exception('Unknown queryable apiso:Modified') : undefined))
      records[2] = isoRecord('c', 2)
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 10, updated: 1, unchanged: 9, problems: [] })
    })
  })

  test('what was posted is posted again, also where the server gives its answers a tag', async () => {
    const undated = records.map(record => record.replace(/<gmd:dateStamp>.*<\/gmd:dateStamp>/, ''))
    portal.answers = cswAnswers(
      () => undated,
      ({ start }, response) => {
        response
          .writeHead(200, { 'content-type': 'application/xml', etag: `"${start}"` })
          .end(searchResults(undated.slice(start - 1, start + 3), 10, start + 4 > 10 ? 0 : start + 4))
        return true
      },
    )
    await house.harvest(source())
    portal.asked.length = 0
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', unchanged: 10, problems: [] })
    expect(portal.asked).toEqual(['/csw', '/csw', '/csw'])
  })

  test('one record that is asked for and not there any more is gone', async () => {
    await house.harvest(source())
    records = records.slice(1)
    expect(await house.harvest(source(), { only: 'a' })).toMatchObject({ state: 'complete', removed: 1 })
    expect(house.records().find(each => each.key === 'a')!.admission).toBe('removed')
  })

  test('the address of a record’s page leads people to the portal', async () => {
    records = [isoRecord('a b').replace(/<gmd:distributionInfo>[\s\S]*<\/gmd:distributionInfo>/, '')]
    await house.harvest(source({ page: 'https://portal.example.ma/catalogue/{id}' }))
    expect(house.graph(house.records()[0]!.id)).toContain('<http://www.w3.org/ns/dcat#landingPage> <https://portal.example.ma/catalogue/a%20b>')
  })
})

const listing = (...links: string[]) => ({
  type: 'text/html',
  body: `<html><head><title>Index of /waf</title></head><body><h1>Index</h1><a href="?C=N;O=D">Name</a> <a href="/">Parent Directory</a>${links.map(link => `<li><a href="${link}">${link}</a></li>`).join('')}</body></html>`,
})
const files = (records: unknown[]) => ({
  '/waf/': listing(...records.map((_, at) => `${at}.xml`)),
  ...Object.fromEntries(records.map((record, at) => [`/waf/${at}.xml`, { type: 'application/xml', body: record as string }])),
})

keepsTheContract({
  protocol: 'csw',
  options: { folder: true },
  url: portal => `${portal}/waf/`,
  record: isoRecord,
  broken: '<html>Maintenance</html>',
  answers: files,
  partly: records => ({ ...files(records), '/waf/4.xml': { status: 404, body: 'Not Found' } }),
})

describe('a folder of files', () => {
  onStage()
  beforeEach(() => {
    portal.answers = {
      '/waf/': listing('a.xml', 'b.xml', 'more/', 'readme.txt', 'http://elsewhere.example.org/x.xml', '../secret.xml'),
      '/waf/more/': listing('../', 'c.xml', '../a.xml', 'deeper/', '../'),
      '/waf/more/deeper/': listing('d.xml', '../'),
      ...Object.fromEntries(
        ['a.xml', 'b.xml', 'more/c.xml', 'more/deeper/d.xml'].map(file => [
          `/waf/${file}`,
          { type: 'application/xml', headers: { etag: `"${file}"` }, body: isoRecord(file.replace(/\W/g, '-')) },
        ]),
      ),
    }
  })
  const source = (path = '/waf/') => house.source('csw', portal.url + path, { options: { folder: true } })

  test('is read with the folders in it, and nothing beside it', async () => {
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 4, problems: [] })
    expect(portal.asked).not.toContain('/secret.xml')
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', unchanged: 4 })
  })

  test('a list of addresses is one too', async () => {
    portal.answers['/waf/list.txt'] = { type: 'text/plain', body: `${portal.url}/waf/a.xml\n${portal.url}/waf/more/c.xml\n` }
    expect(await house.harvest(source('/waf/list.txt'))).toMatchObject({ state: 'complete', added: 2, problems: [] })
  })

  test('a file that cannot be had makes the run partial; one that is no XML costs itself, and nothing is removed', async () => {
    await house.harvest(source())
    portal.answers['/waf/a.xml'] = { status: 404, body: 'Not Found' }
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'partial', unchanged: 3, missing: 0, problems: [{ code: 'http-status' }] })
    portal.answers['/waf/a.xml'] = { type: 'application/xml', body: '<gmd:MD_Metadata' }
    expect(await house.harvest(source(), { full: true })).toMatchObject({
      state: 'complete',
      unchanged: 3,
      failed: 1,
      missing: 0,
      problems: [{ code: 'not-xml' }],
    })
  })

  test('a listing that is lost makes the run partial', async () => {
    await house.harvest(source())
    portal.answers['/waf/more/'] = { status: 404, body: 'Not Found' }
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'partial', unchanged: 2, missing: 0 })
  })
})
