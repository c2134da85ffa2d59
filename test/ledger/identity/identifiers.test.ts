import { expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { settleRemovals } from '../../../src/ledger/records/removal.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { shownAt } from '../../../src/ledger/records/shown.ts'
import { rankSources } from '../../../src/ledger/sources/priorities.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

// An identifier is one in the catalogue: who said it first keeps it, and what was published stays as it was.

const of = (source: string, key: string, identifiers: string[], more: Parameters<typeof entry>[1] = {}) =>
  entry(key, { source, id: `${source}-${key}`, dataset: `https://${source}.example.ma/${key}`, identifiers, ...more })
/** How many identifiers each record that is seen at a revision yields. */
const yielding = (ledger: Ledger, revision = currentRevision(ledger)) =>
  Object.fromEntries([...shownAt(ledger, revision)].map(({ id, yielded }) => [id, yielded?.length ?? 0]))
const changed = (ledger: Ledger, revision: number) =>
  ledger
    .all<{ id: string }>('SELECT record.id FROM change JOIN record ON record.n = change.record WHERE revision = ? ORDER BY id', revision)
    .map(({ id }) => id)

test('who said an identifier first keeps it, in one source and in several, and the past stays as it was', () => {
  const ledger = ledgerOf()
  const first = harvest(ledger, 1, [of('a', 'x', ['1']), of('a', 'y', ['1', '2'])], [], 'a').revision
  const second = harvest(ledger, 2, [of('b', 'x', ['2', '3'])], [], 'b').revision
  expect([yielding(ledger, first), yielding(ledger, second)]).toEqual([
    { 'a-x': 0, 'a-y': 1 },
    { 'a-x': 0, 'a-y': 1, 'b-x': 1 },
  ])
  // One that says it later yields, though it was there before; the log tells of nobody else.
  const third = harvest(ledger, 3, [of('a', 'x', ['1', '3'], { text: 'two' })], [], 'a').revision
  expect([yielding(ledger, third), changed(ledger, third), yielding(ledger, second)['a-x']]).toEqual([{ 'a-x': 1, 'a-y': 1, 'b-x': 1 }, ['a-x'], 0])
})

test('records of one dataset say the same identifier; when they part, one yields it, and the log tells so', () => {
  const ledger = ledgerOf()
  rankSources(ledger, [
    { id: 'a', priority: 20 },
    { id: 'b', priority: 10 },
  ])
  const clues = [{ kind: 'identifier' as const, value: '6f1c' }]
  harvest(ledger, 1, [of('a', 'x', ['6f1c'], { clues })], [], 'a')
  harvest(ledger, 2, [of('b', 'x', ['6f1c'], { clues })], [], 'b')
  expect(yielding(ledger)).toEqual({ 'b-x': 0 })
  // Two of one source carry the clue now: it tells nothing any more.
  const { revision } = harvest(ledger, 3, [of('a', 'y', ['6f1c'], { clues })], [], 'a')
  expect(yielding(ledger)).toEqual({ 'a-x': 0, 'a-y': 1, 'b-x': 1 })
  expect(changed(ledger, revision)).toEqual(['a-x', 'a-y', 'b-x'])
})

test('what has gone leaves its identifier to what comes after it', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [of('a', 'x', ['1']), of('a', 'y', ['1'])], [], 'a')
  const { run } = harvest(ledger, 2, [], [{ n: recordById(ledger, 'a-y')!.n }], 'a')
  settleRemovals(ledger, run, { source: 'a', at: day(2), rules: { threshold: 1, graceDays: 0 }, accept: true })
  harvest(ledger, 3, [of('b', 'z', ['1'])], [], 'b')
  expect(yielding(ledger)).toEqual({ 'a-y': 1, 'b-z': 0 })
})
