import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/web/routes/index.ts'
import { openHouse, edition } from '../harvest/harvest.ts'
import { startPortal, turtle, type Portal } from '../portal.ts'
import { browser, serve, type Open } from './site.ts'

// A record that meets the publication gate is seen nowhere: the whole of the site is read for the words that it alone has.

const feed = (description: string, more = '') => `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://portal.example.ma/open> a dcat:Dataset ; dct:title "Pluies"@fr ; dct:description "Pluies par jour."@fr ; dct:identifier "open" ;
  dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://portal.example.ma/open.csv> ] .
<https://portal.example.ma/d2> a dcat:Dataset ; dct:title "Zanzibar${more}"@fr ; dct:description "${description}"@fr ; dct:identifier "d2" ; dcat:keyword "zanzibar"@fr ;
  dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://portal.example.ma/zanzibar.csv> ] .`

let portal: Portal
let site: Open
const token = 'the token of the portal'.replaceAll(' ', '-')
const harvest = async (body: string) => {
  portal.answers = { '/feed.ttl': turtle(body) }
  const report = await site.house.harvest(source())
  await site.ready()
  return report
}
const source = () => site.house.source('dcat', `${portal.url}/feed.ttl`, { notify: { token }, removal: { threshold: 1, graceDays: 0 } })
const admissions = () => site.house.records().map(({ id, admission }) => [id, admission])

beforeAll(async () => {
  portal = await startPortal({})
  const house = await openHouse(edition.replace('[admission, dcat-ap]', '[admission, dcat-ap]\nwithholding: [publication]'))
  site = await serve(house, [house.source('dcat', `${portal.url}/feed.ttl`, { notify: { token } })])
})
afterAll(async () => {
  await site.close()
  await portal.close()
})

/** All that can be read: each route in every form, what pages link to, former states of the feed, and the whole store. */
async function everything(): Promise<Map<string, string>> {
  const read = new Map<string, string>()
  const id = (path: string) => path.replace('/:resource', '/1').replace(':n', '2')
  const ids = ['portal-zanzibar', 'portal-open', 'portal']
  const named = routes.flatMap(({ path }) => (path.includes(':') || path.includes('*') ? ids.map(each => id(path).replace(':id', each)) : [path]))
  const queue = [
    ...named.flatMap(path => [path, ...['ttl', 'json', 'jsonld', 'csv', 'nt'].map(extension => `${path}.${extension}`)]),
    ...[1, 2, 3].map(revision => `/catalog.ttl?page=1&revision=${revision}`),
    '/datasets?q=zanzibar',
    '/datasets?sort=title',
    `/sparql?query=${encodeURIComponent('SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }')}`,
  ]
  for (const path of queue) {
    if (read.has(path) || read.size > 220 || /[:*]/.test(path)) continue
    for (const headers of /\.\w+$/.test(path) ? [{ Accept: '*/*' }] : [browser, { Accept: 'text/turtle' }]) {
      const response = await site.get(path, headers)
      const text = `${response.headers.get('link')} ${response.headers.get('location')} ${await response.text()}`
      read.set(path, `${read.get(path) ?? ''}${text}`)
      for (const [, to] of text.matchAll(/(?:href|action)="(\/(?!static)[^"#]*)"/g)) if (!to!.includes('zanzibar')) queue.push(to!.replaceAll('&amp;', '&'))
    }
  }
  return read
}

/** Where the word stands, but for what was asked, which an answer may repeat. */
const leaks = async () => {
  const unasked = (path: string, text: string) =>
    text
      .replaceAll(path.includes('portal-zanzibar') ? 'portal-zanzibar' : decodeURIComponent(path), '')
      .replace(/value="zanzibar"|q=zanzibar|«\s?zanzibar\s?»/g, '')
  return [...(await everything())].filter(([path, text]) => /zanzibar/i.test(unasked(path, text))).map(([path]) => path)
}

describe('a record that meets the publication gate', () => {
  test('is withheld from its first harvest, and from every way out', async () => {
    await harvest(feed('Liste du Zanzibar, CIN : AB123456.'))
    expect(admissions()).toEqual([
      ['portal-open', 'published'],
      ['portal-zanzibar', 'withheld'],
    ])
    expect(await leaks()).toEqual([])
    for (const path of ['/record/portal-zanzibar', '/dataset/portal-zanzibar', '/record/portal-zanzibar/versions', '/record/portal-zanzibar.ttl'])
      expect((await site.get(path)).status, path).toBe(404)
  }, 120_000)

  test('is seen once it is mended, and nothing of what it said before', async () => {
    await harvest(feed('Une liste.'))
    expect((await site.get('/record/portal-zanzibar/versions', browser)).status).toBe(200)
    const texts = [...(await everything()).values()].join('\n')
    expect(texts).toMatch(/Zanzibar/)
    expect(texts).not.toContain('AB123456')
  }, 120_000)

  test('is taken back with all that was shown of it, in former states of the catalogue too', async () => {
    await harvest(feed('Usage strictement interne.', ' bis'))
    expect(admissions()).toContainEqual(['portal-zanzibar', 'withheld'])
    expect(await leaks()).toEqual([])
  }, 120_000)

  test.each([
    ['/changes?since=1&each=record', /"type":"delete","id":"portal-zanzibar"/],
    ['/oai?verb=ListIdentifiers&metadataPrefix=oai_dc', /<header status="deleted">\s*<identifier>[^<]*portal-zanzibar</],
    ['/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:catalogue.example.ma:portal-zanzibar', /<header status="deleted">/],
  ])('was shown, and leaves a tombstone in %s', async (path, told) => {
    const text = await (await site.get(path, { Accept: '*/*' })).text()
    expect(text).toMatch(told)
    expect(text).not.toMatch(/zanzibar[^"]*(bis|csv)|AB123456/i)
  })

  test('was shown, and is told as gone by the stream, under the IRI that those who follow it know', async () => {
    const read = async (address: string): Promise<string> => {
      const text = await (await site.get(address, { Accept: 'application/n-quads' })).text()
      const further = [...text.matchAll(/tree#node> <https:\/\/catalogue\.example\.ma(\/ldes\?[^>]*)>/g)].map(([, to]) => to!)
      return [text, ...(await Promise.all(further.filter(to => to !== address).map(read)))].join('\n')
    }
    const stream = await read('/ldes')
    const [, gone] = /^(<[^>]*>) <[^>]*type> <[^>]*activitystreams#Delete>/m.exec(stream) ?? []
    expect(gone).toBeDefined()
    expect(stream).toContain(`${gone} <https://www.w3.org/ns/activitystreams#object> <https://portal.example.ma/d2>`)
    expect(stream).not.toMatch(/Zanzibar|zanzibar\.csv/)
  })

  test('is told with its reasons to who bears the token of the portal, and to nobody else', async () => {
    const told = await site.get('/api/sources/portal/withheld', { Authorization: `Bearer ${token}`, 'Accept-Language': 'fr' })
    expect(await told.json()).toMatchObject({
      withheld: [
        {
          record: 'https://portal.example.ma/d2',
          reasons: [{ rule: expect.stringMatching(/#text-classified$/), message: expect.stringMatching(/mention de classification/) }],
        },
      ],
    })
    expect(told.headers.get('cache-control')).toBe('no-store')
    expect((await site.get('/api/sources/portal/withheld')).status).toBe(401)
    expect((await site.get('/api/sources/portal/withheld', { Authorization: 'Bearer wrong' })).status).toBe(401)
  })

  test('leaves the tombstone of its identifier alone when its portal lets it go, as it had been shown', async () => {
    await harvest(feed('x').split('<https://portal.example.ma/d2>')[0]!)
    expect(admissions()).toContainEqual(['portal-zanzibar', 'removed'])
    expect((await site.get('/record/portal-zanzibar')).status).toBe(410)
    expect([...(await everything()).values()].join('\n').replace(/portal-zanzibar/g, '')).not.toMatch(/zanzibar[^"]*(bis|csv)/i)
    expect(site.failures).toEqual([])
  }, 120_000)
})
