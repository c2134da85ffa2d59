import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, expect, test } from 'vitest'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { exportText } from '../../src/outlets/dump.ts'
import { formatByName } from '../../src/rdf/formats.ts'
import { ckanAnswers, packageOf, packageSearch } from '../harvest/protocols/ckan/portal.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { collect } from '../memory.ts'
import { respond, turtle, type Answer } from '../portal.ts'
import { everywhere, openWhole, type Whole } from './catalogue.ts'

// Reports of peers: sources too large for memory, runs that never end, work that is done twice. Nothing here is timed: what makes it quick is what is asserted.

const search = '/api/3/action/package_search?*'
const html = { Accept: 'text/html', 'Accept-Language': 'fr' }
const many = (count: number) => Array.from({ length: count }, (_, at) => packageOf(`p${String(at).padStart(5, '0')}`))

let whole: Whole
afterEach(async () => {
  expect(whole.failures).toEqual([])
  await whole.close()
})

/** A portal of so many datasets that are made when they are asked for; `page` is told of every page. */
const generated =
  (count: number, page: (start: number) => void = () => {}): Answer =>
  (request, response) => {
    const query = new URL(request.url!, 'http://portal').searchParams
    const [rows, start] = [Number(query.get('rows')), Number(query.get('start'))]
    page(start)
    const results = Array.from({ length: Math.max(0, Math.min(rows, count - start)) }, (_, at) => packageOf(`p${String(start + at).padStart(6, '0')}`))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ success: true, result: { count, results } }))
  }

/** Bytes that are still held when everything that can be let go is let go. */
const live = () => {
  collect()
  return process.memoryUsage().heapUsed
}

test('ckan/ckanext-harvest#549: nothing is gathered first: the first datasets are published while the last pages have not been asked for', async () => {
  const published: number[] = []
  whole = await openWhole('ckan', { [search]: generated(1200, () => published.push(whole.house.published())) })
  expect(await whole.harvest()).toMatchObject({ state: 'complete', added: 1200 })
  expect(published.length).toBeGreaterThanOrEqual(12)
  expect(published.at(-1)).toBeGreaterThan(0)
  expect(published.at(-1)).toBeLessThan(1200)
})

test('ckan/ckanext-harvest#291: what a run holds in memory does not grow with its source', async () => {
  const held: number[] = []
  whole = await openWhole('ckan', { [search]: generated(3000, start => held.push(start < 500 ? Infinity : live())) })
  expect(await whole.harvest()).toMatchObject({ state: 'complete', added: 3000 })
  // The least of each, as batches are now and then under way.
  const [early, late] = [Math.min(...held.slice(5, 15)), Math.min(...held.slice(20))]
  // The keys a run has met are all that grows: the least of ten samples still has what is under way in it. A peer held 180 kB of each.
  expect((late - early) / 1500).toBeLessThan(10_000)
}, 240_000)

test('ckan/ckanext-harvest#131, ckan/ckanext-harvest#176, GSA/data.gov#997: a run whose process died is not running for ever: the next one starts at once and closes it', async () => {
  whole = await openWhole(
    'ckan',
    {
      [search]: (request, response) => {
        if (request.url!.includes('start=0')) respond(packageSearch(many(300)), request, response)
      },
    },
    { options: { pageSize: 50 } },
  )
  const child = spawn(process.execPath, [join(import.meta.dirname, '../harvest/run/killed-run.ts'), whole.house.folder, whole.portal.url], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  await expect.poll(() => whole.portal.asked.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2)
  expect(((await (await whole.get('/sources/portal', { Accept: 'application/json' })).json()) as { lastRun: { state: string } }).lastRun.state).toBe('running')
  child.kill('SIGKILL')
  await ended
  whole.portal.answers = ckanAnswers(many(300))
  expect(await whole.harvest()).toMatchObject({ state: 'complete', seen: 300 })
  expect(whole.house.ledger.all('SELECT state, finished IS NULL AS open FROM run ORDER BY id')).toEqual([
    { state: 'partial', open: 0 },
    { state: 'complete', open: 0 },
  ])
})

test('ckan/ckanext-harvest#273: letting a whole source go is one transaction, whatever it holds', async () => {
  whole = await openWhole('ckan', { [search]: generated(1500) }, { removal: { threshold: 0.2, graceDays: 0 } })
  await whole.harvest()
  const before = currentRevision(whole.house.ledger)
  whole.portal.answers = { [search]: generated(0) }
  expect(await whole.settle({ acceptRemovals: true })).toMatchObject({ state: 'complete', removed: 1500 })
  expect(currentRevision(whole.house.ledger)).toBe(before + 1)
  expect(await whole.counts()).toEqual(everywhere(0))
})

test('geonetwork/core-geonetwork#6539: a source that has not changed costs its requests, and no body, mapping or validation', async () => {
  const pages = Object.fromEntries(
    [1, 2, 3].map(page => [page === 1 ? '/feed.ttl' : `/feed.ttl?page=${page}`, feed([`a${page}`, `b${page}`], page < 3 ? { next: `?page=${page + 1}` } : {})]),
  )
  let bodies = 0
  whole = await openWhole('dcat', {
    '/feed.ttl': (request, response) => {
      if (request.headers['if-none-match'] === '"one"') return void response.writeHead(304).end()
      bodies++
      response.writeHead(200, { 'content-type': 'text/turtle', etag: '"one"' }).end(pages[request.url!])
    },
  })
  whole.portal.answers['/feed.ttl?*'] = whole.portal.answers['/feed.ttl']!
  await whole.harvest()
  expect(bodies).toBe(3)
  const { threads } = whole.house.engine
  const { take } = threads
  Object.assign(threads, {
    take: () => {
      throw new Error('nothing is to be mapped')
    },
  })
  const before = currentRevision(whole.house.ledger)
  expect(await whole.harvest()).toMatchObject({ state: 'complete', seen: 6, unchanged: 6, problems: [] })
  // A portal that cannot say so sends its bodies, and that is all that is read.
  bodies = 0
  expect(await whole.harvest({ full: true })).toMatchObject({ state: 'complete', unchanged: 6, problems: [] })
  Object.assign(threads, { take })
  expect([bodies, currentRevision(whole.house.ledger)]).toEqual([3, before])
})

test('GSA/data.gov#5022: a run that was cut short is gone on with: what it had read is not asked for again', async () => {
  let down = true
  whole = await openWhole(
    'ckan',
    {
      [search]: (request, response) => {
        const start = Number(new URL(request.url!, 'http://portal').searchParams.get('start'))
        if (down && start >= 300) response.destroy()
        else respond(packageSearch(many(600)), request, response)
      },
    },
    { options: { pageSize: 100 }, limits: { delayMs: 0, timeoutS: 5, maxBytes: 1e8 } },
  )
  expect(await whole.harvest()).toMatchObject({ state: 'partial', added: 300 })
  down = false
  whole.portal.asked.length = 0
  expect(await whole.harvest()).toMatchObject({ state: 'complete', seen: 600, added: 300, unchanged: 300 })
  expect(whole.portal.asked.map(path => Number(new URL(path, 'http://portal').searchParams.get('start')))).toEqual([300, 400, 500])
})

test('GSA/data.gov#4583: a dataset with 8,327 distributions is taken whole, and every one of them is published', async () => {
  const resources = Array.from({ length: 8327 }, (_, at) => ({ id: `r${at}`, name: `Fichier ${at}`, url: `https://data.example.org/${at}.csv`, format: 'CSV' }))
  whole = await openWhole('ckan', ckanAnswers([...many(5), packageOf('large', { resources })]))
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 6, failed: 0, problems: [] })
  expect(await whole.counts()).toEqual(everywhere(6))
  const text = await (await whole.get(`/dataset/${whole.id('large')}.nt`)).text()
  expect(text.match(/<http:\/\/www\.w3\.org\/ns\/dcat#distribution>/g)).toHaveLength(8327)
  const { results } = (await (
    await whole.get(`/sparql?query=${encodeURIComponent('SELECT (COUNT(?x) AS ?n) { ?d <http://www.w3.org/ns/dcat#distribution> ?x }')}`)
  ).json()) as { results: { bindings: { n: { value: string } }[] } }
  expect(results.bindings[0]!.n.value).toBe(String(8327 + 5))
  expect((await whole.get(`/dataset/${whole.id('large')}`, html)).status).toBe(200)
})

test('GSA/data.gov#4965: a record with 34,866 keywords is taken whole, and found by the last of them', async () => {
  const keywords = Array.from({ length: 34_866 }, (_, at) => `"motcle${at}"@fr`).join(', ')
  whole = await openWhole('dcat', { '/feed.ttl': turtle(`${feed(['a', 'b'])}<https://data.example.org/dataset/a> dcat:keyword ${keywords} .`) })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 2, failed: 0, problems: [] })
  const text = await (await whole.get(`/dataset/${whole.id('a')}.nt`)).text()
  expect(text.match(/<http:\/\/www\.w3\.org\/ns\/dcat#keyword>/g)).toHaveLength(34_866)
  expect((await whole.get(`/dataset/${whole.id('a')}`, html)).status).toBe(200)
  expect(await (await whole.get('/fr/datasets?q=motcle34865', html)).text()).toMatch(/id="results-count"[^>]*>1\b/)
})

/** The catalogue names a dataset; that of a source names it too. */
const listed = /\/catalog> <[^>]*dcat#dataset> /g

test('GetDKAN/dkan#2023: the whole catalogue is written piece by piece, and the feed page by page', async () => {
  whole = await openWhole('ckan', ckanAnswers(many(450)))
  await whole.settle()
  const { catalogue, ledger, vocabulary } = whole.house.engine
  const largest = Math.max(...whole.house.records().map(({ id }) => whole.house.graph(id).length))
  for (const name of ['nquads', 'rdfxml', 'jsonld', 'trig'] as const) {
    const sizes: number[] = []
    for await (const piece of exportText({ catalogue, ledger, vocabulary, sources: [whole.source] }, currentRevision(ledger), formatByName(name)!))
      sizes.push(piece.length)
    expect(sizes.length).toBeGreaterThan(450)
    // The first and the last are the catalogue and the labels of lists; each of the others is one record.
    expect(Math.max(...sizes.slice(2, 440)), name).toBeLessThan(largest * 4)
  }
  const pages = await Promise.all([1, 2, 3, 4, 5].map(async page => (await (await whole.get(`/catalog.nt?page=${page}`)).text()).match(listed)!.length))
  expect(pages.reduce((sum, datasets) => sum + datasets)).toBe(450)
  expect(Math.max(...pages)).toBeLessThanOrEqual(100)
})

test('GSA/data.gov#5919: a source that is no longer declared takes nothing down: its datasets have their pages, and no run is needed to serve on', async () => {
  whole = await openWhole('ckan', ckanAnswers(many(20)))
  await whole.settle()
  const { serve } = await import('../web/site.ts')
  const without = await serve({ ...whole.house, close: async () => {} }, [])
  for (const path of [`/dataset/${whole.id('p00003')}`, `/record/${whole.id('p00003')}`, '/datasets', '/sources', '/catalog.ttl', '/sitemap.xml'])
    expect([path, (await without.get(path, html)).status]).toEqual([path, path === '/catalog.ttl' ? 200 : 200])
  expect((await without.get('/sources/portal')).status).toBe(404)
  expect(without.failures).toEqual([])
  await without.close()
})

test('INSPIRE-MIF/helpdesk-geoportal#42, INSPIRE-MIF/helpdesk-geoportal#72, INSPIRE-MIF/helpdesk-geoportal#95: a portal that never answers, or drop by drop, ends its run with a reason, and the next source has its turn', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b'])) }, { limits: { delayMs: 0, timeoutS: 0.2, totalS: 0.5, maxBytes: 1e8 } })
  await whole.settle()
  const stuck: [Answer, string][] = [
    [() => {}, 'timeout-idle'],
    [(_request, response) => void response.write('@prefix'), 'timeout-idle'],
    [
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/turtle' })
        const drip = setInterval(() => response.write('# \n'), 50)
        response.on('close', () => clearInterval(drip))
      },
      'timeout-total',
    ],
  ]
  for (const [answer, code] of stuck) {
    whole.portal.answers = { '/feed.ttl': answer }
    const report = await whole.settle()
    expect(report).toMatchObject({ state: 'failed', missing: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual([code])
    expect(whole.house.ledger.get(`SELECT count(*) AS c FROM run WHERE state = 'running'`)).toEqual({ c: 0 })
  }
  expect(await whole.counts()).toEqual(everywhere(2))
})

test('datagovuk/ckanext-dgu#361: a harvest asks for metadata only, and never for the files that it describes', async () => {
  whole = await openWhole('ckan', {})
  const own = (path: string) => `${whole.portal.url}${path}`
  whole.portal.answers = ckanAnswers(
    many(5).map((each, at) => ({
      ...each,
      url: own(`/page/${at}`),
      resources: [{ id: `r${at}`, name: 'Fichier', url: own(`/file/${at}.csv`), format: 'CSV' }],
    })),
  )
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 5 })
  expect(whole.portal.asked.filter(path => !path.startsWith('/api/3/action/package_search'))).toEqual([])
})

test('Informatievlaanderen/VSDS-LDESServer4J#1483, Informatievlaanderen/VSDS-LDESServer4J#993: readers are not kept waiting by a writer, and a page of the feed reads its own records only', async () => {
  whole = await openWhole('ckan', ckanAnswers(many(250)))
  await whole.settle()
  const writer = new DatabaseSync(whole.house.ledger.file)
  writer.exec('BEGIN EXCLUSIVE; UPDATE record SET score = score + 1')
  for (const path of ['/catalog.ttl?page=2', '/datasets', `/dataset/${whole.id('p00003')}`, '/sources', '/sitemap.xml'])
    expect([path, (await whole.get(path, { Accept: '*/*' })).status]).toEqual([path, 200])
  writer.exec('ROLLBACK')
  writer.close()
  const revision = currentRevision(whole.house.ledger)
  const page = await (await whole.get(`/catalog.nt?page=2&revision=${revision}`)).text()
  await whole.settle({ full: true })
  expect(await (await whole.get(`/catalog.nt?page=2&revision=${revision}`)).text()).toBe(page)
  expect(page.match(listed)).toHaveLength(100)
})
