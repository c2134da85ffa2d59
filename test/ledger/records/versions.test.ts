import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { commit } from '../../../src/ledger/records/commit.ts'
import { findingsOf, repairsOf } from '../../../src/ledger/records/judgement.ts'
import { measurementsOf } from '../../../src/ledger/records/measurements.ts'
import { payloadOf } from '../../../src/ledger/records/payloads.ts'
import { countAdmissions, recordById } from '../../../src/ledger/records/records.ts'
import { settleRemovals } from '../../../src/ledger/records/removal.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { shownVersion, newestVersion, shownAt, countShownAt } from '../../../src/ledger/records/shown.ts'
import { writeProblem, problemsOf } from '../../../src/ledger/runs/problems.ts'
import { lastRun, runsOf, startRun } from '../../../src/ledger/runs/runs.ts'
import { sourceMemory, rememberSource } from '../../../src/ledger/sources/memory.ts'
import { Problem } from '../../../src/problem.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

const pageAt = (ledger: Ledger, revision: number) => JSON.stringify([...shownAt(ledger, revision)])

describe('a record', () => {
  it('is read back as it was kept', () => {
    const ledger = ledgerOf()
    const finding = { profile: 'dcat-ap', rule: 'https://e.ma/rule', severity: 'warning', focus: 'https://e.ma/a', path: 'dct:title', value: 'x' } as const
    const repair = { rule: 'date-read', property: 'dct:issued', before: '1/2/2020', after: '2020-02-01' } as const
    const { revision } = harvest(ledger, 1, [
      entry('a', {
        portalModified: '2024-01-01',
        findings: [finding],
        repairs: [repair],
        measurements: { keywordAvailability: 1, accessUrlStatusCode: null },
        score: 205,
      }),
    ])
    const record = recordById(ledger, 'portal-a')!
    expect(record).toMatchObject({
      source: 'portal',
      key: 'a',
      admission: 'published',
      title: { fr: 'a one' },
      score: 205,
      portal_modified: '2024-01-01',
      issued: day(1),
      modified: day(1),
      modified_revision: revision,
    })
    expect(shownVersion(ledger, record.n)).toMatchObject({ id: 'portal-a', graph: expect.stringContaining('"one"'), portal_modified: '2024-01-01' })
    expect(findingsOf(ledger, record.n)).toEqual([finding])
    expect(repairsOf(ledger, record.n)).toEqual([repair])
    expect(measurementsOf(ledger, record.n)).toEqual({ keywordAvailability: 1, accessUrlStatusCode: null })
    expect(payloadOf(ledger, record.n)).toEqual({ mediaType: 'application/json', body: '{"title":"one"}' })
    expect(recordById(ledger, 'portal-b')).toBeUndefined()
  })

  it('that is seen again unchanged makes no revision and no version', () => {
    const ledger = ledgerOf()
    const { revision } = harvest(ledger, 1, [entry('a')])
    const { n } = recordById(ledger, 'portal-a')!
    expect(harvest(ledger, 2, [], [{ n }]).revision).toBe(revision)
    expect(recordById(ledger, 'portal-a')).toMatchObject({ modified: day(1), seen_at: day(2) })
    expect(ledger.get('SELECT count(*) AS c FROM version')).toEqual({ c: 1 })
  })

  it('that changes keeps the day it came and gets the day it changed', () => {
    const ledger = ledgerOf()
    harvest(ledger, 1, [entry('a')])
    harvest(ledger, 2, [entry('a', { text: 'two', findings: [] })])
    expect(recordById(ledger, 'portal-a')).toMatchObject({ issued: day(1), modified: day(2), title: { fr: 'a two' } })
  })
})

describe('a page at a revision', () => {
  it('is the same for ever, whatever is committed later', () => {
    const ledger = ledgerOf()
    harvest(
      ledger,
      1,
      ['a', 'b', 'c'].map(key => entry(key, { portalModified: '2024-01-01' })),
    )
    const then = currentRevision(ledger)
    const page = pageAt(ledger, then)
    const slice = JSON.stringify([...shownAt(ledger, then, { offset: 1, most: 1 })])
    harvest(ledger, 2, [entry('a', { text: 'two', portalModified: '2025-06-01', dataset: 'https://portal.example.ma/moved' }), entry('d')])
    harvest(ledger, 3, [entry('b', { text: 'two', admission: 'quarantined' }), entry('a', { text: 'three' })])
    settleRemovals(ledger, startRun(ledger, 'portal', { mode: 'full', started: day(40) }), {
      source: 'portal',
      at: day(40),
      rules: { threshold: 1, graceDays: 0 },
      accept: true,
    })
    expect(pageAt(ledger, then)).toBe(page)
    expect(JSON.stringify([...shownAt(ledger, then, { offset: 1, most: 1 })])).toBe(slice)
    expect(countShownAt(ledger, then)).toBe(3)
    expect(countShownAt(ledger, currentRevision(ledger))).toBe(0)
  })

  it('holds each record once, in one order, by source and by date', () => {
    const ledger = ledgerOf()
    harvest(ledger, 1, [entry('a'), entry('b')])
    harvest(ledger, 2, [entry('x', { source: 'other', id: 'other-x' })], [], 'other')
    harvest(ledger, 3, [entry('b', { text: 'two' })])
    const ids = (revision: number, options = {}) => [...shownAt(ledger, revision, options)].map(shown => shown.id)
    expect(ids(3)).toEqual(['portal-a', 'portal-b', 'other-x'])
    expect(ids(1)).toEqual(['portal-a', 'portal-b'])
    expect(ids(0)).toEqual([])
    expect(ids(3, { source: 'other' })).toEqual(['other-x'])
    expect(ids(3, { modifiedSince: day(2) })).toEqual(['portal-b', 'other-x'])
    expect(countShownAt(ledger, 3, { source: 'portal', modifiedSince: day(2) })).toBe(1)
  })
})

describe('a record in quarantine', () => {
  it('keeps its last good version public, with its title and its place in the search', () => {
    const ledger = ledgerOf()
    harvest(ledger, 1, [entry('a', { summary: { title: { fr: 'Bonne eau' } } })])
    const { revision } = harvest(ledger, 2, [entry('a', { text: 'bad', admission: 'quarantined', summary: { title: {} } })])
    const record = recordById(ledger, 'portal-a')!
    expect(record).toMatchObject({ admission: 'quarantined', title: { fr: 'Bonne eau' } })
    expect(shownVersion(ledger, record.n)!.graph).toContain('"one"')
    expect(newestVersion(ledger, record.n)!.graph).toContain('"bad"')
    expect(search(ledger, { text: 'bonne eau' }).total).toBe(1)
    expect([...shownAt(ledger, revision)]).toHaveLength(1)
  })

  it('that never was good is shown to nobody', () => {
    const ledger = ledgerOf()
    const { revision } = harvest(ledger, 1, [entry('a', { admission: 'quarantined' })])
    expect(shownVersion(ledger, recordById(ledger, 'portal-a')!.n)).toBeUndefined()
    expect(countShownAt(ledger, revision)).toBe(0)
    expect(search(ledger, {}).total).toBe(0)
  })

  it('comes out when it is mended', () => {
    const ledger = ledgerOf()
    harvest(ledger, 1, [entry('a', { admission: 'quarantined' })])
    harvest(ledger, 2, [entry('a', { text: 'two' })])
    expect(recordById(ledger, 'portal-a')).toMatchObject({ admission: 'published', title: { fr: 'a two' } })
    expect(countAdmissions(ledger)).toEqual({ published: 1, quarantined: 0, withheld: 0, missing: 0, removed: 0 })
  })
})

describe('records that are gone', () => {
  const rules = { threshold: 0.2, graceDays: 7 }
  const keys = Array.from({ length: 10 }, (_, n) => `k${n}`)
  const filled = () => {
    const ledger = ledgerOf()
    harvest(
      ledger,
      1,
      keys.map(key => entry(key)),
    )
    return ledger
  }
  const seeing = (ledger: Ledger, n: number, seen: string[]) =>
    harvest(
      ledger,
      n,
      [],
      seen.map(key => ({ n: recordById(ledger, `portal-${key}`)!.n })),
    ).run

  it('wait out their grace days in public, and leave a tombstone', () => {
    const ledger = filled()
    const settle = (n: number) => settleRemovals(ledger, seeing(ledger, n, keys.slice(1)), { source: 'portal', at: day(n), rules, accept: false })
    expect(settle(2)).toMatchObject({ held: false, missing: ['portal-k0'], removed: [], known: 10 })
    expect(recordById(ledger, 'portal-k0')).toMatchObject({ admission: 'missing', missing_since: day(2) })
    expect(search(ledger, { text: 'k0' }).total).toBe(1)
    expect(settle(8)).toMatchObject({ missing: [], removed: [] })
    expect(settle(9)).toMatchObject({ removed: ['portal-k0'] })
    expect(recordById(ledger, 'portal-k0')).toMatchObject({ admission: 'removed', shown: null, title: { fr: 'k0 one' } })
    expect(search(ledger, { text: 'k0' }).total).toBe(0)
    expect(newestVersion(ledger, recordById(ledger, 'portal-k0')!.n)!.graph).toContain('"one"')
    expect(ledger.get('SELECT shown FROM change ORDER BY revision DESC LIMIT 1')).toEqual({ shown: null })
    expect(settle(10)).toMatchObject({ missing: [], removed: [], known: 9 })
  })

  it('come back with their first day, whether they were missing or removed', () => {
    const ledger = filled()
    settleRemovals(ledger, seeing(ledger, 2, keys.slice(2)), { source: 'portal', at: day(2), rules, accept: false })
    seeing(ledger, 3, keys)
    expect(recordById(ledger, 'portal-k0')).toMatchObject({ admission: 'published', missing_since: null })
    settleRemovals(ledger, seeing(ledger, 4, keys.slice(1)), { source: 'portal', at: day(4), rules: { threshold: 1, graceDays: 0 }, accept: false })
    expect(recordById(ledger, 'portal-k0')).toMatchObject({ admission: 'removed' })
    const { revision } = harvest(ledger, 5, [entry('k0')])
    expect(recordById(ledger, 'portal-k0')).toMatchObject({ admission: 'published', issued: day(1), modified: day(5), missing_since: null })
    expect([...shownAt(ledger, revision)].filter(({ id }) => id === 'portal-k0')).toHaveLength(1)
    expect(countShownAt(ledger, revision - 1)).toBe(9)
    expect(search(ledger, { text: 'k0' }).total).toBe(1)
  })

  it('come back from missing into the quarantine they were in', () => {
    const ledger = filled()
    harvest(ledger, 2, [entry('k0', { text: 'bad', admission: 'quarantined' }), entry('new', { admission: 'quarantined' })])
    settleRemovals(ledger, seeing(ledger, 3, keys.slice(1)), { source: 'portal', at: day(3), rules: { ...rules, threshold: 1 }, accept: false })
    seeing(ledger, 4, [...keys, 'new'])
    expect([recordById(ledger, 'portal-k0')!.admission, recordById(ledger, 'portal-new')!.admission]).toEqual(['quarantined', 'quarantined'])
  })

  it('are held where they are more than the threshold, until a person says so', () => {
    const ledger = filled()
    const run = seeing(ledger, 2, keys.slice(3))
    expect(settleRemovals(ledger, run, { source: 'portal', at: day(2), rules, accept: false })).toMatchObject({
      held: true,
      missing: ['portal-k0', 'portal-k1', 'portal-k2'],
      removed: [],
      known: 10,
    })
    expect(countAdmissions(ledger)).toMatchObject({ published: 10, missing: 0 })
    expect(settleRemovals(ledger, run, { source: 'portal', at: day(2), rules, accept: true })).toMatchObject({
      held: false,
      missing: ['portal-k0', 'portal-k1', 'portal-k2'],
    })
  })

  it('are not held at the threshold itself', () => {
    const ledger = filled()
    expect(settleRemovals(ledger, seeing(ledger, 2, keys.slice(2)), { source: 'portal', at: day(2), rules, accept: false }).held).toBe(false)
  })

  it('count against what was there before the run, not against what it added', () => {
    const ledger = filled()
    const run = startRun(ledger, 'portal', { mode: 'full', started: day(2) })
    commit(
      ledger,
      run,
      day(2),
      Array.from({ length: 50 }, (_, n) => entry(`new${n}`)),
      keys.slice(3).map(key => ({ n: recordById(ledger, `portal-${key}`)!.n })),
    )
    expect(settleRemovals(ledger, run, { source: 'portal', at: day(2), rules, accept: false })).toMatchObject({ held: true, known: 10 })
  })

  it('of one source leave another alone', () => {
    const ledger = filled()
    harvest(ledger, 2, [entry('x', { source: 'other', id: 'other-x' })], [], 'other')
    settleRemovals(ledger, startRun(ledger, 'portal', { mode: 'full', started: day(3) }), {
      source: 'portal',
      at: day(3),
      rules: { threshold: 1, graceDays: 0 },
      accept: true,
    })
    expect(countAdmissions(ledger, 'other')).toMatchObject({ published: 1 })
    expect(countAdmissions(ledger, 'portal')).toMatchObject({ removed: 10, published: 0 })
  })
})

describe('a batch', () => {
  it('is written whole or not at all', () => {
    const ledger = ledgerOf()
    harvest(ledger, 1, [entry('a')])
    const twin = entry('c', { id: 'portal-a' })
    expect(() => harvest(ledger, 2, [entry('b'), twin])).toThrow()
    expect(recordById(ledger, 'portal-b')).toBeUndefined()
    expect(currentRevision(ledger)).toBe(1)
    harvest(ledger, 3, [entry('b')])
    expect(currentRevision(ledger)).toBe(2)
  })
})

describe('a run', () => {
  it('that died is closed as partial when the next one begins, with its problems', () => {
    const ledger = ledgerOf()
    const died = startRun(ledger, 'portal', { mode: 'full', started: day(1) })
    writeProblem(ledger, died, new Problem('bad-record', 'The record a cannot be mapped.', { record: 'a', excerpt: '{' }))
    const next = startRun(ledger, 'portal', { mode: 'incremental', started: day(2) })
    expect(runsOf(ledger, 'portal').find(run => run.id === died)).toMatchObject({ state: 'partial', finished: day(2) })
    expect(lastRun(ledger, 'portal')).toMatchObject({ id: next, state: 'running', mode: 'incremental', finished: null })
    expect(problemsOf(ledger, died)).toEqual([
      { code: 'bad-record', message: 'The record a cannot be mapped.', language: 'en', record: 'a', url: null, excerpt: '{' },
    ])
    expect(runsOf(ledger, 'portal').map(run => run.id)).toEqual([next, died])
  })

  it('leaves what the next one has to know', () => {
    const ledger = ledgerOf()
    expect(sourceMemory(ledger, 'portal')).toEqual({ watermark: null, last_full: null, catalogue: null, notes: null, rules: null })
    startRun(ledger, 'portal', { mode: 'full', started: day(1) })
    rememberSource(ledger, 'portal', { watermark: '2024' })
    rememberSource(ledger, 'portal', { last_full: day(1) })
    expect(sourceMemory(ledger, 'portal')).toEqual({ watermark: '2024', last_full: day(1), catalogue: null, notes: null, rules: null })
  })
})
