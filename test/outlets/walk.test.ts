import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { QueryEngine } from '@comunica/query-sparql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changes } from '../../src/outlets/changes.ts'
import { dataJson } from '../../src/outlets/data-json.ts'
import { parse } from '../../src/rdf/parse.ts'
import { hasXmllint, validated } from './readers.ts'
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

test('Comunica, which others wrote, finds every dataset of all pages of the feed', async () => {
  const query =
    'SELECT DISTINCT ?dataset { ?catalogue <http://www.w3.org/ns/dcat#dataset>|<http://www.w3.org/ns/dcat#service>|<http://www.w3.org/ns/dcat#resource> ?dataset }'
  for (const address of ['/catalog.ttl?limit=9', '/catalog.jsonld?limit=20', '/sources/portail/catalog.nt?limit=20']) {
    const found = await new QueryEngine().queryBindings(query, { sources: [site.url + address] })
    expect([address, ...(await found.map(row => row.get('dataset')!.value).toArray()).sort()]).toEqual([address, ...shown()])
  }
}, 60_000)

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

/** What stands between these of a text. */
const between = (text: string, start: string, end: string) =>
  text
    .split(start)
    .slice(1)
    .map(part => part.slice(0, part.indexOf(end)))

test('the files of the sitemap, read while a harvest commits, name the datasets of one revision, each with its last change', async () => {
  const read = async (address: string) => (await fetch(address)).text()
  const index = await read(`${site.url}/sitemap.xml?limit=10`)
  const files = between(index, '<loc>', '<').map(address => address.replaceAll('&amp;', '&'))
  const ids = site.house.records().filter(({ shown, canonical }) => shown !== null && canonical === null)
  const before = ids.map(({ id }) => `${site.url}/dataset/${id}`).sort()
  expect(files).toHaveLength(Math.ceil(before.length / 10))
  const texts: string[] = []
  for (const file of files) {
    texts.push(await read(file))
    if (file === files[0]) await site.write(['entre', ...later.slice(5)], 4, '2026-04-01T10:00:00Z')
  }
  const named = texts.flatMap(text => between(text, '<loc>', '<')).filter(address => address.includes('/dataset/'))
  expect(named.sort()).toEqual(before)
  // The index knows of each file when the newest in it changed.
  const dates = texts.map(text =>
    between(text, '<lastmod>', '<')
      .filter((_, at) => !between(text, '<loc>', '<')[at]!.endsWith('/'))
      .sort()
      .at(-1),
  )
  expect(between(index, '<lastmod>', '<')).toEqual(dates)
  for (const query of ['page=0', 'page=1000000', 'limit=0', 'limit=10001', 'revision=999', 'revision=0'])
    expect([query, (await site.get(`/sitemap.xml?${query}`)).status]).toEqual([query, 400])
  const schema = join(import.meta.dirname, 'schemas/sitemap.rng')
  for (const text of [index, ...texts]) if (hasXmllint) expect(validated(schema, text)).toBe('')
})

test('what is sent in pieces says what there was when it began, whatever is committed meanwhile', async () => {
  const { catalogue, ledger, vocabulary } = site.house.engine
  const publication = { catalogue, ledger, vocabulary, sources: [site.source] }
  const asked = { origin: site.url, address: `${site.url}/data.json`, params: {}, query: new URLSearchParams() }
  let version = 5
  const broken = async (outlet: { find: typeof dataJson.find; write: typeof dataJson.write; forms: typeof dataJson.forms }) => {
    const before = shown()
    const text: string[] = []
    for await (const piece of outlet.write(publication, outlet.find(publication, asked), outlet.forms[0]!, asked) as AsyncIterable<string>) {
      if (text.length === 1) await site.write([`pendant-${version}`], version++, `2026-0${version}-01T10:00:00Z`)
      text.push(piece)
    }
    return { before, text: text.join('') }
  }
  const { before, text } = await broken(dataJson)
  const said = (JSON.parse(text) as { dataset: { identifier: string }[] }).dataset.map(({ identifier }) => identifier)
  expect(said.sort()).toEqual(before.filter(each => !each.includes('/service/')))
  const log = await broken(changes as never)
  const ids = new Map<string, boolean>()
  for (const line of log.text.split('\n').filter(Boolean)) {
    const { id, type } = JSON.parse(line) as { id: string; type: string }
    ids.set(id, type !== 'delete')
  }
  expect([...ids.values()].filter(Boolean)).toHaveLength(log.before.length)
})
