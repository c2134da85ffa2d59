import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressesOf, startPortals, type DemoPortal } from '../../../demo/portals.ts'
import { readCatalogue } from '../../../src/config/catalogue.ts'
import { readSources, type Source } from '../../../src/config/sources.ts'
import { root } from '../../../src/files.ts'
import { protocolOptions } from '../../../src/harvest/protocols/index.ts'
import { openEngine, type Engine } from '../../../src/harvest/run/engine.ts'
import { rebuild } from '../../../src/harvest/run/rebuild.ts'
import { run } from '../../../src/harvest/run/run.ts'
import { measureLater, measurementsOf } from '../../../src/ledger/records/measurements.ts'
import { recordByNumber } from '../../../src/ledger/records/records.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { prune } from '../../../src/ledger/sources/prune.ts'
import { allSaid } from '../../ledger/said.ts'
import { startPortal } from '../../portal.ts'
import { openHouse, type House } from '../harvest.ts'
import { feed as feedOf } from '../protocols/dcat/feed.ts'

// What the sample portals sent, through the mapping and the rules again, while the portals are away.

const yaml = readFileSync(join(root, 'demo/catalogue.yaml'), 'utf8').replace('./harvesters', join(root, 'demo/harvesters'))
let house: House
let portals: DemoPortal[]
let sources: Source[]
beforeAll(async () => {
  portals = await startPortals()
  const env = addressesOf(portals)
  house = await openHouse(yaml)
  sources = readSources(readCatalogue(join(root, 'demo/catalogue.yaml'), env), protocolOptions, env)
  for (const source of sources) await run(source, house.engine)
  await Promise.all(portals.map(portal => portal.close()))
}, 60_000)
afterAll(() => house.close())

/** The same ledger under an edition that says something else. */
async function under(change: (yaml: string) => string, work: (engine: Engine) => Promise<void>): Promise<void> {
  writeFileSync(join(house.folder, 'other.yaml'), change(yaml))
  const engine = await openEngine(readCatalogue(join(house.folder, 'other.yaml'), {}), house.ledger)
  try {
    await work(engine)
  } finally {
    await engine.close()
  }
}

const all = async (engine: Engine) => {
  const reports = []
  for (const source of sources) reports.push(await rebuild(source, engine))
  return reports.map(({ source, seen, updated, unchanged, failed }) => [source, seen, updated, unchanged, failed])
}
const table = (sql: string) => house.ledger.all(sql)
const judgement = () => [
  allSaid(house.ledger),
  table(
    'SELECT record, facets.said AS facets, judged.said AS judged FROM listing LEFT JOIN trait AS facets ON facets.id = listing.facets LEFT JOIN trait AS judged ON judged.id = listing.judged ORDER BY record',
  ),
  table('SELECT * FROM record ORDER BY n'),
  table('SELECT id, record, run, digest, shown_from, shown_until FROM version ORDER BY id'),
  table('SELECT * FROM run'),
]
const unchanged = [
  ['demo-equipement-eau', 18, 0, 18, 0],
  ['demo-inventaire', 10, 0, 10, 0],
  ['demo-national', 85, 0, 85, 0],
  ['demo-souss-massa', 36, 0, 36, 0],
  ['demo-statistiques', 12, 0, 12, 0],
  ['demo-tenu', 0, 0, 0, 0],
  ['demo-urbanisme-safi', 6, 0, 6, 0],
]

test('by the same means everything is as it was: graphs, digests, findings, repairs, measurements, facets; no revision, no run', async () => {
  const before = [house.content(), judgement(), currentRevision(house.ledger), search(house.ledger, { text: 'barrage' }).total]
  expect(await all(house.engine)).toEqual(unchanged)
  expect([house.content(), judgement(), currentRevision(house.ledger), search(house.ledger, { text: 'barrage' }).total]).toEqual(before)
}, 60_000)

test('what was lost of the judgement comes back', async () => {
  const before = judgement()
  for (const lost of ['judgement', 'listing', 'search']) house.ledger.run(`DELETE FROM ${lost}`)
  expect(search(house.ledger, { text: 'barrage' }).total).toBe(0)
  await all(house.engine)
  expect(judgement()).toEqual(before)
  expect(search(house.ledger, { text: 'barrage' }).total).toBeGreaterThan(3)
}, 60_000)

test('under another base every record has a new version that mints there, and back again the old graph', async () => {
  const before = house.content()
  await under(
    text => text.replace(/^base: .*/m, 'base: https://other.example.ma'),
    async engine => {
      expect(await all(engine)).toEqual(unchanged.map(([source, seen]) => [source, seen, seen, 0, 0]))
    },
  )
  expect(Object.values(house.content()).filter(graph => graph.includes('http://localhost:3000/'))).toEqual([])
  const since = currentRevision(house.ledger)
  expect(await all(house.engine)).toEqual(unchanged.map(([source, seen]) => [source, seen, seen, 0, 0]))
  expect(house.content()).toEqual(before)
  expect(table('SELECT DISTINCT record FROM change WHERE revision > ' + since).length).toBe(house.visible())
}, 60_000)

test('a spelling that a list forgets changes the records that use it, and no other; learnt again, they are as before', async () => {
  cpSync(join(root, 'ontologies'), join(house.folder, 'ontologies'), { recursive: true })
  const file = join(house.folder, 'ontologies/frequencies.ttl')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/(hiddenLabel|altLabel|prefLabel) [^;.]*quotid[^;.]*/gi, '$1 "forgotten"'))
  const before = house.content()
  await under(
    text => `${text}ontologies: ./ontologies\n`,
    async engine => {
      const counts = await all(engine)
      const updated = counts.reduce((sum, [, , changed]) => sum + (changed as number), 0)
      expect(updated).toBeGreaterThan(0)
      expect(updated).toBe(Object.entries(house.content()).filter(([id, graph]) => graph !== before[id]).length)
      expect(updated).toBeLessThan(20)
    },
  )
  await all(house.engine)
  expect(house.content()).toEqual(before)
}, 60_000)

test('what a rule kept back is shown when it blocks no more; blocking again, it hides nothing that was shown', async () => {
  const shown = () => table('SELECT count(shown) AS c FROM record')[0]!['c']
  expect([house.published(), shown()]).toEqual([164, 164])
  const since = currentRevision(house.ledger)
  await under(
    text => text.replace(/^blocking: .*$/m, 'blocking: []'),
    async engine => {
      expect((await all(engine))[0]).toEqual(['demo-equipement-eau', 18, 3, 15, 0])
    },
  )
  expect([house.published(), shown()]).toEqual([167, 167])
  expect(table(`SELECT record FROM change WHERE revision > ${since}`)).toHaveLength(3)
  expect((await all(house.engine))[0]).toEqual(['demo-equipement-eau', 18, 3, 15, 0])
  expect([house.published(), shown()]).toEqual([164, 167])
}, 60_000)

test('datasets and blank nodes without a name are minted the same; what is missing stays missing, what is removed stays removed', async () => {
  const fresh = house.fresh()
  const dataset = (
    title: string,
  ) => `[] a dcat:Dataset ; dct:title "${title}"@fr-MA ; dcat:contactPoint [ vcard:fn "A" ] , [ vcard:fn "A" ] ; dct:creator [ foaf:name "A" ; foaf:knows [ foaf:name "B" ] ] ;
    dcat:distribution [ dcat:accessURL <https://data.example.org/${title} 1.csv> ] .\n`
  const feed = (...titles: string[]) =>
    `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n${titles.map(dataset).join('')}`
  const portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed('un', 'deux', 'trois') } })
  const source = fresh.source('dcat', `${portal.url}/feed.ttl`, { removal: { threshold: 1, graceDays: 7 } })
  await fresh.harvest(source)
  portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed('un', 'deux') } }
  await fresh.harvest(source)
  await portal.close()
  const before = [fresh.content(), fresh.ledger.all('SELECT * FROM record'), allSaid(fresh.ledger).repairs]
  expect(
    fresh
      .records()
      .map(record => record.admission)
      .sort(),
  ).toEqual(['missing', 'published', 'published'])
  expect(await rebuild(source, fresh.engine)).toMatchObject({ seen: 3, updated: 0, unchanged: 3, failed: 0 })
  expect([fresh.content(), fresh.ledger.all('SELECT * FROM record'), allSaid(fresh.ledger).repairs]).toEqual(before)
  expect(await rebuild({ ...source, language: 'ar', licence: 'odbl-ma' }, fresh.engine)).toMatchObject({ seen: 3, updated: 3, failed: 0 })
  expect(
    fresh
      .records()
      .map(record => record.admission)
      .sort(),
  ).toEqual(['missing', 'published', 'published'])
  fresh.ledger.run(`UPDATE record SET admission = 'removed', shown = NULL WHERE admission = 'missing'`)
  expect(await rebuild(source, fresh.engine)).toMatchObject({ seen: 2, updated: 2 })
  fresh.ledger.close()
}, 60_000)

test('after pruning, what is kept is rebuilt bit for bit; without payloads, rebuild names what it cannot do, and a harvest maps it anew', async () => {
  const fresh = house.fresh()
  const portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feedOf(['a', 'b']) } })
  const source = fresh.source('dcat', `${portal.url}/feed.ttl`)
  await fresh.harvest(source)
  portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feedOf(['a', 'b'], { edition: 2 }) } }
  await fresh.harvest(source)
  fresh.ledger.run(`UPDATE revision SET at = '2020-01-01T00:00:00.000Z'`)
  const rules = { versions: { keep: 1 }, payloads: 'last', runs: { days: 1 } } as const
  expect(prune(fresh.ledger, source.id, rules, '2030-01-01T00:00:00.000Z')).toMatchObject({ versions: 2 })
  const before = [fresh.content(), fresh.ledger.all('SELECT * FROM version'), fresh.ledger.all('SELECT * FROM record')]
  expect(await rebuild(source, fresh.engine)).toMatchObject({ seen: 2, updated: 0, unchanged: 2, failed: 0, without: [] })
  expect([fresh.content(), fresh.ledger.all('SELECT * FROM version'), fresh.ledger.all('SELECT * FROM record')]).toEqual(before)

  expect(prune(fresh.ledger, source.id, { ...rules, payloads: 'none' }, '2030-01-01T00:00:00.000Z')).toMatchObject({ payloads: 2 })
  expect(await rebuild(source, fresh.engine)).toMatchObject({ seen: 0, updated: 0, failed: 0, without: ['portal-jeu-a', 'portal-jeu-b'] })
  expect(await fresh.harvest({ ...source, language: 'ar', licence: 'odbl-ma' })).toMatchObject({ state: 'complete', updated: 2 })
  await portal.close()
  fresh.ledger.close()
}, 60_000)

test('whether addresses answer, which was measured meanwhile, is still known afterwards, and counts', async () => {
  const open = allSaid(house.ledger).measurements.filter(({ measurements }) => measurements['accessUrlStatusCode'] === null)
  const { n, score } = open.map(({ record }) => recordByNumber(house.ledger, record)!).find(({ admission }) => admission === 'published')!
  measureLater(house.ledger, n, '2025-01-01T00:00:00.000Z', { accessUrlStatusCode: 1 })
  const before = judgement()
  expect(await all(house.engine)).toEqual(unchanged)
  expect(judgement()).toEqual(before)
  expect(measurementsOf(house.ledger, n)).toMatchObject({ accessUrlStatusCode: 1 })
  expect(table(`SELECT score FROM record WHERE n = ${n}`)).toEqual([{ score: score + 50 }])
})
