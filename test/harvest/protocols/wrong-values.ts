import { beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { rebuild } from '../../../src/harvest/run/rebuild.ts'
import type { Report } from '../../../src/harvest/run/run.ts'
import { respond, type Answer } from '../../portal.ts'
import { house, onStage, portal } from '../stage.ts'
import type { Played } from './contract.ts'
import { mutantsAround, mutantsOf, sentFor } from './mutants.ts'

/**
 * How many wrong values are tried in a record, and in an answer around its records: always the same, some from everywhere. EVERY_WRONG_VALUE=1 tries all of
 * them.
 */
const most = process.env['EVERY_WRONG_VALUE'] ? { inside: Infinity, around: Infinity } : { inside: 50, around: 10 }

/** What only a program says of itself: the people of a portal can do nothing with it. */
const insides =
  /\bundefined\b|\[object|\bNaN\b|Infinity|is not a function|not iterable|is not defined|Cannot (read|convert|set|access|destructure|mix)|Invalid (Date|time|URL|array|code|count)|malformed|call stack|out of range|Unexpected|native code/
/** What becomes of a value in a graph where nobody looked what it was. */
const nothings = /undefined|\[object|%5Bobject|"(NaN|null|Infinity)"|[/#](NaN|null)[>/#]|Invalid Date|native code|__proto__/

/** Declares that no wrong value, in whatever place, costs more than the record it stands in, or shows itself as something of ours. */
export function bearsWrongValues({ protocol, options, url = portal => portal, record, answers, key = id => id }: Played): void {
  describe(`${protocol} bears a wrong value in any place`, () => {
    // What is asked by POST is not told by its path alone.
    const posted = new Set<string>()
    onStage()
    const sourceOf = (id: string): Source =>
      house.source(protocol, url(portal.url), { id, options: { ...options, ...(options?.['pageSize'] !== undefined && { pageSize: 100 }) } })
    const serve = (records: unknown[], instead: Record<string, Answer> = {}) => {
      portal.answers = Object.fromEntries(
        Object.entries({ ...answers(records, portal.url), ...instead }).map(([path, answer]) => [path, sending(answer, () => posted.add(path))]),
      )
    }
    const askedAt = (path: string) => portal.asked.find(each => each === path || each.replace(/\?.*$/, '?*') === path)
    const textAt = async (asked: string) => (await fetch(portal.url + asked)).text()
    const isOf = (path: string, records: unknown[]) => path in answers(records, portal.url)

    let whole: unknown[]
    beforeEach(async () => {
      whole = ['a', 'b', 'm0'].map(id => record(id, 1))
      serve(whole)
      expect(await house.harvest(sourceOf('whole'), { full: true })).toMatchObject({ state: 'complete', added: 3, problems: [] })
    })

    test(
      'of a record: it costs no other, says nothing of ours, and is the same when it is read again',
      async () => {
        // A document that only one record has is wrong in each place of it; the records of a list are.
        const own = Object.keys(portal.answers).find(path => !isOf(path, whole.slice(0, 2)) && askedAt(path) !== undefined)
        const document = own === undefined ? '' : await textAt(askedAt(own)!)
        const inDocument = own !== undefined && mutantsOf(document).length > 0
        const wrongs = some(mutantsOf(inDocument ? document : whole[2]), most.inside).map(({ wrong, sent }, at) => ({
          wrong,
          id: `m${at}`,
          sent: renamed(sent, `m${at}`),
        }))
        serve(
          [record('a', 1), ...wrongs.map(({ id, sent }) => (inDocument ? record(id, 1) : sent)), record('b', 1)],
          inDocument ? Object.fromEntries(wrongs.map(({ id, sent }) => [own.replace('m0', id), { type: typeOf(document), body: sent as string }])) : {},
        )

        const source = sourceOf('wrong')
        const report = await house.harvest(source, { full: true })
        expect(complaints(report, text => wrongs[Number(/\bm(\d+)\b/.exec(text)?.[1] ?? -1)]?.wrong ?? 'somewhere')).toEqual([])
        expect(report).toMatchObject({ state: 'complete', missing: 0, removed: 0 })
        expect(
          house
            .records()
            .filter(each => each.source === 'wrong')
            .map(each => each.key),
        ).toEqual(expect.arrayContaining(['a', 'b'].map(key)))
        expect(await house.harvest(source, { full: true })).toMatchObject({ seen: report.seen, added: 0, updated: 0, missing: 0, removed: 0 })
        expect(await rebuild(source, house.engine)).toMatchObject({ updated: 0, failed: 0 })
      },
      most.inside === Infinity ? 300_000 : 60_000,
    )

    test(
      'around the records: it removes nothing, says nothing of ours, and ends',
      async () => {
        for (const path of Object.keys(portal.answers).filter(
          path =>
            isOf(
              path,
              ['x', 'y', 'z'].map(id => record(id, 1)),
            ) && !posted.has(path),
        )) {
          const asked = askedAt(path)
          const text = asked === undefined ? '' : await textAt(asked)
          for (const { wrong, sent } of some(mutantsAround(text, whole), most.around)) {
            serve(whole, { [path]: { type: typeOf(text), body: sent as string } })
            const report = await house.harvest(sourceOf('whole'), { full: true })
            expect(complaints(report, () => wrong)).toEqual([])
            expect(report, wrong).toMatchObject({ removed: 0 })
          }
          serve(whole)
        }
        expect(house.published()).toBeGreaterThanOrEqual(3)
      },
      most.around === Infinity ? 300_000 : 60_000,
    )
  })
}

/** What a run says, or keeps, that nobody should see. */
const complaints = ({ problems }: Report, wrongIn: (text: string) => string): string[] => [
  ...problems
    .filter(({ code, message }) => code === 'stopped' || insides.test(message.replace(/\(.*\)/s, '')))
    .map(({ message, place }) => `${wrongIn(`${place.record ?? ''} ${place.excerpt ?? ''} ${message}`)}: ${message.slice(0, 300)}`),
  ...house.records().flatMap(each =>
    house
      .graph(each.id)
      .split('\n')
      .filter(line => nothings.test(line))
      .slice(0, 1)
      .map(line => `${wrongIn(each.key)}: ${line.slice(0, 300)}`),
  ),
]

/** The same record, or document, of another name. */
const renamed = (sent: unknown, id: string): unknown =>
  typeof sent === 'string' ? sent.replace(/\bm0\b/g, id) : (JSON.parse(JSON.stringify(sent).replace(/\bm0\b/g, id)) as unknown)

const some = <Each>(all: Each[], most: number): Each[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]!)

const typeOf = (text: string) =>
  /^\s*[[{]/.test(text)
    ? 'application/json'
    : /^\s*<(\?xml|\w+:?\w*(\s|>))/.test(text)
      ? 'application/xml'
      : text.includes('tree:')
        ? 'application/trig'
        : /prefix/i.test(text)
          ? 'text/turtle'
          : 'text/plain'

/** The answer as it is sent: with the wrong values themselves. */
const sending =
  (answer: Answer, isPosted: () => void): Answer =>
  (request, response) => {
    if (request.method === 'POST') isPosted()
    const end = response.end.bind(response) as (body?: unknown) => typeof response
    response.end = (body?: unknown) => end(typeof body === 'string' ? sentFor(body) : body)
    respond(answer, request, response)
  }
