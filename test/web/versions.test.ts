import { Parser } from 'n3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { feed } from '../harvest/dcat-feed.ts'
import { browser, openServed, type Served } from './site.ts'

// What a record said at other times, over HTTP.

let site: Served
let id: string
beforeAll(async () => {
  site = await openServed()
  await site.feed(feed(['a', 'gone']))
  await site.feed(feed(['a', 'gone'], { edition: 2 }))
  await site.feed(feed(['a'], { edition: 2 }).replace('dct:title "Jeu a"@fr ;', ''))
  id = site.house.records().find(record => record.key.endsWith('/a'))!.id
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const json = async (path: string) => (await site.get(path, { Accept: 'application/json' })).json()

test('every version, the newest first, with when it was shown and how much it changed', async () => {
  const { versions } = await json(`/record/${id}/versions`) as { versions: Record<string, number | null>[] }
  expect(versions.map(({ number, removed }) => [number, removed! > 0])).toEqual([[3, true], [2, true], [1, false]])
  const [third, second, first] = versions
  expect(first).toMatchObject({ shownUntil: second!['shownFrom'] })
  expect(second).toMatchObject({ shownFrom: second!['revision'], shownUntil: null })
  expect(third).toMatchObject({ shownFrom: null, shownUntil: null, added: 0, removed: 1 })
})

test('a version is RDF in every format; one that was never published is 404, and so is one there is not', async () => {
  const text = async (n: number) => (await site.get(`/record/${id}/versions/${n}.ttl`)).text()
  expect(await text(1)).toContain('version 1')
  expect(await text(2)).toContain('version 2')
  expect(new Parser().parse(await text(1)).length).toBeGreaterThan(5)
  const framed = await site.get(`/record/${id}/versions/1`, { Accept: 'application/ld+json' })
  expect([framed.status, (await framed.json() as { type: string }).type]).toEqual([200, 'Dataset'])
  for (const n of ['3.ttl', '4', 'x']) expect((await site.get(`/record/${id}/versions/${n}`)).status).toBe(404)
})

test('what a version changed stands by property', async () => {
  const { properties } = await json(`/record/${id}/versions/2/diff`) as { properties: { property: string, removed: { value: string }[], added: { value: string }[] }[] }
  expect(properties.find(({ property }) => property === 'dct:description')).toMatchObject({ removed: [{ value: 'Description a, version 1' }], added: [{ value: 'Description a, version 2' }] })
  expect(await json(`/record/${id}/versions/3/diff`)).toMatchObject({ before: 2, properties: [{ property: 'dct:title', removed: [{ value: 'Jeu a', language: 'fr' }], added: [] }] })
})

test('pages in three languages, found from the page of the record', async () => {
  expect(await (await site.get(`/fr/record/${id}`, browser)).text()).toContain(`/fr/record/${id}/versions`)
  for (const [language, title] of [['fr', 'Historique de la fiche'], ['ar', 'سجل نسخ البطاقة'], ['en', 'History of the record']]) {
    const page = await site.get(`/${language}/record/${id}/versions`, browser)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(title!)])
    expect(await (await site.get(`/${language}/record/${id}/versions/2/diff`, browser)).text()).toContain('Description a, version 1')
  }
})

test('what was removed shows no former version', async () => {
  const gone = site.house.records().find(record => record.key.endsWith('/gone'))!.id
  for (const path of ['versions', 'versions/1', 'versions/1/diff']) expect((await site.get(`/record/${gone}/${path}`)).status).toBe(410)
})
