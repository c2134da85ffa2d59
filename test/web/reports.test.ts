import { Parser } from 'n3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run as harvestRun } from '../../src/harvest/run/run.ts'
import { lastRun } from '../../src/ledger/runs/runs.ts'
import type { linesJson, reportJson } from '../../src/outlets/report/json.ts'
import type { standingJson } from '../../src/outlets/standing.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { browser, openServed, type Served } from './site.ts'
import { read } from './visitor.ts'

// Reports to portals over HTTP, and the state of all sources.

let site: Served
/** The number of the newest run of a source. */
const newest = (source: string) => lastRun(site.house.ledger, source)!.id
let [first, second, broken] = [0, 0, 0]
beforeAll(async () => {
  site = await openServed()
  await site.feed(feed(['a', 'b', 'gone']))
  first = newest('small')
  await site.feed(feed(['a', 'b'], { edition: 2 }).replace('dct:title "Jeu a"@fr ;', ''))
  second = newest('small')
  const unreachable = site.house.source('dcat', 'http://127.0.0.1:9/feed.ttl', { id: 'demo-souss-massa' })
  for (const _ of [1, 2]) await harvestRun(unreachable, site.house.engine, { full: true })
  broken = newest('demo-souss-massa')
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

type Report = ReturnType<typeof reportJson>
type Lines = NonNullable<ReturnType<typeof linesJson>>
interface Sources {
  sources: ReturnType<typeof standingJson>[]
}
/** What a path answers as JSON; `T` is what writes it. */
const json = async <T>(path: string) => (await site.get(path, { Accept: 'application/json' })).json() as Promise<T>
const page = async (path: string) => (await site.get(path, browser)).text()

describe('the report on a run', () => {
  test('says what was read and what changed, and leads to each record and its difference', async () => {
    const report = await json<Report>(`/sources/small/runs/${second}`)
    expect(report).toMatchObject({
      run: second,
      state: 'complete',
      mode: 'full',
      seen: 2,
      outcomes: { added: 0, updated: 2, removed: 1 },
      quarantined: 1,
      covers: { records: 2, whole: true },
    })
    expect(Object.keys(report.meaning)).toEqual(['fr', 'ar', 'en'])
    const { lines } = await json<Lines>(`/sources/small/runs/${second}.json?part=changes`)
    expect(lines.map(line => [line.record?.title?.['fr'], line.name, line.version])).toEqual([
      ['Jeu a', 'updated', 2],
      ['Jeu b', 'updated', 2],
      ['Jeu gone', 'removed', undefined],
    ])
    const difference = new URL(lines[0]!.difference!).pathname
    expect(await (await site.get(difference, browser)).text()).toContain('Description a, version 1')
    expect(await page(`/fr/sources/small/runs/${second}`)).toContain(`href="/fr${difference}"`)
  })

  test('says of each broken rule in how many records, how it is mended, and what keeps a record back', async () => {
    const {
      summary: { findings },
    } = await json<Report>(`/sources/small/runs/${second}`)
    const title = findings.find(each => each.example.blocking)!
    expect(findings[0]).toBe(title)
    expect(title).toMatchObject({
      records: 1,
      title: { fr: expect.any(String), ar: expect.any(String), en: expect.any(String) },
      mend: { fr: expect.any(String), ar: expect.any(String) },
    })
    const records = findings.filter(each => !each.example.blocking).map(each => each.records)
    expect(records).toEqual(records.toSorted((a, b) => b - a))
    const { lines } = (await (await fetch(title.lines.replace(/^https?:\/\/[^/]+/, site.url))).json()) as Lines
    expect(lines.map(line => line.record?.key)).toEqual(['https://data.example.org/dataset/a'])
  })

  test('of an earlier run lists no longer what a later one has changed', async () => {
    expect(await json<Report>(`/sources/small/runs/${first}`)).toMatchObject({
      outcomes: { added: 3 },
      covers: { records: 0, whole: false },
      summary: { findings: [] },
    })
  })

  test('shows the raw place of a value, for repairs and findings alike', async () => {
    const run = newest('demo-national')
    const { lines } = await json<Lines>(`/sources/demo-national/runs/${run}.json?part=repairs&name=concept`)
    expect(lines.filter(line => line.excerpt).length).toBeGreaterThan(lines.length / 2)
    expect(lines[0]?.excerpt).toMatch(/^[\w.[\]]+: ".*"$/)
  })

  test('of a run that failed says why, and how to mend it, in the language of the reader', async () => {
    const report = await json<Report>(`/sources/demo-souss-massa/runs/${broken}`)
    expect(report).toMatchObject({
      state: 'failed',
      summary: {
        problems: [{ name: 'unreachable', places: 1, example: { message: expect.stringContaining('127.0.0.1:9'), address: 'http://127.0.0.1:9/feed.ttl' } }],
      },
    })
    for (const [language, words] of [
      ['fr', 'Portail injoignable'],
      ['ar', 'تعذر الوصول إلى البوابة'],
      ['en', 'Portal cannot be reached'],
    ])
      expect(await page(`/${language}/sources/demo-souss-massa/runs/${broken}`)).toContain(words)
  })

  test('comes as CSV in the language that is asked for', async () => {
    const csv = async (query = '', headers = {}) => site.get(`/sources/small/runs/${second}.csv${query}`, headers)
    const response = await csv('?lang=ar')
    expect(response.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
    expect(response.headers.get('content-disposition')).toContain(`small-${second}.csv`)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(Buffer.from(bytes).subarray(0, 3).toString('hex')).toBe('efbbbf')
    expect(new TextDecoder().decode(bytes)).toMatch(/^part,name,[\s\S]*المعدلة/)
    expect(await (await csv('', { 'Accept-Language': 'en' })).text()).toContain('Updated')
    expect((await site.get(`/sources/small/runs/${second}`, { Accept: 'text/csv' })).headers.get('content-type')).toMatch(/^text\/csv/)
    expect((await csv('?lang=xx')).status).toBe(400)
  })

  test('is linked data by extension or by Accept, and the results are those of its records', async () => {
    const turtle = await (await site.get(`/sources/small/runs/${second}`, { Accept: 'text/turtle' })).text()
    expect(turtle).toBe(await (await site.get(`/sources/small/runs/${second}.ttl`)).text())
    const objects = (text: string, property: string) =>
      new Set(
        new Parser()
          .parse(text)
          .filter(quad => quad.predicate.value === property)
          .map(quad => quad.object.value),
      )
    const result = 'http://www.w3.org/ns/shacl#result'
    const record = (await json<Lines>(`/sources/small/runs/${second}.json?part=changes&name=updated`)).lines.at(-1)!.record!.id!
    const own = objects(await (await site.get(`${new URL(record).pathname}.ttl`)).text(), result)
    expect(own.size).toBeGreaterThan(0)
    expect([...own].filter(each => !objects(turtle, result).has(each))).toEqual([])
    for (const extension of ['jsonld', 'rdf', 'nt'])
      expect([extension, (await site.get(`/sources/small/runs/${second}.${extension}`)).status]).toEqual([extension, 200])
  })

  test('pages of lines follow each other in every language, and there is none past the end', async () => {
    const run = newest('demo-national')
    for (const language of ['fr', 'ar', 'en']) {
      const text = await page(`/${language}/sources/demo-national/runs/${run}?part=repairs&name=concept&page=2`)
      expect(text).toContain('rel="prev"')
      expect(text).toContain('rel="next"')
    }
    for (const query of ['part=repairs&page=999', 'part=findings&name=none', 'part=changes&name=eaten'])
      for (const extension of ['', '.json'])
        expect([query, (await site.get(`/sources/demo-national/runs/${run}${extension}?${query}`, extension ? {} : browser)).status]).toEqual([query, 404])
    for (const query of ['part=everything', 'part=repairs&page=0', 'part=repairs&page=1.5', 'part=repairs&page=x'])
      expect([query, (await site.get(`/sources/demo-national/runs/${run}?${query}`)).status]).toEqual([query, 400])
  })

  test('of a run or a source that is not there is a 404 that says so', async () => {
    for (const path of [
      'small/runs/99999',
      'small/runs/0',
      'small/runs/-1',
      'small/runs/x',
      'small/runs/1e3',
      'small/runs/99999999999999999999',
      `demo-national/runs/${second}`,
      `nobody/runs/${second}`,
      `small/runs/${second}.nq`,
      `small/runs/${second}.exe`,
    ]) {
      const response = await site.get(`/sources/${path}`, { Accept: 'application/json' })
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 404, 'application/problem+json; charset=utf-8'])
    }
    expect((await site.get(`/sources/small/runs/${second}`, { Accept: 'image/png' })).status).toBe(406)
  })

  test('tells nobody of a record that is withheld', async () => {
    const { ledger } = site.house
    const id = ledger.get<{ id: string }>(`SELECT id FROM record WHERE source = 'small' AND key LIKE '%/b'`)!.id
    ledger.run(`UPDATE record SET admission = 'withheld' WHERE id = ?`, id)
    const texts = await Promise.all(
      ['.csv', '.ttl', '.json', '.json?part=changes', '.json?part=findings'].map(async end => (await site.get(`/sources/small/runs/${second}${end}`)).text()),
    )
    ledger.run(`UPDATE record SET admission = 'published' WHERE id = ?`, id)
    expect(texts.filter(text => text.includes(id))).toEqual([])
  })
})

describe('how the sources are doing', () => {
  test('the page of a portal says how it is in a sentence, and what to correct first with what it gains, each fact once', async () => {
    const text = await read(await site.get('/fr/sources/demo-national', browser))
    expect(text).toMatch(/Lue complètement il y a .*Prochaine lecture : (?:demain|aujourd)/)
    expect(text).toContain('Chaque jour à 03:00')
    const rows = [...text.slice(text.indexOf('id="mend"')).matchAll(/<tr><th scope="row">([\s\S]*?)<\/tr>/g)].map(([, row]) => row!)
    expect(rows.length).toBeGreaterThan(5)
    expect(rows.filter(row => /\+\d[\d ]* points/.test(row)).length).toBeGreaterThan(3)
    expect(rows.filter(row => /point de contact|joindre le service/.test(row)).length).toBe(1)
    const messages = rows.map(row => row.replace(/<details[\s\S]*/, '').replace(/<[^>]+>/g, ''))
    expect(new Set(messages).size).toBe(messages.length)
    const to = rows.map(row => /href="([^"]+)"/.exec(row)![1]!.replaceAll('&amp;', '&'))
    for (const each of to) expect([each, (await site.get(each, browser)).status]).toEqual([each, 200])
  })

  test('a portal may show its quality on its own pages, in three languages', async () => {
    for (const [language, words] of [
      ['fr', 'Qualité des métadonnées'],
      ['ar', 'جودة البيانات الوصفية'],
      ['en', 'Metadata quality'],
    ]) {
      const answer = await site.get(`/${language}/sources/demo-national/badge.svg`)
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
      expect(await answer.text()).toMatch(new RegExp(`${words}.*405`))
    }
    expect((await site.get('/sources/nobody/badge.svg')).status).toBe(404)
  })

  test('a report begins with what changed, and shows ten rows of a part: the rest is behind a link', async () => {
    const at = `/fr/sources/demo-national/runs/${newest('demo-national')}`
    const text = await page(at)
    expect(text.indexOf('id="changes"')).toBeLessThan(text.indexOf('id="findings"'))
    const rows = (html: string) =>
      html
        .slice(html.indexOf('id="findings"'))
        .split('</section>')[0]!
        .match(/<tr><th scope="row">/g)!.length
    expect(rows(text)).toBe(10)
    expect(text).toContain(`${at}?every=findings`)
    expect(rows(await page(`${at}?every=findings`))).toBeGreaterThan(10)
    expect(text.length).toBeLessThan(60_000)
  })

  test('a portal that cannot be read says since when, after how many runs, and why', async () => {
    const { sources } = await json<Sources>('/sources.json')
    const broken = sources.find(each => each.id === 'demo-souss-massa')
    expect(broken).toMatchObject({
      state: 'failed',
      broken: { runs: 2, since: expect.any(String) },
      errors: [{ code: 'unreachable', count: 1 }],
      records: { published: 36 },
      lastCompleteRun: { id: expect.any(Number) },
    })
    expect(broken?.lagS).toBeGreaterThanOrEqual(0)
    expect(sources.find(each => each.id === 'demo-national')).toMatchObject({
      state: 'complete',
      broken: null,
      errors: [],
      late: false,
      due: expect.any(String),
    })
    expect(await page('/fr/sources')).toContain('Aucun moissonnage complet en 2 essais')
    expect(await page('/ar/sources/demo-souss-massa')).toContain('لم تكتمل عمليتا الجمع الأخيرتان')
  })

  test('the page of a source says in the language of the reader what is wrong and how it is mended, and keeps dates and addresses in their order', async () => {
    for (const [language, ...words] of [
      ['fr', 'Portail injoignable', 'pare-feu'],
      ['ar', 'تعذر الوصول إلى البوابة', 'DNS'],
      ['en', 'Portal cannot be reached', 'firewall'],
    ] as const) {
      const text = await page(`/${language}/sources/demo-souss-massa`)
      for (const each of words) expect(text).toContain(each)
    }
    expect(await page('/ar/sources/demo-equipement-eau')).toMatch(/[\u0621-\u064a][^<]*<bdi dir="ltr">(?:\d{4}-\d{2}-\d{2}|https?:[^<]+)<\/bdi>/)
  })

  test('a run that was missed shows as late', async () => {
    const { ledger } = site.house
    const held = ledger.all<{ id: number; started: string }>(`SELECT id, started FROM run WHERE source = 'demo-national'`)
    ledger.run(`UPDATE run SET started = '2026-01-01T03:00:00.000Z' WHERE source = 'demo-national'`)
    const { sources } = await json<Sources>('/sources')
    const text = await page('/fr/sources/demo-national')
    for (const { id, started } of held) ledger.run('UPDATE run SET started = ? WHERE id = ?', started, id)
    expect(sources.find(each => each.id === 'demo-national')?.late).toBe(true)
    expect(text).toContain('En retard')
  })

  test('is linked data too', async () => {
    for (const path of ['/sources.ttl', '/sources/demo-souss-massa.ttl']) {
      const quads = new Parser().parse(await (await site.get(path)).text())
      const last = quads.find(quad => quad.predicate.value.endsWith('#lastRun') && quad.subject.value.includes('demo-souss-massa'))!
      expect(quads.find(quad => quad.subject.value === last.object.value && quad.predicate.value.endsWith('#state'))?.object.value).toBe('failed')
    }
    for (const path of ['/sources.csv', '/sources.exe', '/sources/small.csv', '/sources/small.exe'])
      expect([path, (await site.get(path)).status]).toEqual([path, 404])
  })

  test('the page of a source shows its runs as a picture with words, and as a table that leads to their reports', async () => {
    const text = await page('/fr/sources/small')
    expect(text).toMatch(/<svg[^>]*role="img" aria-labelledby="runs-picture-title runs-picture-text"/)
    expect(text).toMatch(/<desc id="runs-picture-text">[^<]*Complet 2/)
    for (const run of [first, second]) expect(text).toContain(`href="/fr/sources/small/runs/${run}"`)
    expect((await json<{ runs: { report: string }[] }>('/sources/small.json')).runs.map(each => each.report)).toEqual(
      [second, first].map(run => `http://localhost:3000/sources/small/runs/${run}`),
    )
  })
})
