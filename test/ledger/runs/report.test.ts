import { expect, test } from 'vitest'
import { settleRemovals } from '../../../src/ledger/records/removal.ts'
import { changesOf, countChanges } from '../../../src/ledger/runs/outcomes.ts'
import { problemTallies, problemsIn, writeProblem } from '../../../src/ledger/runs/problems.ts'
import { findingTallies, findingsIn, repairTallies } from '../../../src/ledger/runs/report.ts'
import { startRun, getRun } from '../../../src/ledger/runs/runs.ts'
import { countScope, recordsIn, scopeOf } from '../../../src/ledger/runs/scope.ts'
import { Problem } from '../../../src/problem.ts'
import type { Finding } from '../../../src/validate/finding.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

// What a report reads: which records it speaks of, and what is said of them.

const finding = (rule: string, value?: string): Finding => ({
  profile: 'dcat-ap',
  rule,
  severity: 'warning',
  focus: 'https://portal.example.ma/a',
  ...(value !== undefined && { value }),
})
const window = { most: 10, offset: 0 }
const scoped = (ledger: ReturnType<typeof ledgerOf>, run: number) => scopeOf(ledger, getRun(ledger, 'portal', run)!)
const keys = (ledger: ReturnType<typeof ledgerOf>, run: number) => [...recordsIn(ledger, scoped(ledger, run))].map(record => record.key)

test('the newest run speaks of all records of its source, an earlier one of those that it wrote last', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('x', { source: 'other', id: 'other-x' })], [], 'other')
  const first = harvest(
    ledger,
    1,
    ['a', 'b', 'c', 'd', 'e'].map(key => entry(key)),
  ).run
  const second = harvest(ledger, 2, [entry('b', { text: 'two' }), entry('f')]).run
  expect(keys(ledger, second)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  expect(keys(ledger, first)).toEqual(['a', 'c', 'd', 'e'])
  const third = harvest(ledger, 3, []).run
  expect(keys(ledger, second)).toEqual(['b', 'f'])
  expect([keys(ledger, third).length, countScope(ledger, scoped(ledger, third))]).toEqual([6, 6])
})

test('a run for one record alone speaks of that record, and leaves the newest run of the source the newest', () => {
  const ledger = ledgerOf()
  const whole = harvest(ledger, 1, [entry('a'), entry('b')]).run
  const alone = startRun(ledger, 'portal', { mode: 'record', started: day(2), record: 'a' })
  expect(keys(ledger, whole)).toEqual(['a', 'b'])
  expect(keys(ledger, alone)).toEqual([])
})

test('what is withheld stands in no report', () => {
  const ledger = ledgerOf()
  const { run } = harvest(ledger, 1, [entry('a', { findings: [finding('r')] }), entry('secret', { findings: [finding('r')] })])
  ledger.run(`UPDATE record SET admission = 'withheld' WHERE key = 'secret'`)
  expect(keys(ledger, run)).toEqual(['a'])
  expect(findingTallies(ledger, scoped(ledger, run))).toMatchObject([{ name: 'r', records: 1, places: 1 }])
  expect(changesOf(ledger, run, window).map(({ record }) => record.key)).toEqual(['a'])
  expect(countChanges(ledger, run)).toMatchObject({ added: 1 })
})

test('rules are counted by places and by records, what concerns most records first, each with an example', () => {
  const ledger = ledgerOf()
  const { run } = harvest(ledger, 1, [
    entry('a', {
      findings: [finding('often'), finding('twice', 'one'), finding('twice', 'two'), finding('twice', 'three')],
      repairs: [{ rule: 'concept', property: 'dct:format', before: 'CSV.', after: 'CSV' }],
    }),
    entry('b', { findings: [finding('often')] }),
  ])
  expect(findingTallies(ledger, scoped(ledger, run))).toMatchObject([
    { name: 'often', places: 2, records: 2, example: { record: { key: 'a' } } },
    { name: 'twice', places: 3, records: 1, example: { value: 'one', record: { id: 'portal-a', title: { fr: 'a one' } } } },
  ])
  expect(repairTallies(ledger, scoped(ledger, run))).toMatchObject([{ name: 'concept', places: 1, example: { before: 'CSV.', record: { key: 'a' } } }])
  expect(findingsIn(ledger, scoped(ledger, run), { most: 2, offset: 1 }, 'twice').map(({ value }) => value)).toEqual(['two', 'three'])
})

test('a change names the version that the run wrote; of what left there is none', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a'), entry('b')])
  const { run } = harvest(ledger, 2, [entry('a', { text: 'two' })])
  settleRemovals(ledger, run, { source: 'portal', at: day(2), rules: { threshold: 1, graceDays: 7 }, accept: false })
  harvest(ledger, 3, [entry('a', { text: 'three' })])
  expect(changesOf(ledger, run, window).map(({ outcome, version, record }) => [record.key, outcome, version])).toEqual([
    ['a', 'updated', 2],
    ['b', 'missing', null],
  ])
  expect(changesOf(ledger, run, window, 'missing')).toHaveLength(1)
  expect(countChanges(ledger, run)).toEqual({ added: 0, updated: 1, missing: 1, removed: 0, held: 0 })
})

test('a problem of a record that is held leads to it', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a')])
  const run = startRun(ledger, 'portal', { mode: 'full', started: day(2) })
  for (const key of ['a', 'unknown']) writeProblem(ledger, run, new Problem('bad-record', `The record ${key} cannot be read.`, { record: key }))
  expect(problemsIn(ledger, run, window).map(({ record, held }) => [record, held])).toEqual([
    ['a', 'portal-a'],
    ['unknown', null],
  ])
  expect(problemTallies(ledger, run)).toMatchObject([{ name: 'bad-record', places: 2, records: 2, example: { record: 'a' } }])
  expect(getRun(ledger, 'other', run)).toBeUndefined()
})

test('a key in an address that a portal leads to is not kept with what went wrong there, and so is published nowhere', () => {
  const ledger = ledgerOf()
  const run = startRun(ledger, 'portal', { mode: 'full', started: day(1) })
  const url = 'https://portal.example.ma/list?page=2&api_key=s3cr3t&token=s3cr3t#x'
  writeProblem(ledger, run, new Problem('unreachable', `${url} cannot be reached: reset. Ask the portal.`, { url, excerpt: `<a href="${url}">` }))
  const [problem] = problemsIn(ledger, run, window)
  expect(problem).toMatchObject({
    message: 'https://portal.example.ma/list?page=2&api_key=…&token=…#x cannot be reached: reset. Ask the portal.',
    url: 'https://portal.example.ma/list?page=2&api_key=…&token=…#x',
  })
  expect(JSON.stringify(problem)).not.toContain('s3cr3t')
})
