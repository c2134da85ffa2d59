import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { settleRemovals } from '../../../src/ledger/records/removal.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { shownAt } from '../../../src/ledger/records/shown.ts'
import { versionsOf } from '../../../src/ledger/records/versions.ts'
import { noCounts, startRun, writeRun } from '../../../src/ledger/runs/runs.ts'
import { prune, wholeFrom, type Retention } from '../../../src/ledger/sources/prune.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

// What is let go of a ledger in which "a" changed every day for ten days, "b" never, and "q" was good on the first day and kept back since.

const everything: Retention = { versions: {}, payloads: 'last', runs: {} }
const rules = (more: Partial<Retention>): Retention => ({ ...everything, ...more })

function tenDays(): Ledger {
  const ledger = ledgerOf()
  for (let n = 1; n <= 10; n++) {
    harvest(ledger, n, [
      entry('a', { text: `day ${n}` }),
      ...(n === 1 ? [entry('b')] : []),
      ...(n < 4 ? [entry('q', { text: `day ${n}`, admission: n === 1 ? 'published' : 'quarantined' })] : []),
    ])
  }
  return ledger
}

const numbers = (ledger: Ledger, id: string) => versionsOf(ledger, recordById(ledger, id)!.n).map(({ number }) => number)
const shown = (ledger: Ledger) => Array.from({ length: currentRevision(ledger) + 1 }, (_, revision) => JSON.stringify([...shownAt(ledger, revision)]))

test('where nothing is said, everything is kept', () => {
  const ledger = tenDays()
  const before = ledger.all('SELECT * FROM version')
  expect(prune(ledger, 'portal', everything, day(4000))).toMatchObject({ versions: 0, payloads: 0, runs: 0, bytes: 0 })
  expect([ledger.all('SELECT * FROM version'), wholeFrom(ledger)]).toEqual([before, 0])
})

test('what lists count of records goes when no record has it any more, and no number of it is given twice', () => {
  const ledger = ledgerOf()
  const about = (n: number, theme: string) => harvest(ledger, n, [entry('a', { text: theme, summary: { facets: { theme: [theme] } } })])
  for (const [n, theme] of ['eau', 'sante', 'emploi'].entries()) about(n + 1, theme)
  const traits = () => ledger.all<{ id: number; said: string }>('SELECT id, said FROM trait ORDER BY id')
  const before = traits()
  prune(ledger, 'portal', everything, day(4), true)
  expect(traits()).toEqual(before)
  prune(ledger, 'portal', everything, day(4))
  expect(traits().filter(({ said }) => /eau|sante/.test(said))).toEqual([])
  expect(search(ledger, {}).facets.theme).toEqual([{ value: 'emploi', count: 1 }])
  about(5, 'culture')
  expect(traits().at(-1)!.id).toBeGreaterThan(before.at(-1)!.id)
  expect(search(ledger, {}).facets.theme).toEqual([{ value: 'culture', count: 1 }])
})

test.each<[string, Retention['versions'], number, number[]]>([
  ['the newest so many', { keep: 3 }, 100, [8, 9, 10]],
  ['those shown within so many days', { days: 5 }, 12, [6, 7, 8, 9, 10]],
  ['both: many of them, though old', { days: 5, keep: 8 }, 12, [3, 4, 5, 6, 7, 8, 9, 10]],
  ['both: few of them, though young', { days: 5, keep: 2 }, 12, [6, 7, 8, 9, 10]],
  ['one, and that is what is shown', { keep: 1 }, 100, [10]],
  ['what was in view a moment ago, as someone may be reading it', { keep: 1 }, 10, [8, 9, 10]],
])('versions that stay: %s', (_name, versions, on, stay) => {
  const ledger = tenDays()
  const before = shown(ledger)
  const would = prune(ledger, 'portal', rules({ versions }), day(on), true)
  expect(numbers(ledger, 'portal-a')).toHaveLength(10)
  expect(prune(ledger, 'portal', rules({ versions }), day(on))).toEqual(would)
  expect(numbers(ledger, 'portal-a')).toEqual(stay)
  expect(would.bytes).toBeGreaterThan(0)
  // The shown one of three, and the newest, which a rule kept back.
  expect(numbers(ledger, 'portal-q')).toEqual(expect.arrayContaining([1, 3]))
  const whole = wholeFrom(ledger)
  expect(whole).toBe(stay[0])
  expect(shown(ledger).slice(whole)).toEqual(before.slice(whole))
  expect(shown(ledger)[whole - 1]).not.toBe(before[whole - 1])
  harvest(ledger, 101, [entry('a', { text: 'after' })])
  expect(numbers(ledger, 'portal-a').at(-1)).toBe(11)
})

test('of a removed record the last version stays: it may come back', () => {
  const ledger = tenDays()
  settleRemovals(ledger, startRun(ledger, 'portal', { mode: 'full', started: day(11) }), {
    source: 'portal',
    at: day(11),
    rules: { threshold: 1, graceDays: 0 },
    accept: true,
  })
  prune(ledger, 'portal', rules({ versions: { keep: 1 } }), day(100))
  expect(['a', 'b', 'q'].map(key => numbers(ledger, `portal-${key}`))).toEqual([[10], [1], [3]])
  expect(wholeFrom(ledger)).toBe(currentRevision(ledger))
})

test('old runs go with what they left; those that brought what is kept, the newest, and the newest that read all stay', () => {
  const ledger = tenDays()
  for (const n of [11, 12, 13]) {
    const run = startRun(ledger, 'portal', { mode: 'full', started: day(n) })
    ledger.run('INSERT INTO problem (run, code, message) VALUES (?, ?, ?)', run, 'bad-record', 'x')
    ledger.run(
      'INSERT INTO page (source, address, accept, run, place, at, url, media_type) VALUES (?, ?, ?, ?, 0, ?, ?, ?)',
      'portal',
      `/${n}`,
      '*/*',
      run,
      day(n),
      '/',
      'text/plain',
    )
    writeRun(ledger, run, noCounts(), 0, { state: n === 12 ? 'complete' : 'partial', at: day(n) })
  }
  for (const finished of [day(2), null])
    ledger.run('INSERT INTO run_request (source, origin, at, finished) VALUES (?, ?, ?, ?)', 'portal', 'test', day(1), finished)
  const pruned = prune(ledger, 'portal', rules({ versions: { keep: 1 }, runs: { days: 30 } }), day(100))
  // Run 1 brought b and q's first, 3 q's newest, 10 a's newest; 12 is the newest complete one, 13 the newest.
  expect(ledger.all<{ id: number }>('SELECT id FROM run').map(({ id }) => id)).toEqual([1, 3, 10, 12, 13])
  expect(pruned).toMatchObject({ runs: 8, problems: 1, pages: 1, requests: 1, outcomes: 14 })
  expect(ledger.all('SELECT run FROM problem')).toEqual([{ run: 12 }, { run: 13 }])
  expect(ledger.all('SELECT id FROM run_request')).toHaveLength(1)
  expect(ledger.all('SELECT run FROM outcome WHERE run < 12')).toEqual([])
})

test('what portals sent goes only where it is not to be kept, and only of the source that is pruned', () => {
  const ledger = tenDays()
  harvest(ledger, 11, [entry('a', { source: 'other', id: 'other-a' })], [], 'other')
  expect(prune(ledger, 'portal', rules({ payloads: 'none' }), day(12))).toMatchObject({ payloads: 3, versions: 0 })
  expect(ledger.all('SELECT count(*) AS c FROM payload')).toEqual([{ c: 1 }])
})

test('the room that is free goes back to the disk', () => {
  const ledger = ledgerOf()
  for (let n = 1; n <= 20; n++) harvest(ledger, n, [entry('a', { text: randomBytes(100_000).toString('hex') })])
  const size = () => {
    ledger.get('PRAGMA wal_checkpoint(TRUNCATE)')
    return statSync(ledger.file).size
  }
  const before = size()
  const { bytes } = prune(ledger, 'portal', rules({ versions: { keep: 1 } }), day(100))
  expect(before - size()).toBeGreaterThan(bytes * 0.9)
  expect(bytes).toBeGreaterThan(1_000_000)
})
