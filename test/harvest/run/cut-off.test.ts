import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fetch } from '../../../src/harvest/http/fetch.ts'
import { formats } from '../../../src/rdf/formats.ts'
import { serialise } from '../../../src/rdf/serialise.ts'
import { turtle } from '../../edition.ts'
import { startPortal, type Portal } from '../../portal.ts'
import { edition, openHouse, type House } from '../harvest.ts'
import { ckanAnswers, packageOf } from '../protocols/ckan/portal.ts'
import { feed } from '../protocols/dcat/feed.ts'

// Feeds that are cut off, harvested: what is held stays. (test/rdf/cut-off.test.ts reads them after every byte.) Beside them stands another source, which must
// not notice.

/** One dataset in every format. */
const written: Record<string, { type: string; whole: Buffer }> = {}
let house: House
let portal: Portal
let other: Record<string, string>

beforeAll(async () => {
  for (const format of formats) {
    const text = await serialise([...turtle(feed(['été']))] as never, format)
    written[format.name] = { type: format.mediaType, whole: Buffer.from(format.name === 'jsonld' ? JSON.stringify(JSON.parse(text)) : text) }
  }
  house = await openHouse(edition.replace('profiles: [admission, dcat-ap]', 'profiles: [admission]'))
  portal = await startPortal(ckanAnswers(['x', 'y', 'z'].map(id => packageOf(id))))
  await house.harvest(house.source('ckan', portal.url, { id: 'other' }))
  other = house.content()
})
afterAll(async () => {
  expect(held('other')).toEqual(other)
  await portal.close()
  await house.close()
})

const held = (source: string) =>
  Object.fromEntries(Object.entries(house.content()).filter(([id]) => house.records().some(record => record.id === id && record.source === source)))
const sends = (mediaType: string, body: Uint8Array): { fetch: Fetch } => ({ fetch: async url => ({ url, mediaType, body }) })

describe('cut off after every 25th byte', () => {
  test.each(formats.map(({ label, name }) => [label, name] as const))(
    '%s: a problem with a code, or a text that says less; the dataset stays, and the whole brings back what was there',
    async (_label, name) => {
      const { type, whole } = written[name]!
      const source = house.source('dcat', `https://portal.test/${name}`, { id: `cut-${name}` })
      expect(await house.harvest(source, sends(type, whole))).toMatchObject({ state: 'complete', seen: 1 })
      const before = held(source.id)
      for (let at = 0; at < whole.length; at += 25) {
        const report = await house.harvest(source, sends(type, whole.subarray(0, at)))
        const where = `cut off after ${at} of ${whole.length} bytes`
        expect([where, report.missing, report.removed, Object.keys(held(source.id))]).toEqual([where, 0, 0, Object.keys(before)])
        if (report.state !== 'complete')
          expect(report.problems, where).toMatchObject([{ code: expect.stringMatching(/^(?:unreadable-rdf|unknown-format|empty-source)$/) }])
        // What was cut off in a statement changes nothing; what ends with a statement is a feed like any other.
        if (report.updated > 0) expect([where, name]).toEqual([where, expect.stringMatching(/^(?:turtle|trig|ntriples|nquads)$/)])
        else expect(held(source.id), where).toEqual(before)
      }
      expect(await house.harvest(source, { ...sends(type, whole), full: true })).toMatchObject({ state: 'complete', seen: 1 })
      expect(held(source.id)).toEqual(before)
    },
    120_000,
  )

  test("CKAN's JSON: the run failed, and what is held stays as it was", async () => {
    const whole = Buffer.from(JSON.stringify({ success: true, result: { count: 1, results: [packageOf('été')] } }))
    const source = house.source('ckan', 'https://portal.test', { id: 'cut-ckan', options: { incremental: false } })
    await house.harvest(source, sends('application/json', whole))
    const before = held(source.id)
    for (let at = 0; at < whole.length; at += 5)
      expect([at, await house.harvest(source, sends('application/json', whole.subarray(0, at)))]).toMatchObject([
        at,
        { state: 'failed', missing: 0, removed: 0, problems: [{ code: 'not-json' }] },
      ])
    expect(held(source.id)).toEqual(before)
  }, 120_000)
})

describe('compressed, and cut off in the middle of it, though the answer itself ends well', () => {
  test.each(['turtle', 'nquads', 'ckan'])('%s: the run failed, and what is held stays as it was', async name => {
    const { type, whole } = written[name] ?? {
      type: 'application/json',
      whole: Buffer.from(JSON.stringify({ success: true, result: { count: 1, results: [packageOf('a')] } })),
    }
    const answers = (body: Uint8Array) => {
      portal.answers = { [name === 'ckan' ? '/api/3/action/package_search?*' : `/${name}`]: { type, headers: { 'content-encoding': 'gzip' }, body } }
    }
    const source =
      name === 'ckan'
        ? house.source('ckan', portal.url, { id: 'gzip-ckan', options: { incremental: false } })
        : house.source('dcat', `${portal.url}/${name}`, { id: `gzip-${name}` })
    const zipped = gzipSync(whole)
    answers(zipped)
    expect(await house.harvest(source)).toMatchObject({ state: 'complete', seen: 1 })
    const before = held(source.id)
    answers(zipped.subarray(0, Math.round(zipped.length * 0.8)))
    expect(await house.harvest(source)).toMatchObject({
      state: 'failed',
      seen: 0,
      missing: 0,
      problems: [{ code: 'unreachable', message: expect.stringContaining('unexpected end of file') }],
    })
    expect(held(source.id)).toEqual(before)
  })
})
