import { expect, test } from 'vitest'
import { dueAfter, rhythmOf } from '../../src/config/schedule.ts'

// When a source is due: its cron line in the time of the catalogue, and its own share of the jitter.

const at3 = { id: 'portal', enabled: true, schedule: '0 3 * * *' }
const due = (since: string, source = at3, jitterS = 0) => dueAfter(source, 'Africa/Casablanca', new Date(since), jitterS)?.toISOString()

test('three in the morning in Morocco is another instant before, in and after Ramadan', () => {
  // 2026: the clocks go back on 15 February at three, and forward on 22 March at two.
  expect(due('2026-02-13T12:00Z')).toBe('2026-02-14T02:00:00.000Z')
  expect(due('2026-02-14T12:00Z')).toBe('2026-02-15T03:00:00.000Z')
  expect(due('2026-03-01T12:00Z')).toBe('2026-03-02T03:00:00.000Z')
  expect(due('2026-03-20T12:00Z')).toBe('2026-03-21T03:00:00.000Z')
  expect(due('2026-03-21T12:00Z')).toBe('2026-03-22T02:00:00.000Z')
})

test('through both Ramadans of 2026 and 2027 a source is due once a day, at three by the clocks of Morocco', () => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Casablanca', dateStyle: 'short', timeStyle: 'short' })
  const days = new Set<string>()
  let since = '2026-01-01T00:00:00.000Z'
  while (since < '2027-12-31T00:00:00.000Z') {
    since = due(since)!
    const [day, hour] = clock.format(new Date(since)).split(', ')
    expect(hour, since).toBe('03:00')
    expect(days.has(day!), day).toBe(false)
    days.add(day!)
  }
  expect(days.size).toBe(730)
})

test('an hour that the clocks leave out is made up for, and one they repeat is not taken twice', () => {
  const daily = (schedule: string, since: string) => due(since, { ...at3, schedule })
  // Forward at two: there is no half past two on 22 March 2026.
  expect(daily('30 2 * * *', '2026-03-21T12:00Z')).toMatch(/^2026-03-22T0[23]:/)
  expect(daily('30 2 * * *', '2026-03-22T12:00Z')).toBe('2026-03-23T01:30:00.000Z')
  // Back at three: there are two half past two on 15 February 2026.
  const first = daily('30 2 * * *', '2026-02-14T12:00Z')!
  expect(first).toMatch(/^2026-02-15T0[12]:30/)
  expect(daily('30 2 * * *', first)).toBe('2026-02-16T02:30:00.000Z')
})

test('38 portals with one cron line do not start together, each keeps its own minute, and none is later than the jitter', () => {
  const all = Array.from({ length: 38 }, (_, at) => ({ ...at3, id: `ma-portal-${at}` }))
  const delays = all.map(source => (Date.parse(due('2026-06-01T12:00Z', source, 600)!) - Date.parse('2026-06-02T02:00:00Z')) / 1000)
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...delays)).toBeLessThan(600)
  expect(new Set(delays).size).toBe(38)
  for (const minutes of [0, 1, 2, 3, 4]) expect(delays.filter(delay => Math.floor(delay / 120) === minutes).length, `${minutes * 2} minutes`).toBeGreaterThan(2)
  expect(all.map(source => due('2026-06-01T12:00Z', source, 600))).toEqual(all.map(source => due('2026-06-01T20:00Z', source, 600)))
})

test('jitter never moves a run to its next instant', () => {
  const often = Array.from({ length: 50 }, (_, at) => ({ ...at3, id: `often-${at}`, schedule: '*/5 * * * *' }))
  for (const source of often) expect(due('2026-06-01T12:00:30Z', source, 86_400)! < '2026-06-01T12:07:30.000Z').toBe(true)
})

test('a source without a schedule, or whose date has passed for ever, is never due', () => {
  expect(dueAfter({ id: 'portal', enabled: true }, 'Africa/Casablanca', new Date())).toBeUndefined()
  expect(due('2026-06-01T12:00Z', { ...at3, schedule: '0 0 30 2 *' })).toBeUndefined()
})

test.each([
  ['0 3 * * *', { every: 'days', count: 1 }],
  ['*/15 * * * *', { every: 'minutes', count: 15 }],
  ['0 */6 * * *', { every: 'minutes', count: 360 }],
  ['30 4 * * 1', { every: 'weeks', count: 1 }],
  ['0 5 1 * *', { every: 'months', count: 1 }],
  ['0 5 * * 1-5', undefined],
  ['0 0 30 2 *', undefined],
])('"%s" has the rhythm of people, over a change of the clocks too', (schedule, rhythm) => {
  for (const now of ['2026-02-14T12:00Z', '2026-03-20T12:00Z', '2026-06-01T12:00Z']) {
    const found = rhythmOf(schedule, 'Africa/Casablanca', new Date(now))
    expect(found && { every: found.every, count: found.count }).toEqual(rhythm)
  }
})
