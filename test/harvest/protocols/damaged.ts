import { describe, expect, test } from 'vitest'
import { rebuild } from '../../../src/harvest/run/rebuild.ts'
import { respond, type Answer } from '../../portal.ts'
import { fuzz, seed } from '../../seed.ts'
import { house, onStage, portal } from '../stage.ts'
import type { Played } from './contract.ts'

/** Harvests of damaged answers. */
const rounds = 4 * fuzz

/** What stands in the place of something, or between. */
const odd = ['', '"', '<', '>', '{', '}', '[', ']', '\\', '\u0000', '\u001b[2J', '\ud800', '&#0;', '&a;', 'null', '-1', '1e999', '9'.repeat(400), 'https://[', '%', '٣', '\u202e', '{"a":'.repeat(300), '<a>'.repeat(300), ' '.repeat(20_000)] // prettier-ignore

/** Numbers that follow from a seed (mulberry32). */
function numbersFrom(start: number): (below: number) => number {
  let state = start | 0
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** A text with some pieces gone, doubled, moved, cut off, or with something odd in their place. */
function damaged(text: string, next: (below: number) => number): string {
  let left = text
  for (let times = 1 + next(4); times > 0; times--) {
    const at = next(left.length)
    const end = Math.min(left.length, at + next(left.length > 200 ? 40 : 8))
    const piece = left.slice(at, end)
    const ways = [
      () => left.slice(0, at) + left.slice(end),
      () => left.slice(0, end) + piece + left.slice(end),
      () => left.slice(0, at) + odd[next(odd.length)] + left.slice(end),
      () => left.slice(0, at) + String.fromCharCode(next(0x3000)) + left.slice(at + 1),
      () => left.slice(0, at) + [...piece].reverse().join('') + left.slice(end),
      ...(next(6) === 0 ? [() => left.slice(0, at)] : []),
    ]
    left = ways[next(ways.length)]!()
  }
  return left
}

/** Declares that a portal whose answers come damaged at random neither breaks a run nor makes it lose anything. */
export function bearsDamage({ protocol, options, url = portal => portal, record, answers }: Played): void {
  describe(`${protocol}, mutated at random (FIHRIST_SEED=${seed})`, () => {
    onStage()
    test(
      'nothing crashes, hangs or is lost',
      async () => {
        const records = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => record(id, 1))
        const sound = answers(records, portal.url)
        portal.answers = sound
        const source = house.source(protocol, url(portal.url), { ...(options && { options }) })
        expect(await house.harvest(source)).toMatchObject({ state: 'complete', added: 6, problems: [] })
        const next = numbersFrom(seed)
        for (let round = 0; round < rounds; round++) {
          portal.answers = Object.fromEntries(Object.entries(sound).map(([path, answer]) => [path, next(2) === 0 ? answer : damaging(answer, next)]))
          const report = await house.harvest(source, { full: true })
          expect(report.problems.filter(({ code }) => code === 'stopped').map(({ message, cause }) => `${message} ${(cause as Error).stack}`)).toEqual([])
          expect(report).toMatchObject({ removed: 0 })
          expect(house.visible()).toBeGreaterThanOrEqual(6)
        }
        // What damage made up may be more than may go without a person's word.
        portal.answers = sound
        expect(await house.harvest(source, { full: true })).toMatchObject({
          state: expect.stringMatching(/^(?:complete|held)$/),
          seen: 6,
          failed: 0,
          removed: 0,
        })
        expect(await rebuild(source, house.engine)).toMatchObject({ failed: 0 })
      },
      60_000 * rounds,
    )
  })
}

/** The answer as it comes damaged. */
const damaging =
  (answer: Answer, next: (below: number) => number): Answer =>
  (request, response) => {
    const end = response.end.bind(response) as (body?: unknown) => typeof response
    response.end = (body?: unknown) => end(typeof body === 'string' && body !== '' ? damaged(body, next) : body)
    respond(answer, request, response)
  }
