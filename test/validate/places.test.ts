import { expect, test } from 'vitest'
import { parse } from '../../src/rdf/parse.ts'
import { placesIn } from '../../src/validate/places.ts'

const finding = (focus: string, more: object = {}) => ({
  profile: 'p',
  rule: 'r',
  severity: 'violation' as const,
  focus,
  path: 'http://purl.org/dc/terms/title',
  ...more,
})
const placesOf = async (text: string, url: string) => placesIn(text, await parse(text, { url }))

test('a value is found on its line, and told with its column', async () => {
  const place = await placesOf('<https://e.ma/a>\n  <http://purl.org/dc/terms/title> "Eau" ,\n    "Air" .', 'file:///f.ttl')
  expect(place(finding('https://e.ma/a', { value: 'Air' }))).toMatchObject({ line: 3, column: 6, excerpt: '"Air" .' })
})

test('what is missing is told where its node is first spoken of', async () => {
  const place = await placesOf('<https://e.ma/a>\n  <http://purl.org/dc/terms/title> "Eau" .', 'file:///f.ttl')
  expect(place(finding('https://e.ma/a', { path: 'http://purl.org/dc/terms/publisher' }))).toMatchObject({ line: 2 })
})

test('of JSON-LD the first mention of the node is told', async () => {
  const place = await placesOf('{\n "@id": "https://e.ma/eau",\n "http://purl.org/dc/terms/title": "Eau \\"douce\\""\n}', 'file:///f.jsonld')
  expect(place(finding('https://e.ma/eau'))).toMatchObject({ line: 2, column: 23 })
  expect(place(finding('https://e.ma/b'))).toBeUndefined()
})

test('a feed on one line with a finding for each node takes time that grows with its length', async () => {
  const cpuOf = async (count: number) => {
    const nodes = Array.from({ length: count }, (_, n) => `{"@id":"https://e.ma/${n}","http://purl.org/dc/terms/title":"Eau"}`)
    const place = await placesOf(`[${nodes.join(',')}]`, 'file:///f.jsonld')
    const before = process.cpuUsage()
    for (let n = 0; n < count; n++) place(finding(`https://e.ma/${n}`))
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  }
  await cpuOf(1000)
  expect(await cpuOf(20_000)).toBeLessThan(2000)
})
