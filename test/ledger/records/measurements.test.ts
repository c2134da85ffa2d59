import { expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { measuredLater, measureLater, measurementsOf } from '../../../src/ledger/records/measurements.ts'
import { commitRebuilt } from '../../../src/ledger/records/rebuilt.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { settleRemovals } from '../../../src/ledger/records/removal.ts'
import { search } from '../../../src/ledger/records/search.ts'
import type { Measurements } from '../../../src/validate/quality/points.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

// What is measured of a record at another time than its judgement, such as whether its addresses answer.

/** Has a keyword and a licence, 50 points; whether its addresses answer cannot be told from its graph. */
const judged = (
  text = 'one',
  measurements: Measurements = { keywordAvailability: 1, licenceAvailability: 1, accessUrlStatusCode: null, downloadUrlStatusCode: null },
) => entry('a', { text, measurements, score: 50, summary: { facets: { source: ['portal'], quality: ['bad'] } } })
const record = (ledger: Ledger) => recordById(ledger, 'portal-a')!
const known = (ledger: Ledger) => [measurementsOf(ledger, record(ledger).n)['accessUrlStatusCode'], record(ledger).score]
const ratings = (ledger: Ledger) => search(ledger, {}).facets.quality

test('what is measured later fills what the judgement left open, and the score and its rating follow', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [judged()])
  expect(known(ledger)).toEqual([null, 50])
  measureLater(ledger, record(ledger).n, day(2), { accessUrlStatusCode: 1, downloadUrlStatusCode: 1 })
  expect(measurementsOf(ledger, record(ledger).n)).toEqual({ keywordAvailability: 1, licenceAvailability: 1, accessUrlStatusCode: 1, downloadUrlStatusCode: 1 })
  expect(record(ledger).score).toBe(130)
  expect(ratings(ledger)).toEqual([{ value: 'sufficient', count: 1 }])
  measureLater(ledger, record(ledger).n, day(3), { accessUrlStatusCode: 0 })
  expect(known(ledger)).toEqual([0, 80])
  expect(ratings(ledger)).toEqual([{ value: 'bad', count: 1 }])
  expect(measuredLater(ledger, record(ledger).n)).toEqual([
    { metric: 'accessUrlStatusCode', value: 0, at: day(3) },
    { metric: 'downloadUrlStatusCode', value: 1, at: day(2) },
  ])
})

test('it outlives a new version of the record, and a new judgement of the same one', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [judged()])
  measureLater(ledger, record(ledger).n, day(1), { accessUrlStatusCode: 1 })
  harvest(ledger, 2, [judged('two')])
  expect(known(ledger)).toEqual([1, 100])
  const again = judged('two', { keywordAvailability: 0, licenceAvailability: 1, accessUrlStatusCode: null })
  commitRebuilt(ledger, day(3), [{ entry: { ...again, score: 20 }, was: again.payload.digest }])
  expect(measurementsOf(ledger, record(ledger).n)).toEqual({ keywordAvailability: 0, licenceAvailability: 1, accessUrlStatusCode: 1 })
  expect(known(ledger)).toEqual([1, 70])
})

test('where the judgement itself knows, its word counts: a record without files has no addresses that answer', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [judged()])
  measureLater(ledger, record(ledger).n, day(1), { accessUrlStatusCode: 1 })
  harvest(ledger, 2, [judged('two', { keywordAvailability: 1, licenceAvailability: 1, accessUrlStatusCode: 0 })])
  expect(known(ledger)).toEqual([0, 50])
})

test('it goes with the record, and a record that comes back begins without', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [judged()])
  const { n } = record(ledger)
  measureLater(ledger, n, day(1), { accessUrlStatusCode: 1 })
  settleRemovals(ledger, -1, { source: 'portal', at: day(2), rules: { threshold: 1, graceDays: 0 }, accept: true })
  expect(measuredLater(ledger, n)).toEqual([])
  // Who was still asking its addresses is late.
  measureLater(ledger, n, day(3), { accessUrlStatusCode: 1 })
  expect(measuredLater(ledger, n)).toEqual([])
  harvest(ledger, 4, [judged('back')])
  expect(known(ledger)).toEqual([null, 50])
})
