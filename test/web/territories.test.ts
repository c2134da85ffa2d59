import { afterAll, beforeAll, expect, test } from 'vitest'
import { browser, openServed, type Served } from './site.ts'

// The places of the edition: the map of tiles on the way in and on a page of its own, with the tree.

let site: Served
beforeAll(async () => {
  site = await openServed()
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

interface Told {
  id: string
  labels: Record<string, string>
  datasets: number
  within: Told[]
}
const page = async (path: string) => (await site.get(path, browser)).text()
/** The tiles of a page: where they lead, what they are called, and where they stand. */
const tilesOf = (html: string) =>
  [...html.matchAll(/<a href="([^"]+)" class="tile[^>]*><title>([^<]+)<\/title>.*?<rect x="([\d.]+)" y="([\d.]+)"/g)].map(([, href, label, x, y]) => ({
    href: href!.replaceAll('&amp;', '&'),
    label: label!,
    x: Number(x),
    y: Number(y),
  }))

test('the map has a tile for each region, as they lie beside each other, and is not mirrored in Arabic', async () => {
  const [french, arabic] = [tilesOf(await page('/fr/territories')), tilesOf(await page('/ar/territories'))]
  expect(french).toHaveLength(12)
  const at = (name: RegExp) => french.find(({ label }) => name.test(label))!
  expect(at(/^Tanger/).y).toBeLessThan(at(/^Casablanca/).y)
  expect(at(/^Casablanca/).x).toBeLessThan(at(/^Oriental/).x)
  expect(at(/^Dakhla/).y).toBe(Math.max(...french.map(({ y }) => y)))
  expect(arabic.map(({ x, y }) => `${x} ${y}`).sort()).toEqual(french.map(({ x, y }) => `${x} ${y}`).sort())
  expect(arabic.find(({ label }) => label.startsWith('سوس'))).toBeDefined()
})

test('a tile leads to as many datasets as it says', async () => {
  const souss = tilesOf(await page('/en/')).find(({ label }) => label.startsWith('Souss'))!
  const count = Number(/(\d+) datasets/.exec(souss.label)![1])
  expect(count).toBeGreaterThan(10)
  expect(await page(souss.href)).toContain(`${count} datasets`)
})

test('the tree holds the country, its regions and their provinces, in the order of their names', async () => {
  const [country] = (await (await site.get('/territories', { Accept: 'application/json', 'Accept-Language': 'fr' })).json()) as Told[]
  expect(country).toMatchObject({ id: 'MA', labels: { fr: 'Maroc' } })
  expect(country!.within).toHaveLength(12)
  const names = country!.within.map(({ labels }) => labels['fr']!)
  expect(names).toEqual(names.toSorted(new Intl.Collator('fr').compare))
  for (const region of country!.within) for (const province of region.within) expect(region.datasets).toBeGreaterThanOrEqual(province.datasets)
})

test('each theme of the edition has a drawing of its own', async () => {
  const drawings = [...(await page('/fr/')).matchAll(/<svg class="icon"[^>]*><path d="([^"]+)"/g)].map(([, path]) => path)
  // Those of the edition come first, then others that datasets name, and those of none.
  expect(new Set(drawings.slice(0, 19)).size).toBe(19)
  expect(drawings.length).toBeGreaterThan(19)
})

test('the menu and the search stand once for wide windows and once folded for narrow ones', async () => {
  const html = await page('/fr/sources')
  expect(html).toMatch(/<details class="top-fold"><summary aria-label="Menu principal">/)
  expect(html).toMatch(/<form class="search search-head" action="\/fr\/datasets"/)
  expect(await page('/fr/datasets')).not.toContain('search-head')
})
