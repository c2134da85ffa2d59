import { Parser } from 'n3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formats } from '../../src/rdf/formats.ts'
import { parse } from '../../src/rdf/parse.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { datasetTurtle, feed } from '../harvest/protocols/dcat/feed.ts'
import { browser, openServed, type Served } from './site.ts'

// One dataset by every way it can be asked for; and what becomes of its address when it is gone.

let site: Served
const id = 'demo-souss-massa-budget-de-la-region'
const idOf = (key: string) => site.house.records().find(record => record.key.endsWith(key))!.id

beforeAll(async () => {
  site = await openServed()
  await site.feed(feed(['stays', 'goes', 'breaks']))
  await site.feed(feed(['stays', 'breaks']).replace('dct:title "Jeu breaks"@fr ;', ''))
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const type = (response: Response) => response.headers.get('content-type')?.split(';')[0]

describe('what a dataset is asked as', () => {
  const offered = formats.filter(format => format.name !== 'trig')
  test.each([
    ['*/*', 'text/html'],
    [browser.Accept, 'text/html'],
    ['text/turtle', 'text/turtle'],
    ['application/rdf+xml', 'application/rdf+xml'],
    ['application/ld+json', 'application/ld+json'],
    ['application/json', 'application/ld+json'],
    ['application/n-triples', 'application/n-triples'],
    ['application/n-quads', 'application/n-quads'],
    ['text/turtle;q=0.4, application/ld+json;q=0.9', 'application/ld+json'],
    ['text/html;q=0.1, text/turtle', 'text/turtle'],
  ])('Accept: %s is answered with %s', async (accept, expected) => {
    for (const path of [`/dataset/${id}`, `/record/${id}`]) {
      const response = await site.get(path, { Accept: accept })
      expect(response.status).toBe(200)
      expect(type(response)).toBe(expected)
      expect(response.headers.get('vary')).toMatch(/Accept, Accept-Language/)
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
    }
  })

  test.each(offered.map(format => [format.extension, format]))('the extension .%s says the same triples, whatever Accept wishes', async (extension, format) => {
    const response = await site.get(`/dataset/${id}.${extension}`, { Accept: 'image/png' })
    expect(type(response)).toBe(format.mediaType)
    const { quads, problem } = await parse(await response.text(), { url: response.url, format })
    expect(problem).toBeUndefined()
    const turtle = new Parser().parse(await (await site.get(`/dataset/${id}.ttl`)).text())
    expect(lines(quads, false)).toBe(lines(turtle as never, false))
  })

  test('a format there is not is 406, and the answer lists those there are', async () => {
    const response = await site.get(`/dataset/${id}`, { Accept: 'image/png' })
    expect(response.status).toBe(406)
    expect(await response.json()).toMatchObject({ status: 406, code: 'not-acceptable', detail: expect.stringContaining('text/turtle') })
  })

  test('every answer links to the other formats and to its canonical address', async () => {
    const link = (await site.get(`/dataset/${id}`)).headers.get('link')!
    expect(link).toContain(`</dataset/${id}.jsonld>; rel="alternate"; type="application/ld+json"`)
    expect(link).toMatch(new RegExp(`<http://localhost:3000/(?:fr|ar|en)/dataset/${id}>; rel="canonical"`))
    const ofTurtle = (await site.get(`/dataset/${id}.ttl`)).headers.get('link')!
    expect(ofTurtle).toContain(`<http://localhost:3000/dataset/${id}>; rel="canonical"`)
  })

  test('in N-Quads every statement is in the named graph of the record', async () => {
    const quads = new Parser({ format: 'N-Quads' }).parse(await (await site.get(`/dataset/${id}.nq`)).text())
    expect(new Set(quads.map(quad => quad.graph.value))).toEqual(new Set([`http://localhost:3000/record/${id}`]))
  })
})

describe('what a reader holds already', () => {
  test('is 304, for each format and language by itself', async () => {
    const tags = new Set<string>()
    for (const headers of [
      { Accept: 'text/turtle' },
      { Accept: 'application/ld+json' },
      { Accept: 'text/html', 'Accept-Language': 'fr' },
      { Accept: 'text/html', 'Accept-Language': 'ar' },
    ] as Record<string, string>[]) {
      const tag = (await site.get(`/dataset/${id}`, headers)).headers.get('etag')!
      tags.add(tag)
      const again = await site.get(`/dataset/${id}`, { ...headers, 'If-None-Match': tag })
      expect([again.status, await again.text()]).toEqual([304, ''])
    }
    expect(tags.size).toBe(4)
  })

  test('is sent anew after the record has changed', async () => {
    await site.feed(feed(['changes', 'stays', 'breaks']))
    const changes = idOf('changes')
    const tag = (await site.get(`/dataset/${changes}.ttl`)).headers.get('etag')!
    await site.feed(feed(['changes', 'stays', 'breaks'], { edition: 2 }).replace('dct:title "Jeu breaks"@fr ;', ''))
    const again = await site.get(`/dataset/${changes}.ttl`, { 'If-None-Match': tag })
    expect(again.status).toBe(200)
    expect(await again.text()).toContain('version 2')
  })
})

describe('what is not there', () => {
  test('an unknown record is 404, for programs and for people', async () => {
    const machine = await site.get('/dataset/nobody', { Accept: 'text/turtle' })
    expect([machine.status, type(machine)]).toEqual([404, 'application/problem+json'])
    expect(await machine.json()).toMatchObject({
      type: 'about:blank',
      status: 404,
      code: 'not-found',
      title: expect.any(String),
      detail: expect.stringContaining('nobody'),
    })
    const page = await site.get('/fr/dataset/nobody', browser)
    expect([page.status, type(page)]).toEqual([404, 'text/html'])
    expect(await page.text()).toContain('Cette page n’existe pas')
  })

  test('a removed record is 410 with its tombstone', async () => {
    const page = await site.get(`/dataset/${idOf('goes')}`, browser)
    expect(page.status).toBe(410)
    expect(await page.text()).toContain('Jeu goes')
    for (const path of [`/dataset/${idOf('goes')}.ttl`, `/record/${idOf('goes')}.jsonld`]) {
      const machine = await site.get(path)
      expect(machine.status).toBe(410)
      expect(await machine.json()).toMatchObject({ code: 'gone' })
    }
  })

  test('a record in quarantine that was never good has a page of its own, and no dataset page', async () => {
    const { id: never } = site.house.ledger.get<{ id: string }>(`SELECT id FROM record WHERE admission = 'quarantined' AND shown IS NULL`)!
    expect((await site.get(`/dataset/${never}`, browser)).status).toBe(404)
    expect((await site.get(`/record/${never}.ttl`)).status).toBe(404)
    const page = await (await site.get(`/fr/record/${never}`, browser)).text()
    expect(page).toContain('En quarantaine')
    expect(page).toContain('Ce qui bloque')
  })

  test('a record whose last version is in quarantine shows the last good one, and says so', async () => {
    const page = await (await site.get(`/fr/dataset/${idOf('breaks')}`, browser)).text()
    expect(page).toContain('Jeu breaks')
    expect(page).toContain('attend d’être corrigée')
  })

  test('other methods are 405 and name those that are allowed', async () => {
    const response = await site.get(`/dataset/${id}`, {}, { method: 'DELETE' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect((await site.get('/sparql', {}, { method: 'PUT' })).headers.get('allow')).toContain('POST')
    expect((await site.get(`/dataset/${id}`, {}, { method: 'OPTIONS' })).status).toBe(204)
  })
})

test('every dataset is framed JSON-LD: the dataset with all it leads to nested in it, under our context, saying what the Turtle says', async () => {
  const triples = async (text: string, mediaType: string) => {
    const { quads } = await parse(text, { url: site.url, mediaType })
    return [...new Set(quads.map(({ subject, predicate, object }) => `${subject.value} ${predicate.value} ${object.value}`))].sort()
  }
  const ids = [...(await (await site.get('/sitemap.xml')).text()).matchAll(/\/dataset\/([^<]+)</g)].map(match => match[1]!)
  expect(ids.length).toBeGreaterThan(100)
  let framed = 0
  for (const id of ids) {
    const document = (await (await site.get(`/dataset/${id}.jsonld`)).json()) as Record<string, unknown>
    expect(document['@context']).toBe(`${site.house.engine.catalogue.base}/context.jsonld`)
    if (document['type'] !== undefined) framed++
    const turtle = await (await site.get(`/dataset/${id}.ttl`)).text()
    expect(await triples(JSON.stringify(document), 'application/ld+json'), id).toEqual(await triples(turtle, 'text/turtle'))
  }
  expect(framed).toBe(ids.length)
}, 120_000)

test('a record as RDF carries what validation and quality say of it, framed by the record', async () => {
  const [, id] = /\/dataset\/(demo-national[^<]+)</.exec(await (await site.get('/sitemap.xml')).text())!
  const document = (await (await site.get(`/record/${id}.jsonld`)).json()) as {
    type: string[]
    report: { type: string[] }
    primaryTopic: { type: string[]; hasQualityMeasurement: unknown[] }
  }
  expect(document.type).toEqual(['CatalogRecord'])
  expect(document.report.type).toEqual(['ValidationReport'])
  expect(document.primaryTopic.type).toContain('Dataset')
  expect(document.primaryTopic.hasQualityMeasurement.length).toBeGreaterThan(20)
})

test('a distribution leads to its dataset', async () => {
  const response = await site.get(`/fr/dataset/${id}/resource/1`)
  expect([response.status, response.headers.get('location')]).toEqual([303, `/fr/dataset/${id}`])
})

test('concepts and lists of ours can be read as pages and as RDF', async () => {
  const turtle = await site.get('/id/theme/agriculture', { Accept: 'text/turtle' })
  expect(
    new Parser().parse(await turtle.text()).some(quad => quad.subject.value === 'http://localhost:3000/id/theme/agriculture' && quad.object.value === 'الفلاحة'),
  ).toBe(true)
  expect(await (await site.get('/ar/id/theme', browser)).text()).toContain('الفلاحة')
  expect((await site.get('/id/theme/nothing')).status).toBe(404)
  for (const path of ['/theme/agriculture', '/organisation/mee']) expect((await site.get(path, browser)).status).toBe(200)
  for (const path of ['/theme/nothing', '/organisation/nobody']) expect((await site.get(path, browser)).status).toBe(404)
})

test('nothing a portal writes becomes a link of ours, or a header that is none', async () => {
  const evil = ['text/csv\\", <https://evil.example/>; rel=\\"cite-as', 'text/\\u0007\\u202E', 'نص/جدول']
  const files = evil.map((type, n) => `<https://data.example.org/ملف${n}.csv> ; dcat:mediaType "${type}" ; dct:format "CSV"`)
  const told = files
    .map(file => `dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://data.example.org/> ; dcat:downloadURL ${file} ]`)
    .join(' ; ')
  await site.feed(`${datasetTurtle('heads').replace('dct:publisher', `${told} ; dct:publisher`)}
<https://data.example.org/> a dcat:Catalog ; dcat:dataset <https://data.example.org/dataset/heads> .`)
  for (const form of ['', '.ttl', '.jsonld', '.linkset']) {
    const response = await site.get(`/dataset/${idOf('heads')}${form}`, form === '' ? browser : {})
    const links = form === '.linkset' ? await response.text() : response.headers.get('link')!
    expect([form, response.status]).toEqual([form, 200])
    expect(links).not.toContain('evil.example')
    expect(links).toMatch(/<https:\/\/data\.example\.org\/%D9%85%D9%84%D9%810\.csv>; rel="item"/)
  }
})

test('nothing a portal writes becomes markup or a script', async () => {
  const evil = `${datasetTurtle('evil').replace('"Jeu evil"', '"<script>alert(1)</script>"').replace('"Description evil, version 1"', '"<img src=x onerror=alert(1)>"').replace('dct:publisher', 'dcat:landingPage <javascript:alert(1)> ; dcat:keyword "\\"><script>x</script>" ; dct:publisher')}
<https://data.example.org/> a dcat:Catalog ; dcat:dataset <https://data.example.org/dataset/evil> .`
  await site.feed(evil)
  for (const path of [
    `/fr/dataset/${idOf('evil')}`,
    `/ar/record/${idOf('evil')}`,
    '/fr/datasets?q=script',
    '/fr/datasets?source=small',
    '/fr/sources/small',
    '/',
    '/fr/datasets?q=%3Cscript%3Ealert(2)%3C/script%3E',
  ]) {
    const response = await site.get(path, browser)
    const page = await response.text()
    expect(page, path).not.toMatch(/<script>|<img src=x|href="javascript:/)
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
  }
})
