import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { rebuild } from '../../../src/harvest/run/rebuild.ts'
import { correctRecord, takeBack } from '../../../src/ledger/records/corrections.ts'
import { repairsOf } from '../../../src/ledger/records/judgement.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { startPortal, type Portal } from '../../portal.ts'
import { openHouse, type House } from '../harvest.ts'
import { feed } from '../protocols/dcat/feed.ts'

// What stewards say in the place of the portal: through harvests, changes at the portal, and a rebuild.

let house: House
let portal: Portal
let source: Source
const title = 'http://purl.org/dc/terms/title'
const theme = 'http://www.w3.org/ns/dcat#theme'
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b']) } })
  house = await openHouse()
  source = house.source('dcat', `${portal.url}/feed.ttl`)
  await house.harvest(source)
})
afterAll(async () => {
  await house.close()
  await portal.close()
})

const record = () => recordById(house.ledger, 'portal-jeu-a')!
const say = (property: string, value: string, language: string | null) =>
  correctRecord(house.ledger, record().n, { property, value, language, name: 'Salma', office: null, at: new Date().toISOString() })
const outcomes = async () => {
  const { updated, unchanged } = await house.harvest(source)
  return [updated, unchanged]
}

test('a correction takes the place of what the portal said, in its language, and the portal is told', async () => {
  say(title, 'Débits des oueds', 'fr')
  say(title, 'صبيب الأودية', 'ar')
  say(theme, 'http://publications.europa.eu/resource/authority/data-theme/ENVI', null)
  expect(await outcomes()).toEqual([1, 1])
  expect(record().title).toEqual({ fr: 'Débits des oueds', ar: 'صبيب الأودية' })
  expect(house.graph('portal-jeu-a')).toContain('<http://publications.europa.eu/resource/authority/data-theme/ENVI>')
  expect(repairsOf(house.ledger, record().n)).toContainEqual({ rule: 'corrected', property: 'dct:title', before: 'Jeu a', after: 'Débits des oueds' })
})

test('it costs no other record anything, and a second harvest finds all unchanged', async () => {
  expect(await outcomes()).toEqual([0, 2])
})

test('it survives what the portal changes, and a rebuild', async () => {
  portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b'], { edition: 2 }) } }
  expect(await outcomes()).toEqual([2, 0])
  expect([record().title['fr'], record().description['fr']]).toEqual(['Débits des oueds', 'Description a, version 2'])
  const before = house.graph('portal-jeu-a')
  expect(await rebuild(source, house.engine)).toMatchObject({ seen: 2, failed: 0 })
  expect(house.graph('portal-jeu-a')).toBe(before)
  expect(await outcomes()).toEqual([0, 2])
})

test('one that is taken back lets the portal speak again', async () => {
  takeBack(house.ledger, record().n, { property: title, language: 'fr' })
  expect(await outcomes()).toEqual([1, 1])
  expect(record().title).toEqual({ fr: 'Jeu a', ar: 'صبيب الأودية' })
})
