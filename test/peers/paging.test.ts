import { afterEach, expect, test } from 'vitest'
import { startSecure, haveOpenssl, makeAuthority } from '../harvest/http/certificates.ts'
import { packageOf, packageSearch } from '../harvest/protocols/ckan/portal.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { turtle } from '../portal.ts'
import { everywhere, openWhole, type Whole } from './catalogue.ts'

// Reports of peers: pages that are not followed, repeat themselves, shift, or have no end.

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => `n${from + at}`)
const packages = Array.from({ length: 250 }, (_, at) => packageOf(`p${String(at).padStart(3, '0')}`))
type Answering = (request: { url?: string }, response: { writeHead(status: number, headers?: object): { end(body?: string): void } }) => void
const search = '/api/3/action/package_search?*'

let whole: Whole | undefined
afterEach(async () => {
  expect(whole?.failures ?? []).toEqual([])
  await whole?.close()
  whole = undefined
})

test('ckan/ckanext-dcat#62, ckan/ckanext-dcat#260, ckan/ckanext-dcat#261: a catalogue in pages is read to its end, and one that repeats a page is never taken for whole', async () => {
  whole = await openWhole('dcat', {
    '/feed.ttl': turtle(feed(ids(0, 4), { next: '?page=2', total: 10 })),
    '/feed.ttl?page=2': turtle(feed(ids(4, 8), { next: '?page=3' })),
    '/feed.ttl?page=3': turtle(feed(ids(8, 10))),
  })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 10, problems: [] })
  for (const repeated of ['?page=2', '/feed.ttl']) {
    whole.portal.answers = {
      '/feed.ttl': turtle(feed(ids(0, 4), { next: '?page=2' })),
      '/feed.ttl?page=2': turtle(feed(ids(0, 4), { next: repeated === '?page=2' ? '?page=3' : repeated })),
    }
    const report = await whole.settle()
    expect(report).toMatchObject({ state: 'partial', unchanged: 4, missing: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual(['repeated-page'])
  }
  expect(await whole.counts()).toEqual(everywhere(10))
})

test('GSA/data.gov#3379: all pages are taken, also where the portal caps them below what was asked for', async () => {
  whole = await openWhole('ckan', {
    [search]: (request, response) => {
      const start = Number(new URL(request.url!, 'http://portal').searchParams.get('start'))
      response.end(JSON.stringify({ success: true, result: { count: 250, results: packages.slice(start, start + 40) } }))
    },
  })
  expect(await whole.settle()).toMatchObject({ state: 'complete', seen: 250, added: 250 })
  expect(await whole.counts()).toEqual(everywhere(250))
})

test('comunica/comunica#1180: the Hydra link to the next page is followed in each of the ways it is written', async () => {
  const page = (own: string[], links: string) => turtle(`${feed(own)}<> a hydra:PartialCollectionView ; ${links} .`)
  whole = await openWhole('dcat', {
    '/feed.ttl': page(['a'], 'hydra:next <?page=2>'),
    '/feed.ttl?page=2': page(['b'], 'hydra:nextPage "?page=3"'),
    '/feed.ttl?page=3': page(['c'], 'hydra:next "/feed.ttl?page=4"'),
    '/feed.ttl?page=4': turtle(`${feed(['d'])}<#elsewhere> a hydra:PagedCollection ; hydra:nextPage <?page=5> .`),
    '/feed.ttl?page=5': turtle(feed(['e'])),
  })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 5 })
})

test('INSPIRE-MIF/helpdesk-geoportal#292: pages without a stable order give no duplicates, and what they skipped is not taken for removed', async () => {
  const six = packages.slice(0, 6)
  whole = await openWhole('ckan', { [search]: packageSearch(six) }, { options: { pageSize: 2, incremental: false }, removal: { threshold: 1, graceDays: 0 } })
  await whole.harvest()
  expect(new URL(whole.portal.asked[0]!, 'http://portal').searchParams.get('sort')).toBe('id asc')
  // The portal sorts as it likes: one dataset stands on two pages, another on none.
  const unsorted = [0, 1, 1, 2, 3, 4].map(at => six[at])
  whole.portal.answers = { [search]: packageSearch(unsorted) }
  const report = await whole.settle()
  expect(report).toMatchObject({ state: 'partial', seen: 5, unchanged: 5, added: 0, missing: 0, removed: 0 })
  expect(report.problems.map(problem => problem.code)).toEqual(['unexpected-answer'])
  expect(report.problems[0]!.message).toMatch(/5 of the 6/)
  // One is deleted while the pages are read: those behind it move up, and one slips by.
  whole.portal.answers = {
    [search]: (request, response) => {
      const start = Number(new URL(request.url!, 'http://portal').searchParams.get('start'))
      const now = start === 0 ? six : six.slice(1)
      response.end(JSON.stringify({ success: true, result: { count: now.length, results: now.slice(start, start + 2) } }))
    },
  }
  expect(await whole.settle()).toMatchObject({ state: 'partial', unchanged: 5, missing: 0, removed: 0 })
  expect(await whole.counts()).toEqual(everywhere(6))
})

test('geosolutions-it/ckanext-dcatapit#37: a next link that names the address behind the proxy is asked where the feed is; ours name the address the reader used', async () => {
  whole = await openWhole('dcat', {
    '/feed.ttl': turtle(feed(['a'], { next: 'http://ckan:5000/feed.ttl?page=2' })),
    '/feed.ttl?page=2': turtle(feed(ids(0, 120))),
  })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 121 })
  const proxied = await whole.get('/catalog.ttl', { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'catalogue.example.ma' })
  const next = 'https://catalogue.example.ma/catalog.ttl?page=2&revision='
  expect(/hydra:next <([^>]*=)\d+>/.exec(await proxied.text())?.[1]).toBe(next)
  expect(proxied.headers.get('link')).toContain(next)
})

test('datagouv/data.gouv.fr#913: a portal is never asked by HEAD; one that refuses deep pages, or whose chain of certificates is broken, loses nothing and is told so', async () => {
  const methods = new Set<string>()
  whole = await openWhole(
    'ckan',
    {
      [search]: (request, response) => {
        methods.add(request.method!)
        ;(packageSearch(packages) as Answering)(request, response as never)
      },
    },
    { options: { pageSize: 50, incremental: false } },
  )
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 250 })
  expect([...methods]).toEqual(['GET'])
  // A search engine that shows no more than its window.
  whole.portal.answers = {
    [search]: (request, response) => {
      if (Number(new URL(request.url!, 'http://portal').searchParams.get('start')) >= 150)
        response.writeHead(400, { 'content-type': 'application/json' }).end('{"success":false,"error":{"message":"Result window is too large"}}')
      else (packageSearch(packages) as Answering)(request, response as never)
    },
  }
  const report = await whole.settle()
  expect(report).toMatchObject({ state: 'partial', unchanged: 150, missing: 0, removed: 0 })
  expect(report.problems[0]!.place.excerpt).toContain('Result window is too large')
  if (haveOpenssl) {
    const made = makeAuthority()
    const secure = await startSecure(made.pem('good'), made.key)
    const broken = await whole.house.harvest({ ...whole.source, url: secure.url })
    expect(broken.problems.map(problem => problem.code)).toEqual(['bad-certificate'])
    expect(broken.problems[0]!.message).toMatch(/chain is incomplete.*ca: certs\/chain\.pem/)
    await secure.close()
    made.close()
  }
  expect(await whole.counts()).toEqual(everywhere(250))
  for (const path of ['/catalog.ttl', '/datasets', '/sitemap.xml']) expect((await whole.get(path, {}, { method: 'HEAD' })).status, path).toBe(200)
})
