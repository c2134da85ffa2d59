import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readHtml } from '../../../../src/harvest/readers/html/data.ts'
import { rebuild } from '../../../../src/harvest/run/rebuild.ts'
import { corpus } from '../../../corpus.ts'
import type { Answer } from '../../../portal.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'

type Item = Record<string, unknown>
const html = (body: string, head = ''): Answer => ({
  type: 'text/html; charset=utf-8',
  body: `<!DOCTYPE html><html lang="fr"><head>${head}</head><body>${body}</body></html>`,
})
const jsonld = (...nodes: unknown[]): Answer =>
  html('', nodes.map(node => `<script type="application/ld+json">${typeof node === 'string' ? node : JSON.stringify(node)}</script>`).join(''))
const sitemap = (...pages: (string | [url: string, lastmod: string])[]): Answer => ({
  type: 'application/xml',
  body: `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${pages.map(page => (typeof page === 'string' ? `<url><loc>${page}</loc></url>` : `<url><loc>${page[0]}</loc><lastmod>${page[1]}</lastmod></url>`)).join('')}</urlset>`,
})
const dataset = (name: string, more: Item = {}): Item => ({
  '@context': 'https://schema.org/',
  '@type': 'Dataset',
  name: `Jeu ${name}`,
  description: 'Texte',
  license: 'https://creativecommons.org/licenses/by/4.0/',
  distribution: { '@type': 'DataDownload', contentUrl: `/fichiers/${name}.csv`, encodingFormat: 'text/csv' },
  ...more,
})

/** A site with a page for each record, under the id it has in the contract; pages without one are broken. */
const site = (records: unknown[], portal: string): Record<string, Answer> => {
  const pages = records.map((each, at): [string, Answer] => [
    `/d/${String((each as Item)['identifier'] ?? `x${at}`)}`,
    jsonld((each as Item)['broken'] ?? each),
  ])
  return { '/sitemap.xml': sitemap(...pages.map(([path]) => portal + path)), ...Object.fromEntries(pages) }
}

keepsTheContract({
  protocol: 'schema-org',
  url: portal => `${portal}/sitemap.xml`,
  record: (id, edition) => dataset(id, { identifier: id, '@id': `https://donnees.example.ma/d/${id}`, description: `Version ${edition}` }),
  broken: { broken: '{ "@type": "Dataset", "name": "Coupé' },
  answers: site,
  partly: (records, portal) => ({ ...site(records, portal), '/d/d': { status: 403, body: 'Forbidden' } }),
  key: id => `https://donnees.example.ma/d/${id}`,
})

describe('schema-org', () => {
  onStage()
  const source = (path = '/sitemap.xml', options = {}, more = {}) => house.source('schema-org', portal.url + path, { options, ...more })
  const graphs = () => Object.fromEntries(house.records().map(each => [each.key.replace(portal.url, ''), house.graph(each.id)]))
  /** What one page makes. */
  const graphOf = async (answer: Answer) => {
    portal.answers = { '/sitemap.xml': sitemap(`${portal.url}/p`), '/p': answer }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, failed: 0, problems: [] })
    return Object.values(graphs())[0]!
  }

  test('robots.txt names the sitemaps, an index names further ones, a gzip file is unpacked; pages of other sites and unwanted ones are not asked', async () => {
    portal.answers = {
      '/robots.txt': `User-agent: *\nDisallow: /prive/\nSitemap: ${portal.url}/index.xml\n`,
      '/index.xml': {
        type: 'text/xml',
        body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${portal.url}/a.xml.gz</loc></sitemap><sitemap><loc>${portal.url}/b.txt</loc></sitemap><sitemap><loc>${portal.url}/index.xml</loc></sitemap></sitemapindex>`,
      },
      '/a.xml.gz': {
        type: 'application/gzip',
        body: gzipSync(
          (
            sitemap(`${portal.url}/d/1`, `${portal.url}/actualites/2`, `${portal.url}/d/prive/../../prive/d/3`, 'https://ailleurs.example.org/d/4') as {
              body: string
            }
          ).body,
        ),
      },
      '/b.txt': { type: 'text/plain', body: `${portal.url}/d/5\n${portal.url}/d/1\n` },
      '/d/1': jsonld(dataset('1')),
      '/d/5': jsonld(dataset('5')),
      '/prive/d/3': jsonld(dataset('3')),
    }
    expect(await house.harvest(source('', { include: '/d/' }, { robots: true }))).toMatchObject({ state: 'complete', added: 2, problems: [] })
    expect(Object.keys(graphs()).sort()).toEqual(['/d/1', '/d/5'])
    expect(portal.asked).not.toContain('/prive/d/3')
    expect(portal.asked).not.toContain('/actualites/2')
    expect(portal.asked.filter(path => path === '/d/1')).toHaveLength(1)
  })

  test('between full runs only pages are asked whose date has changed; where one left the sitemap, all are, and what is nowhere any more is missing', async () => {
    const ids = Array.from({ length: 10 }, (_, at) => `/d/${at}`)
    const dated = (dates: Record<string, string> = {}, of = ids) =>
      sitemap(...of.map((path): [string, string] => [portal.url + path, dates[path] ?? '2024-01-01']))
    portal.answers = { '/sitemap.xml': dated(), ...Object.fromEntries(ids.map(path => [path, jsonld(dataset(path.slice(3)))])) }
    await house.harvest(source())
    portal.asked.length = 0
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 10, unchanged: 10, missing: 0 })
    expect(portal.asked).toEqual(['/sitemap.xml'])
    portal.answers['/sitemap.xml'] = dated({ '/d/3': '2024-02-01T10:00:00Z' })
    portal.answers['/d/3'] = jsonld(dataset('3', { description: 'Autre texte' }))
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', updated: 1, unchanged: 9 })
    portal.answers['/sitemap.xml'] = dated({ '/d/3': '2024-02-01T10:00:00Z' }, ids.slice(0, 9))
    portal.answers['/d/4'] = html('Plus rien')
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', unchanged: 8, missing: 2, removed: 0 })
  })

  test("a date that is today's says nothing yet: the page is asked again", async () => {
    portal.answers = { '/sitemap.xml': sitemap([`${portal.url}/d/1`, new Date().toISOString().slice(0, 10)]), '/d/1': jsonld(dataset('1')) }
    await house.harvest(source())
    portal.answers['/d/1'] = jsonld(dataset('1', { description: 'Le soir' }))
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', updated: 1 })
  })

  test('a page that the sitemap still names and that is gone takes its dataset with it; one that fails takes none', async () => {
    portal.answers = site(
      ['a', 'b', 'c', 'd', 'e'].map(id => dataset(id, { identifier: id })),
      portal.url,
    )
    await house.harvest(source())
    portal.answers['/d/a'] = { status: 410, body: 'Gone' }
    portal.answers['/d/b'] = { status: 403, body: 'Forbidden' }
    expect(await house.harvest(source())).toMatchObject({ state: 'partial', missing: 0, removed: 0 })
    portal.answers['/d/b'] = jsonld(dataset('b', { identifier: 'b' }))
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', missing: 1 })
  })

  test('a dataset in JSON-LD: parties, files, time, place, languages, licence', async () => {
    const graph = await graphOf(
      jsonld({
        '@context': 'https://schema.org/',
        '@graph': [
          { '@type': 'WebPage', name: 'Page', mainEntity: { '@id': '#jeu' } },
          {
            '@id': '#jeu',
            '@type': ['Dataset'],
            name: [
              { '@value': 'Ponts', '@language': 'fr' },
              { '@value': 'جسور', '@language': 'ar' },
            ],
            description: 'Tous les ponts',
            keywords: 'pont, route',
            creator: { '@id': '#ville' },
            publisher: { '@id': '#ville' },
            dateModified: '2024-05-01',
            temporalCoverage: '2020-01-01/..',
            spatialCoverage: { '@type': 'Place', name: 'Casablanca', geo: { '@type': 'GeoShape', box: '33.4 -7.8 33.7 -7.4' } },
            inLanguage: 'fr',
            version: '2.1',
            license: { '@type': 'CreativeWork', url: 'https://creativecommons.org/licenses/by/4.0/', name: 'CC BY' },
            identifier: { '@type': 'PropertyValue', propertyID: 'doi', value: '10.1234/ponts' },
            distribution: [
              { '@type': 'DataDownload', contentUrl: '/ponts.csv', encodingFormat: 'text/csv', contentSize: '2048' },
              { '@type': 'DataDownload', contentUrl: 'https://fichiers.example.ma/ponts.xlsx', encodingFormat: 'XLSX' },
            ],
            isPartOf: { '@type': 'Dataset', '@id': 'https://donnees.example.ma/ouvrages', name: 'Ouvrages', distribution: [] },
          },
          {
            '@id': '#ville',
            '@type': 'Organization',
            name: 'Ville de Casablanca',
            url: 'https://casablanca.example.ma',
            contactPoint: { '@type': 'ContactPoint', email: 'sig@casablanca.example.ma', name: 'SIG' },
          },
        ],
      }),
    )
    for (const words of [
      'title> "Ponts"@fr',
      'title> "جسور"@ar',
      'keyword> "pont"',
      'keyword> "route"',
      'name> "Ville de Casablanca"',
      'hasEmail> <mailto:sig@casablanca.example.ma>',
      'modified> "2024-05-01"',
      'startDate> "2020-01-01"',
      'POLYGON((-7.8 33.4, -7.4 33.4',
      'language/FRA>',
      'CC_BY_4_0>',
      'notation> "10.1234/ponts"',
      `downloadURL> <${portal.url}/ponts.csv>`,
      'byteSize> "2048"',
      'file-type/XLSX>',
      'isPartOf> <https://donnees.example.ma/ouvrages>',
      `landingPage> <${portal.url}/p>`,
      'version> "2.1"',
    ])
      expect(graph).toContain(words)
    expect(graph).not.toContain('endDate>')
  })

  test('JSON-LD loses nothing: files that are only an address, words of one language said twice, keywords by language, identifiers of two kinds', async () => {
    const graph = await graphOf(
      jsonld({
        '@context': { '@vocab': 'https://schema.org/', '@language': 'fr' },
        '@type': 'Dataset',
        name: [
          { '@value': 'Ponts', '@language': 'fr' },
          { '@value': 'Les ponts', '@language': 'fr' },
        ],
        description: 'Tous',
        keywords: [
          { '@value': 'pont, route', '@language': 'fr' },
          { '@value': 'جسر، طريق', '@language': 'ar' },
        ],
        identifier: ['P-1', { '@type': 'PropertyValue', name: 'DOI', value: '10.1234/ponts' }],
        publisher: { '@type': 'Organization', legalName: 'Ville de Casablanca', parentOrganization: { '@type': 'Organization', name: 'Région' } },
        dateModified: { '@value': '2024-05-01', '@type': 'Date' },
        distribution: [{ url: 'https://donnees.example.ma/a.csv' }, { url: 'https://donnees.example.ma/b.csv' }],
        version: { '@value': '2.1', '@language': 'fr' },
      }),
    )
    for (const words of [
      'title> "Ponts"@fr',
      'title> "Les ponts"@fr',
      'keyword> "route"@fr',
      'keyword> "طريق"@ar',
      'identifier> "P-1"',
      'identifier> "10.1234/ponts"',
      'notation> "10.1234/ponts"',
      'name> "Ville de Casablanca"',
      'subOrganizationOf>',
      'name> "Région"',
      'modified> "2024-05-01"',
      'accessURL> <https://donnees.example.ma/a.csv>',
      'accessURL> <https://donnees.example.ma/b.csv>',
      'version> "2.1"',
    ])
      expect(graph).toContain(words)
  })

  test('a licence is read where there are no files, too', async () => {
    expect(
      await graphOf(
        jsonld({
          '@context': 'https://schema.org/',
          '@type': 'Dataset',
          name: 'Sans fichier',
          description: 'd',
          license: 'https://creativecommons.org/licenses/by/4.0/',
        }),
      ),
    ).toContain('CC_BY_4_0>')
  })

  test('a dataset of 3,000 files has them all', async () => {
    const graph = await graphOf(
      jsonld(
        dataset('x', {
          distribution: Array.from({ length: 3000 }, (_, at) => ({
            '@type': 'DataDownload',
            name: `Fichier ${at}`,
            description: `Mois ${at}`,
            contentUrl: `/f/${at}.csv`,
            encodingFormat: 'text/csv',
            contentSize: '2048',
            datePublished: '2024-05-01',
            license: 'https://creativecommons.org/licenses/by/4.0/',
          })),
        }),
      ),
    )
    expect(graph.match(/downloadURL>/g)).toHaveLength(3000)
  })

  test('microdata says the same, however the page is closed', async () => {
    const graph = await graphOf(
      html(`<div itemscope itemtype="https://schema.org/WebPage"><div itemprop=mainEntity itemscope itemtype="http://schema.org/Dataset" itemid="https://donnees.example.ma/ponts">
      <h1 itemprop="name">Ponts &amp; <b>tunnels</b></h1><p itemprop="description">Première<br>seconde<meta itemprop="keywords" content="pont"><meta itemprop="keywords" content="tunnel">
      <a itemprop="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a><time itemprop="dateModified" datetime="2024-05-01">1er mai</time>
      <div itemprop="creator publisher" itemscope itemtype="https://schema.org/Organization"><span itemprop="name">Ville</span></div>
      <div itemprop="distribution" itemscope itemtype="https://schema.org/DataDownload"><link itemprop="contentUrl" href="ponts.csv"><meta itemprop="encodingFormat" content="text/csv"></div></div>`),
    )
    for (const words of [
      '<https://donnees.example.ma/ponts>',
      'title> "Ponts & tunnels"',
      'keyword> "tunnel"',
      'CC_BY_4_0>',
      'modified> "2024-05-01"',
      'name> "Ville"',
      `downloadURL> <${portal.url}/ponts.csv>`,
    ])
      expect(graph).toContain(words)
  })

  test('RDFa says the same', async () => {
    const graph = await graphOf(
      html(`<main vocab="https://schema.org/" typeof="WebPage"><article property="mainEntity" resource="https://donnees.example.ma/ponts" typeof="Dataset">
      <h1 property="name">Ponts &amp; <b>tunnels</b></h1><h1 property="name" lang="ar">جسور</h1><p property="description">Première<meta property="keywords" content="pont, tunnel"><p property="keywords" lang="ar">جسر</p>
      <a property="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY</a><time property="dateModified" datetime="2024-05-01">1er mai</time><span property="temporalCoverage">2020-01-01/2021-12-31</span>
      <div property="creator publisher" typeof="Organization"><span property="name">Ville</span></div><div property="spatialCoverage" typeof="Place"><i property="name">Casablanca</i><div property="geo" typeof="GeoShape"><i property="box">33.4 -7.8 33.7 -7.4</i></div></div>
      <div property="distribution" typeof="DataDownload"><a property="contentUrl" href="ponts.csv">CSV</a><span property="encodingFormat">text/csv</span></div></article></main>`),
    )
    for (const words of [
      '<https://donnees.example.ma/ponts>',
      'title> "Ponts & tunnels"@fr',
      'title> "جسور"@ar',
      'keyword> "tunnel"@fr',
      'keyword> "جسر"@ar',
      'CC_BY_4_0>',
      'modified> "2024-05-01"',
      'startDate> "2020-01-01"',
      'name> "Ville"@fr',
      'territory/MA-CAS>',
      'POLYGON((-7.8 33.4',
      `downloadURL> <${portal.url}/ponts.csv>`,
      'media-types/text/csv>',
      `landingPage> <${portal.url}/p>`,
    ])
      expect(graph).toContain(words)
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'complete', unchanged: 1, problems: [] })
  })

  test('DCAT in RDFa is read as dcat reads it, prefixes that nobody declared too, and made again of what was kept', async () => {
    const graph = await graphOf(
      html(`<div prefix="dcat: http://www.w3.org/ns/dcat#" about="https://donnees.example.ma/ponts" typeof="dcat:Dataset"><h1 property="dct:title">Ponts</h1><p property="dct:description">Tous</p>
      <div rel="dcat:distribution"><div typeof="dcat:Distribution"><a rel="dcat:downloadURL" href="/ponts.csv">CSV</a></div></div></div><ul><li about="https://donnees.example.ma/routes" typeof="dcat:Dataset"><b property="dct:title">Routes</b></li></ul>`),
    )
    for (const words of ['<https://donnees.example.ma/ponts>', 'title> "Ponts"@fr', `downloadURL> <${portal.url}/ponts.csv>`]) expect(graph).toContain(words)
    expect(await rebuild(source(), house.engine)).toMatchObject({ unchanged: 1, failed: 0 })
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'complete', unchanged: 1, problems: [] })
  })

  test.each([
    [
      'the same address',
      '<article vocab="https://schema.org/" typeof="Dataset" resource="https://donnees.example.ma/ponts"><h1 property="name">Les ponts</h1><p property="description">d</p></article>',
    ],
    ['the same name', '<article vocab="https://schema.org/" typeof="Dataset"><h1 property="name">Jeu ponts</h1><p property="description">d</p></article>'],
    ['DCAT', '<article typeof="dcat:Dataset"><h1 property="dcterms:title">Jeu ponts</h1><p property="dcterms:description">d</p></article>'],
    ['RDFa that is broken', '<article typeof="Dataset"><h1 property="name">Jeu ponts</h1></article>'],
  ])('a dataset that a page describes in JSON-LD and in RDFa is one record: %s', async (_name, rdfa) => {
    const graph = await graphOf(
      html(`<script type="application/ld+json">${JSON.stringify(dataset('ponts', { '@id': 'https://donnees.example.ma/ponts' }))}</script>${rdfa}`),
    )
    expect(graph).toContain('title> "Jeu ponts"')
  })

  test.each([
    [
      'no vocabulary',
      '<article typeof="Dataset"><h1 property="name">Ponts</h1></article>',
      'typeof="Dataset" is of no vocabulary. Say which one it is of: vocab="https://schema.org/".',
    ],
    [
      'a prefix that stands for nothing',
      '<article typeof="sch:Dataset"><h1 property="sch:name">Ponts</h1></article>',
      'typeof="sch:Dataset" is of no vocabulary. Declare the prefix: prefix="sch: https://schema.org/".',
    ],
    [
      'a page that was made to hurt',
      `<article vocab="https://schema.org/" typeof="Dataset">${'<div property="x">'.repeat(50_000)}`,
      'its elements are nested more than 1000 deep.',
    ],
  ])('RDFa with %s: the page is a problem that says why, the others are read', async (_name, rdfa, why) => {
    portal.answers = { '/sitemap.xml': sitemap(`${portal.url}/p`, `${portal.url}/d/1`), '/p': html(rdfa), '/d/1': jsonld(dataset('1')) }
    const report = await house.harvest(source())
    expect(report).toMatchObject({ added: 1, failed: 1 })
    expect(report.problems).toMatchObject([{ code: 'unreadable-rdf', message: `${portal.url}/p describes a dataset in RDFa that cannot be read: ${why}` }])
  })

  test('a dataset of another vocabulary in RDFa is no fault of the page', async () => {
    portal.answers = {
      '/sitemap.xml': sitemap(`${portal.url}/p`, `${portal.url}/d/1`),
      '/p': html('<article typeof="void:Dataset"><h1 property="dcterms:title">Graphe</h1></article>'),
      '/d/1': jsonld(dataset('1')),
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, failed: 0, problems: [] })
  })

  test('a page whose JSON-LD lies elsewhere is followed there', async () => {
    portal.answers = {
      '/sitemap.xml': sitemap(`${portal.url}/p`),
      '/p': html('', '<link rel="alternate" type="application/ld+json" href="/p.jsonld">'),
      '/p.jsonld': { type: 'application/ld+json', body: JSON.stringify(dataset('p')) },
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, problems: [] })
  })

  test('the page of a catalogue that only names datasets adds none to those of their own pages; several without a name of their own are told apart', async () => {
    const one = dataset('1', { '@id': `${portal.url}/d/1` })
    portal.answers = {
      '/sitemap.xml': sitemap(`${portal.url}/`, `${portal.url}/d/1`, `${portal.url}/deux`),
      '/': jsonld({
        '@context': 'https://schema.org',
        '@type': 'DataCatalog',
        name: 'Catalogue',
        dataset: [
          { '@type': 'Dataset', '@id': `${portal.url}/d/1`, name: 'Jeu 1' },
          { '@type': 'Dataset', '@id': `${portal.url}/d/9`, name: 'Jeu 9' },
        ],
      }),
      '/d/1': jsonld(one, { ...one, '@id': undefined, url: `${portal.url}/d/1` }),
      '/deux': jsonld([dataset('x'), dataset('y')]),
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 3, failed: 0, problems: [] })
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'complete', unchanged: 3, problems: [] })
    expect(graphs()['/d/1']).toContain('title> "Jeu 1"')
  })

  test.each([
    ['commas too many and line breaks in texts', '{"@context":"https://schema.org","@type":"Dataset","name":"Jeu","description":"une\ndeux",}'],
    ['a comment around it', '<!-- {"@context":"https://schema.org","@type":"Dataset","name":"Jeu","description":"d"} -->'],
    ['prefixes of its own', '{"@context":{"s":"http://schema.org/"},"@type":"s:Dataset","s:name":"Jeu","s:description":"d"}'],
    [
      'names written out',
      '[{"@type":["http://schema.org/Dataset"],"http://schema.org/name":[{"@value":"Jeu"}],"http://schema.org/description":[{"@value":"d"}]}]',
    ],
    [
      'a context that nobody can fetch',
      '{"@context":["https://schema.org",{"cr":"http://mlcommons.org/croissant/"}],"@type":"Dataset","name":"Jeu","description":"d","cr:field":1}',
    ],
  ])('JSON-LD with %s is read', async (_name, written) => {
    expect(await graphOf(jsonld(written))).toContain('title> "Jeu"')
  })

  test.each([
    ['a sitemap that is a page of HTML', (): Answer => html('Accueil'), 'portal-refused'],
    ['XML that is no sitemap', (): Answer => ({ type: 'text/xml', body: '<rss></rss>' }), 'unexpected-answer'],
    ['a gzip file that is cut off', (): Answer => ({ body: gzipSync('x'.repeat(5000)).subarray(0, 20) }), 'not-xml'],
    ['a gzip bomb', (): Answer => ({ body: gzipSync(Buffer.alloc(3_000_000, 32)) }), 'too-large'],
    [
      'entities that grow',
      (): Answer => ({ type: 'text/xml', body: '<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>' }),
      'not-xml',
    ],
  ])('%s: the run says so and removes nothing', async (_name, answer, code) => {
    portal.answers = { '/sitemap.xml': answer() }
    const report = await house.harvest(source('/sitemap.xml', {}, { limits: { ...source().limits, maxBytes: 1_000_000 } }))
    expect(report).toMatchObject({ state: 'failed' })
    expect(report.problems.map(problem => problem.code)).toEqual([code])
  })

  test('more pages than are allowed: the run stops, says what to do, and removes nothing', async () => {
    portal.answers = {
      '/sitemap.xml': sitemap(...Array.from({ length: 5 }, (_, at) => `${portal.url}/d/${at}`)),
      ...Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`/d/${at}`, jsonld(dataset(String(at)))])),
    }
    const report = await house.harvest(source('/sitemap.xml', { maxPages: 3 }))
    expect(report).toMatchObject({ state: 'partial', added: 3 })
    expect(report.problems[0]).toMatchObject({ code: 'endless-pages', message: expect.stringContaining('options.include') as string })
  })

  test('a page nested without end, and a description that runs in a circle, are survived', () => {
    const deep = '<div itemscope itemprop="x"><span itemprop="y">'.repeat(50_000)
    expect(readHtml(`<div itemscope itemtype="https://schema.org/Dataset"><b itemprop="name">Jeu</b>${deep}`, 'https://example.org/').items).toHaveLength(1)
  })

  test('descriptions that point at each other end', async () => {
    const graph = await graphOf(
      jsonld({
        '@context': 'https://schema.org',
        '@graph': [
          { '@id': '#a', '@type': 'Dataset', name: 'A', description: 'd', creator: { '@id': '#b' } },
          { '@id': '#b', '@type': 'Organization', name: 'B', subOrganization: { '@id': '#c' }, parentOrganization: { '@id': '#b' } },
          { '@id': '#c', '@type': 'Organization', name: 'C', parentOrganization: { '@id': '#b' } },
        ],
      }),
    )
    expect(graph).toContain('name> "B"')
  })

  test('the one page of a record is asked where somebody told that it changed', async () => {
    portal.answers = site(
      ['a', 'b', 'c'].map(id => dataset(id, { identifier: id })),
      portal.url,
    )
    await house.harvest(source())
    portal.answers['/d/b'] = jsonld(dataset('b', { identifier: 'b', description: 'Nouveau' }))
    portal.asked.length = 0
    expect(await house.harvest(source(), { only: `${portal.url}/d/b` })).toMatchObject({ state: 'complete', updated: 1, problems: [] })
    expect(portal.asked).toEqual(['/d/b'])
  })
})

if (!corpus) console.warn('schema-org.test.ts skips the recorded pages: set FIHRIST_CORPUS to the folder of recorded portal responses.')

const register = 'schema-org/netwerk-digitaal-erfgoed__dataset-register/packages/core/test/datasets'
const others = [
  'schema-org/netwerk-digitaal-erfgoed__dataset-register/requirements/examples/dataset-schema-org-valid.jsonld',
  'schema-org/w3c__dxwg/dcat/examples/dataset-004-sdo.jsonld',
  ...[
    'full',
    'minimal',
    'variableMeasured-gridDataset',
    'variableMeasured-gridDataset-altVersion',
    'variableMeasured_NGDSBoreholeTemperature',
    'variableMeasured_USGS-NWIS_surfaceWater',
  ].map(name => `schema-org/ESIPFed__science-on-schema.org/examples/dataset/${name}.jsonld`),
]
/** Files that hold none, or more than one. */
const counts: Record<string, number> = {
  'catalog-schema-org-no-dataset.jsonld': 0,
  'datasets-schema-org-valid.jsonld': 2,
  'catalog-schema-org-valid.jsonld': 2,
}

describe.skipIf(!corpus)('recorded pages', () => {
  const names = corpus
    ? [
        ...readdirSync(join(corpus, register))
          .filter(name => /\.(jsonld|html)$/.test(name))
          .map(name => `${register}/${name}`),
        ...others,
      ]
    : []
  onStage()
  test.each(names)(
    '%s',
    async name => {
      const written = readFileSync(join(corpus!, name), 'utf8')
      // Beside it stands a page that can always be read, as a site without any dataset is lost.
      portal.answers = {
        '/sitemap.xml': sitemap(`${portal.url}/p`, `${portal.url}/autre`),
        '/p': name.endsWith('.html') ? { type: 'text/html', body: written } : jsonld(written),
        '/autre': jsonld(dataset('autre')),
      }
      const source = house.source('schema-org', `${portal.url}/sitemap.xml`)
      const report = await house.harvest(source)
      expect(report).toMatchObject({ state: 'complete', failed: 0, problems: [] })
      expect(report.added - 1, name).toBe(counts[name.split('/').pop()!] ?? 1)
      expect(await house.harvest(source, { full: true })).toMatchObject({ state: 'complete', unchanged: report.added, problems: [] })
      if (/valid-(jsonld|microdata|rdfa)\.html$/.test(name)) {
        const graph = house.graph(house.records().find(record => record.dataset === 'https://example.com/dataset')!.id)
        for (const words of [
          'title> "Alba amicorum van de Koninklijke Bibliotheek"',
          'publisher> <https://example.com/publisher>',
          '<https://example.com/publisher> <http://xmlns.com/foaf/0.1/name> "Koninklijke Bibliotheek"',
        ])
          expect(graph).toContain(words)
      }
    },
    60_000,
  )
})
