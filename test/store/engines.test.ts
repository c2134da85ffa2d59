import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bulkText } from '../../src/store/bulk.ts'
import { openStore } from '../../src/store/open.ts'
import { textOf, type Store, type Wanted } from '../../src/store/store.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { embedded, openFilled, remote, type Filled } from './catalogue.ts'
import { hasVirtuoso, startVirtuoso, type Virtuoso } from './virtuoso.ts'

// What every store does, whatever engine answers: the same tests for each.

const dcat = 'PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> PREFIX sh: <http://www.w3.org/ns/shacl#>'
const prov = 'PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dqv: <http://www.w3.org/ns/dqv#> PREFIX fihrist: <https://w3id.org/fihrist#>'
const questions = {
  datasets: `${dcat} SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a dcat:Dataset }`,
  graphs: `${dcat} SELECT DISTINCT ?g { GRAPH ?g { ?r a dcat:CatalogRecord } } ORDER BY ?g`,
  formats: `${dcat} SELECT DISTINCT ?f { ?d dcat:distribution ?x . ?x dct:format ?f } ORDER BY ?f`,
  titles: `${dcat} SELECT ?t { ?d a dcat:Dataset ; dct:title ?t . FILTER (LANG(?t) = "ar") } ORDER BY ?t`,
  provenance: `${prov} SELECT ?v ?run ?program { ?v prov:specializationOf ?r ; prov:wasGeneratedBy ?run . ?run prov:wasAssociatedWith ?program . ?program a prov:SoftwareAgent } ORDER BY ?v`,
  scores: `${prov} SELECT ?d ?v { GRAPH ?g { ?m dqv:computedOn ?d ; dqv:value ?v ; dqv:isMeasurementOf <https://piveau.eu/ns/voc#scoring> } FILTER (STRENDS(STR(?g), "/graph/quality")) } ORDER BY ?d`,
  findings: `${dcat} ${prov} SELECT ?record ?rule ?focus { ?record fihrist:report ?report . ?report sh:result ?x . ?x sh:sourceShape ?rule ; sh:focusNode ?focus } ORDER BY ?x`,
}
const table = { mediaType: 'text/csv', form: 'select' } as const
const rows = async (store: Store, sparql: string) =>
  textOf(await store.query(sparql, table))
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map(row => row.replaceAll('"', ''))
    .sort()

/** The graphs of what the ledger shows, counted beside any store. */
const shownOf = ({ engine }: Filled): string[] =>
  engine.ledger
    .all<{ id: string }>('SELECT id FROM record WHERE shown IS NOT NULL AND canonical IS NULL')
    .map(({ id }) => `https://catalogue.example.ma/record/${id}`)
    .sort()

const engines: [name: string, present: boolean][] = [
  ['embedded Oxigraph', true],
  ['OpenLink Virtuoso', hasVirtuoso],
]

describe.each(engines.filter(([, present]) => present))('%s', name => {
  const isServer = name !== 'embedded Oxigraph'
  let house: Filled
  let store: Store
  let virtuoso: Virtuoso | undefined
  const open = (options: { timeoutS?: number; rows?: number; answerMB?: number } = {}) =>
    openStore(virtuoso ? remote(virtuoso.url, options) : embedded(options), house.publication, house.data)
  const shown = () => shownOf(house)

  beforeAll(async () => {
    virtuoso = isServer ? await startVirtuoso() : undefined
    house = await openFilled()
    store = open()
    await store.ready()
  }, 180_000)
  afterAll(async () => {
    await store.close()
    await house.close()
    await virtuoso?.stop()
  })

  test('holds each published record in its graph, with provenance, scores and findings', async () => {
    expect(await rows(store, questions.datasets)).toEqual([String(shown().length)])
    expect((await rows(store, questions.graphs)).filter(graph => graph.includes('/record/'))).toEqual(shown())
    expect(await rows(store, questions.provenance)).toHaveLength(shown().length)
    expect(await rows(store, questions.scores)).toHaveLength(shown().length)
    expect((await rows(store, questions.titles)).length).toBeGreaterThan(0)
    const findings = await rows(store, questions.findings)
    expect(findings.length).toBeGreaterThan(10)
    expect(findings.every(row => /\/record\/[^,]+,https?:/.test(row))).toBe(true)
  }, 60_000)

  test('follows a harvest, removals and what is said of records included', async () => {
    const ministry = house.source('dcat', house.portals[2]!.url, { id: 'ministry' })
    const before = await rows(store, questions.findings)
    await house.harvest(ministry)
    await store.ready()
    expect(await rows(store, questions.datasets)).toEqual([String(shown().length)])
    expect(await rows(store, questions.scores)).toHaveLength(shown().length)
    expect((await rows(store, questions.findings)).length).toBeGreaterThan(before.length)
    const gone = await house.harvest({ ...ministry, url: house.portals[1]!.url, removal: { threshold: 0.2, graceDays: 0 } }, { acceptRemovals: true })
    expect(gone.removed).toBeGreaterThan(10)
    await store.ready()
    expect((await rows(store, questions.graphs)).filter(graph => graph.includes('/record/'))).toEqual(shown())
    expect(await rows(store, questions.scores)).toHaveLength(shown().length)
    // The same datasets, of the source whose name comes first.
    const said = await rows(store, questions.findings)
    expect(said).toHaveLength(before.length)
    expect(said.map(row => row.split(',')[0]!).filter(record => !shown().includes(record))).toEqual([])
  }, 120_000)

  test('goes on where it stood when it is opened again', async () => {
    const before = await rows(store, questions.findings)
    await store.close()
    store = open()
    await store.ready()
    expect(store.revision).toBeGreaterThan(0)
    expect(await rows(store, questions.datasets)).toEqual([String(shown().length)])
    expect(await rows(store, questions.findings)).toEqual(before)
    expect(await store.copies()).toEqual([expect.objectContaining({ revision: store.revision, ready: true })])
  }, 60_000)

  test.each([
    ['text/csv', /^"?x"?\r?\n(.+\r?\n){4}.+$/],
    ['text/tab-separated-values', /^.*x.*\n(.+\n){4}.+$/],
    ['application/sparql-results+json', undefined],
    ['application/sparql-results+xml', /^<(?:[^]*<result>){5}[^]*<\/results>\s*<\/sparql>$/],
  ])(
    'sends no more rows than it may, and says so, as %s',
    async (mediaType, shape) => {
      const small = open({ rows: 5 })
      await small.ready()
      const ask = (sparql: string) => small.query(sparql, { mediaType, form: 'select' })
      const cut = await ask('SELECT ?x { ?x ?p ?o }')
      const whole = await ask('SELECT ?x { ?x ?p ?o } LIMIT 5')
      await small.close()
      expect(cut.cut).toBe('rows')
      expect(whole.cut).toBeUndefined()
      const text = textOf(cut).trim()
      if (shape) expect(text).toMatch(shape)
      else expect((JSON.parse(text) as { results: { bindings: object[] } }).results.bindings).toHaveLength(5)
    },
    60_000,
  )

  test('sends no more bytes than it may, and what it sends is whole', async () => {
    const small = open({ answerMB: 0.02 })
    await small.ready()
    const ask = (mediaType: string, sparql: string, form: Wanted['form']) => small.query(sparql, { mediaType, form: form! })
    const json = await ask('application/sparql-results+json', 'SELECT * { ?s ?p ?o }', 'select')
    const triples = await ask('application/n-triples', `${dcat} CONSTRUCT { ?s dct:title ?o } WHERE { ?s dct:title ?o }`, 'construct')
    await small.close()
    expect([json.cut, triples.cut]).toEqual(['bytes', 'bytes'])
    expect((JSON.parse(textOf(json)) as { results: { bindings: object[] } }).results.bindings.length).toBeGreaterThan(10)
    expect(textOf(triples).length).toBeLessThan(20_200)
    expect(textOf(triples)).toMatch(/ \.\n$/)
  }, 60_000)

  test('a query past its time is given up', async () => {
    const runaway = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?a) < STR(?d)) }'
    await expect(store.query(runaway, { ...table, timeoutS: 1 } satisfies Wanted)).rejects.toMatchObject({ code: 'query-timeout' })
    await store.ready()
  }, 60_000)

  test('what is wrong with a query is told', async () => {
    await expect(store.query('SELECT ?s { ?s ?p }', table)).rejects.toMatchObject({ code: 'query-malformed' })
  }, 60_000)
})

describe.runIf(hasVirtuoso)('OpenLink Virtuoso as the store', () => {
  let house: Filled
  let store: Store
  let virtuoso: Virtuoso
  beforeAll(async () => {
    virtuoso = await startVirtuoso()
    house = await openFilled()
    store = openStore(remote(virtuoso.url), house.publication, house.data)
    await store.ready()
  }, 180_000)
  afterAll(async () => {
    await store.close()
    await house.close()
    await virtuoso.stop()
  })
  const published = () => [String(shownOf(house).length)]

  test('is harvested as a portal by the other way of asking', async () => {
    const other = await openHouse(edition.replace('catalogue.example.ma', 'other.example.ma'))
    for (const method of ['post', 'get']) {
      const harvested = await other.harvest(other.source('sparql', `${virtuoso.url}/sparql`, { id: `by-${method}`, options: { method, pageSize: 25 } }))
      expect(harvested).toMatchObject({ state: 'complete', added: shownOf(house).length, failed: 0, problems: [] })
    }
    await other.close()
  }, 120_000)

  test('that is down is told with its address, loses nothing, and is followed again when it is back', async () => {
    await virtuoso.kill()
    await expect(store.query('ASK {}', table)).rejects.toMatchObject({ code: 'store-busy', message: expect.stringContaining(virtuoso.url) as string })
    await house.harvest(house.source('dcat', house.portals[2]!.url, { id: 'ministry' }))
    const [copy] = await store.copies()
    expect(copy).toMatchObject({ ready: false, problem: expect.stringContaining(virtuoso.url) as string })
    expect(copy!.behind!.revisions).toBeGreaterThan(0)
    await virtuoso.start()
    await store.ready()
    expect(await rows(store, questions.datasets)).toEqual(published())
    expect(await store.copies()).toMatchObject([{ ready: true, behind: { revisions: 0, seconds: 0 } }])
  }, 120_000)

  test('that has lost its data is filled again by itself', async () => {
    await virtuoso.kill()
    await virtuoso.start({ empty: true })
    await store.ready()
    expect(await rows(store, questions.datasets)).toEqual(published())
    expect(await rows(store, questions.scores)).toHaveLength(shownOf(house).length)
  }, 120_000)

  test('that holds what another ledger knew is cleared first', async () => {
    const other = await openFilled()
    const second = openStore(remote(virtuoso.url), other.publication, other.data)
    await store.close()
    await second.ready()
    expect(await rows(second, questions.datasets)).toEqual([String(shownOf(other).length)])
    expect((await rows(second, questions.graphs)).filter(graph => graph.includes('/record/'))).toHaveLength(shownOf(other).length)
    await second.close()
    await other.close()
    store = openStore(remote(virtuoso.url), house.publication, house.data)
    await store.ready()
    expect(await rows(store, questions.datasets)).toEqual(published())
  }, 120_000)

  test('that was filled by its own bulk loader goes on from there: nothing of it is sent again, and what comes later is followed', async () => {
    const all = async () =>
      Object.fromEntries(await Promise.all(Object.entries(questions).map(async ([name, asked]) => [name, await rows(store, asked)] as const)))
    const followed = await all()
    await store.close()
    await virtuoso.kill()
    await virtuoso.start({ empty: true })
    const configuration = remote(virtuoso.url)
    const publication = { ...house.publication, catalogue: { ...house.publication.catalogue, store: configuration } }
    const file = join(house.folder, 'all.nq')
    // A graph that is sent is sent whole: what only the file says would be gone.
    const mark = `<urn:a> <urn:b> <urn:c> <${shownOf(house)[0]!}> .\n`
    writeFileSync(file, [...bulkText(publication), mark].join(''))
    virtuoso.load(file)
    store = openStore(configuration, publication, house.data)
    await store.ready()
    expect(await rows(store, 'SELECT ?o { <urn:a> <urn:b> ?o }')).toEqual(['urn:c'])
    expect(await all()).toEqual(followed)
    const ministry = house.source('dcat', house.portals[1]!.url, { id: 'ministry', removal: { threshold: 0.2, graceDays: 0 } })
    expect((await house.harvest(ministry, { acceptRemovals: true })).removed).toBeGreaterThan(10)
    await store.ready()
    expect(await rows(store, questions.datasets)).toEqual(published())
  }, 120_000)
})
