import { afterAll, beforeAll, expect, test } from 'vitest'
import { browser, openServed, type Served } from './site.ts'

// What a theme, a body and a place have a page for: their datasets, how they stand and went, what is announced, and what is asked for.

let site: Served
beforeAll(async () => {
  site = await openServed()
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const page = async (path: string) => (await (await site.get(path, browser)).text()).replace(/[\u00a0\u202f]/g, ' ')
const json = async <Told>(path: string) => (await (await site.get(path, { Accept: 'application/json' })).json()) as Told

test.each(['/theme/sante', '/organisation/hcp', '/territory/MA-09'])(
  '%s tells its datasets, its points, how they went, and what is not open yet',
  async path => {
    const body = await page(`/en${path}`)
    expect(body).toMatch(/\d+ datasets/)
    expect(body).toContain('Not open yet')
    expect(body).toContain('Requests for data')
    expect(body).toMatch(/<svg[^>]* role="img" aria-label="Points: \d+/)
  },
)

test.each([
  ['/theme/sante/quality', 'theme', 'Santé'],
  ['/territory/MA-09/quality', 'territory', 'Souss-Massa'],
])('%s is a scorecard of its own', async (path, kind, name) => {
  const card = await json<{ kind: string; name: string; datasets: number; iri: string; page: string }>(path)
  expect(card).toMatchObject({ kind, name, iri: expect.stringContaining(`/id/${kind}/`) as string, page: expect.stringMatching(`${path}$`) as string })
  expect(await page(`/en${path.replace('/quality', '')}`)).toContain(`${card.datasets} datasets`)
  expect(await page(`/ar${path}`)).toContain('<html lang="ar"')
})

test('the table of scorecards has a line for each body, source, theme and place', async () => {
  const lines = (await (await site.get('/quality.csv')).text()).trim().split('\r\n').slice(1)
  expect(new Set(lines.map(line => line.split(',')[1]))).toEqual(new Set(['catalogue', 'publisher', 'source', 'theme', 'territory']))
  expect(lines.some(line => line.includes(',territory,MA-09,'))).toBe(true)
})

test('a place counts what is within it, and says what it is part of', async () => {
  const datasets = async (slug: string) => (await json<{ datasets: number }>(`/territory/${slug}/quality`)).datasets
  expect(await datasets('MA')).toBeGreaterThan(await datasets('MA-09'))
  expect(await page('/en/territory/MA-09')).toContain('href="/en/territory/MA"')
})

test('what is not open yet of a theme stands in the list that its number leads to', async () => {
  const body = await page('/en/theme/habitat-urbanisme')
  const [, to, number] = /<a href="([^"]+)">Not open yet[^<]*<\/a><\/dt><dd>(\d+)/.exec(body)!
  expect(Number(number)).toBeGreaterThan(0)
  expect(await page(to!.replaceAll('&amp;', '&'))).toMatch(new RegExp(`\\b${number} datasets?\\b`))
})

test('what no list knows is no page', async () => {
  expect((await site.get('/fr/territory/nowhere', browser)).status).toBe(404)
  expect(await page('/fr/territory/nowhere')).toContain('Le catalogue ne connaît pas de territoire')
  expect((await site.get('/fr/theme/none/quality', browser)).status).toBe(404)
})
