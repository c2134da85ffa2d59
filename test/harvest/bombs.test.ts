import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { partsOf } from '../../src/harvest/readers/json/stream.ts'
import { formats } from '../../src/rdf/formats.ts'
import { serialise } from '../../src/rdf/serialise.ts'
import { turtle } from '../edition.ts'
import { collect } from '../memory.ts'
import { startPortal, type Answer, type Portal } from '../portal.ts'
import { openHouse, type House } from './harvest.ts'
import { ckanAnswers, packageOf } from './protocols/ckan/portal.ts'
import { feed } from './protocols/dcat/feed.ts'

// Answers made to break a reader, in each format that is read. Beside the source that sends them stands another, which must not notice.

/** The same two datasets in every format. */
const written: Record<string, { type: string; text: string }> = {}
let house: House
let portal: Portal
let other: Record<string, string>

beforeAll(async () => {
  for (const format of formats) written[format.name] = { type: format.mediaType, text: await serialise([...turtle(feed(['a', 'b']))] as never, format) }
  house = await openHouse()
  portal = await startPortal({ ...ckanAnswers(['x', 'y', 'z'].map(id => packageOf(id))) })
  await house.harvest(house.source('ckan', portal.url, { id: 'other' }))
  other = house.content()
  expect(Object.keys(other)).toHaveLength(3)
})
afterAll(async () => {
  await portal.close()
  await house.close()
})

let sources = 0
/** Harvests these answers one after the other as one source; the other source stays as it was, byte for byte. */
async function harvested(protocol: 'dcat' | 'ckan', ...answers: Answer[]) {
  const id = `bad-${++sources}`
  const source = house.source(protocol, protocol === 'dcat' ? `${portal.url}/${id}` : portal.url, {
    id,
    limits: { delayMs: 0, timeoutS: 10, maxBytes: 5_000_000 },
    options: protocol === 'ckan' ? { incremental: false } : {},
  })
  const reports = []
  for (const answer of answers) {
    const path = protocol === 'dcat' ? `/${id}` : '/api/3/action/package_search?*'
    const before = portal.answers[path]
    portal.answers[path] = answer
    reports.push(await house.harvest(source))
    if (before) portal.answers[path] = before
  }
  const mine = Object.fromEntries(
    house
      .records()
      .filter(record => record.source === id)
      .map(record => [record.id, house.graph(record.id)]),
  )
  expect(Object.fromEntries(Object.entries(house.content()).filter(([record]) => record in other))).toEqual(other)
  return { reports, report: reports.at(-1)!, mine }
}
const sent = (type: string, body: string | Uint8Array, headers: Record<string, string> = {}): Answer => ({ type, body, headers })
const rdf = (inside: string, doctype = '') =>
  `<?xml version="1.0"?>${doctype}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/" xmlns:dcat="http://www.w3.org/ns/dcat#">${inside}</rdf:RDF>`
const described = (title: string) =>
  `<dcat:Dataset rdf:about="https://data.example.org/dataset/a"><dct:title xml:lang="fr">${title}</dct:title><dcat:landingPage rdf:resource="https://data.example.org/a"/></dcat:Dataset>`

describe('bombs', () => {
  const laughs = `<!DOCTYPE r [<!ENTITY a "ha">${'bcdefghijk'
    .split('')
    .map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghijk'[at]};`.repeat(10)}">`)
    .join('')}]>`
  const quadratic = `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(100_000)}">]>`
  const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times)
  const cases: [name: string, answer: Answer, codes: RegExp][] = [
    ['a billion laughs', sent('application/rdf+xml', rdf(described('&k;'), laughs)), /unreadable-rdf|unknown-format|empty-source|held|too-large/],
    ['entities that grow by the square', sent('application/rdf+xml', rdf(described('&a;'.repeat(100_000)), quadratic)), /unreadable-rdf|too-large|held/],
    [
      'an entity out of a file',
      sent('application/rdf+xml', rdf(described('&f;'), '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>')),
      /unreadable-rdf|held/,
    ],
    [
      'RDF/XML nested without end',
      sent('application/rdf+xml', rdf(deep('<rdf:Description><dct:relation>', '</dct:relation></rdf:Description>', 30_000))),
      /unreadable-rdf|empty-source/,
    ],
    [
      'Turtle nested without end',
      sent(
        'text/turtle',
        `@prefix dct: <http://purl.org/dc/terms/> .\n<https://data.example.org/dataset/a> dct:relation ${deep('[ dct:relation ', ']', 100_000)} .`,
      ),
      /unreadable-rdf|empty-source/,
    ],
    ['lists in lists in Turtle', sent('text/turtle', `<https://e.org/a> <https://e.org/p> ${deep('(', ')', 200_000)} .`), /unreadable-rdf|empty-source/],
    [
      'lists and blank nodes in turns',
      sent('text/turtle', `<https://e.org/a> <https://e.org/p> ${'( [ <https://e.org/p> '.repeat(100_000)}1${'] )'.repeat(100_000)} .`),
      /unreadable-rdf/,
    ],
    ['JSON-LD nested without end', sent('application/ld+json', `${'{"https://e.org/p":'.repeat(100_000)}1${'}'.repeat(100_000)}`), /unreadable-rdf/],
    [
      'JSON-LD whose contexts nest',
      sent(
        'application/ld+json',
        JSON.stringify({
          '@context': Array.from({ length: 5000 }, () => ({ a: { '@id': 'https://e.org/a', '@context': { b: 'https://e.org/b' } } })),
          '@id': 'https://e.org/x',
          a: { b: 1 },
        }),
      ),
      /empty-source|unreadable-rdf/,
    ],
    ['graphs within graphs in TriG', sent('application/trig', deep('<https://e.org/g> { ', '} ', 50_000)), /unreadable-rdf/],
    ['N-Quads in one line that does not end', sent('application/n-quads', `<https://e.org/a> <https://e.org/p> "${'x'.repeat(4_900_000)}`), /unreadable-rdf/],
    ['zeros that were a small gzip', sent('text/turtle', gzipSync(Buffer.alloc(200_000_000)), { 'content-encoding': 'gzip' }), /too-large/],
    [
      'a packed file that comes packed is unpacked twice: the feed that is smaller than what is held',
      sent('text/turtle', gzipSync(gzipSync(feed(['a']))), { 'content-encoding': 'gzip' }),
      /held/,
    ],
    [
      'blank nodes in a circle, thousands of them',
      sent(
        'text/turtle',
        `${feed(['a'])}<https://data.example.org/dataset/a> dct:relation _:b0 .\n${Array.from({ length: 3000 }, (_, at) => `_:b${at} dct:relation _:b${(at + 1) % 3000} .`).join('\n')}`,
      ),
      /^$|held/,
    ],
  ]
  test.each(cases)(
    '%s: a problem with a code, and flat memory',
    async (_name, answer, codes) => {
      collect()
      const before = process.memoryUsage()
      const { reports, mine } = await harvested('dcat', sent('text/turtle', feed(['a', 'b'])), answer)
      expect(reports[1]!.problems.map(({ code, message }) => `${code}: ${message}`).join()).toMatch(codes)
      expect(reports[1]!).toMatchObject({ removed: 0, missing: 0 })
      expect(Object.keys(mine)).toHaveLength(2)
      expect(JSON.stringify(mine)).not.toMatch(/root:|(haha){50}/)
      collect()
      expect(process.memoryUsage().heapUsed - before.heapUsed).toBeLessThan(60_000_000)
    },
    60_000,
  )

  test.each<[string, string, RegExp]>([
    ['nested without end', `{"success":true,"result":${'{"result":'.repeat(300_000)}1${'}'.repeat(300_000)}}`, /unexpected-answer|not-json/],
    ['a number of a million digits', `{"success":true,"result":{"count":${'9'.repeat(1_000_000)},"results":[]}}`, /unexpected-answer/],
    [
      'keys that are those of every object',
      '{"success":true,"__proto__":{"result":{"count":1,"results":[{"id":"p"}]}},"constructor":{"prototype":{"polluted":1}}}',
      /unexpected-answer/,
    ],
    ['one text of 4 MB', JSON.stringify({ success: true, result: { count: 1, results: [{ id: 'big', title: 'x'.repeat(4_000_000) }] } }), /held|^$/],
  ])(
    "CKAN's JSON, %s",
    async (_what, body, codes) => {
      const { reports, mine } = await harvested(
        'ckan',
        ckanAnswers([packageOf('a'), packageOf('b')])['/api/3/action/package_search?*']!,
        sent('application/json', body),
      )
      expect(reports[1]!.problems.map(({ code, message }) => `${code}: ${message}`).join()).toMatch(codes)
      expect(reports[1]!).toMatchObject({ removed: 0, missing: 0 })
      expect(Object.keys(mine).length).toBeGreaterThanOrEqual(2)
      expect(({} as { polluted?: number }).polluted).toBeUndefined()
    },
    30_000,
  )
})

test('JSON that is read as it comes: one text of 200 MB ends the reading, what stands before it was read, and little of it was ever held', async () => {
  let sent = 0
  const megabyte = Buffer.alloc(1_000_000, 'x')
  const body = async function* () {
    yield Buffer.from('{"dataset":[{"title":"Jeu a"},{"title":"')
    for (; sent < 200; sent++) yield megabyte
    yield Buffer.from('"}]}')
  }
  const titles: unknown[] = []
  const read = async () => {
    for await (const { value } of partsOf({ url: 'https://portal.test/data.json', mediaType: 'application/json', body: body() }, ['$.dataset.*']))
      titles.push(value)
  }
  collect()
  const before = process.memoryUsage()
  await expect(read()).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('https://portal.test/data.json') })
  expect([titles, sent]).toEqual([[{ title: 'Jeu a' }], 50])
  collect()
  expect(process.memoryUsage().heapUsed - before.heapUsed).toBeLessThan(20_000_000)
})

describe('bytes that are no UTF-8', () => {
  test.each(['turtle', 'jsonld', 'rdfxml', 'nquads', 'trig'])('%s: the title is read as its writer meant it, or the problem has a code', async name => {
    const { type, text } = written[name]!
    const latin = Buffer.from(text.replaceAll('Jeu a', 'Donn\u00E9es a').replace(/\\u00E9/gi, '\u00E9'), 'latin1')
    const { report, mine } = await harvested('dcat', sent(type, latin))
    expect(report.state).toBe('complete')
    expect(JSON.stringify(mine)).toContain('Données a')
  })

  const utf16: [how: string, encode: (text: string) => Buffer][] = [
    ['UTF-16', text => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, the other way round', text => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 that does not say so', text => Buffer.from(text, 'utf16le')],
  ]
  test.each(utf16.flatMap(([how, encode]) => ['turtle', 'jsonld', 'rdfxml', 'nquads', 'trig'].map(name => [how, name, encode] as const)))(
    '%s: %s is read like any other',
    async (_how, name, encode) => {
      const { type, text } = written[name]!
      const { report, mine } = await harvested('dcat', sent(type, encode(text.replaceAll('Jeu a', 'معطيات'))))
      expect(report).toMatchObject({ state: 'complete', seen: 2, problems: [] })
      expect(JSON.stringify(mine)).toContain('معطيات')
    },
  )

  test.each([['Latin-1', (text: string) => Buffer.from(text, 'latin1')], ...utf16])(
    "CKAN's JSON in %s is read as its writer meant it",
    async (_how, encode) => {
      const body = JSON.stringify({ success: true, result: { count: 1, results: [packageOf('a', { title: "Données de l'été" })] } })
      const { report, mine } = await harvested('ckan', sent('application/json', encode(body)))
      expect(report).toMatchObject({ state: 'complete', seen: 1, problems: [] })
      expect(JSON.stringify(mine)).toContain("Données de l'été")
    },
  )

  test.each(['turtle', 'jsonld', 'rdfxml', 'nquads', 'trig'])('%s with noise in its middle', async name => {
    const { type, text } = written[name]!
    const noise = Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x1b])
    const whole = Buffer.from(text)
    const { reports, mine } = await harvested(
      'dcat',
      sent(type, text),
      sent(type, Buffer.concat([whole.subarray(0, whole.length >> 1), noise, whole.subarray(whole.length >> 1)])),
    )
    expect(reports[1]!.problems.every(({ code }) => code !== 'stopped')).toBe(true)
    expect(reports[1]!).toMatchObject({ missing: 0, removed: 0 })
    expect(Object.keys(mine).length).toBeGreaterThanOrEqual(2)
  })
})
