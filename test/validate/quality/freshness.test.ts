import { describe, expect, it, test } from 'vitest'
import { namedNode } from '../../../src/rdf/terms.ts'
import { dateOfDay, dayOf, daysOf, dueOf, freshnessOn, rhythmOf } from '../../../src/validate/quality/freshness.ts'
import { filesOf } from '../../../src/validate/quality/looking.ts'
import { turtle, vocabulary } from '../../edition.ts'

const lists = await vocabulary()
const prefixes = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix f: <http://publications.europa.eu/resource/authority/frequency/> . @prefix fihrist: <https://w3id.org/fihrist#> . @prefix : <https://e.ma/> .`
const of = (text: string) => {
  const [graph, dataset] = [turtle(`${prefixes} :a a dcat:Dataset . ${text}`), namedNode('https://e.ma/a')]
  return rhythmOf(graph, dataset, filesOf(graph, dataset), lists)
}
const day = (date: string) => dayOf(`${date}T12:00:00Z`)

test.each([
  ['P1M', 30],
  ['P1Y', 365],
  ['P1W', 7],
  ['P10D', 10],
  ['PT5M', 1],
  ['P1DT12H', 1],
  ['soon', undefined],
  ['P', undefined],
  [undefined, undefined],
])('%s is %s days', (period, days) => {
  expect(daysOf(period)).toBe(days)
})

describe('the rhythm of a dataset', () => {
  it.each<[string, string, object]>([
    ['says nothing where nothing is said', '', {}],
    ['is that of its frequency', ':a dct:accrualPeriodicity f:ANNUAL .', { every: 365 }],
    ['is that of collection where no other is declared', ':a fihrist:collectionFrequency f:MONTHLY .', { every: 30 }],
    ['is that of its frequency before that of collection', ':a dct:accrualPeriodicity f:ANNUAL ; fihrist:collectionFrequency f:MONTHLY .', { every: 365 }],
    ['is none where it is irregular, never or unknown', ':a dct:accrualPeriodicity f:IRREG .', {}],
    [
      'ends with its newest date, of the dataset or a file',
      ':a dct:modified "2024-05-01" ; dcat:distribution :f . :f dct:modified "2024-06-01" .',
      { changed: day('2024-06-01') },
    ],
    ['takes the date of issue where none says that it was changed', ':a dct:issued "2024-05-01" .', { changed: day('2024-05-01') }],
    ['takes a month for its end, so that nobody is blamed too early', ':a dct:modified "2024-02" .', { changed: day('2024-02-29') }],
    ['takes a year for its end', ':a dct:modified "2023" .', { changed: day('2023-12-31') }],
    ['does not read what is no date', ':a dct:modified "hier" , "2024-13-45" .', {}],
    ['knows the day on which it was to be published', ':a dct:available "2024-05-01" .', { planned: day('2024-05-01') }],
    ['does not wait for what is published', ':a dct:available "2024-05-01" ; dcat:distribution :f .', {}],
  ])('%s', (_what, text, rhythm) => {
    expect(of(text)).toEqual(rhythm)
  })
})

describe('what is due', () => {
  const rhythm = { every: 30, changed: day('2024-06-01') }
  it('is on time until a tenth of its period has passed, and late from the next day on', () => {
    const due = dueOf(rhythm, undefined)!
    expect([dateOfDay(due.due), dateOfDay(due.last)]).toEqual(['2024-07-01', '2024-07-04'])
    expect(freshnessOn(due.last, due.last)).toBe('on-time')
    expect(freshnessOn(due.last + 1, due.last)).toBe('late')
  })
  it('waits from the last change that was told or seen', () => {
    expect(dateOfDay(dueOf(rhythm, day('2024-06-11'))!.due)).toBe('2024-07-11')
    expect(dateOfDay(dueOf(rhythm, day('2024-05-11'))!.due)).toBe('2024-07-01')
    expect(dateOfDay(dueOf({ every: 30 }, day('2024-06-11'))!.due)).toBe('2024-07-11')
  })
  it('is unknown without a rhythm or without a change', () => {
    expect(dueOf({ every: 30 }, undefined)).toBeUndefined()
    expect(dueOf({ changed: 1 }, undefined)).toBeUndefined()
    expect(freshnessOn(1, undefined)).toBe('unknown')
  })
  it('is late from the day after the planned one', () => {
    expect(dueOf({ planned: 100 }, undefined)).toEqual({ due: 100, last: 100 })
  })
})
