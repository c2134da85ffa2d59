import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/rdf/parse.ts'
import { openPublished, type Published } from './served.ts'

// Readers who are under way while a harvest commits, and those who ask what was.

let site: Published
const many = Array.from({ length: 45 }, (_, at) => `jeu-${at}`)
const later = [...many.slice(10), 'nouveau']
beforeAll(async () => {
  site = await openPublished({ datasets: many, at: '2026-01-01T10:00:00Z' })
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

/** The members that the pages from an address name, by their links; `between` happens after the first page. */
async function walk(from: string, between = async () => {}): Promise<string[]> {
  const found: string[] = []
  for (let next: string | undefined = from, first = true; next !== undefined; first = false) {
    const { quads } = await parse(await (await fetch(next)).text(), { url: from, mediaType: 'text/turtle' })
    const isMember = (name: string) => ['dataset', 'service', 'resource'].some(each => name === `http://www.w3.org/ns/dcat#${each}`)
    const ofCatalogue = quads.filter(({ subject, predicate }) => /(?:\/catalog|#catalogue)$/.test(subject.value) && isMember(predicate.value))
    found.push(...new Set(ofCatalogue.map(({ object }) => object.value)))
    next = quads.find(({ predicate }) => predicate.value === 'http://www.w3.org/ns/hydra/core#next')?.object.value
    if (first) await between()
  }
  return found.sort()
}
const lines = async (path: string) => (await (await site.get(path)).text()).split('\n').filter(Boolean)
const shown = () =>
  site.house
    .records()
    .flatMap(record => (record.shown === null ? [] : [record.dataset]))
    .sort()

test('the feed ends with exactly the datasets of the revision that the reader began with, that of a source too', async () => {
  const before = shown()
  const all = walk(`${site.url}/catalog.ttl?limit=7`, () => site.write(later, 2, '2026-02-01T10:00:00Z'))
  expect(await all).toEqual(before)
  expect(before).toContain('https://data.example.org/dataset/jeu-0')
  const after = shown()
  expect(after).not.toEqual(before)
  expect(await walk(`${site.url}/catalog.ttl?limit=50`)).toEqual(after)
  expect(await walk(`${site.url}/sources/portail/catalog.ttl?limit=11`, () => site.write([...later, 'encore'], 3, '2026-03-01T10:00:00Z'))).toEqual(after)
  expect(await walk(`${site.url}/sources/portail/catalog.ttl`)).toEqual([...after, 'https://data.example.org/dataset/encore'].sort())
})

test('what changed since a revision, applied to what was held then, is what there is', async () => {
  const held = new Map<string, string>()
  for (const line of await lines('/changes')) {
    const { id, type, revision } = JSON.parse(line) as { id: string; type: string; revision: number }
    if (type === 'delete') held.delete(id)
    else held.set(id, String(revision))
  }
  const ids = site.house.records().flatMap(({ id, shown: version }) => (version === null ? [] : [id]))
  expect([...held.keys()].sort()).toEqual(ids.sort())
  const now = site.revision()
  expect(await lines(`/changes?since=${now}`)).toEqual([])
  const last = (await lines(`/changes?since=${now - 1}`)).map(line => JSON.parse(line) as { revision: number })
  expect([last.length > 0, last.every(({ revision }) => revision === now)]).toEqual([true, true])
  // Since a moment: what happened after it.
  expect((await lines('/changes?since=2026-02-15')).length).toBe(last.length)
  for (const query of ['since=x', `since=${now + 1}`, 'since=1&since=2', 'since=2026-02-31', 'each=one'])
    expect([query, (await site.get(`/changes?${query}`)).status]).toEqual([query, 400])
})

test('what was is found by its moment and by its revision, and the time map lists it', async () => {
  const id = site.idOf('dataset/jeu-20')
  const map = await (await site.get(`/timemap/dataset/${id}`)).text()
  const states = [...map.matchAll(/\?revision=(\d+)>; rel="([^"]+)"; datetime="([^"]+)"/g)]
  expect(states.map(([, , rel, moment]) => [rel, moment])).toEqual([
    ['first memento', 'Thu, 01 Jan 2026 10:00:00 GMT'],
    ['memento', 'Sun, 01 Feb 2026 10:00:00 GMT'],
    ['last memento', 'Sun, 01 Mar 2026 10:00:00 GMT'],
  ])
  const first = await site.get(`/dataset/${id}.ttl?revision=${states[0]![1]}`)
  expect([first.headers.get('memento-datetime'), (await first.text()).includes('version 1')]).toEqual([states[0]![3], true])
  // A moment between two states leads to what was then.
  const led = await site.get(`/dataset/${id}.ttl`, { 'Accept-Datetime': 'Tue, 10 Feb 2026 00:00:00 GMT' })
  expect([led.status, led.headers.get('location'), led.headers.get('vary')]).toEqual([
    302,
    `/dataset/${id}.ttl?revision=${states[1]![1]}`,
    expect.stringContaining('Accept-Datetime'),
  ])
  const catalogue = await site.get('/catalog.ttl', { 'Accept-Datetime': 'Thu, 01 Jan 1970 00:00:00 GMT' })
  expect([catalogue.status, catalogue.headers.get('location')]).toEqual([302, '/catalog.ttl?revision=1'])
  for (const moment of ['yesterday', '2026-01-31', ''])
    expect([moment, (await site.get('/catalog.ttl', { 'Accept-Datetime': moment })).status]).toEqual([moment, 400])
  const young = site.idOf('dataset/nouveau')
  expect((await site.get(`/dataset/${young}.ttl?revision=1`)).status).toBe(404)
  expect((await site.get(`/dataset/${young}.ttl?revision=99999`)).status).toBe(400)
})

test('a dump of a revision is what its sum says, also after later harvests', async () => {
  const dump = `/dump/catalogue.nq.gz?revision=1`
  const bytes = new Uint8Array(await (await site.get(dump)).arrayBuffer())
  const sum = await (await site.get('/dump/catalogue.nq.gz.sha256?revision=1')).text()
  expect(sum).toBe(`${createHash('sha256').update(bytes).digest('hex')}  catalogue.nq.gz\n`)
  const text = gunzipSync(bytes).toString('utf8')
  expect([text.includes('version 1'), text.includes('version 2'), text.includes('jeu-0>')]).toEqual([true, false, true])
})
