import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { readCatalogue } from '../../../src/config/catalogue.ts'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { migrations } from '../../../src/ledger/file/migrations.ts'
import { pack } from '../../../src/ledger/file/pack.ts'
import { commit } from '../../../src/ledger/records/commit.ts'
import { findingsOf, repairsOf } from '../../../src/ledger/records/judgement.ts'
import { measurementsOf } from '../../../src/ledger/records/measurements.ts'
import { keptPayloads } from '../../../src/ledger/records/payloads.ts'
import { selectRecords, recordById } from '../../../src/ledger/records/records.ts'
import { reindex } from '../../../src/ledger/records/reindex.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { siblingsOf } from '../../../src/ledger/records/siblings.ts'
import { versionsOf } from '../../../src/ledger/records/versions.ts'
import { keptPage } from '../../../src/ledger/runs/pages.ts'
import { problemsOf } from '../../../src/ledger/runs/problems.ts'
import { findingTallies, repairTallies } from '../../../src/ledger/runs/report.ts'
import { finishRequests, openRequests, reopenRequests, requestOf, takeRequests, waitingRequests } from '../../../src/ledger/runs/run-requests.ts'
import { getRun, runsOf, startRun } from '../../../src/ledger/runs/runs.ts'
import { scopeOf } from '../../../src/ledger/runs/scope.ts'
import { forgetSource } from '../../../src/ledger/sources/forget.ts'
import { sourceMemory } from '../../../src/ledger/sources/memory.ts'
import { lastTold } from '../../../src/ledger/sources/notices.ts'
import { prune } from '../../../src/ledger/sources/prune.ts'
import { formatByName } from '../../../src/rdf/formats.ts'
import { base, vocabulary } from '../../edition.ts'
import { hydraPage } from '../../outlets/feed.ts'
import { dataFolder, day, entry, ledgerOf } from '../ledger.ts'

// A ledger that an older version wrote is brought up to date when it is opened, and nothing of it is lost.

const cases = join(import.meta.dirname, 'cases')

/** A data folder with the ledger of cases/released-5.sql. */
function released(): string {
  const folder = dataFolder()
  const database = new DatabaseSync(join(folder, 'ledger.sqlite'))
  database.function('zstd', text => pack(String(text)))
  database.exec(readFileSync(join(cases, 'released-5.sql'), 'utf8'))
  database.close()
  return folder
}
const opened = (): Ledger => ledgerOf(released())

test('a migration that was released is never changed', () => {
  const schemaOf = (database: DatabaseSync) =>
    database.prepare(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY name`).all()
  const today = new DatabaseSync(':memory:')
  for (const migration of migrations.slice(0, 5).flat()) today.exec(migration)
  const then = new DatabaseSync(join(released(), 'ledger.sqlite'))
  expect(schemaOf(today)).toEqual(schemaOf(then))
  expect(then.prepare('PRAGMA user_version').get()).toEqual({ user_version: 5 })
  for (const database of [today, then]) database.close()
})

test('from every schema that there was, the same one is reached', () => {
  const fresh = ledgerOf(dataFolder())
  const schemaOf = ({ all }: Pick<Ledger, 'all'>) => all(`SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name`)
  const wanted = schemaOf(fresh)
  const reached = migrations.slice(1).map((_, at) => {
    const folder = dataFolder()
    const database = new DatabaseSync(join(folder, 'ledger.sqlite'))
    for (const each of migrations.slice(0, at + 1).flat()) if (!each.includes('$from')) database.exec(each)
    database.exec(`PRAGMA user_version = ${at + 1}`)
    database.close()
    return schemaOf(ledgerOf(folder))
  })
  expect(reached.length).toBeGreaterThan(10)
  for (const schema of reached) expect(schema).toEqual(wanted)
})

test.each([{ readOnly: false }, { readOnly: true }])('an old ledger is brought up to date, whoever opens it: %o', options => {
  const ledger = ledgerOf(released(), options)
  expect(ledger.get('PRAGMA user_version')).toEqual({ user_version: migrations.length })
  expect(ledger.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' })
})

test('records and their versions are as they were', () => {
  const ledger = opened()
  expect(selectRecords(ledger, 'ORDER BY n').map(({ id, admission, shown, canonical, score }) => [id, admission, shown, canonical, score])).toEqual([
    ['portal-eau', 'published', 3, null, 130],
    ['portal-ancien', 'removed', null, null, 60],
    ['portal-sans-titre', 'quarantined', null, null, 10],
    ['region-eau', 'published', 5, 1, 90],
  ])
  expect(recordById(ledger, 'portal-eau')).toEqual({
    n: 1,
    id: 'portal-eau',
    source: 'portal',
    key: 'eau',
    dataset: 'https://portal.example.ma/eau',
    admission: 'published',
    payload_digest: 'payload-eau-2',
    graph_digest: 'graph-eau-2',
    shown: 3,
    issued: '2025-03-01T03:00:05.000Z',
    modified: '2025-04-01T03:00:05.000Z',
    modified_revision: 2,
    linked_revision: 4,
    canonical: null,
    seen_at: '2025-05-01T03:00:05.000Z',
    missing_since: null,
    portal_modified: '2025-03-28',
    dated: null,
    opening: null,
    title: { fr: 'Qualité de l’eau', ar: 'جودة الماء' },
    description: { fr: 'Analyses' },
    score: 130,
  })
  expect(versionsOf(ledger, 1).map(({ number, run, at, until, graph }) => ({ number, run, at, until, statements: graph.split('\n').length - 1 }))).toEqual([
    { number: 1, run: 1, at: '2025-03-01T03:00:05.000Z', until: '2025-04-01T03:00:05.000Z', statements: 2 },
    { number: 2, run: 2, at: '2025-04-01T03:00:05.000Z', until: null, statements: 6 },
  ])
  expect([...keptPayloads(ledger, 'portal')].map(({ key, digest, body }) => [key, digest, body])).toEqual([
    ['eau', 'payload-eau-2', '{"name":"eau","title":"Qualité de l’eau"}'],
    ['sans-titre', 'payload-sans-titre', '{"name":"sans-titre"}'],
  ])
  expect(siblingsOf(ledger, recordById(ledger, 'portal-eau')!)).toMatchObject([
    { record: { id: 'region-eau' }, evidence: [{ kind: 'file', value: 'portal.example.ma/eau.csv' }] },
  ])
})

test('what was said of them is as it was: findings, repairs, measurements, and by what they are found', async () => {
  const ledger = opened()
  expect(findingsOf(ledger, 1).map(({ rule, severity, value }) => [rule.split('#')[1], severity, value])).toEqual([
    ['dataset-description', 'violation', null],
    ['distribution-format', 'warning', 'CSV.'],
  ])
  expect(repairsOf(ledger, 1)).toEqual([{ rule: 'date-read', property: 'dct:modified', before: '28/03/2025', after: '2025-03-28' }])
  expect(measurementsOf(ledger, 1)).toEqual({
    keywordAvailability: 1,
    categoryAvailability: 0,
    accessUrlStatusCode: null,
    downloadUrlStatusCode: null,
    downloadUrlAvailability: 1,
  })
  const tallied = findingTallies(ledger, scopeOf(ledger, getRun(ledger, 'portal', 3)!))
  expect(tallied.map(({ name, places, records, example }) => [name.split('#')[1], places, records, example.record.id, example.value])).toEqual([
    ['dataset-title', 1, 1, 'portal-sans-titre', null],
    ['dataset-description', 1, 1, 'portal-eau', null],
    ['distribution-format', 1, 1, 'portal-eau', 'CSV.'],
  ])
  expect(repairTallies(ledger, scopeOf(ledger, getRun(ledger, 'portal', 3)!))).toMatchObject([{ name: 'date-read', places: 1 }])
  // The index is made anew by who has the lists: once.
  expect([reindex(ledger, await vocabulary(), base), reindex(ledger, await vocabulary(), base)]).toEqual([2, 0])
  const found = search(ledger, { text: 'qualité', filters: { quality: ['sufficient'] } })
  expect([found.total, found.facets.source]).toEqual([
    1,
    [
      { value: 'portal', count: 1 },
      { value: 'region', count: 1 },
    ],
  ])
})

test('runs, their problems and what the next one goes on from are as they were', () => {
  const ledger = opened()
  expect(runsOf(ledger, 'portal').map(({ id, state, added, fingerprint, program }) => [id, state, added, fingerprint, program])).toEqual([
    [3, 'complete', 0, 'print-1', '0.1.0'],
    [2, 'complete', 1, 'print-1', '0.1.0'],
    [1, 'complete', 2, 'print-1', '0.1.0'],
  ])
  expect(problemsOf(ledger, 2)).toMatchObject([{ code: 'bad-record', record: 'cassé' }])
  expect(sourceMemory(ledger, 'portal')).toEqual({
    watermark: '2025-04-28',
    last_full: '2025-05-01T03:00:00.000Z',
    catalogue: null,
    notes: '{"mode":"search"}',
    rules: 'rules-1',
  })
  expect(keptPage(ledger, 'portal', 'https://portal.example.ma/api')).toMatchObject({ run: 3, etag: '"7"', whole: 1 })
  expect(lastTold(ledger, 'portal', 'mailto:amina@portal.example.ma')).toEqual({ state: 'well', since: '2025-03-01T03:00:00.000Z' })
})

test('a run that was asked for and had not begun is taken up, and so is one whose process died', () => {
  const ledger = opened()
  expect(requestOf(ledger, 1)).toMatchObject({ origin: 'admin', accept_removals: 1, state: 'complete', run: 3 })
  expect(waitingRequests(ledger).map(({ id, source, record }) => [id, source, record])).toEqual([[2, 'portal', 'eau']])
  reopenRequests(ledger, openRequests(ledger))
  const waiting = waitingRequests(ledger)
  expect(waiting.map(({ id }) => id)).toEqual([2, 3])
  takeRequests(ledger, waiting, day(150))
  finishRequests(ledger, waiting, day(151), 'complete', 5)
  expect(openRequests(ledger)).toEqual([])
})

test.each([1, 2, 3, 4])('the feed at revision %i says what it said', async revision => {
  const folder = released()
  mkdirSync(join(folder, 'edition'))
  const file = join(folder, 'edition/catalogue.yaml')
  writeFileSync(file, 'base: https://catalogue.example.ma\ntitle: { fr: Essai }\npublisher: add\nlanguages: [fr, ar, en]\n')
  const publication = { catalogue: readCatalogue(file, {}), ledger: ledgerOf(folder), vocabulary: await vocabulary(), sources: [] }
  const { text } = await hydraPage(publication, { page: 1, revision, address: 'https://catalogue.example.ma/catalog.nt', format: formatByName('ntriples')! })
  const said = text
    .split('\n')
    .filter(line => /<https:\/\/(portal|region)\.|catalogue\.example\.ma\/record\//.test(line))
    // Whether an entry is new or changed is said since a later version: the ledger held it then, too.
    .filter(line => !/ <http:\/\/www\.w3\.org\/ns\/adms#status> <http:\/\/purl\.org\/adms\/changetype\/(?:created|modified)> \.$/.test(line))
    .sort()
  expect(`${said.join('\n')}\n`).toBe(readFileSync(join(cases, `released-5.revision-${revision}.nt`), 'utf8'))
})

test('and it goes on from there: a harvest, a removal, pruning', () => {
  const ledger = opened()
  const run = startRun(ledger, 'portal', { mode: 'full', started: day(150) })
  const revision = commit(ledger, run, day(150), [entry('eau', { text: 'new' }), entry('nouveau')], [])
  expect([revision, currentRevision(ledger)]).toEqual([5, 5])
  expect(versionsOf(ledger, 1).map(({ number }) => number)).toEqual([1, 2, 3])
  expect(prune(ledger, 'portal', { versions: { keep: 1 }, payloads: 'last', runs: { days: 1 } }, day(400))).toMatchObject({ versions: 2, requests: 1 })
  expect(forgetSource(ledger, 'region', day(401))).toMatchObject({ records: { published: 1 } })
  expect(recordById(ledger, 'region-eau')).toMatchObject({ admission: 'removed' })
})
