import { beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../../../src/config/sources.ts'
import { rebuild } from '../../../../src/harvest/run/rebuild.ts'
import { saidOf } from '../../../ledger/said.ts'
import { turtle, type Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { datasetTurtle, feed } from './feed.ts'

// What portals send for RDF when something is wrong with them. Each case starts from a feed that was well and is held.

const good = ['a', 'b', 'c', 'd', 'e', 'f']

let source: Source
onStage()
beforeEach(async () => {
  portal.answers = { '/catalog.ttl': turtle(feed(good)) }
  source = house.source('dcat', `${portal.url}/catalog.ttl`, { options: { maxPages: 8 } })
  await house.harvest(source)
})

describe('a feed that cannot be used ends the run, and nothing held is touched', () => {
  const xhtml = '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Maintenance</p></body></html>'
  const cases: [name: string, answer: Answer, code: string, says: RegExp][] = [
    ['HTML sent as Turtle', turtle('<!DOCTYPE html><html><body>Maintenance</body></html>'), 'unknown-format', /HTML page.*Send Turtle/],
    ['XHTML sent as RDF/XML', { type: 'application/rdf+xml', body: xhtml }, 'unknown-format', /HTML page/],
    ['an empty answer', turtle(''), 'empty-source', /holds no dataset.*6 records held of it stay/],
    ['a catalogue without datasets', turtle(feed([])), 'empty-source', /holds no dataset/],
    ['XML without a root', { type: 'application/rdf+xml', body: '<?xml version="1.0" encoding="UTF-8"?>\n' }, 'unknown-format', /no RDF.*Send Turtle/],
    [
      'XML that is no RDF',
      { type: 'application/xml', body: '<?xml version="1.0"?><catalog><dataset id="1"/></catalog>' },
      'unknown-format',
      /no RDF.*Send Turtle/,
    ],
    [
      'XML that breaks off at once',
      { type: 'application/rdf+xml', body: '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Desc' },
      'unreadable-rdf',
      /not whole RDF\/XML/,
    ],
    ['broken Turtle', turtle('@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<a> a dcat:Dataset'), 'unreadable-rdf', /not whole Turtle/],
    [
      'JSON-LD with a remote context',
      { type: 'application/ld+json', body: '{"@context":"https://context.example.org/dcat.jsonld","@type":"Dataset"}' },
      'unknown-context',
      /never fetched.*Put the context into the file/,
    ],
    ['truncated JSON-LD', { type: 'application/ld+json', body: '{"@graph":[{"@id":"https://e.example.org/a","@type":' }, 'unreadable-rdf', /not whole JSON-LD/],
    [
      'JSON-LD nested beyond reading',
      { type: 'application/ld+json', body: `${'{"http://e.example.org/p":'.repeat(20_000)}1${'}'.repeat(20_000)}` },
      'unreadable-rdf',
      /not whole JSON-LD/,
    ],
    ['an answer that is no text', { type: 'application/octet-stream', body: new Uint8Array(500).fill(7) }, 'unreadable-rdf', /not whole Turtle/],
    ['a missing feed', { status: 404, body: 'Not Found' }, 'http-status', /answered 404/],
  ]
  test.each(cases)('%s', async (_name, answer, code, says) => {
    const before = house.content()
    portal.answers = { '/catalog.ttl': answer }
    const report = await house.harvest(source)
    expect(report).toMatchObject({ state: 'failed', seen: 0, updated: 0, missing: 0, removed: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual([code])
    expect(report.problems[0]!.message).toMatch(says)
    expect(report.problems[0]!.message).toContain(portal.url)
    expect(house.content()).toEqual(before)
    expect(house.published()).toBe(6)
  })
})

describe('pages', () => {
  const page = (ids: string[], next?: string, total?: number) => turtle(feed(ids, { ...(next !== undefined && { next }), ...(total && { total }), edition: 2 }))
  const cases: [name: string, answers: Record<string, Answer>, code: string, says: RegExp, updated: number][] = [
    ['a next link to a file', { '/catalog.ttl': page(['a', 'b'], 'file:///etc/passwd') }, 'page-link', /only http and https are followed/, 2],
    ['a next link to FTP', { '/catalog.ttl': page(['a', 'b'], 'ftp://portal.example.org/2.ttl') }, 'page-link', /only http and https/, 2],
    ['a next link that is no address', { '/catalog.ttl': page(['a', 'b'], 'http://[nowhere') }, 'page-link', /is no address/, 2],
    [
      'next links in a circle',
      { '/catalog.ttl': page(['a', 'b'], '?page=2'), '/catalog.ttl?page=2': page(['c', 'd'], '/catalog.ttl') },
      'repeated-page',
      /runs in a circle/,
      4,
    ],
    [
      'a server that ignores the page number',
      { '/catalog.ttl': page(['a', 'b'], '?page=2'), '/catalog.ttl?page=2': page(['a', 'b'], '?page=3') },
      'repeated-page',
      /honour the page number/,
      2,
    ],
    ['a next page that is not there', { '/catalog.ttl': page(['a', 'b'], '/elsewhere') }, 'http-status', /elsewhere answered 404/, 2],
    [
      'a feed that counts more than it shows',
      { '/catalog.ttl': page(['a', 'b'], '?page=2', 6), '/catalog.ttl?page=2': page(['c', 'd']) },
      'unexpected-answer',
      /says that it has 6 datasets.*its pages hold 4/,
      4,
    ],
  ]
  test.each(cases)('%s: what came is kept, the run is partial, nothing is removed', async (_name, answers, code, says, updated) => {
    portal.answers = answers
    const report = await house.harvest(source)
    expect(report).toMatchObject({ state: 'partial', updated, failed: 0, missing: 0, removed: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual([code])
    expect(report.problems[0]!.message).toMatch(says)
    expect(house.published()).toBe(6)
  })

  test('pages without end are ended', async () => {
    portal.answers = {
      '/catalog.ttl': page(['a'], '?page=1'),
      '/catalog.ttl?*': (request, response) => {
        const at = Number(request.url!.split('=')[1])
        response.writeHead(200, { 'content-type': 'text/turtle' }).end(feed([`p${at}`], { next: `?page=${at + 1}` }))
      },
    }
    const report = await house.harvest(source)
    expect(report).toMatchObject({ state: 'partial', added: 7, missing: 0 })
    expect(report.problems[0]).toMatchObject({ code: 'endless-pages' })
    expect(report.problems[0]!.message).toMatch(/after 8 pages.*options.maxPages/)
  })

  test('a next link with another host is asked where the feed is, and nowhere else', async () => {
    portal.answers = { '/catalog.ttl': page(['a', 'b', 'c'], 'http://10.0.0.1:5000/catalog.ttl?page=2'), '/catalog.ttl?page=2': page(['d', 'e', 'f']) }
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', updated: 6 })
  })

  test('a page lost in the middle costs that page: the next one is tried, the run is partial', async () => {
    portal.answers = { '/catalog.ttl': page(['a', 'b'], '?page=2'), '/catalog.ttl?page=2': turtle('<html>502</html>'), '/catalog.ttl?page=3': page(['e', 'f']) }
    const report = await house.harvest(source)
    expect(report).toMatchObject({ state: 'partial', updated: 4, missing: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual(['unknown-format'])
    expect(house.published()).toBe(6)
  })

  test('a page that breaks off: what is held is not replaced by half of it, what is new is kept as far as it came', async () => {
    const text = feed(['new', ...good], { edition: 2 })
    const before = house.content()
    portal.answers = { '/catalog.ttl': turtle(text.slice(0, text.lastIndexOf('<https://data.example.org/dataset/e>') + 60)) }
    const report = await house.harvest(source)
    expect(report).toMatchObject({ state: 'partial', added: 1, updated: 0, missing: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual(['unreadable-rdf'])
    expect(report.problems[0]!.message).toMatch(/before that place/)
    expect(house.content()).toMatchObject(before)
    expect(house.published()).toBe(7)
  })
})

describe('what is odd in a feed is mended or kept', () => {
  const harvest = async (text: string | Uint8Array, type = 'text/turtle') => {
    portal.answers = { '/catalog.ttl': { type, body: text } }
    return house.harvest(source)
  }

  test('a byte order mark, a wrong content type', async () => {
    expect(await harvest(`\uFEFF${feed(good, { edition: 2 })}`, 'text/html')).toMatchObject({ state: 'complete', updated: 6 })
  })

  test('addresses with blanks and quotes are mended, and listed as repairs', async () => {
    const report = await harvest(feed(good).replace('https://data.example.org/a.csv', 'https://data.example.org/plan "final" a.csv'))
    expect(report).toMatchObject({ state: 'complete', updated: 1, unchanged: 5 })
    const record = house.records().find(each => each.key.endsWith('/a'))!
    expect(house.graph(record.id)).toContain('<https://data.example.org/plan%20%22final%22%20a.csv>')
    expect(saidOf(house.ledger, record.id).repairs).toContainEqual(expect.objectContaining({ rule: 'iri-mended' }))
  })

  test('an address that is none costs no record, and is the same when it is rebuilt', async () => {
    const body = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
      <dcat:Dataset rdf:about="https://data.example.org/dataset/odd"><dct:title>Un "titre" \\ éàü</dct:title>
      <dct:license rdf:resource="foo:a b{}"/><dct:source rdf:resource="Source: INSEE, &lt;a&gt; \\x"/></dcat:Dataset></rdf:RDF>`
    expect(await harvest(body, 'application/rdf+xml')).toMatchObject({ added: 1, failed: 0 })
    const odd = house.records().find(each => each.key.endsWith('/odd'))!
    expect(house.graph(odd.id)).toContain('"foo:a b{}"')
    expect(house.graph(odd.id)).toContain('"Source: INSEE, <a> \\\\x"')
    const before = house.content()
    expect(await rebuild(source, house.engine)).toMatchObject({ updated: 0, failed: 0 })
    expect(house.content()).toEqual(before)
  })

  test('two blank datasets of one identifier: the first is kept, the other is named', async () => {
    const blank = (title: string) =>
      `[] a dcat:Dataset ; dct:identifier "doublon" ; dct:title "${title}"@fr ; dcat:landingPage <https://data.example.org/x> .\n`
    const report = await harvest(feed(good) + blank('Un') + blank('Deux'))
    expect(report).toMatchObject({ state: 'complete', added: 1, failed: 1 })
    expect(report.problems[0]).toMatchObject({ code: 'duplicate-id' })
  })

  test("a feed that describes a dataset of another source does not touch the other source's record", async () => {
    const other = house.source('dcat', `${portal.url}/other.ttl`, { id: 'other' })
    portal.answers['/other.ttl'] = turtle(feed(['a'], { edition: 9 }))
    const before = house.content()
    expect(await house.harvest(other)).toMatchObject({ state: 'complete', added: 1 })
    expect(house.content()).toMatchObject(before)
    expect(house.records()).toHaveLength(7)
  })

  test('RDF in Windows-1252', async () => {
    const report = await harvest(Buffer.from(datasetTurtle('latin').replace('Jeu', 'Été'), 'latin1'))
    expect(report.added).toBe(1)
    expect(house.records().find(each => each.key.endsWith('/latin'))!.title['fr']).toMatch(/^Été/)
  })

  test('ten thousand distributions', async () => {
    const many = Array.from(
      { length: 10_000 },
      (_, at) => `<https://data.example.org/dataset/a> dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://data.example.org/${at}.csv> ] .`,
    )
    expect(await harvest(feed(good) + many.join('\n'))).toMatchObject({ state: 'complete', updated: 1, unchanged: 5, problems: [] })
  }, 120_000)
})
