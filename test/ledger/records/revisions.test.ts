import { expect, test } from 'vitest'
import { harvestsOf } from '../../../src/ledger/records/revisions.ts'
import { entry, harvest, ledgerOf } from '../ledger.ts'

test('of any revision it is told when each source first brought something, and when it last had', () => {
  const ledger = ledgerOf()
  const bring = (n: number, source: string, text: string) => harvest(ledger, n, [entry(source, { source, id: source, text })], [], source)
  bring(1, 'a', 'one')
  bring(2, 'b', 'one')
  bring(3, 'a', 'two')
  // A run that brings nothing.
  harvest(ledger, 4, [], [], 'b')
  bring(5, 'a', 'three')
  const revisions = ledger.all<{ id: number; at: string; source: string }>(
    'SELECT revision.id, at, source FROM revision JOIN run ON run.id = run ORDER BY revision.id',
  )
  expect(revisions.length).toBeGreaterThanOrEqual(4)
  for (const { id: revision } of revisions) {
    const until = revisions.filter(({ id }) => id <= revision)
    const wanted = [...Map.groupBy(until, ({ source }) => source)].map(([source, all]) => [source, { first: all[0]!.at, last: all.at(-1)!.at }])
    expect(Object.fromEntries(harvestsOf(ledger, revision))).toEqual(Object.fromEntries(wanted))
  }
  expect(harvestsOf(ledger, 0).size).toBe(0)
})
