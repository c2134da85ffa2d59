import { expect, test } from 'vitest'
import { dueAfter } from '../../../src/config/schedule.ts'
import { writeProblem } from '../../../src/ledger/runs/problems.ts'
import { noCounts, startRun, writeRun, type Run } from '../../../src/ledger/runs/runs.ts'
import { standingOf } from '../../../src/ledger/sources/standing.ts'
import { Problem } from '../../../src/problem.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

// How a source is doing: whether it was read when it should have been, and since when it was not.

const nightly =
  (zone = 'UTC') =>
  (moment: Date) =>
    dueAfter({ enabled: true, schedule: '0 3 * * *' }, zone, moment)

function ends(
  ledger: ReturnType<typeof ledgerOf>,
  at: string,
  state: Run['state'],
  { mode = 'full' as Run['mode'], code }: { mode?: Run['mode']; code?: 'http-status' } = {},
) {
  const run = startRun(ledger, 'portal', { mode, started: at })
  if (code) writeProblem(ledger, run, new Problem(code, 'The portal answered 500.'))
  if (state !== 'running') writeRun(ledger, run, noCounts(), 0, { state, at })
  return run
}

test('a source that was never read is not late and not broken', () => {
  expect(standingOf(ledgerOf(), 'portal', nightly())).toMatchObject({
    last: undefined,
    lastGood: undefined,
    lagMs: undefined,
    late: false,
    broken: undefined,
    problems: [],
  })
})

test('a run that was due and did not come makes the source late, an hour after it was due', () => {
  const ledger = ledgerOf()
  ends(ledger, '2026-01-10T03:00:02.000Z', 'complete')
  const at = (now: string) => standingOf(ledger, 'portal', nightly(), new Date(now))
  expect(at('2026-01-10T12:00:00Z')).toMatchObject({ late: false, due: '2026-01-11T03:00:00.000Z', lagMs: 9 * 3_600_000 - 2000 })
  expect(at('2026-01-11T03:30:00Z').late).toBe(false)
  expect(at('2026-01-11T04:30:00Z').late).toBe(true)
  ends(ledger, '2026-01-11T04:31:00.000Z', 'running')
  expect(at('2026-01-11T04:35:00Z')).toMatchObject({ late: false, last: { state: 'running' }, broken: undefined })
})

test('a run in the time zone of the catalogue is due when its clocks say so', () => {
  const ledger = ledgerOf()
  ends(ledger, '2026-01-10T02:00:00.000Z', 'complete')
  expect(standingOf(ledger, 'portal', nightly('Africa/Casablanca'), new Date('2026-01-10T12:00:00Z')).due).toBe('2026-01-11T02:00:00.000Z')
})

test('a source without a schedule, or switched off, is never late', () => {
  const ledger = ledgerOf()
  ends(ledger, '2020-01-10T03:00:00.000Z', 'complete')
  for (const source of [{ enabled: true }, { enabled: false, schedule: '0 3 * * *' }])
    expect(standingOf(ledger, 'portal', moment => dueAfter(source, 'UTC', moment))).toMatchObject({ late: false, due: undefined })
})

test('a source is broken since the first run after the last good one, whatever went wrong; and heals', () => {
  const ledger = ledgerOf()
  const good = ends(ledger, day(1), 'complete')
  ends(ledger, day(2), 'failed')
  ends(ledger, day(3), 'held')
  ends(ledger, day(4), 'partial', { code: 'http-status' })
  expect(standingOf(ledger, 'portal', nightly(), new Date(day(4)))).toMatchObject({
    lastGood: { id: good },
    last: { state: 'partial' },
    broken: { runs: 3, since: day(2) },
    problems: [{ code: 'http-status', count: 1 }],
    late: true,
  })
  ends(ledger, day(5), 'complete')
  expect(standingOf(ledger, 'portal', nightly(), new Date(day(5)))).toMatchObject({ broken: undefined, problems: [], late: false })
})

test('one record that was asked for alone says nothing of its source', () => {
  const ledger = ledgerOf()
  ends(ledger, day(1), 'failed')
  ends(ledger, day(2), 'complete', { mode: 'record' })
  expect(standingOf(ledger, 'portal', nightly(), new Date(day(2)))).toMatchObject({
    lastGood: undefined,
    last: { state: 'failed' },
    broken: { runs: 1, since: day(1) },
    late: true,
  })
})

test('records are counted by admission', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a'), entry('b', { admission: 'quarantined' })])
  expect(standingOf(ledger, 'portal', nightly()).records).toEqual({ published: 1, quarantined: 1, withheld: 0, missing: 0, removed: 0 })
})
