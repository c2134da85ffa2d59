import { afterAll, beforeAll, expect, test } from 'vitest'
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
})

test('a service is described as one', async () => {
  expect(said(await page('service/wfs'))).toMatchObject({ '@type': 'WebAPI', name: 'Service WFS' })
})
