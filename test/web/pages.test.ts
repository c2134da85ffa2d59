import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../../src/files.ts'
import { browser, openServed, type Served } from './site.ts'

// Pages for people: languages and directions, search and facets, the state of sources, and the small files.

let site: Served
beforeAll(async () => {
  site = await openServed()
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const page = async (path: string, headers: Record<string, string> = browser) => (await site.get(path, headers)).text()

describe('languages', () => {
  test('the address decides, else the browser, else the catalogue', async () => {
    expect(await page('/ar/datasets')).toContain('<html lang="ar" dir="rtl"')
    expect(await page('/en/')).toContain('<html lang="en" dir="ltr"')
    expect(await page('/', { Accept: 'text/html', 'Accept-Language': 'ar-MA,ar;q=0.9' })).toContain('<html lang="ar" dir="rtl"')
    expect(await page('/', { Accept: 'text/html', 'Accept-Language': 'de' })).toContain('<html lang="fr" dir="ltr"')
    expect((await site.get('/', browser)).headers.get('vary')).toContain('Accept-Language')
    expect((await site.get('/ar', browser)).headers.get('content-language')).toBe('ar')
  })

  test('the switch keeps the page and its query', async () => {
    expect(await page('/fr/datasets?theme=agriculture&q=eau')).toContain('href="/ar/datasets?theme=agriculture&amp;q=eau"')
    expect(await page('/datasets?q=eau')).toContain('href="/en/datasets?q=eau"')
  })

  test('links of a page with a language keep it; a text in another language says which', async () => {
    const arabic = await page('/ar/dataset/demo-souss-massa-budget-de-la-region')
    expect(arabic).toContain('href="/ar/theme/')
    expect(arabic).toContain('<bdi>ميزانية جهة سوس ماسة</bdi>')
    expect(await page('/en/dataset/demo-souss-massa-budget-de-la-region')).toContain('<bdi lang="fr">Budget de la région Souss-Massa</bdi>')
  })
})

test('formats of one family have one colour, whatever their code', async () => {
  const list = await page('/fr/datasets')
  expect(list).toMatch(/<bdi class="badge badge-table" dir="ltr">CSV</)
  expect(list).toMatch(/<bdi class="badge badge-table" dir="ltr">XLSX</)
  expect(list).toMatch(/<bdi class="badge badge-(?:map|text|data)" dir="ltr">/)
})

describe('search', () => {
  const count = async (path: string) => Number(/id="results-count"[^>]*>(\d+)/.exec(await page(path))?.[1] ?? 0)

  test('words and facets narrow the list; two values of one facet widen it', async () => {
    const [all, agriculture, both] = [
      await count('/fr/datasets'),
      await count('/fr/datasets?theme=agriculture'),
      await count('/fr/datasets?theme=agriculture&theme=sante'),
    ]
    expect(all).toBe(154)
    expect(agriculture).toBeGreaterThan(0)
    expect(both).toBeGreaterThan(agriculture)
    expect(await count('/fr/datasets?theme=agriculture&format=CSV')).toBeLessThan(agriculture)
    expect(await count('/fr/datasets?q=barrages')).toBe(await count('/ar/datasets?q=barrages'))
    expect(await count('/fr/datasets?q=%D8%A7%D9%84%D8%B3%D8%AF%D9%88%D8%AF')).toBeGreaterThan(0)
  })

  test('a facet value is a link that adds it, or takes it away where it is chosen', async () => {
    expect(await page('/fr/datasets?q=eau')).toContain('href="/fr/datasets?q=eau&amp;theme=agriculture&amp;#filter-theme"')
    const chosen = await page('/fr/datasets?q=eau&theme=agriculture&page=1')
    expect(chosen).toMatch(/<a class="value" href="\/fr\/datasets\?q=eau&amp;#filter-theme" aria-current="true"/)
  })

  test('pages follow each other, and there is none past the end', async () => {
    expect(await page('/fr/datasets')).toContain('<a rel="next" href="/fr/datasets?page=2">')
    expect(await page('/fr/datasets?page=2')).toContain('<a rel="prev" href="/fr/datasets">')
    expect((await site.get('/fr/datasets?page=999', browser)).status).toBe(404)
    for (const none of ['abc', '-3', '0', '1.5']) expect((await site.get(`/fr/datasets?page=${none}`, browser)).status, none).toBe(400)
    for (const odd of ['page=', 'theme=&q=', 'sort=nonsense', 'theme=nothing', `q=${'x'.repeat(2000)}`, 'q=%22%27)(*', 'page=1e99'])
      expect([200, 400, 404], odd).toContain((await site.get(`/fr/datasets?${odd}`, browser)).status)
  })

  test('an empty list says what to try', async () => {
    expect(await page('/fr/datasets?q=zzzzzz')).toContain('Aucun résultat')
  })

  test('a publisher that no list knows can be chosen all the same', async () => {
    expect(await count(`/fr/datasets?publisher=${encodeURIComponent("Commune d'Agadir")}`)).toBeGreaterThan(0)
    expect((await site.get(`/fr/organisation/${encodeURIComponent("Commune d'Agadir")}`, browser)).status).toBe(200)
  })
})

test('the page of statistics says what they are counted in, and along which dimensions', async () => {
  for (const [language, unit, dimensions] of [
    ['fr', 'Unité de mesure', 'Dimensions'],
    ['ar', 'وحدة القياس', 'الأبعاد'],
    ['en', 'Unit of measure', 'Dimensions'],
  ] as const) {
    const html = await page(`/${language}/dataset/demo-statistiques-indice-de-confiance-des-menages`)
    for (const words of [unit, 'Indice', dimensions, 'Composantes']) expect(html).toContain(`>${words}<`)
  }
})

test('the state of the sources is a page, and JSON for programs', async () => {
  expect(await page('/fr/sources')).toContain('Complet')
  const { sources } = (await (await site.get('/sources', { Accept: 'application/json' })).json()) as {
    sources: { id: string; records: { published: number }; lastRun: { state: string } }[]
  }
  expect(sources.map(source => source.id)).toContain('demo-national')
  expect(sources[0]).toMatchObject({ records: { quarantined: 3 }, lastRun: { state: 'complete' } })
  expect(await page(`/fr/sources/${sources[0]!.id}`)).toContain('En quarantaine')
  expect((await site.get('/sources/nobody')).status).toBe(404)
})

test('what is not there is said in the language of the reader, with what comes nearest', async () => {
  for (const [path, sentence] of [
    ['/fr/dataset/demo-national-cheptel-nationale', 'Le catalogue n’a pas de fiche'],
    ['/ar/dataset/demo-national-cheptel-nationale', 'لا توجد في الفهرس بطاقة'],
    ['/en/dataset/demo-national-cheptel-nationale', 'The catalogue has no record'],
    ['/fr/nope', 'Il n’y a rien à l’adresse /nope'],
    ['/ar/theme/nope', 'لا يعرف الفهرس موضوعا'],
    ['/fr/sources/nope', 'Il n’y a pas de source'],
  ] as const) {
    const response = await site.get(path, browser)
    const text = (await response.text()).replace(/[\u00a0\u202f]/g, ' ').replaceAll("'", '’')
    expect([path, response.status, text.includes(sentence)]).toEqual([path, 404, true])
    expect([path, path.includes('cheptel') ? /href="[^"]*\/dataset\/[^"]*cheptel/.test(text) : true]).toEqual([path, true])
  }
})

test('the small files are there, and no header tells what we are made of', async () => {
  expect(await (await site.get('/robots.txt')).text()).toMatch(/Disallow: \/sparql\?[\s\S]*Sitemap: http/)
  expect(await (await site.get('/sitemap.xml')).text()).toContain(`<loc>http://localhost:3000/dataset/`)
  expect(await (await site.get('/context.jsonld')).json()).toHaveProperty('@context')
  expect(await (await site.get('/healthz')).json()).toMatchObject({ status: 'ok', revision: expect.any(Number) })
  expect((await site.get('/readyz')).status).toBe(200)
  const home = await site.get('/', browser)
  expect(home.headers.get('x-powered-by')).toBeNull()
  const html = await home.text()
  const addresses = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(match => match[1]!)
  expect(addresses.length).toBeGreaterThan(3)
  for (const address of addresses) {
    const file = await site.get(address)
    expect([address, file.status]).toEqual([address, 200])
    expect(file.headers.get('cache-control')).toContain('immutable')
  }
  expect((await site.get('/static/x/site/../../app.ts')).status).toBe(404)
  expect((await site.get('/static/x/site/%2e%2e/app.ts')).status).toBeGreaterThanOrEqual(400)
  expect(html).not.toMatch(/(?:href|src)="https?:\/\/(?!localhost|127|data\.|opendata|eau|portail|www\.|publications|creative)/)
})

test('a failure that nobody foresaw says nothing of itself', async () => {
  const { ledger } = site.house
  const all = ledger.all
  Object.assign(ledger, {
    all: () => {
      throw new Error('the secret of the table')
    },
  })
  const response = await site.get('/datasets', browser)
  Object.assign(ledger, { all })
  expect(response.status).toBe(500)
  expect(await response.text()).not.toMatch(/secret|at .*\.ts/)
  expect(site.failures.splice(0)).toHaveLength(1)
})

describe('a dataset that several portals publish', () => {
  const [shown, other] = ['demo-souss-massa-pib-regional', 'demo-national-comptes-regionaux-pib-par-region']

  test('has one page, which says who else publishes it and how that is known, in every language', async () => {
    const words: Record<string, string[]> = {
      fr: ['Également publié par', 'Même identifiant', '2 fichiers ou accès en commun'],
      ar: ['تنشرها أيضا', 'المعرف نفسه'],
      en: ['Also published by', 'Same identifier'],
    }
    for (const [language, all] of Object.entries(words)) {
      const text = await page(`/${language}/dataset/${shown}`)
      for (const each of all) expect(text).toContain(each)
      expect(text).toContain(`href="/${language}/record/${other}"`)
    }
    expect(await page('/fr/dataset/demo-souss-massa-budget-de-la-region')).not.toContain('Également publié par')
  })

  test('is found under both portals, and stands once in the list and in the sitemap', async () => {
    const listed = async (query: string) => [...(await page(`/fr/datasets?${query}`)).matchAll(/<h2><a href="\/fr\/dataset\/([^"]+)"/g)].map(match => match[1])
    for (const source of ['demo-souss-massa', 'demo-national']) expect(await listed(`q=PIB&source=${source}`)).toContain(shown)
    expect(await listed('q=PIB')).not.toContain(other)
    const addresses = await page('/sitemap.xml')
    expect(addresses).toContain(`/dataset/${shown}<`)
    expect(addresses).not.toContain(`/dataset/${other}<`)
  })

  test("leads from the other portal's address to the page that is shown, in the same form", async () => {
    const led = async (path: string, headers = browser) => {
      const { status, headers: said } = await site.get(path, headers)
      return [status, said.get('location')]
    }
    expect(await led(`/ar/dataset/${other}`)).toEqual([303, `/ar/dataset/${shown}`])
    expect(await led(`/dataset/${other}.ttl`)).toEqual([303, `/dataset/${shown}.ttl`])
    expect(await led(`/dataset/${other}`, { Accept: 'text/turtle' } as never)).toEqual([303, `/dataset/${shown}`])
  })

  test('keeps the record of the other portal, which says for whom it stands back', async () => {
    const response = await site.get(`/fr/record/${other}`, browser)
    expect(response.status).toBe(200)
    expect(response.headers.get('link')).toContain(`/record/${shown}>; rel="canonical"`)
    const text = await response.text()
    expect(text).toContain('à partir d’une autre source')
    expect(text).toContain(`href="/fr/dataset/${shown}"`)
    expect(await (await site.get(`/record/${other}.nt`)).text()).toMatch(
      new RegExp(`/record/${other}> <https://w3id.org/fihrist#canonical> <[^>]+/record/${shown}>`),
    )
    expect(await (await site.get(`/dataset/${shown}.nt`)).text()).toMatch(
      new RegExp(`/record/${shown}> <https://w3id.org/fihrist#alternate> <[^>]+/record/${other}>`),
    )
  })

  test('is counted at its sources', async () => {
    expect(JSON.parse(await page('/sources/demo-national', { Accept: 'application/json' }))).toMatchObject({ alternates: 10 })
    expect(await page('/fr/sources/demo-national')).toContain('Présentés à partir d’une autre source')
  })
})

test('no page, style or script loads anything from another host', async () => {
  const pages = [
    '/fr/',
    '/ar/datasets',
    '/en/dataset/demo-souss-massa-budget-de-la-region',
    '/fr/sources',
    '/en/quality',
    '/fr/sparql',
    '/ar/validate',
    '/en/territories',
  ]
  const loaded = new Set<string>()
  for (const path of [...pages, '/fr/requests', '/en/inventory', '/fr/steward', '/fr/profiles', '/fr/nothing']) {
    const text = await page(path)
    const elements = text.match(/<(?:script|link|img|iframe|source|object|embed|video|audio|form|use)\b[^>]*>/g) ?? []
    for (const element of elements) {
      const target = /\s(?:src|href|action|data|srcset)="([^"]*)"/.exec(element)?.[1]
      // What is linked for programs, such as a profile or the canonical address, loads nothing.
      if (target === undefined || /rel="(?:canonical|alternate|describedby|license|profile|cite-as|item|author|search)/.test(element)) continue
      expect(target, `${path}: ${element}`).toMatch(/^(?:\/(?!\/)|data:|#|\?|$)/)
      if (target.startsWith('/static/')) loaded.add(target)
    }
  }
  expect([...loaded].some(path => path.endsWith('.css')) && [...loaded].some(path => path.endsWith('.js'))).toBe(true)
  for (const path of loaded) {
    if (!/\.(?:css|js)$/.test(path)) continue
    const text = await (await site.get(path)).text()
    const foreign = text.match(/(?:url\(|@import\s+|\bimport\(|\bfetch\(|\.src\s*=\s*)["'`]?(?:https?:)?\/\/[^)"'`]+/g)
    expect(foreign, path).toBeNull()
  }
})

describe('metrics', () => {
  const ask = (headers: Record<string, string> = {}) => site.get('/metrics', headers)

  test('tell on the machine of the catalogue how it is doing, by source, route and store', async () => {
    await page('/fr/datasets')
    const response = await ask()
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/)
    const text = await response.text()
    for (const line of [
      /^fihrist_records\{admission="published"\} [1-9]/m,
      /^fihrist_runs\{source="demo-national",state="complete"\} 1$/m,
      /^fihrist_last_run_records\{source="demo-national",outcome="added"\} [1-9]/m,
      /^fihrist_last_good_run_age_seconds\{source="demo-national"\} [\d.]+$/m,
      /^fihrist_http_request_seconds_count\{route="\/datasets",method="GET",status="200"\} [1-9]/m,
      /^fihrist_store_copies\{ready="true"\} [1-9]/m,
      /^fihrist_store_lag_revisions 0$/m,
      /^fihrist_store_queries_waiting 0$/m,
      /^fihrist_ledger_bytes [1-9]/m,
      /^process_resident_memory_bytes [1-9]/m,
    ])
      expect(text).toMatch(line)
    await page('/fr/nothing/to/be/found')
    expect(await (await ask()).text()).not.toContain('nothing')
  })

  test('are told to nobody beyond a proxy without the token of metrics.token', async () => {
    const { catalogue } = site.house.engine
    const through = { 'X-Forwarded-For': '203.0.113.7' }
    expect((await ask(through)).status).toBe(401)
    catalogue.metrics = { token: 'a-secret-of-some-length' }
    expect((await ask({ ...through, Authorization: 'Bearer another-secret-of-length' })).status).toBe(403)
    expect((await ask({ ...through, Authorization: 'Bearer a-secret-of-some-length' })).status).toBe(200)
    delete catalogue.metrics
  })

  test.each(['deploy/grafana/fihrist.json', 'deploy/prometheus/alerts.yaml', 'docs/operate.md'])('that %s names are told', async file => {
    const told = await (await ask()).text()
    const named = new Set(readFileSync(join(root, file), 'utf8').match(/\b(?:fihrist|process|nodejs)_[a-z0-9_]+/g))
    expect(named.size).toBeGreaterThan(5)
    expect([...named].filter(name => !told.includes(`# TYPE ${name.replace(/_(?:bucket|count|sum)$/, '')} `))).toEqual([])
  })
})
