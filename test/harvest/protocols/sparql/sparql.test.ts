import { Store } from 'oxigraph'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

const iri = (id: string) => `https://donnees.example.org/jeu/${id}`
const turtle = (
  id: string,
  edition = 1,
  keywords = 3,
) => `<${iri(id)}> a dcat:Dataset ; dct:title "Jeu ${id}, ${edition}"@fr ; dct:publisher <https://donnees.example.org/org> ;
  dcat:contactPoint [ a vcard:Kind ; vcard:fn "Service ${id}" ; vcard:hasEmail <mailto:${id}@example.org> ] ; dcat:keyword ${Array.from({ length: keywords }, (_, n) => `"mot ${n}"`).join(', ')} ;
  dcat:distribution <${iri(id)}/csv> .
<${iri(id)}/csv> a dcat:Distribution ; dcat:accessURL <${iri(id)}.csv> ; dct:license [ a dct:LicenseDocument ; dct:title "Licence du jeu ${id}" ] .
<https://donnees.example.org/record/${id}> a dcat:CatalogRecord ; foaf:primaryTopic <${iri(id)}> ; dct:modified "2026-01-0${edition}"^^<http://www.w3.org/2001/XMLSchema#date> .\n`
const prefixes =
  'PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> PREFIX vcard: <http://www.w3.org/2006/vcard/ns#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>\n<https://donnees.example.org/org> a foaf:Agent ; foaf:name "Office" .\n'

interface Rules {
  cap?: number
  refuse?: (query: string, asked: string[]) => Answer | undefined
}

/** An endpoint that gives no more than `cap` rows, or statements, and does not say so. */
function endpoint(data: string, { cap = Infinity, refuse }: Rules = {}, asked: string[] = []): Answer {
  const store = new Store()
  store.load(prefixes + data, { format: 'text/turtle', base_iri: 'https://donnees.example.org/', lenient: true })
  return (request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        const query =
          request.method === 'POST'
            ? new URLSearchParams(Buffer.concat(chunks).toString()).get('query')!
            : new URL(request.url!, 'http://portal').searchParams.get('query')!
        asked.push(query)
        const refusal = refuse?.(query, asked)
        if (refusal && typeof refusal === 'object')
          return response.writeHead(refusal.status ?? 200, { 'content-type': refusal.type ?? 'text/plain' }).end(refusal.body ?? '')
        if (query.startsWith('CONSTRUCT')) {
          const lines = store.query(query, { results_format: 'application/n-triples' }) as string
          return response.writeHead(200, { 'content-type': 'text/plain' }).end(lines.split('\n').slice(0, cap).join('\n'))
        }
        const results = JSON.parse(store.query(query, { results_format: 'json' }) as string) as { results: { bindings: object[] } }
        results.results.bindings = results.results.bindings.slice(0, cap)
        response.writeHead(200, { 'content-type': 'application/sparql-results+json' }).end(JSON.stringify(results))
      })
  }
}

keepsTheContract({
  protocol: 'sparql',
  options: { pageSize: 3, maxRows: 100 },
  url: portal => `${portal}/sparql`,
  key: iri,
  record: (id, edition) => turtle(id, edition),
  broken: turtle('broken', 1, 500),
  answers: records => ({ '/sparql': endpoint(records.join('\n'), { cap: 100 }) }),
  partly: records => ({
    '/sparql': endpoint(records.join('\n'), {
      cap: 100,
      refuse: (query, asked) =>
        query.startsWith('SELECT DISTINCT') && asked.filter(each => each.startsWith('SELECT DISTINCT')).length > 2 ? { status: 404 } : undefined,
    }),
  }),
})

describe('sparql', () => {
  let asked: string[]
  const ids = 'abcdefghij'.split('')
  onStage()
  beforeEach(() => {
    asked = []
  })
  const serve = (data: string, rules: Rules = {}) => {
    portal.answers = { '/sparql': endpoint(data, rules, asked), '/sparql?*': endpoint(data, rules, asked) }
  }
  const source = (options: object = {}) => house.source('sparql', `${portal.url}/sparql`, { options })
  const data = (edition = 1) => ids.map(id => turtle(id, edition)).join('\n')

  test("a dataset comes with its file, contact, publisher, licence and the portal's record, blank nodes and all", async () => {
    serve(data())
    await house.harvest(source())
    const graph = house.graph(house.records()[0]!.id)
    for (const words of ['"Service a"', 'mailto:a@example.org', '"Office"', '"Licence du jeu a"', '/csv>', 'CatalogRecord', '2026-01-01'])
      expect(graph).toContain(words)
    expect(graph).not.toContain('Service b')
  })

  test('by GET as by POST', async () => {
    const many = Array.from({ length: 30 }, (_, n) => turtle(`d${n}`)).join('\n')
    serve(many)
    expect(await house.harvest(source({ method: 'get' }))).toMatchObject({ state: 'complete', added: 30, problems: [] })
    expect(portal.asked.every(path => path.startsWith('/sparql?query='))).toBe(true)
    expect(Math.max(...portal.asked.map(path => path.length))).toBeLessThan(8000)
  })

  test('no answer ever reaches the limit of an endpoint that cuts in silence', async () => {
    serve(data(), { cap: 60 })
    expect(await house.harvest(source({ maxRows: 60 }))).toMatchObject({ state: 'complete', added: 10, problems: [] })
    for (const { id } of house.records()) expect(house.graph(id)).toMatch(/Licence du jeu/)
    expect(asked.filter(query => query.startsWith('CONSTRUCT')).length).toBeGreaterThan(2)
  })

  test('a dataset larger than that is asked for alone, where the endpoint gives as much; else it is named with the limit', async () => {
    serve(turtle('a') + turtle('large', 1, 300))
    expect(await house.harvest(source({ maxRows: 100 }))).toMatchObject({ state: 'complete', added: 2, problems: [] })
    serve(turtle('a') + turtle('large', 2, 300), { cap: 100 })
    const { problems, unchanged } = await house.harvest(source({ maxRows: 100 }))
    expect(unchanged).toBe(1)
    expect(problems[0]!.message).toMatch(/jeu\/large is described in \d+ rows, and .* gives no more than 100.*raise the limit/)
  })

  test('a batch that the endpoint cannot do costs no more than the dataset it fails at', async () => {
    serve(data(), {
      refuse: query =>
        query.startsWith('CONSTRUCT') && query.includes(iri('e')) ? { status: 400, body: 'Virtuoso 22026 Error SR319: Max row length exceeded' } : undefined,
    })
    const { state, added, failed, problems } = await house.harvest(source())
    expect({ state, added, failed }).toEqual({ state: 'complete', added: 9, failed: 1 })
    expect(problems[0]).toMatchObject({ place: { record: iri('e') } })
  })

  test.each([
    ['Fihrist', { status: 503, type: 'application/problem+json', body: '{ "title": "The query ran past its time", "status": 503 }' }],
    ['Virtuoso', { status: 500, body: 'Virtuoso S1T00 Error SR171: Transaction timed out' }],
    ['Fuseki', { status: 503, body: 'Query timed out' }],
  ])('where the time of an endpoint is over, as %s says it, less is asked for from there on, and nothing twice', async (_what, refusal) => {
    const named = (query: string) => query.match(/jeu\/\w+>/g)?.length ?? 0
    // In each of the four branches; more than three datasets at once take too long.
    serve(data(), { refuse: query => (!query.startsWith('SELECT (COUNT') && (named(query) > 12 || /LIMIT ([6-9]|\d\d)/.test(query)) ? refusal : undefined) })
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 10, failed: 0, problems: [] })
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.at(-1)).toMatch(/LIMIT [1-3]$/)
  })

  test('an endpoint that does not keep to the order, or lists fewer than it counts, removes nothing', async () => {
    serve(data())
    await house.harvest(source())
    const listed = (some: string[]): Answer => ({
      type: 'application/json',
      body: JSON.stringify({ results: { bindings: some.map(id => ({ d: { value: iri(id) } })) } }),
    })
    serve(data(2), { refuse: query => (query.startsWith('SELECT DISTINCT') ? listed(['a', 'b']) : undefined) })
    expect(await house.harvest(source())).toMatchObject({ state: 'partial', updated: 2, missing: 0, problems: [{ code: 'repeated-page' }] })
    serve(data(3), { refuse: query => (query.includes('STR(?d) > "https') ? listed([]) : undefined) })
    expect(await house.harvest(source({ pageSize: 4 }))).toMatchObject({
      state: 'partial',
      missing: 0,
      problems: [{ code: 'unexpected-answer', message: expect.stringMatching(/counts 10 datasets, and listed 4/) as string }],
    })
  })

  test('only what matches the pattern, or stands in the graph, is read', async () => {
    serve(data())
    expect(await house.harvest(source({ pattern: `FILTER (?d IN (<${iri('a')}>, <${iri('c')}>))` }))).toMatchObject({ state: 'complete', added: 2 })
    expect(
      await house.harvest(house.source('sparql', `${portal.url}/sparql`, { id: 'other', options: { graph: 'https://donnees.example.org/none' } })),
    ).toMatchObject({ state: 'failed', problems: [{ code: 'empty-source' }] })
  })

  test('one record alone is gone where the endpoint has nothing of it any more', async () => {
    serve(data())
    await house.harvest(source())
    serve(
      ids
        .slice(1)
        .map(id => turtle(id))
        .join('\n'),
    )
    asked.length = 0
    await house.harvest(source(), { only: iri('a') })
    expect(asked).toHaveLength(1)
    expect(house.records().find(({ key }) => key === iri('a'))!.admission).not.toBe('published')
  })
})
