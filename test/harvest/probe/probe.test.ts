import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, onTestFinished, test } from 'vitest'
import { probe, type ProbeOptions } from '../../../src/harvest/probe/probe.ts'
import { columns } from '../../../src/inventory/columns.ts'
import { corpus } from '../../corpus.ts'
import { json, startPortal, type Answer, type Portal } from '../../portal.ts'
import { ckanAnswers, packageOf } from '../protocols/ckan/portal.ts'

const rules = (limits: object = {}) => ({
  http: { userAgent: 'Essai', allowAddresses: ['127.0.0.0/8'] },
  limits: { delayMs: 0, timeoutS: 5, maxBytes: 100e6, ...limits },
  languages: ['fr', 'ar', 'en'],
})
const xml = (body: string): Answer => ({ type: 'application/xml', body })
const html = (head = '', body = ''): Answer => ({ type: 'text/html', body: `<!DOCTYPE html><html lang="fr"><head>${head}</head><body>${body}</body></html>` })
const turtle = (body: string): Answer => ({
  type: 'text/turtle',
  body: `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n${body}`,
})
const feed = turtle(
  '<https://eau.example/c> a dcat:Catalog ; dct:title "Données de l\'eau"@fr, "معطيات الماء"@ar ; dcat:dataset <https://eau.example/d/1>, <https://eau.example/d/2> . <https://eau.example/d/1> a dcat:Dataset ; dct:title "Un"@fr . <https://eau.example/d/2> a dcat:Dataset ; dct:title "Deux"@fr ; dct:license <https://example.org/libre> .',
)

async function portalOf(...answers: Parameters<typeof startPortal>): Promise<Portal> {
  const portal = await startPortal(...answers)
  onTestFinished(() => portal.close())
  return portal
}
const ask = async (portal: Portal, path = '/', options: ProbeOptions = {}, limits: object = {}) => await probe(`${portal.url}${path}`, rules(limits), options)

describe('a portal is known by what it answers', () => {
  test('CKAN, in a folder that only its page leads to, with its title and the suffixes of its languages', async () => {
    const packages = [packageOf('1', { title_fr: 'Un', title_ar: 'واحد' }), packageOf('2')]
    const answers = Object.fromEntries(Object.entries(ckanAnswers(packages)).map(([path, answer]) => [`/data${path}`, answer]))
    const portal = await portalOf({
      '/': html('<title>Portail</title>', '<a href="/data/fr/dataset">Jeux</a>'),
      ...answers,
      '/data/api/3/action/status_show?*': json({ success: true, result: { site_title: 'Données ouvertes', locale_default: 'fr' } }),
    })
    const { found } = await ask(portal)
    expect(found).toEqual([
      {
        protocol: 'ckan',
        url: `${portal.url}/data/`,
        sure: true,
        datasets: 2,
        title: { fr: 'Données ouvertes' },
        languages: ['fr', 'ar'],
        licences: ['cc-by'],
        options: { languages: { fr: 'fr', ar: 'ar' } },
      },
    ])
  })

  test('by the address of its API as well as by its own', async () => {
    const portal = await portalOf({ '/': html(), ...ckanAnswers([packageOf('1')]) })
    expect((await ask(portal, '/api/3/action/package_search')).found).toMatchObject([{ protocol: 'ckan', url: `${portal.url}/` }])
  })

  test('a feed whose address is given, before anything around it is asked', async () => {
    const portal = await portalOf({ '/catalogue': feed, ...ckanAnswers([packageOf('1')]) })
    expect((await ask(portal, '/catalogue')).found).toMatchObject([
      {
        protocol: 'dcat',
        url: `${portal.url}/catalogue`,
        datasets: 2,
        title: { fr: "Données de l'eau", ar: 'معطيات الماء' },
        languages: ['fr', 'ar'],
        licences: ['https://example.org/libre'],
      },
    ])
    expect(portal.asked.filter(path => path.startsWith('/api'))).toEqual([])
  })

  test('a feed that the page names as another form of itself', async () => {
    const portal = await portalOf({
      '/': html('<link rel="alternate" type="text/turtle" href="/jeux?format=ttl&amp;tous=1">'),
      '/jeux?format=ttl&tous=1': feed,
    })
    expect((await ask(portal)).found).toMatchObject([{ protocol: 'dcat', url: `${portal.url}/jeux?format=ttl&tous=1` }])
  })

  test('the titles are those of its pages in the languages of the catalogue', async () => {
    const page = (lang: string, title: string): Answer => ({
      type: 'text/html',
      body: `<html lang="${lang}"><meta property="og:site_name" content="${title}"><link rel="alternate" hreflang="ar-MA" href="/ar"><link rel="alternate" hreflang="es" href="/es"><link rel="alternate" hreflang="en" href="http://ailleurs.example/en"></html>`,
    })
    const portal = await portalOf({ '/': page('fr', 'L&#39;eau &amp; le sol'), '/ar': page('ar', 'الماء والتربة'), '/catalog.ttl': feed })
    expect((await ask(portal)).title).toEqual({ fr: "L'eau & le sol", ar: 'الماء والتربة' })
    expect(portal.asked).not.toContain('/es')
  })

  test('one that speaks two: the first sure one ends it, unless all are asked for', async () => {
    const portal = await portalOf({ '/': html(), ...ckanAnswers([packageOf('1')]), '/catalog.ttl': feed })
    expect((await ask(portal)).found.map(each => each.protocol)).toEqual(['ckan'])
    expect((await ask(portal, '/', { all: true })).found.map(each => each.protocol)).toEqual(['ckan', 'dcat'])
  })

  test('an API without a dataset is not sure: what has some goes before it', async () => {
    const portal = await portalOf({
      '/': html(),
      ...ckanAnswers([]),
      '/data.json': json({ title: 'Catalogue', dataset: [{ identifier: 'a', title: 'A', license: 'libre', language: ['fr'] }] }),
    })
    expect((await ask(portal)).found).toMatchObject([
      { protocol: 'data-json', sure: true, datasets: 1, title: { fr: 'Catalogue' }, licences: ['libre'] },
      { protocol: 'ckan', sure: false, datasets: 0 },
    ])
  })

  test('a long list that breaks off is one all the same', async () => {
    const portal = await portalOf({ '/data.json': { type: 'application/json', body: '{"dataset":[{"identifier":"a"},{"identifier":"b"},{"ident' } })
    expect((await ask(portal, '/data.json')).found).toMatchObject([{ protocol: 'data-json', datasets: 2, more: true }])
  })
})

describe('files that no API serves', () => {
  const iso = (id: string) =>
    xml(
      `<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:fileIdentifier><gco:CharacterString>${id}</gco:CharacterString></gmd:fileIdentifier></gmd:MD_Metadata>`,
    )
  const listing = (...links: string[]): Answer => ({
    type: 'text/html',
    body: `<html><head><title>Index of /waf</title></head><body><h1>Index of /waf</h1><a href="?C=N;O=D">Name</a> <a href="../">Parent Directory</a> ${links.map(link => `<a href="${link}">${link}</a>`).join('\n')}</body></html>`,
  })

  test('a web accessible folder of ISO files, by its listing', async () => {
    const portal = await portalOf({ '/waf/': listing('lisezmoi.txt', 'a.xml', 'b.xml'), '/waf/a.xml': iso('a'), '/waf/b.xml': iso('b') })
    const { found, title } = await ask(portal, '/waf/')
    expect(found).toMatchObject([{ protocol: 'csw', url: `${portal.url}/waf/`, sure: true, datasets: 2, options: { folder: true } }])
    expect(title).toEqual({})
  })

  test('one whose files lie in folders of it, and a list of their addresses', async () => {
    const portal = await portalOf({
      '/waf/': listing('2023/', '2024/'),
      '/waf/2023/': listing(),
      '/waf/2024/': listing('a.xml'),
      '/waf/2024/a.xml': iso('a'),
      '/waf/liste.txt': 'a.xml\nb.xml\n',
      '/waf/a.xml': iso('a'),
    })
    expect((await ask(portal, '/waf/')).found).toMatchObject([{ protocol: 'csw', datasets: 1, more: true, options: { folder: true } }])
    expect((await ask(portal, '/waf/liste.txt')).found).toMatchObject([
      { protocol: 'csw', url: `${portal.url}/waf/liste.txt`, datasets: 2, options: { folder: true } },
    ])
  })

  test('a folder of XML that is no ISO is none, and the folders that any page links to are not looked into', async () => {
    const portal = await portalOf({
      '/waf/': listing('a.xml'),
      '/waf/a.xml': xml('<urlset/>'),
      '/': html('', '<a href="/fr/">Français</a>'),
      '/fr/': html('', '<a href="a.xml">a</a>'),
      '/fr/a.xml': iso('a'),
    })
    expect((await ask(portal, '/waf/', { all: true })).found).toEqual([])
    expect((await ask(portal, '/', { all: true })).found).toEqual([])
  })

  test('a list of RDF files, one address a line', async () => {
    const portal = await portalOf({ '/liste.txt': '# nos fichiers\nun.ttl\n\ndeux.ttl\n', '/un.ttl': { status: 404 }, '/deux.ttl': feed })
    expect((await ask(portal, '/liste.txt')).found).toMatchObject([{ protocol: 'folder', url: `${portal.url}/liste.txt`, sure: true, datasets: 2, more: true }])
  })

  test('a text that lists no RDF is no list', async () => {
    const portal = await portalOf({ '/liste.txt': 'un.ttl\ndeux mots\n', '/un.ttl': feed, '/autre.txt': 'bonjour\n', '/bonjour': 'monde' })
    for (const path of ['/liste.txt', '/autre.txt']) expect((await ask(portal, path, { all: true })).found).toEqual([])
  })

  test('an inventory as CSV or as a workbook, with its language', async () => {
    const csv = readFileSync(join(import.meta.dirname, '../../../demo/inventory/inventaire.csv'))
    const asked = columns.filter(({ template }) => template)
    const arabic = await writeXlsx({
      sheets: [{ name: 'الجرد', rows: [asked.map(({ heading }) => heading.ar), asked.map(({ id }) => (id === 'title_ar' ? 'جودة المياه' : ''))] }],
    })
    const portal = await portalOf({
      '/inventaire.csv': { type: 'application/octet-stream', body: csv },
      '/inventaire.xlsx': { type: 'application/octet-stream', body: arabic },
    })
    expect((await ask(portal, '/inventaire.csv')).found).toMatchObject([
      { protocol: 'inventory', url: `${portal.url}/inventaire.csv`, sure: true, datasets: 10, languages: ['fr'] },
    ])
    expect((await ask(portal, '/inventaire.xlsx')).found).toMatchObject([{ protocol: 'inventory', sure: true, datasets: 1, languages: ['ar'] }])
  })

  test('a table of something else is no inventory, and one with few of its headings is not sure', async () => {
    const portal = await portalOf({
      '/livres.csv': 'titre;description;date;auteur;cote;editeur;rayon\nUn;Deux;2020;x;y;z;w\n',
      '/peu.csv': 'titre;description;theme\nEau;Qualité;Environnement\n',
    })
    expect((await ask(portal, '/livres.csv')).found).toEqual([])
    expect((await ask(portal, '/peu.csv')).found).toMatchObject([{ protocol: 'inventory', sure: false, datasets: 1 }])
  })
})

describe('a portal that is none', () => {
  test('where nothing is known, every address that was asked is listed with what it answered', async () => {
    const portal = await portalOf({ '/': html(), '/data.json': json({ hello: 1 }), '/csw?*': xml('<rss><channel/></rss>') })
    const told: string[] = []
    const { found, tried, gaveUp } = await ask(portal, '/', { onAnswer: ({ url }) => told.push(url) })
    expect(found).toEqual([])
    expect(gaveUp).toBeUndefined()
    expect(tried).toContainEqual({ protocol: 'ckan', url: `${portal.url}/api/3/action/package_search?rows=5`, answered: 'HTTP 404' })
    expect(tried).toContainEqual({ protocol: 'csw', url: `${portal.url}/csw?service=CSW&request=GetCapabilities`, answered: 'XML (rss)' })
    expect(told).toEqual(tried.map(({ url }) => url))
  })

  test('one that answers HTML to everything speaks nothing', async () => {
    const portal = await portalOf(new Proxy({}, { get: () => html('<title>Bienvenue</title>') }) as Record<string, Answer>)
    const { found, tried } = await ask(portal)
    expect(found).toEqual([])
    expect(new Set(tried.filter(each => each.protocol === 'ckan').map(each => each.answered))).toEqual(new Set(['a page of HTML']))
  })

  test('nonsense in the right place is no protocol', async () => {
    const portal = await portalOf({
      '/': html(),
      '/api/3/action/package_search?*': json({ success: true, result: { count: 'many', results: {} } }),
      '/api/1/datasets/?*': json([]),
      '/api/explore/v2.1/catalog/datasets?*': json({ results: null }),
      '/api/catalog/v1?*': json(null),
      '/data.json': json({ dataset: [1, null, 'x'] }),
      '/catalog.ttl': turtle('<a> <b> "c'),
      '/oai?*': xml('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"/>'),
      '/csw?*': xml('<Capabilities/>'),
    })
    expect((await ask(portal, '/', { all: true })).found).toEqual([])
  })

  test('one that falls silent is left alone after three questions', async () => {
    const portal = await portalOf({
      '/': html(),
      ...Object.fromEntries(
        ['/api/3/action/package_search?*', '/api/1/datasets/?*', '/api/explore/v2.1/catalog/datasets?*', '/api/v2/catalog/datasets?*'].map(path => [
          path,
          (() => {}) as Answer,
        ]),
      ),
    })
    const { found, tried, gaveUp } = await ask(portal, '/', {}, { timeoutS: 0.3 })
    expect(found).toEqual([])
    expect(gaveUp).toMatchObject({ code: 'timeout-idle' })
    expect(tried.map(each => each.answered)).toEqual(['a page of HTML', 'timeout-idle', 'timeout-idle', 'timeout-idle'])
  })

  test('one that is slow with one answer is asked on', async () => {
    const portal = await portalOf({ '/': html(), '/api/3/action/package_search?*': () => {}, '/catalog.ttl': feed })
    expect((await ask(portal, '/', {}, { timeoutS: 0.5 })).found).toMatchObject([{ protocol: 'dcat' }])
  })

  test('a private address that is not listed is refused, and asked nothing', async () => {
    const portal = await portalOf({ '/catalog.ttl': feed })
    await expect(probe(`${portal.url}/`, { ...rules(), http: { userAgent: 'Essai', allowAddresses: [] } })).rejects.toMatchObject({ code: 'address-refused' })
    expect(portal.asked).toEqual([])
  })

  test('a feed that robots.txt disallows is not read', async () => {
    const portal = await portalOf({ '/': html(), '/catalog.ttl': feed, '/robots.txt': 'User-agent: *\nDisallow: /catalog.ttl\n' })
    const { found, tried } = await ask(portal)
    expect(found).toEqual([])
    expect(tried).toContainEqual({ protocol: 'dcat', url: `${portal.url}/catalog.ttl`, answered: 'robots-disallowed' })
  })
})

if (!corpus) test('portals are known by their real answers: the corpus is absent', () => {})
else {
  const read = (path: string) => readFileSync(join(corpus!, path), 'utf8')
  const pycsw = 'csw-iso/geopython__pycsw'
  test.each<[protocol: string, answers: () => Record<string, Answer>, expected: object]>([
    [
      'ckan',
      () => ({ '/api/3/action/package_search?*': { type: 'application/json', body: read('ckan/TerriaJS__terriajs/CKAN/search-result.json') } }),
      { sure: true, licences: expect.arrayContaining(['cc-by']) },
    ],
    [
      'opendatasoft',
      () => ({ '/api/v2/catalog/datasets?*': { type: 'application/json', body: read('opendatasoft/TerriaJS__terriajs/ods/datasets.json') } }),
      { datasets: 6, languages: ['en'] },
    ],
    [
      'udata',
      () => ({ '/api/1/datasets/?*': json({ data: (JSON.parse(read('udata/_derived/results-first3.json')) as { datasets: unknown[] }).datasets, total: 3 }) }),
      { datasets: 3 },
    ],
    [
      'socrata',
      () => ({ '/api/catalog/v1?*': json({ ...(JSON.parse(read('socrata/_derived/search-first5.json')) as object), resultSetSize: 5 }) }),
      { datasets: 5 },
    ],
    [
      'data-json',
      () => ({ '/data.json': { type: 'application/json', body: read('data-json/GSA__ckanext-datajson/tests/datajson-samples/usda.gov.data.json') } }),
      { sure: true },
    ],
    [
      'dcat',
      () => ({
        '/catalog.rdf': {
          type: 'application/rdf+xml',
          body: read('dcat-feeds/GovDataOfficial__DCAT-AP.de-SHACL-Validation/testcases/dashboard/bremen-catalog-original-input.rdf'),
        },
      }),
      { datasets: 153 },
    ],
    [
      'csw',
      () => ({
        '/csw?*': (request, response) =>
          void response
            .writeHead(200, { 'content-type': 'application/xml' })
            .end(
              read(
                request.url!.includes('GetCapabilities')
                  ? `${pycsw}/apiso-inspire/expected/get_GetCapabilities-lang.xml`
                  : `${pycsw}/default/expected/post_GetRecords-all-resulttype-hits.xml`,
              ),
            ),
      }),
      { datasets: 12, title: expect.any(Object) },
    ],
    [
      'oai-pmh',
      () => ({
        '/oai?*': (request, response) =>
          void response
            .writeHead(200, { 'content-type': 'text/xml' })
            .end(
              read(
                `oai-pmh/geopython__pycsw/oaipmh/expected/get_${request.url!.includes('Identify&') || request.url!.endsWith('Identify') ? 'Identify' : 'ListIdentifiers_oai_dc'}.xml`,
              ),
            ),
      }),
      { datasets: 12, title: { und: 'pycsw Geospatial Catalogue' } },
    ],
  ])('%s is known by a real answer', async (protocol, answers, expected) => {
    const portal = await portalOf({ '/': html(), ...answers() })
    const { found } = await ask(portal)
    expect(found).toMatchObject([{ protocol, ...expected }])
  })
}
