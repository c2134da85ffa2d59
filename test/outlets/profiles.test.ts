import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from '../../src/rdf/parse.ts'
import { judge } from '../../src/validate/feed.ts'
import { loadProfile } from '../../src/validate/profiles.ts'
import { browser } from '../web/site.ts'
import { openPublished, type Published } from './served.ts'

let site: Published
beforeAll(async () => {
  site = await openPublished()
})
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const page = async (id: string, language = 'fr') => (await site.get(`/${language}/dataset/${site.idOf(id)}`, browser)).text()
const said = (html: string) => {
  const found = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text]) => JSON.parse(text!) as Record<string, unknown>)
  expect(found).toHaveLength(1)
  return found[0]!
}

test('the page of a dataset says of it what search engines read, in the language of the page', async () => {
  const french = said(await page('dataset/barrages'))
  expect(french).toMatchObject({
    '@context': 'https://schema.org/',
    '@type': 'Dataset',
    '@id': 'https://data.example.org/dataset/barrages',
    url: `${site.house.engine.catalogue.base}/dataset/portail-barrages`,
    name: 'Remplissage des barrages',
    alternateName: 'نسبة ملء السدود',
    keywords: ['barrage', 'eau potable'],
    license: 'http://publications.europa.eu/resource/authority/licence/CC_BY_4_0',
    isAccessibleForFree: true,
    temporalCoverage: '2010-01-01/..',
    spatialCoverage: { '@type': 'Place', geo: { '@type': 'GeoShape', box: '27 -13 36 -1' } },
    dateModified: '2025-11-04',
    inLanguage: 'fr',
    includedInDataCatalog: { '@type': 'DataCatalog', name: 'Essai' },
  })
  expect(french['distribution']).toContainEqual(
    expect.objectContaining({
      '@type': 'DataDownload',
      contentUrl: 'https://eau.example.org/barrages.csv',
      encodingFormat: 'text/csv',
      contentSize: '20480',
    }) as unknown,
  )
  expect(said(await page('dataset/barrages', 'ar'))).toMatchObject({ name: 'نسبة ملء السدود', alternateName: 'Remplissage des barrages', keywords: 'سد' })
})

test('a description is as long as Google Dataset Search asks, though the portal says less', async () => {
  const { description } = said(await page('dataset/nu')) as { description: string }
  expect(description).toBe('Court. – Nu – Essai')
  for (const id of ['dataset/barrages', 'dataset/mechant'])
    expect((said(await page(id)) as { description: string }).description.length).toBeGreaterThanOrEqual(50)
})

test('no text of a portal ends the script, or is changed by standing in it', async () => {
  const html = await page('dataset/mechant')
  expect(/ld\+json">(.*?)<\/script>/s.exec(html)![1]).not.toContain('<')
  expect(said(html)['name']).toBe('<!-- ]]> & "guillemets" <b> \\ `${x}`')
})

test('the page of a dataset links to the same in RDF, and its canonical address', async () => {
  const html = await page('dataset/barrages')
  const links = [...html.matchAll(/<link rel="alternate" type="([^"]+)" href="([^"]+)"/g)].map(([, type, href]) => `${type} ${href!.split('/').pop()}`)
  expect(links).toContain('text/turtle portail-barrages.ttl')
  expect(links).toContain('application/ld+json portail-barrages.jsonld')
  // One address in each language, whatever stands behind it.
  expect(await (await site.get(`/fr/dataset/portail-barrages?utm_source=x`, browser)).text()).toContain(
    `<link rel="canonical" href="${site.url}/fr/dataset/portail-barrages"`,
  )
})

test('a service is described as one', async () => {
  expect(said(await page('service/wfs'))).toMatchObject({ '@type': 'WebAPI', name: 'Service WFS' })
})

const inProfile = async (path: string, profile: string) => {
  const response = await site.get(`${path}?profile=${profile}`)
  return { response, text: await response.text() }
}

test('a dataset and the feed are had in the words of DCAT-AP 2, where sizes are decimal and series are datasets', async () => {
  const profile = '<https://joinup.ec.europa.eu/solution/dcat-application-profile-data-portals-europe/release/211>'
  for (const path of ['/dataset/portail-barrages.nt', '/catalog.nt']) {
    const { response, text } = await inProfile(path, 'dcat-ap-2')
    expect([response.headers.get('content-profile'), response.headers.get('link')]).toEqual([profile, expect.stringContaining(`${profile}; rel="profile"`)])
    expect(text).toContain('<http://www.w3.org/ns/dcat#byteSize> "20480"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    expect(text).toContain('<http://www.w3.org/2002/07/owl#versionInfo> "3"')
    expect(text).toContain('<http://purl.org/dc/terms/isPartOf> <https://data.example.org/series/eau>')
    expect(text).not.toMatch(/DatasetSeries|dcat#inSeries|dcat#version>/)
    if (path.includes('dataset')) expect(text).toContain('<http://www.w3.org/ns/adms#status> <http://purl.org/adms/status/Completed>')
  }
  const { text } = await inProfile('/catalog.nt', 'dcat-ap-2')
  const { catalogue, vocabulary } = site.house.engine
  const { results } = await judge(
    (await parse(text, { url: site.url, mediaType: 'application/n-triples' })).quads,
    await loadProfile(catalogue.shapes, catalogue.base, 'dcat-ap-2'),
    vocabulary,
  )
  expect(results.filter(({ severity, focus }) => severity === 'violation' && !focus.includes('mechant'))).toEqual([])
})

test('the feed in a profile keeps to it from page to page', async () => {
  const { response, text } = await inProfile('/catalog.jsonld', 'schema-org&limit=2')
  const listed = JSON.parse(text) as { '@type': string; dataset: { '@type': string }[] }
  expect([listed['@type'], listed.dataset.length]).toEqual(['DataCatalog', 2])
  const next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link')!)![1]!
  expect(next).toContain('profile=schema-org')
  const second = (await (await fetch(next)).json()) as { dataset: { '@id': string }[] }
  expect(second.dataset).toHaveLength(2)
})

test('Croissant says where the files are, and what they are', async () => {
  const { text } = await inProfile('/dataset/portail-barrages', 'croissant')
  const said = JSON.parse(text) as { distribution: object[] }
  expect(said).toMatchObject({
    '@type': 'sc:Dataset',
    name: 'Remplissage des barrages',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    license: 'http://publications.europa.eu/resource/authority/licence/CC_BY_4_0',
    datePublished: '2020-03-01',
    version: '3',
    citeAs: expect.stringContaining('[Data set]') as string,
  })
  expect(said.distribution[0]).toMatchObject({
    '@type': 'cr:FileObject',
    contentUrl: 'https://eau.example.org/barrages.csv',
    encodingFormat: 'text/csv',
    contentSize: '20480 B',
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  })
})

test('a profile that there is not is refused with the list of those there are', async () => {
  for (const path of ['/dataset/portail-barrages', '/catalog', '/sources/portail/catalog.ttl']) {
    const { response, text } = await inProfile(path, 'dcat')
    expect([path, response.status, text]).toEqual([path, 400, expect.stringContaining('dcat-ap, dcat-ap-2, schema-org, croissant')])
  }
})

test('signposts lead from a dataset to what describes it, to its licence and its files, and a link set has all of them', async () => {
  const { headers } = await site.get('/dataset/portail-barrages', browser)
  const header = headers.get('link')!
  const leads = (rel: string) => [...header.matchAll(new RegExp(`<([^>]+)>; rel="${rel}"`, 'g'))].map(([, href]) => href)
  expect([leads('cite-as'), leads('license'), leads('author'), leads('item')]).toEqual([
    [`${site.url}/dataset/portail-barrages`],
    ['http://publications.europa.eu/resource/authority/licence/CC_BY_4_0'],
    [`${site.url}/id/organisation/mee`],
    ['https://eau.example.org/barrages.csv', 'https://eau.example.org/barrages/carte'],
  ])
  expect(leads('type')).toEqual(['https://schema.org/AboutPage', 'https://schema.org/Dataset'])
  for (const [, href, type] of header.matchAll(/<([^>]+)>; rel="describedby"; type="([^"]+)"/g))
    expect((await fetch(href!)).headers.get('content-type')).toContain(type)
  const set = await (await fetch(leads('linkset')[0]!)).text()
  for (const href of [...leads('item'), ...leads('describedby')]) expect(set).toContain(`<${href}>`)
})
