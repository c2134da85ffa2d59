import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import type { Clue } from '../../../src/ledger/identity/clues.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { settleRemovals } from '../../../src/ledger/records/removal.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { shownVersion, shownAt, countShownAt } from '../../../src/ledger/records/shown.ts'
import { rankSources } from '../../../src/ledger/sources/priorities.ts'
import { day, entry, harvest, ledgerOf, type Whole } from '../ledger.ts'

const file = (value: string): Clue => ({ kind: 'file', value })
const page = (value: string): Clue => ({ kind: 'page', value })
const of = (source: string, key: string, clues: Clue[], more: Partial<Whole> = {}): Whole =>
  entry(key, { source, id: `${source}-${key}`, dataset: `https://${source}.example.ma/${key}`, clues, summary: { facets: { source: [source] } }, ...more })

/** Which record stands for which. */
const standing = (ledger: Ledger) =>
  Object.fromEntries(
    ledger
      .all<{ id: string; canonical: string | null }>(
        'SELECT record.id, other.id AS canonical FROM record LEFT JOIN record AS other ON other.n = record.canonical ORDER BY record.id',
      )
      .map(({ id, canonical }) => [id, canonical]),
  )
const visibleAt = (ledger: Ledger, revision = currentRevision(ledger)) =>
  [...shownAt(ledger, revision)].map(({ id, alternates }) => (alternates ? `${id} (${alternates.map(each => each.id).join(' ')})` : id)).sort()
/** What somebody who only follows the log would hold. */
const followed = (ledger: Ledger) => {
  const held = new Map<string, number>()
  for (const { id, shown } of ledger.all<{ id: string; shown: number | null }>(
    'SELECT record.id, change.shown FROM change JOIN record ON record.n = change.record ORDER BY revision',
  )) {
    if (shown === null) held.delete(id)
    else held.set(id, shown)
  }
  return [...held.keys()].sort()
}
const ids = (ledger: Ledger) => [...shownAt(ledger, currentRevision(ledger))].map(({ id }) => id).sort()
const ranked = (priorities: Record<string, number>) => {
  const ledger = ledgerOf()
  rankSources(
    ledger,
    Object.entries(priorities).map(([id, priority]) => ({ id, priority })),
  )
  return ledger
}
const remove = (ledger: Ledger, source: string, n: number) =>
  settleRemovals(ledger, -1, { source, at: day(n), rules: { threshold: 1, graceDays: 0 }, accept: true })

describe('the same dataset of two sources', () => {
  it('is shown once, from the source with the lower priority, whichever came first', () => {
    for (const order of [
      ['region', 'national'],
      ['national', 'region'],
    ]) {
      const ledger = ranked({ national: 10, region: 20 })
      for (const [at, source] of order.entries())
        harvest(ledger, at + 1, [of(source, 'a', [file('x/a.csv')]), of(source, source, [file(`x/${source}.csv`)])], [], source)
      expect(visibleAt(ledger)).toEqual(['national-a (region-a)', 'national-national', 'region-region'])
      expect(followed(ledger)).toEqual(ids(ledger))
      const found = search(ledger, {})
      expect(found.total).toBe(3)
      expect(found.facets.source).toEqual([
        { value: 'national', count: 2 },
        { value: 'region', count: 2 },
      ])
      expect(
        search(ledger, { filters: { source: ['region'] } })
          .records.map(record => record.id)
          .sort(),
      ).toEqual(['national-a', 'region-region'])
      expect(shownVersion(ledger, recordById(ledger, 'region-a')!.n)?.canonical).toBe('national-a')
      expect([...shownAt(ledger, currentRevision(ledger), { source: 'region' })].map(({ id }) => id).sort()).toEqual(['region-a', 'region-region'])
    }
  })

  it("is the other one's when the canonical record is removed, and its own again when that comes back", () => {
    const ledger = ranked({ national: 10, region: 20 })
    harvest(ledger, 1, [of('national', 'a', [file('x/a.csv')])], [], 'national')
    harvest(ledger, 2, [of('region', 'a', [file('x/a.csv')])], [], 'region')
    expect(visibleAt(ledger)).toEqual(['national-a (region-a)'])
    const before = currentRevision(ledger)
    remove(ledger, 'national', 3)
    expect(visibleAt(ledger)).toEqual(['region-a'])
    expect(followed(ledger)).toEqual(['region-a'])
    expect(countShownAt(ledger, currentRevision(ledger), { modifiedSince: day(3) })).toBe(1)
    harvest(ledger, 4, [of('national', 'a', [file('x/a.csv')], { graph: { digest: 'again', text: '' } })], [], 'national')
    expect(visibleAt(ledger)).toEqual(['national-a (region-a)'])
    expect(followed(ledger)).toEqual(['national-a'])
    expect(visibleAt(ledger, before)).toEqual(['national-a (region-a)'])
    expect(visibleAt(ledger, before + 1)).toEqual(['region-a'])
  })

  it('stays one when the record that stands back is removed: nobody is told that something visible went', () => {
    const ledger = ranked({ national: 10, region: 20 })
    harvest(ledger, 1, [of('national', 'a', [file('x/a.csv')])], [], 'national')
    harvest(ledger, 2, [of('region', 'a', [file('x/a.csv')])], [], 'region')
    remove(ledger, 'region', 3)
    expect(visibleAt(ledger)).toEqual(['national-a'])
    expect(ledger.all('SELECT * FROM change JOIN record ON record.n = change.record WHERE id = ?', 'region-a')).toEqual([])
    expect(followed(ledger)).toEqual(['national-a'])
  })

  it('moves to the other source when the priorities change, in a revision of its own, and pages of old revisions stay as they were', () => {
    const ledger = ranked({ national: 10, region: 20 })
    harvest(ledger, 1, [of('national', 'a', [file('x/a.csv')])], [], 'national')
    const { revision } = harvest(ledger, 2, [of('region', 'a', [file('x/a.csv')])], [], 'region')
    rankSources(ledger, [
      { id: 'national', priority: 10 },
      { id: 'region', priority: 20 },
    ])
    expect(currentRevision(ledger)).toBe(revision)
    rankSources(ledger, [
      { id: 'national', priority: 30 },
      { id: 'region', priority: 20 },
    ])
    expect(currentRevision(ledger)).toBe(revision + 1)
    expect(visibleAt(ledger)).toEqual(['region-a (national-a)'])
    expect(followed(ledger)).toEqual(['region-a'])
    expect(visibleAt(ledger, revision)).toEqual(['national-a (region-a)'])
    expect(visibleAt(ledger, revision - 1)).toEqual(['national-a'])
  })

  it('is parted again when what they shared is gone', () => {
    const ledger = ranked({ national: 10, region: 20 })
    harvest(ledger, 1, [of('national', 'a', [file('x/a.csv')])], [], 'national')
    harvest(ledger, 2, [of('region', 'a', [file('x/a.csv')])], [], 'region')
    harvest(ledger, 3, [of('national', 'a', [file('x/other.csv')], { graph: { digest: 'other', text: '' } })], [], 'national')
    expect(visibleAt(ledger)).toEqual(['national-a', 'region-a'])
    expect(followed(ledger)).toEqual(['national-a', 'region-a'])
  })

  it('that is kept back by a rule and was never shown stands for nothing', () => {
    const ledger = ranked({ national: 10, region: 20 })
    harvest(ledger, 1, [of('national', 'a', [file('x/a.csv')], { admission: 'quarantined' })], [], 'national')
    harvest(ledger, 2, [of('region', 'a', [file('x/a.csv')])], [], 'region')
    expect(visibleAt(ledger)).toEqual(['region-a'])
    harvest(ledger, 3, [of('national', 'a', [file('x/a.csv')], { graph: { digest: 'mended', text: '' } })], [], 'national')
    expect(visibleAt(ledger)).toEqual(['national-a (region-a)'])
  })

  it('is told to followers anew when the other one has a new IRI, and not when only its words changed', () => {
    const ledger = ranked({ national: 10, region: 20 })
    harvest(ledger, 1, [of('national', 'a', [file('x/a.csv')])], [], 'national')
    harvest(ledger, 2, [of('region', 'a', [file('x/a.csv')])], [], 'region')
    const changes = (revision: number) =>
      ledger.all<{ id: string }>('SELECT id FROM change JOIN record ON record.n = change.record WHERE revision = ?', revision).map(({ id }) => id)
    expect(changes(harvest(ledger, 3, [of('region', 'a', [file('x/a.csv')], { graph: { digest: 'words', text: '' } })], [], 'region').revision)).toEqual([])
    expect(
      changes(
        harvest(
          ledger,
          4,
          [of('region', 'a', [file('x/a.csv')], { dataset: 'https://region.example.ma/new', graph: { digest: 'iri', text: '' } })],
          [],
          'region',
        ).revision,
      ),
    ).toEqual(['national-a'])
  })
})

describe('records are not taken for the same dataset', () => {
  it.each<[string, Whole[]]>([
    [
      'by an address that several datasets of one source share',
      [of('national', 'a', [page('x/home')]), of('national', 'b', [page('x/home')]), of('region', 'a', [page('x/home')])],
    ],
    [
      'where one of them has the files of two',
      [of('national', 'a', [file('x/1')]), of('national', 'b', [file('x/2')]), of('region', 'both', [file('x/1'), file('x/2')])],
    ],
    ['of one source', [of('national', 'a', [file('x/1')]), of('national', 'b', [file('x/1')])]],
    ['by different kinds of clues', [of('national', 'a', [file('x/1')]), of('region', 'a', [page('x/1')])]],
  ])('%s', (_, entries) => {
    for (const order of [entries, entries.toReversed()]) {
      const ledger = ranked({ national: 10, region: 20 })
      for (const each of order) harvest(ledger, 1, [each], [], each.source)
      expect(visibleAt(ledger)).toEqual(entries.map(({ id }) => id).sort())
      expect(followed(ledger)).toEqual(ids(ledger))
    }
  })
})

describe('clusters', () => {
  const sources = ['national', 'region', 'ministry', 'city']
  const keys = ['a', 'b', 'c']
  const clue = fc.record({
    kind: fc.constantFrom('iri' as const, 'identifier' as const, 'page' as const, 'file' as const),
    value: fc.constantFrom('1', '2', '3', '4'),
  })
  const step = fc.record({
    source: fc.constantFrom(...sources),
    key: fc.constantFrom(...keys),
    clues: fc.uniqueArray(clue, { maxLength: 3, selector: ({ kind, value }) => kind + value }),
    admission: fc.constantFrom('published' as const, 'published' as const, 'quarantined' as const),
  })

  it('are the same whatever the order of the harvests, and whatever was there in between', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(step, { maxLength: 12, selector: ({ source, key }) => source + key }),
        fc.array(step, { maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        (last, noise, random) => {
          const priorities = { national: 10, region: 20, ministry: 20, city: 5 }
          const written = ({ source, key, clues, admission }: (typeof last)[number], n: number) =>
            of(source, key, clues, { admission, graph: { digest: `${n} ${JSON.stringify(clues)}`, text: '' } })
          const straight = ranked(priorities)
          for (const [n, each] of last.entries()) harvest(straight, n + 1, [written(each, n)], [], each.source)

          const winding = ledgerOf()
          for (const [n, each] of noise.entries()) harvest(winding, n + 1, [written({ ...each, admission: 'published' }, 100 + n)], [], each.source)
          rankSources(
            winding,
            sources.map(id => ({ id, priority: priorities[id as keyof typeof priorities] })),
          )
          for (const source of sources) remove(winding, source, 20)
          const shuffled = last
            .map(each => ({ each, by: random.next().value! }))
            .sort((a, b) => a.by - b.by)
            .map(({ each }) => each)
          for (const [n, each] of shuffled.entries()) harvest(winding, n + 21, [written(each, 200 + n)], [], each.source)

          const now = (ledger: Ledger) =>
            Object.fromEntries(Object.entries(standing(ledger)).filter(([id]) => last.some(({ source, key }) => id === `${source}-${key}`)))
          expect(now(winding)).toEqual(now(straight))
          expect(visibleAt(winding)).toEqual(visibleAt(straight))
          for (const ledger of [straight, winding]) {
            expect(followed(ledger)).toEqual(ids(ledger))
            const members = Map.groupBy(Object.entries(standing(ledger)), ([id, canonical]) => canonical ?? id)
            for (const all of members.values()) expect(new Set(all.map(([id]) => id.split('-')[0])).size).toBe(all.length)
          }
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  it('cost a source no more for an address that all its datasets share', () => {
    const ledger = ranked({ national: 10 })
    harvest(
      ledger,
      1,
      Array.from({ length: 500 }, (_, n) => of('national', `k${n}`, [page('x/home'), file(`x/${n}`)])),
      [],
      'national',
    )
    expect(visibleAt(ledger)).toHaveLength(500)
  })
})
