import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import * as oxigraph from 'oxigraph'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openEmbedded } from '../../src/store/embedded.ts'
import { openStore } from '../../src/store/open.ts'
import { textOf, type Store } from '../../src/store/store.ts'
import { embedded, openFilled, type Filled } from './catalogue.ts'

let house: Filled
beforeAll(async () => {
  house = await openFilled()
})
afterAll(() => house.close())

const csv = { mediaType: 'text/csv' }
const cells = async (store: Store, sparql: string) =>
  textOf(await store.query(sparql, csv))
    .trim()
    .split(/\r?\n/)
    .slice(1)
const datasets = 'SELECT (COUNT(DISTINCT ?d) AS ?n) { ?c <http://www.w3.org/ns/dcat#dataset> ?d . ?d a <http://www.w3.org/ns/dcat#Dataset> }'
/** Everything, graph by graph. */
const everything = 'SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o'

const open = (options: Parameters<typeof embedded>[0] = {}) => openEmbedded(embedded(options), house.publication, house.data)

describe('the embedded store', () => {
  test('holds a graph for each published record, and the graphs about the whole', async () => {
    const store = open()
    await store.ready()
    const graphs = await cells(store, 'SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g')
    expect(graphs.filter(graph => graph.includes('/record/'))).toHaveLength(house.published())
    const ofTheWhole = ['catalogue', 'provenance', 'quality', 'scorecards', 'vocabulary']
    expect(graphs.filter(graph => graph.includes('/graph/')).map(graph => graph.split('/').pop())).toEqual(ofTheWhole)
    expect(await cells(store, datasets)).toEqual([String(house.published())])
    expect(await cells(store, 'SELECT ?b { ?s ?p ?o . FILTER (isBlank(?s) || isBlank(?o)) BIND (1 AS ?b) } LIMIT 1')).toEqual([])
    await store.close()
  })

  test('thrown away and opened again it is identical', async () => {
    const first = open()
    await first.ready()
    const before = textOf(await first.query(everything, csv))
    await first.close()
    const second = open()
    await second.ready()
    expect(textOf(await second.query(everything, csv))).toBe(before)
    await second.close()
    expect(before.length).toBeGreaterThan(50_000)
  })

  test('that cannot be loaded says why, in the words of each reader, and in what each copy says of itself', async () => {
    const store = openEmbedded(embedded(), house.publication, `${house.data}/nowhere`)
    const problem = await store.ready().catch((error: unknown) => error)
    expect(problem).toMatchObject({ code: 'store-busy', said: { key: 'query_problem.store_unloaded' } })
    expect(await store.copies()).toEqual([{ revision: -1, ready: false, problem: (problem as Error).message }])
    await store.close()
  })

  test('a query past its time is ended, and the other copy answers meanwhile', async () => {
    const store = open({ replicas: 2, timeoutS: 1 })
    await store.ready()
    const runaway = store.query('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }', csv)
    const outcome = expect(runaway).rejects.toMatchObject({ code: 'query-timeout', status: 503 })
    expect(await cells(store, datasets)).toEqual([String(house.published())])
    await outcome
    await store.ready()
    expect(await Promise.all([cells(store, datasets), cells(store, datasets)])).toEqual([[String(house.published())], [String(house.published())]])
    await store.close()
  })

  test('that cannot load says so to who waits for it, and does not try in a rush', async () => {
    const store = openEmbedded(embedded(), house.publication, `${house.data}/not-there`)
    await expect(store.ready()).rejects.toMatchObject({ code: 'store-busy', message: expect.stringContaining('not-there') as string })
    await store.close()
  })

  test('what a query does wrong is said with its place', async () => {
    const store = open()
    await expect(store.query('SELECT ?s WHERE { ?s ?p }', csv)).rejects.toMatchObject({
      code: 'query-malformed',
      message: expect.stringMatching(/1:\d+/) as string,
    })
    await expect(store.query('SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }', csv)).rejects.toMatchObject({ code: 'query-refused' })
    await store.close()
  })

  test('a query that chooses its dataset is asked of that alone', async () => {
    const store = open()
    await store.ready()
    const graph = (name: string) => `<https://catalogue.example.ma/graph/${name}>`
    const runs = (from: string) => `SELECT (COUNT(*) AS ?n) ${from} { ?run <http://www.w3.org/ns/prov#startedAtTime> ?at }`
    const count = async (from: string) => Number(textOf(await store.query(runs(from), { ...csv, ownDataset: from !== '' })).split(/\r?\n/)[1])
    expect(await count('')).toBe(1)
    expect(await count(`FROM ${graph('provenance')}`)).toBe(1)
    expect(await count(`FROM ${graph('vocabulary')}`)).toBe(0)
    expect(await count(`FROM NAMED ${graph('provenance')}`)).toBe(0)
    await store.close()
  })

  test('a query that breaks a copy is refused, and the copy is loaded anew for those that follow', async () => {
    const store = open()
    await store.ready()
    const endless = `ASK { FILTER (1${'||1'.repeat(9000)}) }`
    await expect(store.query(endless, csv)).rejects.toMatchObject({ code: 'query-memory', status: 503, message: expect.stringContaining('needs more memory') })
    await store.ready()
    expect(await cells(store, datasets)).toEqual([String(house.published())])
    await store.close()
  })

  test.each([200, 300, 400, 500])('is closed while it is loading, after %i ms', async ms => {
    const store = open({ replicas: 2 })
    await delay(ms)
    await store.close()
  })

  test('follows a harvest while it is open, removals included', async () => {
    const other = await openFilled()
    const store = openEmbedded(embedded(), other.publication, other.data)
    await store.ready()
    const before = other.published()
    const ministry = other.source('dcat', other.portals[2]!.url, { id: 'ministry' })
    await other.harvest(ministry)
    expect(other.published()).toBeGreaterThan(before)
    await store.ready()
    expect(await cells(store, datasets)).toEqual([String(other.published())])

    // The ministry's address now answers with the region's feed: all its own records are gone, and may go; those of the region are there already.
    const gone = await other.harvest({ ...ministry, url: other.portals[1]!.url, removal: { threshold: 0.2, graceDays: 0 } }, { acceptRemovals: true })
    expect(gone.removed).toBeGreaterThan(10)
    await store.ready()
    expect(
      await cells(
        store,
        'SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?r a <http://www.w3.org/ns/dcat#CatalogRecord> } FILTER (CONTAINS(STR(?g), "/record/")) }',
      ),
    ).toEqual([String(before)])
    await store.close()
    await other.close()
  })
})

describe('a SPARQL 1.1 server as store', () => {
  test('is filled by updates and the graph store protocol, and asked by form-encoded POST, with credentials both times', async () => {
    const remote = await startSparqlServer()
    const store = openStore(
      {
        kind: 'sparql',
        query: `${remote.url}/query`,
        update: `${remote.url}/update`,
        graphStore: `${remote.url}/store`,
        user: 'dba',
        password: 'secret',
        timeoutS: 20,
        rows: 1000,
        answerMB: 1,
        atOnce: 8,
        findings: 'info',
      },
      house.publication,
      house.data,
    )
    await store.ready()
    expect(store.revision).toBeGreaterThan(0)
    expect(remote.graphs().filter(graph => graph.includes('/record/'))).toHaveLength(house.published())
    expect(remote.graph('https://catalogue.example.ma/graph/vocabulary').length).toBeGreaterThan(100_000)
    const basic = `Basic ${Buffer.from('dba:secret').toString('base64')}`
    expect(remote.authorizations).toEqual(new Set([`/query ${basic}`, `/store ${basic}`, `/update ${basic}`]))
    expect(remote.graph('https://catalogue.example.ma/graph/quality')).toContain('#measurement-scoring')
    expect(textOf(await store.query('ASK {}', csv))).toBe('asked ASK {} for text/csv')
    await store.close()
    await remote.close()
  })

  test('that is away is a sentence, not a crash', async () => {
    const store = openStore(
      {
        kind: 'sparql',
        query: 'http://127.0.0.1:1/query',
        update: 'http://127.0.0.1:1/update',
        graphStore: 'http://127.0.0.1:1/store',
        timeoutS: 5,
        rows: 1000,
        answerMB: 1,
        atOnce: 8,
        findings: 'info',
      },
      house.publication,
      house.data,
    )
    await expect(store.query('ASK {}', csv)).rejects.toMatchObject({
      code: 'store-busy',
      message: expect.stringContaining('http://127.0.0.1:1/query') as string,
    })
    await store.close()
  })
})

/** A server that holds what it is given in an engine, and says what it was asked: enough of the protocols to see that we speak them. */
async function startSparqlServer() {
  const { namedNode } = oxigraph
  const held = new oxigraph.Store()
  const load = (graph: string, text: string) => held.load(text, { format: 'application/n-triples', to_graph_name: namedNode(graph) })
  const drop = (graph: string) => held.update(`DROP SILENT GRAPH <${graph}>`)
  const authorizations = new Set<string>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://localhost')
      const body = Buffer.concat(chunks).toString()
      const graph = url.searchParams.get('graph') ?? ''
      if (!request.headers.authorization) return response.writeHead(401, { 'www-authenticate': 'Basic realm="store"' }).end()
      authorizations.add(`${url.pathname} ${request.headers.authorization}`)
      if (request.method === 'PUT' || request.method === 'DELETE') drop(graph)
      if (url.pathname === '/store' && body) load(graph, body)
      if (url.pathname === '/update') held.update(new URLSearchParams(body).get('update')!)
      const asked =
        url.pathname === '/query' && request.headers['content-type'] === 'application/x-www-form-urlencoded'
          ? request.headers.accept === 'text/csv'
            ? `asked ${new URLSearchParams(body).get('query')} for ${request.headers.accept}`
            : '{ "results": { "bindings": [] } }'
          : ''
      response.writeHead(200).end(asked)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    graphs: () => (held.query('SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }', {}) as Map<string, { value: string }>[]).map(row => row.get('g')!.value),
    graph: (name: string) => held.dump({ format: 'application/n-triples', from_graph_name: namedNode(name) }),
    authorizations,
    close: () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(resolve)
      }),
  }
}
