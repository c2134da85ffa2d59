import { expect, test } from 'vitest'
import { isOpenEnd, readInterval } from '../../src/normalise/interval-text.ts'
import { readPeriod } from '../../src/normalise/period-text.ts'

test.each([
  ['2019-02-01/P1M', '2019-02-01', '2019-02-28'],
  ['2019/P3Y', '2019', '2021'],
  ['2019-11/P4M', '2019-11', '2020-02'],
  ['P2W/2020-03-14', '2020-03-01', '2020-03-14'],
  ['P1Y/2019', '2019', '2019'],
  ['2020-03-01T06:00:00Z/PT90M', '2020-03-01T06:00:00Z', '2020-03-01T07:30:00Z'],
  ['1995-02/11', '1995-02', '1995-11'],
  ['1995-02-03/09', '1995-02-03', '1995-02-09'],
  ['1995-02-03/12-24', '1995-02-03', '1995-12-24'],
  ['1995-02-03T08:00/18:30', '1995-02-03T08:00', '1995-02-03T18:30'],
  ['1995--1999', '1995', '1999'],
  ['1995-06/..', '1995-06', undefined],
  ['../1995-06', undefined, '1995-06'],
  ['1995-06/', '1995-06', undefined],
  ['1995-06/en cours', '1995-06', undefined],
  ['1995-06/إلى الآن', '1995-06', undefined],
])('the interval %s begins in %s and ends in %s', (text, start, end) => {
  expect(readInterval(text)).toEqual({ ...(start && { start }), ...(end && { end }) })
})

test.each(['1995-06/05', '1995', 'Rabat/Salé', '1995-06/1995-07/1995-08', 'P1Y/P2Y', '1995/P0D', ''])('%s is no interval', text => {
  expect(readInterval(text)).toBeUndefined()
})

test('an open end is said in three languages, by dots, or by nothing', () => {
  const open = [
    'present',
    'NOW',
    'today',
    'ongoing',
    'until now',
    'présent',
    'à ce jour',
    "jusqu'à aujourd'hui",
    'maintenant',
    'en cours',
    'الآن',
    'إلى اليوم',
    'حاليا',
    '..',
    '',
    'unknown',
    'inconnue',
  ]
  expect(open.filter(each => !isOpenEnd(each))).toEqual([])
  expect(['2012', 'Rabat', 'fin 2012', 'a', 'presentation'].filter(isOpenEnd)).toEqual([])
})

test('the same words end a period that is told in a sentence', () => {
  for (const text of ['2015 to present', 'de 2015 à nos jours', '2015 – en cours', 'من 2015 إلى اليوم', '2015 until now'])
    expect(readPeriod(text), text).toEqual({ start: { value: '2015', type: 'gYear' } })
})

test('a coded period keeps its name', () => {
  expect(readPeriod('name=Recensement; start=2014-09-01; end=2014-09-20;')).toEqual({
    name: 'Recensement',
    start: { value: '2014-09-01', type: 'date' },
    end: { value: '2014-09-20', type: 'date' },
  })
})
