import { beforeEach, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { ckanAnswers, packageOf } from '../protocols/ckan/portal.ts'
import { feed } from '../protocols/dcat/feed.ts'
import { house, onStage, portal } from '../stage.ts'

// What becomes of records that are no longer at the portal.

const ids = Array.from({ length: 10 }, (_, at) => `n${at}`)
const all = ids.map(id => packageOf(id))

let source: Source
onStage()
beforeEach(async () => {
  portal.answers = ckanAnswers(all)
  source = house.source('ckan', portal.url, { removal: { threshold: 0.2, graceDays: 7 } })
  await house.harvest(source)
})

const admissions = () => Object.fromEntries(house.records().map(({ key, admission }) => [key, admission]))
const shown = () => house.ledger.get<{ c: number }>('SELECT count(*) AS c FROM record WHERE shown IS NOT NULL')!.c
const portalHas = (count: number) => {
  portal.answers = ckanAnswers(all.slice(0, count))
}
/** So many days pass. */
const days = (count: number) => {
  const { now } = house.engine
  house.engine.now = () => new Date(now().getTime() + count * 86_400_000)
}

test('a record that is gone is missing, and stays published for its grace days', async () => {
  portalHas(9)
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', missing: 1, removed: 0, gone: ['portal-jeu-n9'] })
  expect(admissions()).toMatchObject({ n8: 'published', n9: 'missing' })
  expect(shown()).toBe(10)
})

test('its grace days over, it is removed and leaves a tombstone', async () => {
  portalHas(9)
  await house.harvest(source)
  days(8)
  const report = await house.harvest(source)
  expect(report).toMatchObject({ state: 'complete', missing: 0, removed: 1 })
  expect(admissions()).toMatchObject({ n9: 'removed' })
  expect(shown()).toBe(9)
  expect(house.ledger.get('SELECT shown FROM change WHERE revision = ?', report.revision)).toEqual({ shown: null })
  expect(house.records().find(record => record.key === 'n9')!.title).toEqual({ fr: 'Jeu de données n9' })
})

test('a missing record that comes back is published again; a removed one too, under its old id', async () => {
  portalHas(9)
  await house.harvest(source)
  portalHas(10)
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', unchanged: 10, added: 0 })
  expect(admissions()).toMatchObject({ n9: 'published' })

  portalHas(9)
  await house.harvest(source)
  days(8)
  await house.harvest(source)
  const before = house.records().find(record => record.key === 'n9')!
  portalHas(10)
  expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 1, unchanged: 9 })
  expect(house.records().find(record => record.key === 'n9')).toMatchObject({
    id: before.id,
    admission: 'published',
    missing_since: null,
    issued: before.issued,
  })
  expect(shown()).toBe(10)
})

test('a missing record that was quarantined comes back quarantined', async () => {
  const ids = 'abcdef'.split('')
  const untitled = '<https://data.example.org/dataset/x> a dcat:Dataset ; dcat:landingPage <https://data.example.org/x> .\n'
  const catalog = (text: string) => {
    portal.answers['/catalog.ttl'] = { type: 'text/turtle', body: text }
  }
  const feeds = house.source('dcat', `${portal.url}/catalog.ttl`, { id: 'feeds' })
  const admission = () => house.records().find(record => record.key.endsWith('/x'))!.admission
  const seen: string[] = []
  for (const text of [feed(ids) + untitled, feed(ids), feed(ids) + untitled]) {
    catalog(text)
    await house.harvest(feeds)
    seen.push(admission())
  }
  expect(seen).toEqual(['quarantined', 'missing', 'quarantined'])
})

test('more gone than the threshold: the run is held and nothing is touched, until a person says so', async () => {
  portalHas(7)
  const report = await house.harvest(source)
  expect(report).toMatchObject({ state: 'held', missing: 0, removed: 0 })
  expect(report.gone).toEqual(['portal-jeu-n7', 'portal-jeu-n8', 'portal-jeu-n9'])
  expect(report.problems[0]!.message).toMatch(/3 of 10 records of portal.*threshold of 20 %.*fihrist harvest portal --accept-removals/)
  expect(house.published()).toBe(10)

  expect(await house.harvest(source, { acceptRemovals: true })).toMatchObject({ state: 'complete', missing: 3 })
  expect(admissions()).toMatchObject({ n6: 'published', n7: 'missing', n9: 'missing' })
})

test('a portal that answers with nothing removes nothing, whatever was missing and for how long', async () => {
  portalHas(9)
  await house.harvest(source)
  days(30)
  portalHas(0)
  expect(await house.harvest(source)).toMatchObject({ state: 'failed', removed: 0, missing: 0 })
  expect(shown()).toBe(10)
  expect(await house.harvest(source, { acceptRemovals: true })).toMatchObject({ state: 'complete', missing: 9, removed: 1 })
})

test('a dry run keeps nothing', async () => {
  portal.answers = ckanAnswers([...all.slice(0, 5), packageOf('new')])
  const before = house.content()
  const runs = house.ledger.get('SELECT count(*) FROM run')
  expect(await house.harvest(source, { dryRun: true })).toMatchObject({
    state: 'held',
    added: 1,
    removed: 0,
    missing: 0,
    preview: { missing: [], held: { missing: ['n5', 'n6', 'n7', 'n8', 'n9'].map(name => `portal-jeu-${name}`) } },
  })
  expect(house.content()).toEqual(before)
  expect(house.ledger.get('SELECT count(*) FROM run')).toEqual(runs)
})
