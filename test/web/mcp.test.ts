import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPublished, type Published } from '../outlets/served.ts'

let site: Published
let client: Client
beforeAll(async () => {
  site = await openPublished({ datasets: ['un', 'part'] })
  await site.write(['un'])
  await site.ready()
  client = new Client({ name: 'test', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(new URL(`${site.url}/mcp`)) as Parameters<typeof client.connect>[0])
}, 180_000)
afterAll(async () => {
  await client.close()
  expect(site.failures).toEqual([])
  await site.close()
})

/** What a tool tells; or the sentence that says why it cannot. */
async function call(name: string, given: Record<string, unknown> = {}): Promise<Record<string, unknown> | string> {
  const { content, structuredContent, isError } = (await client.callTool({ name, arguments: given })) as {
    content: { text: string }[]
    structuredContent?: Record<string, unknown>
    isError?: boolean
  }
  if (isError) return content[0]!.text
  expect(JSON.parse(content[0]!.text)).toEqual(structuredContent)
  expect(content[0]!.text.length).toBeLessThan(20_000)
  expect(content[0]!.text).not.toContain('secret')
  return structuredContent!
}

test('the server says what it is, and its tools only read', async () => {
  expect(client.getServerVersion()).toMatchObject({ title: 'Essai' })
  expect(client.getInstructions()).toContain('Cite')
  const { tools } = await client.listTools()
  expect(tools.map(({ name }) => name)).toEqual([
    'search_datasets',
    'get_dataset',
    'latest_changes',
    'producer_quality',
    'list_values',
    'sparql_query',
    'preview_file',
  ])
  for (const { description, annotations, inputSchema } of tools)
    expect([description!.length > 40, annotations?.readOnlyHint, inputSchema.type]).toEqual([true, true, 'object'])
})

test('datasets are found by words and by names of bodies, in the language that is wished for, with an address to cite', async () => {
  expect(await call('search_datasets', { query: 'barrages', answer_language: 'ar' })).toMatchObject({
    total: 1,
    datasets: [{ title: 'نسبة ملء السدود', address: `${site.url}/dataset/${site.idOf('dataset/barrages')}`, formats: ['CSV'] }],
  })
  expect(await call('search_datasets', { publisher: 'mee', format: 'csv' })).toMatchObject({ total: 1 })
  expect(await call('search_datasets', {})).toMatchObject({ total: site.shown(), page: 1 })
  expect(await call('search_datasets', { publisher: 'personne' })).toContain('list_values')
})

test('a dataset is told with its files, by id, by address and by IRI', async () => {
  const id = site.idOf('dataset/barrages')
  const told = await call('get_dataset', { id })
  expect(told).toMatchObject({
    title: 'Remplissage des barrages',
    licences: [{ iri: 'http://publications.europa.eu/resource/authority/licence/CC_BY_4_0' }],
    periods: ['2010-01-01/..'],
    quality: { most: 405 },
  })
  expect((told as { files: object[] }).files).toContainEqual(
    expect.objectContaining({ format: 'CSV', address: 'https://eau.example.org/barrages.csv', bytes: 20480 }),
  )
  expect(await call('get_dataset', { id: `${site.url}/dataset/${id}` })).toEqual(told)
  expect(await call('get_dataset', { id: 'https://data.example.org/dataset/barrages' })).toEqual(told)
  expect(await call('get_dataset', { id: 'personne' })).toContain('search_datasets')
  const hidden = site.house.records().find(({ admission }) => admission === 'quarantined')!
  expect(await call('get_dataset', { id: hidden.id })).toContain('has no dataset')
})

test('the newest changes, the quality of a producer, and lists', async () => {
  const gone = site.house.records().find(({ dataset }) => dataset.endsWith('/part'))!
  expect(await call('latest_changes', { since: '2020-01-01' })).toMatchObject({ changed: site.shown() + 1, removed: [{ id: gone.id }] })
  expect(await call('latest_changes', { source: 'personne' })).toContain('no source')
  expect(await call('producer_quality', { publisher: 'mee' })).toMatchObject({
    datasets: 1,
    points: { of: 405, least: expect.any(Number) as number },
    fixes: expect.arrayContaining([expect.objectContaining({ points: expect.any(Number) as number })]) as object[],
    address: `${site.url}/organisation/mee`,
  })
  expect(await call('list_values', { list: 'theme' })).toMatchObject({ values: [{ slug: 'ENVI', datasets: 1 }] })
  expect(await call('list_values', { list: 'source' })).toMatchObject({ values: [{ slug: 'portail', name: 'Portail' }] })
})

test('the first rows of a file are read from its portal, and of nothing else', async () => {
  const dataset = site.idOf('dataset/nu')
  expect(await call('preview_file', { dataset, rows: 1 })).toMatchObject({ columns: ['année', 'barrage'], rows: [['2024', 'Al Massira']] })
  expect(await call('preview_file', { dataset })).toMatchObject({ rows: [expect.anything(), ['2025', 'Bin; Ouidane']] })
  expect(await call('preview_file', { dataset, file: 9 })).toContain('has no file 9')
  expect(await call('preview_file', { dataset: 'http://127.0.0.1/secret' })).toContain('has no dataset')
})

test('a SPARQL query is answered under the limits of the endpoint', async () => {
  expect(await call('sparql_query', { query: 'SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> }' })).toMatchObject({
    rows: [{ n: '4' }],
  })
  expect(await call('sparql_query', { query: 'ASK {}' })).toMatchObject({ boolean: true })
  const many = (await call('sparql_query', { query: 'SELECT * { ?s ?p ?o }' })) as { rows: object[]; cut: string }
  expect([many.rows.length, many.cut]).toEqual([100, expect.stringMatching(/^\d+ rows/)])
  expect(await call('sparql_query', { query: 'DELETE WHERE { ?s ?p ?o }' })).toMatch(/./)
  expect(await call('sparql_query', { query: 'SELECT {' })).toMatch(/./)
})

const posted = (body: string, headers: Record<string, string> = {}) =>
  site.get('/mcp', { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers }, { method: 'POST', body })

test('what is no call is refused, and what is not there is said to be so', async () => {
  expect((await posted('{')).status).toBe(400)
  expect((await posted('{}')).status).toBe(400)
  expect((await posted('[]')).status).toBeGreaterThanOrEqual(200)
  expect((await posted(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }), { Accept: 'text/html' })).status).toBe(406)
  expect((await posted(`{"a":"${'x'.repeat(100_000)}"}`)).status).toBe(413)
  const got = await site.get('/mcp')
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'OPTIONS, POST'])
  const unknown = await client.callTool({ name: 'delete_everything', arguments: {} }).catch((error: Error) => ({ isError: true, said: error.message }))
  expect(unknown).toMatchObject({ isError: true })
  const wrong = await client.callTool({ name: 'search_datasets', arguments: { page: 0 } }).catch((error: Error) => ({ isError: true, said: error.message }))
  expect(wrong).toMatchObject({ isError: true })
})
