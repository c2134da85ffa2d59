import { expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import type { Clue } from '../../../src/ledger/identity/clues.ts'
import { changesBetween, type Span } from '../../../src/ledger/records/changes.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { settleRemovals } from '../../../src/ledger/records/removal.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { shownAt } from '../../../src/ledger/records/shown.ts'
import { versionsOf } from '../../../src/ledger/records/versions.ts'
import { rankSources } from '../../../src/ledger/sources/priorities.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

// The log of what became visible, changed, or stopped being so, as a follower reads it.

const page: Clue = { kind: 'page', value: 'portal.example.ma/eau' }
const of = (source: string, text = 'one', clues: Clue[] = [page]) =>
  entry('eau', { source, id: `${source}-eau`, dataset: `https://${source}.example.ma/eau`, text, clues, summary: { facets: { source: [source] } } })
const remove = (ledger: Ledger, source: string, n: number) =>
  settleRemovals(ledger, -1, { source, at: day(n), rules: { threshold: 1, graceDays: 0 }, accept: true })

const told = (ledger: Ledger, from = 0, to = currentRevision(ledger), span?: Span) =>
  [...changesBetween(ledger, from, to, span)].map(({ revision, at, id, version }) => `${revision} ${at.slice(8, 10)} ${id} ${version ? 'seen' : 'gone'}`)

test('a record that comes, changes, goes and comes back is told of each time, with the moment', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a'), entry('b')])
  harvest(ledger, 2, [entry('a', { text: 'two' })])
  remove(ledger, 'portal', 3)
  harvest(ledger, 4, [entry('a', { text: 'three' })])
  expect(told(ledger)).toEqual([
    '1 01 portal-a seen',
    '1 01 portal-b seen',
    '2 02 portal-a seen',
    '3 03 portal-a gone',
    '3 03 portal-b gone',
    '4 04 portal-a seen',
  ])
  const versions = [...changesBetween(ledger, 0, 4)].filter(({ id }) => id === 'portal-a').map(({ version }) => version)
  expect(versions).toEqual([1, 3, null, 4])
  expect(versionsOf(ledger, recordById(ledger, 'portal-a')!.n)).toHaveLength(3)
})

test('what was removed is gone, and what a rule keeps back was never seen', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a'), entry('q', { admission: 'quarantined' })])
  remove(ledger, 'portal', 2)
  expect(told(ledger).filter(line => line.includes('portal-a'))).toEqual(['1 01 portal-a seen', '2 02 portal-a gone'])
  expect(told(ledger, 0, 1)).toEqual(['1 01 portal-a seen'])
})

test('a record that another source hides is gone, and seen again when it is the canonical one; it is told of where nothing of itself changed', () => {
  const ledger = ledgerOf()
  rankSources(ledger, [
    { id: 'national', priority: 10 },
    { id: 'region', priority: 20 },
  ])
  harvest(ledger, 1, [of('region')], [], 'region')
  harvest(ledger, 2, [of('national')], [], 'national')
  remove(ledger, 'national', 3)
  harvest(ledger, 4, [of('national', 'two')], [], 'national')
  expect(told(ledger)).toEqual([
    '1 01 region-eau seen',
    '2 02 region-eau gone',
    '2 02 national-eau seen',
    '3 03 region-eau seen',
    '3 03 national-eau gone',
    '4 04 region-eau gone',
    '4 04 national-eau seen',
  ])
})

test('only what happened between the two revisions is told', () => {
  const ledger = ledgerOf()
  for (const n of [1, 2, 3, 4]) harvest(ledger, n, [entry('a', { text: `${n}` }), entry(`k${n}`)])
  expect(told(ledger, 1, 3)).toEqual(['2 02 portal-a seen', '2 02 portal-k2 seen', '3 03 portal-a seen', '3 03 portal-k3 seen'])
  expect(told(ledger, 4)).toEqual([])
})

test('who wants to hold what is visible is told of each record once, by its last change', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [entry('a'), entry('b'), entry('c')])
  harvest(ledger, 2, [entry('a', { text: 'two' })])
  remove(ledger, 'portal', 3)
  harvest(ledger, 4, [entry('b', { text: 'back' })])
  harvest(ledger, 5, [entry('b', { text: 'again' })])
  const last = [...changesBetween(ledger, 0, 5, { last: true })]
  expect(last.map(({ id, revision, version }) => [id, revision, version !== null])).toEqual([
    ['portal-a', 3, false],
    ['portal-c', 3, false],
    ['portal-b', 5, true],
  ])
  // Up to a revision, what came after it is not known.
  expect([...changesBetween(ledger, 0, 2, { last: true })].map(({ id, revision }) => [id, revision])).toEqual([
    ['portal-b', 1],
    ['portal-c', 1],
    ['portal-a', 2],
  ])
  for (const to of [1, 2, 3, 4, 5])
    expect([...changesBetween(ledger, 0, to, { last: true })].flatMap(({ id, version }) => (version ? [id] : [])).sort()).toEqual(
      [...shownAt(ledger, to)].map(({ id }) => id).sort(),
    )
})

test.each([{ last: false }, { last: true }])('pages put together say what one reading says: %o', ({ last }) => {
  const ledger = ledgerOf()
  for (let n = 1; n <= 5; n++) harvest(ledger, n, [entry('a', { text: `${n}` }), entry('b', { text: `${n}` }), entry(`k${n}`)])
  remove(ledger, 'portal', 6)
  const whole = [...changesBetween(ledger, 0, 6, { last })]
  const paged = []
  for (
    let next = [...changesBetween(ledger, 0, 6, { last, most: 4 })];
    next.length > 0;
    next = [...changesBetween(ledger, 0, 6, { last, most: 4, after: next.at(-1)! })]
  ) {
    expect(next.length).toBeLessThanOrEqual(4)
    paged.push(...next)
  }
  expect(paged).toEqual(whole)
  expect(whole).toHaveLength(last ? 7 : 22)
})
