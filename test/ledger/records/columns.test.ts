import { expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { columnsOf } from '../../../src/ledger/records/columns.ts'
import { measureLater } from '../../../src/ledger/records/measurements.ts'
import { commitRebuilt } from '../../../src/ledger/records/rebuilt.ts'
import { visiblePiece } from '../../../src/ledger/records/records.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { search, type Query } from '../../../src/ledger/records/search.ts'
import { findingTallies, repairTallies, rulesBroken } from '../../../src/ledger/runs/report.ts'
import { lastRun } from '../../../src/ledger/runs/runs.ts'
import { scopeOf } from '../../../src/ledger/runs/scope.ts'
import { forgetSource } from '../../../src/ledger/sources/forget.ts'
import type { Finding } from '../../../src/validate/finding.ts'
import { dataFolder, day, entry, harvest, ledgerOf } from '../ledger.ts'

// What is counted in memory: at any moment the same as if the ledger had only now been read.

const finding = (rule: string, count?: number): Finding => ({ profile: 'p', rule, severity: 'warning', focus: 'f', ...(count !== undefined && { count }) })
const dataset = (key: string, theme: string, more: Parameters<typeof entry>[1] = {}) =>
  entry(key, { ...more, summary: { title: { fr: `Jeu ${key}` }, facets: { theme: [theme], source: ['portal'], quality: ['bad'] }, ...more.summary } })
const shared = [{ kind: 'page' as const, value: 'portal.example.ma/shared' }]
const other = (key: string) =>
  entry(key, { source: 'other', id: `other-${key}`, clues: shared, summary: { title: { fr: 'Ailleurs' }, facets: { theme: ['eau'], source: ['other'] } } })

const queries: Query[] = [
  {},
  { sort: 'title' },
  { text: 'jeu' },
  { text: 'jeu', sort: 'modified' },
  { filters: { theme: ['eau'] } },
  { filters: { theme: ['eau'], source: ['other'] } },
  { filters: { quality: ['bad', 'good'] }, sort: 'title', offset: 1, most: 2 },
]
const seen = (ledger: Ledger) => ({
  found: queries.map(query => search(ledger, query)).map(({ total, facets, records }) => ({ total, facets, ids: records.map(({ id }) => id) })),
  pieces: [visiblePiece(ledger, { most: 2, offset: 0 }), visiblePiece(ledger, { most: 9, offset: 2 })].map(piece => piece.map(({ id }) => id)),
  rules: rulesBroken(ledger, 'portal'),
  tallies: ['portal', 'other'].map(source => {
    const run = lastRun(ledger, source)
    return run && [findingTallies, repairTallies].map(tallies => tallies(ledger, scopeOf(ledger, run)))
  }),
})

test('counts, order, pages and tallies of one who reads all along are those of one who reads for the first time', () => {
  const folder = dataFolder()
  const writer = ledgerOf(folder)
  const reader = ledgerOf(folder, { readOnly: true })
  const steps: [string, (ledger: Ledger) => void][] = [
    ['nothing', () => {}],
    [
      'a harvest',
      ledger => harvest(ledger, 1, [dataset('a', 'eau', { findings: [finding('r'), finding('r', 3)] }), dataset('b', 'sante'), dataset('c', 'eau')]),
    ],
    ['a change', ledger => harvest(ledger, 2, [dataset('a', 'sante', { text: 'two', findings: [finding('s')], clues: shared })])],
    ['the same dataset elsewhere', ledger => harvest(ledger, 3, [other('x'), other('y')], [], 'other')],
    [
      'a record in quarantine',
      ledger => harvest(ledger, 4, [dataset('b', 'emploi', { text: 'three', admission: 'quarantined', findings: [finding('blocks')] })]),
    ],
    ['one that was never good enough', ledger => harvest(ledger, 5, [dataset('d', 'eau', { admission: 'quarantined', findings: [finding('blocks')] })])],
    ['something measured later', ledger => measureLater(ledger, recordById(ledger, 'portal-c')!.n, day(6), { downloadUrlAvailability: 1 })],
    [
      'other rules',
      ledger => commitRebuilt(ledger, day(7), [{ entry: dataset('c', 'agriculture', { score: 400, summary: { title: { fr: 'Autre jeu' } } }), was: 'c one' }]),
    ],
    ['a portal that is forgotten', ledger => forgetSource(ledger, 'portal', day(8))],
    ['a harvest after it', ledger => harvest(ledger, 9, [dataset('e', 'eau')])],
  ]
  const told = new Set<string>()
  for (const [name, step] of steps) {
    step(writer)
    const now = seen(reader)
    expect([name, now]).toEqual([name, seen(ledgerOf(folder, { readOnly: true }))])
    expect([name, seen(writer)]).toEqual([name, now])
    told.add(JSON.stringify(now))
  }
  expect(told.size).toBeGreaterThan(steps.length - 3)
})

test('a reader who holds a moment sees two pages of it, whatever is committed between them', () => {
  const folder = dataFolder()
  const writer = ledgerOf(folder)
  const reader = ledgerOf(folder, { readOnly: true })
  harvest(
    writer,
    1,
    ['a', 'b', 'c', 'd'].map(key => dataset(key, 'eau')),
  )
  const page = (offset: number) => {
    const { total, records, facets } = search(reader, { sort: 'added', most: 2, offset })
    return [total, facets.theme, records.map(({ key }) => key)]
  }
  const letGo = reader.hold()
  expect(page(0)).toEqual([4, [{ value: 'eau', count: 4 }], ['a', 'b']])
  harvest(writer, 2, [dataset('z', 'sante'), dataset('c', 'sante', { text: 'two' })])
  expect(page(2)).toEqual([4, [{ value: 'eau', count: 4 }], ['c', 'd']])
  letGo()
  const themes = [
    { value: 'eau', count: 3 },
    { value: 'sante', count: 2 },
  ]
  expect([page(0), page(2)]).toEqual([
    [5, themes, ['z', 'a']],
    [5, themes, ['b', 'c']],
  ])
})

test('what is found in too many records to rank each is ordered by title and date, and nothing is found twice or lost', () => {
  const ledger = ledgerOf()
  const keys = (from: number) => Array.from({ length: 20 }, (_, n) => `k${from + n}`)
  for (const from of [0, 20])
    harvest(
      ledger,
      1 + from,
      keys(from).map(key =>
        dataset(key, 'eau', { summary: { title: { fr: key === 'k7' ? 'Barrages' : key }, keywords: ['barrage'], dated: `${2024 + from}-05` } }),
      ),
    )
  const found = search(ledger, { text: 'barrage', most: 100 }, 30)
  expect([found.total, new Set(found.records.map(({ key }) => key)).size]).toEqual([40, 40])
  expect(found.records.slice(0, 3).map(({ key }) => key)).toEqual(['k7', 'k20', 'k21'])
  expect(search(ledger, { text: 'barrage', most: 3, offset: 2 }, 30).records.map(({ key }) => key)).toEqual(['k21', 'k22', 'k23'])
})

test('a reader that stays holds no kinds of records that are there no longer', () => {
  const folder = dataFolder()
  const [writer, reader] = [ledgerOf(folder), ledgerOf(folder, { readOnly: true })]
  const all = (round: number) => Array.from({ length: 300 }, (_, at) => dataset(`${at}`, `theme-${round}-${at}`, { text: `${round}` }))
  for (let round = 1; round <= 6; round++) {
    harvest(writer, round, all(round))
    expect(search(reader, { values: 1000 }).facets.theme).toHaveLength(300)
  }
  expect(columnsOf(reader).kinds.length).toBeLessThan(1700)
  expect(seen(reader)).toEqual(seen(writer))
})
