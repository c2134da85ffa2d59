import { beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { rebuild } from '../../../src/harvest/run/rebuild.ts'
import type { Answer } from '../../portal.ts'
import { house, onStage, portal } from '../stage.ts'
import { bearsDamage } from './damaged.ts'
import { bearsWrongValues } from './wrong-values.ts'

/** How a portal of one protocol is played, so that what every protocol owes can be asked of it. */
export interface Played {
  protocol: string
  options?: Record<string, unknown>
  /** The source's url at a portal; the portal's own address where it is not said. */
  url?(portal: string): string
  /** A record as the portal sends it; `edition` changes what it says. */
  record(id: string, edition: number): unknown
  /** A record that cannot be read. */
  broken: unknown
  /** What a portal with these records answers. */
  answers(records: unknown[], portal: string): Record<string, Answer>
  /** The same portal, of which a part in the middle cannot be read while what comes before it can. */
  partly(records: unknown[], portal: string): Record<string, Answer>
  /** The key by which we know a record; its id where it is not said. */
  key?(id: string): string
  /** Whether one record can be asked for alone: then nothing else may be read. */
  single?: boolean
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

/** Declares the tests that every protocol has to pass (docs/architecture.md: a bad record never costs a good one; a bad run never costs the catalogue). */
export function keepsTheContract(played: Played): void {
  const { protocol, options, url = portal => portal, record, broken, answers, partly, key = id => id, single = false } = played
  bearsWrongValues(played)
  bearsDamage(played)
  describe(`${protocol} keeps the contract of all protocols`, () => {
    let source: Source
    const portalHas = (records: unknown[]) => {
      portal.answers = answers(records, portal.url)
    }
    const records = (edition = 1, of = ids) => of.map(id => record(id, edition))
    onStage()
    beforeEach(async () => {
      portalHas(records())
      source = house.source(protocol, url(portal.url), { ...(options && { options }) })
      expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 10, failed: 0, problems: [] })
    })

    test('every record is known by its key; harvested again, all are unchanged', async () => {
      expect(
        house
          .records()
          .map(each => each.key)
          .sort(),
      ).toEqual(ids.map(key).sort())
      expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 10, unchanged: 10, added: 0, updated: 0, problems: [] })
      expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', seen: 10, unchanged: 10, added: 0, updated: 0, problems: [] })
    })

    test('what changed at the portal is updated, the rest is not', async () => {
      portalHas(ids.map(id => record(id, id === 'e' ? 2 : 1)))
      expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', updated: 1, unchanged: 9, problems: [] })
    })

    test('a broken record in the middle costs one record', async () => {
      portalHas([...records(2, ids.slice(0, 5)), broken, ...records(2, ids.slice(5))])
      const report = await house.harvest(source, { full: true })
      expect(report).toMatchObject({ updated: 10, failed: 1, missing: 0, removed: 0 })
      expect(report.problems).toHaveLength(1)
      expect(house.published()).toBe(10)
    })

    test('a part lost in the middle: the run is partial, what came is taken, nothing is removed', async () => {
      portal.answers = partly(records(2), portal.url)
      const report = await house.harvest(source, { full: true })
      expect(report).toMatchObject({ state: 'partial', failed: 0, missing: 0, removed: 0 })
      expect(report.updated).toBeGreaterThan(0)
      expect(report.updated).toBeLessThan(10)
      expect(house.published()).toBe(10)
    })

    test('a source that shrinks is held, until a person says that it may', async () => {
      portalHas(records(1, ids.slice(0, 6)))
      expect(await house.harvest(source)).toMatchObject({ state: 'held', missing: 0, removed: 0 })
      expect(house.published()).toBe(10)
      expect(await house.harvest(source, { acceptRemovals: true })).toMatchObject({ state: 'complete', missing: 4, unchanged: 6 })
    })

    test('an answer without records removes nothing', async () => {
      portalHas([])
      expect(await house.harvest(source)).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
      expect(house.published()).toBe(10)
    })

    test.each([
      ['a page of HTML', { type: 'text/html', body: '<!DOCTYPE html><title>Maintenance</title>' }],
      ['half an answer', { type: 'application/json', body: '{"da' }],
      ['nothing', { type: 'application/json', body: '' }],
      ['an error', { status: 404, type: 'text/plain', body: 'Not Found' }],
    ])('%s in the place of everything: the run has failed, what is held stays', async (_name, answer) => {
      const before = house.content()
      portal.answers = Object.fromEntries(Object.keys(portal.answers).map(path => [path, answer]))
      const report = await house.harvest(source, { full: true })
      expect(report).toMatchObject({ state: 'failed', seen: 0 })
      expect(report.problems).toHaveLength(1)
      expect(report.problems[0]!.message).toContain(portal.url)
      expect(house.content()).toEqual(before)
    })

    test('what was kept is mapped again, without the portal, to the same graphs', async () => {
      const before = house.content()
      await portal.close()
      expect(await rebuild(source, house.engine)).toMatchObject({ seen: 10, unchanged: 10, updated: 0, failed: 0 })
      expect(house.content()).toEqual(before)
    })

    test('one record alone is updated where somebody told that it changed', async () => {
      portalHas(records(2))
      portal.asked.length = 0
      expect(await house.harvest(source, { only: key('c') })).toMatchObject({ state: 'complete', seen: 1, updated: 1, problems: [] })
      if (single) expect(portal.asked).toHaveLength(1)
      expect(house.records()).toHaveLength(10)
    })
  })
}
