import { Parser } from 'n3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { prune, wholeFrom } from '../../src/ledger/sources/prune.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { browser, openServed, type Served } from './site.ts'
import { read } from './visitor.ts'

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

test('a change is told for people: by what it is of, by the names of properties, with the words that went and came; the triples stay behind', async () => {
  const text = await (await site.get(`/fr/record/${id}/versions/2/diff`, browser)).text()
  expect(text).toMatch(/<h2><bdi>Jeu de données<\/bdi><\/h2>/)
  expect(text).toMatch(/<del>[^<]+<\/del>/)
  expect(text).toMatch(/<ins>[^<]+<\/ins>/)
  expect(text.indexOf('Voir les triplets')).toBeGreaterThan(text.indexOf('<ins>'))
})

test('versions are a line of time: what each changed by the names of properties, the newest first', async () => {
  const text = await read(await site.get(`/fr/record/${id}/versions`, browser))
  const items = text.split('<li><p class="timeline-date">').slice(1)
  expect(items.length).toBe(3)
  expect(items[0]).toContain('Jamais publiée')
  expect(items[0]).toMatch(/<span class="label">titre<\/span>/i)
  expect(items[1]).toContain('Version affichée')
  expect(items[1]).toMatch(/<span class="label">description<\/span>/i)
  expect(items[2]).toContain('Première version')
})

test('every version, the newest first, with when it was shown and how much it changed', async () => {
  const { versions } = (await json(`/record/${id}/versions`)) as { versions: Record<string, number | null>[] }
  expect(versions.map(({ number, removed }) => [number, removed! > 0])).toEqual([
    [3, true],
    [2, true],
    [1, false],
  ])
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
  expect([framed.status, ((await framed.json()) as { type: string[] }).type]).toEqual([200, ['Dataset']])
  for (const n of ['3.ttl', '4', 'x']) expect((await site.get(`/record/${id}/versions/${n}`)).status).toBe(404)
})

test('what a version changed stands by property', async () => {
  const { properties } = (await json(`/record/${id}/versions/2/diff`)) as {
    properties: { property: string; removed: { value: string }[]; added: { value: string }[] }[]
  }
  expect(properties.find(({ property }) => property === 'dct:description')).toMatchObject({
    removed: [{ value: 'Description a, version 1' }],
    added: [{ value: 'Description a, version 2' }],
  })
  expect(await json(`/record/${id}/versions/3/diff`)).toMatchObject({
    before: 2,
    properties: [{ property: 'dct:title', removed: [{ value: 'Jeu a', language: 'fr' }], added: [] }],
  })
})

test('pages in three languages, found from the page of the record', async () => {
  expect(await (await site.get(`/fr/record/${id}`, browser)).text()).toContain(`/fr/record/${id}/versions`)
  for (const [language, title] of [
    ['fr', 'Historique de la fiche'],
    ['ar', 'سجل نسخ البطاقة'],
    ['en', 'History of the record'],
  ]) {
    const page = await site.get(`/${language}/record/${id}/versions`, browser)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(title!)])
    expect(await (await site.get(`/${language}/record/${id}/versions/2/diff`, browser)).text()).toContain('Description a, version 1')
  }
})

test('what was removed shows no former version', async () => {
  const gone = site.house.records().find(record => record.key.endsWith('/gone'))!.id
  for (const path of ['versions', 'versions/1', 'versions/1/diff']) expect((await site.get(`/record/${gone}/${path}`)).status).toBe(410)
})

test("the history is RDF in every format: each version with its run, the one before it, its time and the portal's address", async () => {
  const turtle = await site.get(`/record/${id}/versions.ttl`)
  expect(turtle.headers.get('content-type')).toBe('text/turtle; charset=utf-8')
  const quads = new Parser().parse(await turtle.text())
  const record = `http://localhost:3000/record/${id}`
  const of = (n: number) =>
    Object.fromEntries(
      quads
        .filter(({ subject }) => subject.value === `${record}/versions/${n}`)
        .map(({ predicate, object }) => [predicate.value.replace(/.*#/, ''), object.value]),
    )
  expect(of(1)).toMatchObject({
    specializationOf: record,
    type: 'http://www.w3.org/ns/prov#Entity',
    hadPrimarySource: 'https://data.example.org/dataset/a',
    invalidatedAtTime: of(2)['generatedAtTime'],
  })
  expect(of(2)).toMatchObject({ wasRevisionOf: `${record}/versions/1` })
  expect([of(1)['wasRevisionOf'], of(2)['invalidatedAtTime'], of(3)['shownFrom']]).toEqual([undefined, undefined, undefined])
  expect(quads.filter(({ subject, predicate }) => subject.value === of(3)['wasGeneratedBy'] && predicate.value.endsWith('#startedAtTime'))).toHaveLength(1)
  for (const [accept, type] of [
    ['application/ld+json', 'application/ld+json'],
    ['application/rdf+xml', 'application/rdf+xml'],
    ['application/n-quads', 'application/n-quads'],
    ['application/json', 'application/json'],
  ]) {
    expect((await site.get(`/record/${id}/versions`, { Accept: accept! })).headers.get('content-type')).toContain(type)
  }
  expect((await site.get(`/record/${id}/versions.xlsx`)).status).toBe(404)
})

test('what lies between any two versions, in either direction; a version that there is not is 404', async () => {
  const between = async (query: string) =>
    json(`/record/${id}/versions/diff?${query}`) as Promise<{
      version: number
      before: number
      properties: { property: string; removed: { value: string }[]; added: { value: string }[] }[]
    }>
  const there = await between('from=1&to=3')
  expect([there.before, there.version]).toEqual([1, 3])
  expect(there.properties.map(({ property }) => property)).toEqual(['dct:description', 'dct:title'])
  const back = await between('from=3&to=1')
  expect(back.properties.map(({ added }) => added)).toEqual(there.properties.map(({ removed }) => removed))
  expect((await between('from=2')).version).toBe(3)
  for (const query of ['from=9', 'from=1&to=x', 'to=0']) expect((await site.get(`/record/${id}/versions/diff?${query}`)).status).toBe(404)
  expect(await (await site.get(`/en/record/${id}/versions/diff?from=1&to=3`, browser)).text()).toContain('From version 1 to 3')
})

test('the record itself says which run brought it, and so does the store', async () => {
  const quads = new Parser().parse(await (await site.get(`/record/${id}.ttl`)).text())
  const run = quads.find(({ predicate }) => predicate.value.endsWith('#wasGeneratedBy'))!.object.value
  const query = `SELECT ?run ?agent { ?record <http://xmlns.com/foaf/0.1/primaryTopic> <https://data.example.org/dataset/a> . ?version <http://www.w3.org/ns/prov#specializationOf> ?record ; <http://www.w3.org/ns/prov#wasGeneratedBy> ?run .
    GRAPH <http://localhost:3000/graph/provenance> { ?run a <https://w3id.org/fihrist#Run> ; <http://www.w3.org/ns/prov#wasAssociatedWith> ?agent . ?agent a <http://www.w3.org/ns/prov#SoftwareAgent> } }`
  const answer = await (await site.get(`/sparql?query=${encodeURIComponent(query)}`, { Accept: 'text/csv' })).text()
  expect(answer.trim().split(/\r?\n/)[1]).toMatch(new RegExp(`^${run},http://localhost:3000/catalog#fihrist-`))
})

test('what was let go is 410 and says so: a version, a comparison with it, and the feed at a revision that is whole no longer', async () => {
  site.house.ledger.run(`UPDATE revision SET at = '2020-01-01T00:00:00.000Z'`)
  const revision = currentRevision(site.house.ledger)
  const feedAt = (at: number) => site.get(`/catalog.ttl?revision=${at}`)
  const whole = await (await feedAt(revision)).text()
  expect(prune(site.house.ledger, 'small', { versions: { keep: 1 }, payloads: 'last', runs: {} }, new Date().toISOString()).versions).toBe(2)
  for (const path of ['1.ttl', '1/diff', '2/diff', 'diff?from=1&to=3'])
    expect([path, (await site.get(`/record/${id}/versions/${path}`)).status]).toEqual([path, 410])
  expect(((await json(`/record/${id}/versions`)) as { versions: object[] }).versions).toMatchObject([
    { number: 3, removed: 1 },
    { number: 2, added: null, removed: null },
  ])
  expect(await (await site.get(`/fr/record/${id}/versions`, browser)).text()).toContain('…')
  expect((await feedAt(1)).status).toBe(410)
  expect(await (await feedAt(1)).text()).toMatch(
    /La révision 1 n'est plus conservée : la plus ancienne qui soit entière est la \d+\. Recommencez à http.*\/catalog\.ttl/,
  )
  expect((await feedAt(wholeFrom(site.house.ledger))).status).toBe(200)
  expect(await (await feedAt(revision)).text()).toBe(whole)
})
