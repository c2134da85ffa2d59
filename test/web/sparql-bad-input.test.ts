import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readXml } from '../../src/harvest/readers/xml/xml.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { serve, type Open } from './site.ts'

// What is wrong with a query is told with the right status, in the language of who asks, and the endpoint answers the next one.

let site: Open
beforeAll(async () => {
  site = await serve(await openHouse(`${edition}store: { kind: oxigraph, replicas: 1 }\n`), [])
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

describe('what is wrong with a query is said in the language of who asks', () => {
  const wrong = (language?: string, more: Record<string, string> = {}) =>
    site.get(`/sparql?query=${encodeURIComponent('SELECT ?s\n  { ?s ~hello ?o }')}`, { ...(language && { 'Accept-Language': language }), ...more })

  test.each([
    ['fr-MA,fr;q=0.9', 'fr', 'ligne 2, colonne 8 : "~hello" ne peut pas se trouver là.'],
    ['ar', 'ar', 'السطر 2، العمود 8: لا يمكن أن يوجد "~hello" هناك.'],
    ['en', 'en', 'line 2, column 8: "~hello" cannot stand there.'],
    ['tlh', 'en', 'line 2, column 8: "~hello" cannot stand there.'],
    [undefined, 'en', 'line 2, column 8: "~hello" cannot stand there.'],
  ])('%s: %s, with its line and column', async (asked, language, sentence) => {
    const response = await wrong(asked)
    expect([response.status, response.headers.get('content-language'), response.headers.get('vary')]).toEqual([
      400,
      language,
      expect.stringContaining('Accept-Language'),
    ])
    expect(await response.json()).toMatchObject({ code: 'query-malformed', line: 2, column: 8, detail: expect.stringContaining(sentence) })
  })

  test.each(['fr', 'ar'])('no sentence about queries is left in English in %s', async language => {
    const english = new Map(
      await Promise.all(
        ['en', language].map(async each => {
          const asked = [
            '?query=',
            '?query=ASK{}&query=ASK{}',
            '?query=ASK{}&timeout=soon',
            '?query=ASK{}&default-graph-uri=x',
            '?query=ASK{}&update=CLEAR%20ALL',
            '?query=CLEAR%20ALL',
            '?query=nothing',
            '?query=ASK{',
            '?query=ASK{?s%20a%20no:prefix}',
            '?query=ASK{FILTER(<urn:no-function>(1))}',
            `?query=ASK${'{'.repeat(100)}`,
            `?query=ASK{FILTER(1${'%2B1'.repeat(600)})}`,
            `?query=ASK{?${'x'.repeat(300)}%20?p%20?o}`,
            `?query=ASK{}%23${'x'.repeat(11_000)}`.slice(0, 12_000),
            '?query=ASK{SERVICE%20<http://127.0.0.1/>{}}',
          ]
          const answers = await Promise.all(
            asked.map(async query => {
              const response = await site.get(`/sparql${query}`, { 'Accept-Language': each })
              return response.status < 400 ? undefined : ((await response.json()) as { title: string; detail: string })
            }),
          )
          return [each, answers] as const
        }),
      ),
    )
    const [before, after] = [english.get('en')!, english.get(language)!]
    for (const [at, answer] of after.entries()) {
      if (!answer) continue
      expect(answer.detail).not.toMatch(/query_problem/)
      expect(answer.title).not.toBe(before[at]!.title)
      expect(answer.detail).not.toBe(before[at]!.detail)
    }
    expect(after.filter(Boolean).length).toBeGreaterThan(10)
  })
})

test('a prefix that is not declared is named, with its place', async () => {
  const response = await site.get(`/sparql?query=${encodeURIComponent('SELECT *\n{ ?s a dcat:Dataset }')}`, { 'Accept-Language': 'fr' })
  const detail = expect.stringMatching(/Le préfixe «.dcat:.», ligne 2, colonne 8, .* PREFIX dcat: <http:\/\/www\.w3\.org\/ns\/dcat#>/)
  expect([response.status, await response.json()]).toEqual([400, expect.objectContaining({ code: 'query-malformed', line: 2, column: 8, detail })])
})

describe('bad input is answered with the right status, and the endpoint lives', () => {
  const post = (body: string | Buffer, type: string, headers: Record<string, string> = {}) =>
    site.get('/sparql', { 'Content-Type': type, ...headers }, { method: 'POST', body: body as BodyInit })
  test.each<[string, () => Promise<Response>, number, string]>([
    ['a query in UTF-16', () => post(Buffer.from('\ufeffASK {}', 'utf16le'), 'application/sparql-query; charset=utf-16'), 415, 'unsupported-media-type'],
    ['a query in UTF-16 that says nothing of it', () => post(Buffer.from('ASK { ?s ?p ?o }', 'utf16le'), 'application/sparql-query'), 400, 'query-malformed'],
    ['a form in UTF-16', () => post(Buffer.from('query=ASK{}', 'utf16le'), 'application/x-www-form-urlencoded; charset=utf-16'), 415, 'unsupported-media-type'],
    ['a picture', () => post('GIF89a', 'image/gif'), 415, 'unsupported-media-type'],
    ['an update in a form', () => post('update=DROP%20ALL', 'application/x-www-form-urlencoded'), 400, 'query-refused'],
    ['an update as a query', () => post('query=DROP%20ALL', 'application/x-www-form-urlencoded'), 400, 'query-refused'],
    ['an update behind a comment', () => post('# SELECT * {}\nDELETE WHERE { ?s ?p ?o }', 'application/sparql-query'), 400, 'query-refused'],
    ['an update written with escapes', () => post('\\u0044ELETE WHERE { ?s ?p ?o }', 'application/sparql-query'), 400, 'query-refused'],
    [
      'an update behind a prefix called select',
      () => post('PREFIX select: <a:>\nINSERT DATA { <a:a> <a:b> <a:c> }', 'application/sparql-query'),
      400,
      'query-refused',
    ],
    ['an update after a query', () => post('ASK {} ; DROP ALL', 'application/sparql-query'), 400, 'query-malformed'],
  ])('%s', async (_what, asked, status, code) => {
    const response = await asked()
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code])
    const good = await site.get('/sparql?query=ASK%7B%7D', { Accept: 'application/sparql-results+json' })
    expect(await good.json()).toMatchObject({ boolean: true })
  })

  test('a query that is too long is not sent back with what is wrong with it', async () => {
    const response = await site.get(`/sparql?query=ASK{}%23${'x'.repeat(60_000)}`)
    expect([response.status, ((await response.json()) as { instance: string }).instance]).toEqual([413, '/sparql'])
  })

  test.each(['json', 'xml', 'csv', 'tsv'])('control characters in a result leave its %s well formed', async format => {
    const said = ['a\u0001b', 'tab\there', 'line\r\nend', 'quote" comma, <tag> & \u007f', '\ufffe']
    const values = said.map(text => JSON.stringify(text)).join(' ')
    const response = await site.get(`/sparql?format=${format}&query=${encodeURIComponent(`SELECT ?x { VALUES ?x { ${values} } }`)}`)
    expect(response.status).toBe(200)
    const text = await response.text()
    if (format === 'json') {
      const { results } = JSON.parse(text) as { results: { bindings: { x: { value: string } }[] } }
      expect(results.bindings.map(({ x }) => x.value)).toEqual(said)
    }
    // XML 1.0 cannot say most of them, be it by their number.
    if (format === 'xml') expect(() => readXml({ url: site.url, body: text })).not.toThrow()
    if (format === 'xml') expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|&#(x[01]?[0-8bcefBCEF]|[0-8]|1[1245]);/)
    if (format === 'tsv') expect(text.trimEnd().split('\n')).toHaveLength(said.length + 1)
  })
})
