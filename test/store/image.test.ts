import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { root } from '../../src/files.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { bounded } from '../../src/store/engine.ts'
import { textOf, type Store } from '../../src/store/store.ts'
import { openHouse } from '../harvest/harvest.ts'
import { startPortal } from '../portal.ts'
import { embedded, openFilled, type Filled } from './catalogue.ts'

let house: Filled
let image: string
beforeAll(async () => {
  house = await openFilled()
  image = join(house.data, 'store.image')
})
afterAll(() => house.close())

const everything = 'SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g ?s ?p ?o'
const all = async (store: Store) => textOf(await store.query(everything, { mediaType: 'text/csv' }))

/** What a store tells of its copies while it is opened, and all it holds then. */
async function opened(): Promise<{ told: string[]; held: string }> {
  const told: string[] = []
  const store = openEmbedded(embedded(), house.publication, house.data, line => told.push(line))
  await store.ready()
  const held = await all(store)
  await store.close()
  return { told, held }
}

/** The first line of an image. */
const headOf = (file: string) =>
  JSON.parse(readFileSync(file).subarray(0, 60_000).toString('latin1').split('\n')[0]!) as { grip: { bytes: number }; state: Record<string, number> }

test('the first copy leaves an image of its memory beside the ledger, and the next one that takes it up holds the same', async () => {
  rmSync(image, { force: true })
  const first = await opened()
  const written = statSync(image)
  const second = await opened()
  expect(second.held).toBe(first.held)
  expect(first.held.length).toBeGreaterThan(50_000)
  expect(statSync(image).mtimeMs).toBe(written.mtimeMs)
})

test('a copy of a small catalogue takes tens of megabytes, not the hundreds that the engine would reserve', () => {
  expect(headOf(image).grip.bytes).toBeLessThan(60e6)
})

test('what changed since the image was written is followed on top of it', async () => {
  await opened()
  const before = statSync(image).mtimeMs
  const ministry = house.source('dcat', house.portals[2]!.url, { id: 'ministry' })
  await house.harvest(ministry)
  const { held } = await opened()
  expect(statSync(image).mtimeMs).toBe(before)
  rmSync(image)
  expect((await opened()).held).toBe(held)
})

test.each([
  ['with a bit that has flipped', () => flip(image)],
  ['that was cut off', () => truncateSync(image, statSync(image).size - 100_000)],
  ['that is none', () => writeFileSync(image, 'hello')],
])('an image %s is deleted, and a copy loads from the ledger', async (_what, harm) => {
  const { held } = await opened()
  harm()
  const after = await opened()
  expect(after.held).toBe(held)
  expect(statSync(image).size).toBeGreaterThan(1_000_000)
})

test('an image of another version does not bound the memory of a copy that loads from the ledger', async () => {
  const head = { key: 'another', grip: { bytes: 1000, store: 1, table: 1, names: [] }, state: {}, sum: 1 }
  writeFileSync(image, `${JSON.stringify(head)}\n${'x'.repeat(1000)}`)
  const told: string[] = []
  const store = openEmbedded(embedded({ replicas: 2, queryMB: 1 }), house.publication, house.data, line => told.push(line))
  await store.ready()
  expect((await store.copies()).some(copy => copy.ready)).toBe(true)
  expect(told.filter(line => !line.startsWith('A copy of the store holds'))).toEqual([])
  await store.close()
})

test('an image of another ledger is not taken up', async () => {
  const other = await openFilled()
  await opened()
  writeFileSync(join(other.data, 'store.image'), readFileSync(image))
  const store = openEmbedded(embedded(), other.publication, other.data)
  await store.ready()
  expect(
    textOf(await store.query('SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?r a <http://www.w3.org/ns/dcat#CatalogRecord> } }', { mediaType: 'text/csv' })),
  ).toMatch(new RegExp(`\\b${other.published()}\\b`))
  await store.close()
  await other.close()
})

test('where more was replaced than is held, the image is made from the ledger anew, and the copies begin with it', async () => {
  const busy = await openHouse()
  const portal = await startPortal({})
  const feed = (edition: number) =>
    Array.from(
      { length: 8 },
      (_, n) =>
        `<https://donnees.example.org/jeu/${n}> a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "Jeu ${n}, ${edition}"@fr ; <http://www.w3.org/ns/dcat#landingPage> <https://donnees.example.org/page/${n}> .`,
    ).join('\n')
  const source = busy.source('dcat', `${portal.url}/feed.ttl`, { id: 'busy' })
  const publish = async (edition: number) => {
    portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed(edition) } }
    await busy.harvest(source)
  }
  await publish(1)
  const { catalogue, ledger, vocabulary } = busy.engine
  const store = openEmbedded(embedded(), { catalogue, ledger, vocabulary, sources: [source] }, `${busy.folder}/data`, () => {}, 0)
  const titles = async () =>
    textOf(
      await store.query('SELECT ?t { ?d a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> ?t } ORDER BY ?t', { mediaType: 'text/csv' }),
    )
  await store.ready()
  const stateOf = () => headOf(`${busy.folder}/data/store.image`).state
  for (const edition of [2, 3, 4]) {
    await publish(edition)
    await store.ready()
    expect(await titles()).toContain(`Jeu 7, ${edition}`)
  }
  await vi.waitFor(() => expect(stateOf()).toMatchObject({ records: 8, replaced: 0, revision: store.revision }), { timeout: 60_000, interval: 200 })
  await store.ready()
  expect((await titles()).trim().split('\r\n').slice(1)).toEqual(
    Array.from({ length: 8 }, (_, n) => `"Jeu ${n}, 4"`.replaceAll('"', '')).map(each => expect.stringContaining(each) as string),
  )
  await store.close()
  await portal.close()
  await busy.close()
}, 180_000)

test('where no image can be written, it is said, and all copies answer', async () => {
  rmSync(image, { force: true })
  // A folder that stands where the file is to be.
  mkdirSync(image)
  const told: string[] = []
  const store = openEmbedded(embedded({ replicas: 2 }), house.publication, house.data, line => told.push(line))
  await store.ready()
  expect((await store.copies()).map(copy => copy.ready)).toEqual([true, true])
  expect(told.join('\n')).toContain('cannot be written')
  await store.close()
  rmSync(image, { recursive: true })
})

test('the memory of an engine ends where it is told to', async () => {
  const module = readFileSync(join(root, 'node_modules/oxigraph/node_bg.wasm'))
  const { Module } = (globalThis as unknown as { WebAssembly: { Module: { new (bytes: Uint8Array): object } } }).WebAssembly
  expect(() => new Module(bounded(module, 1000))).not.toThrow()
  expect(bounded(module, 1000).length - module.length).toBeLessThan(4)
})

/** Changes one bit in the middle. */
function flip(file: string): void {
  const bytes = readFileSync(file)
  bytes[Math.floor(bytes.length / 2)]! ^= 4
  writeFileSync(file, bytes)
}
