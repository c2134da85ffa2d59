import { replicateLDES, intoConfig } from 'ldes-client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { as, dct } from '../../src/rdf/namespaces.ts'
import { parse } from '../../src/rdf/parse.ts'
import type { Quad } from '../../src/rdf/terms.ts'
import { openHouse, type House } from '../harvest/harvest.ts'
import { openPublished, type Published } from './served.ts'

const many = Array.from({ length: 150 }, (_, at) => `jeu-${String(at).padStart(3, '0')}`)

let site: Published
beforeAll(async () => {
  site = await openPublished({ datasets: many, at: '2025-12-31T23:00:00Z' })
})
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const read = async (address: string): Promise<Quad[]> =>
  (await parse(await (await site.get(address)).text(), { url: `${site.url}${address}`, mediaType: 'application/trig' })).quads
const nodes = (quads: Quad[]) => [
  ...new Set(quads.filter(({ predicate }) => predicate.value.endsWith('#node')).map(({ object }) => object.value.slice(site.url.length))),
]
const shown = () => site.house.records().filter(each => each.shown !== null)

/** What a client that others wrote makes of the stream: the last activity of each object, in the order it was published. */
async function replicate(): Promise<Map<string, { type: string; titles: string[] }>> {
  const held = new Map<string, { type: string; titles: string[]; at: string }>()
  const reader = replicateLDES(intoConfig({ url: `${site.url}/ldes`, noShape: true, polling: false }), 'none')
    .stream({ highWaterMark: 10 })
    .getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const { id, quads } = next.value as unknown as { id: { value: string }; quads: Quad[] }
    const said = (property: string) =>
      quads.filter(({ subject, predicate }) => subject.value === id.value && predicate.value === property).map(({ object }) => object.value)
    const [object, at] = [said(as.object.value)[0]!, said(as.published.value)[0]!]
    const titles = quads.filter(({ subject, predicate }) => subject.value === object && predicate.value === dct.title.value).map(each => each.object.value)
    if (at >= (held.get(object)?.at ?? ''))
      held.set(object, { at, type: said('http://www.w3.org/1999/02/22-rdf-syntax-ns#type')[0]!.slice(as.iri.length), titles })
  }
  return new Map([...held].map(([object, { type, titles }]) => [object, { type, titles }]))
}

test('the tree leads from the stream by months and days to pages, and what is over never changes', async () => {
  const root = await read('/ldes')
  expect(nodes(root)).toEqual(['/ldes?at=2025-12'])
  expect(nodes(await read('/ldes?at=2025-12'))).toEqual(['/ldes?at=2025-12-31'])
  expect(nodes(await read('/ldes?at=2025-12-31'))).toEqual(['/ldes?at=2025-12-31&page=1', '/ldes?at=2025-12-31&page=2'])
  const cache = async (address: string) => (await site.get(address)).headers.get('cache-control')
  expect(await cache('/ldes?at=2025-12-31&page=1')).toContain('immutable')
  for (const open of ['/ldes', '/ldes?at=2025-12', '/ldes?at=2025-12-31', '/ldes?at=2025-12-31&page=2']) expect(await cache(open)).toBe('no-cache')
})

test('a client that others wrote ends with what is shown, and with each deletion', async () => {
  const first = await replicate()
  expect([...first.keys()].sort()).toEqual(
    shown()
      .map(({ dataset }) => dataset)
      .sort(),
  )
  expect([...first.values()].every(({ type }) => type === 'Create')).toBe(true)
  const page = await (await site.get('/ldes?at=2025-12-31&page=1')).text()

  await site.write([...many.slice(0, 140), 'nouveau'], 2, '2026-01-02T10:00:00Z')
  expect(await (await site.get('/ldes?at=2025-12-31&page=1')).text()).toBe(page)
  for (const closed of ['/ldes?at=2025-12', '/ldes?at=2025-12-31', '/ldes?at=2025-12-31&page=2'])
    expect((await site.get(closed)).headers.get('cache-control')).toContain('immutable')
  const second = await replicate()
  const left = [...second].filter(([, { type }]) => type !== 'Delete')
  expect(left.map(([object]) => object).sort()).toEqual(
    shown()
      .map(({ dataset }) => dataset)
      .sort(),
  )
  expect([...second].filter(([, { type }]) => type === 'Delete').map(([object]) => object)).toEqual(
    many.slice(140).map(id => `https://data.example.org/dataset/${id}`),
  )
  expect(second.get('https://data.example.org/dataset/jeu-000')).toEqual({ type: 'Update', titles: ['Jeu jeu-000'] })
  expect(second.get('https://data.example.org/dataset/nouveau')?.type).toBe('Create')
})

test('a second Fihrist that follows the stream holds the same datasets, then what became of them', async () => {
  const other: House = await openHouse()
  const source = other.source('ldes', `${site.url}/ldes`, { id: 'amont', removal: { threshold: 1, graceDays: 0 } })
  const held = () => Object.fromEntries(other.records().flatMap(each => (each.shown === null ? [] : [[each.dataset, each.title]])))
  const published = () => Object.fromEntries(shown().map(each => [each.dataset, each.title]))
  try {
    expect((await other.harvest(source)).state).toBe('complete')
    expect(held()).toEqual(published())
    await site.write([...many.slice(0, 30), 'encore'], 3, '2026-02-03T10:00:00Z')
    const report = await other.harvest(source)
    expect(report).toMatchObject({ state: 'complete', added: 1, updated: 30, removed: 111 })
    expect(held()).toEqual(published())
    expect(await other.harvest(source)).toMatchObject({ state: 'complete', added: 0, updated: 0, removed: 0 })
  } finally {
    await other.close()
  }
})

test.each([
  'at=yesterday',
  'at=2025-13',
  'at=2025-02-31',
  'at=',
  'page=2',
  'at=2025-12&page=1',
  'at=2025-12-31&page=0',
  'at=2025-12-31&page=99',
  'at=2025-12-31&at=2025-12-31',
])('?%s is refused with a sentence', async query => {
  const answer = await site.get(`/ldes?${query}`, { 'Accept-Language': 'fr' })
  expect(answer.status).toBe(query === 'at=' ? 200 : 400)
  if (answer.status === 400) expect(((await answer.json()) as { detail: string }).detail.length).toBeGreaterThan(20)
})

test('a day on which nothing changed leads nowhere', async () => {
  expect((await site.get('/ldes?at=2024-01-01')).status).toBe(404)
})
