import { afterAll, beforeAll, expect, test } from 'vitest'
import { previewsOf } from '../../src/cli/previews.ts'
import { run } from '../../src/harvest/run/run.ts'
import type { Sample } from '../../src/sample.ts'
import { edition, openHouse, type House } from '../harvest/harvest.ts'
import { startPortal, turtle, type Portal } from '../portal.ts'
import { browser, serve, type Open } from './site.ts'

// What is seen of a file before it is taken: asked for when a reader asks, and no further than it needs.

const geojson = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    { type: 'Feature', properties: { nom: 'Phare', code: '007' }, geometry: { type: 'Point', coordinates: [-9.6, 30.4] } },
    { type: 'Feature', properties: { nom: 'Route', code: '012' }, geometry: { type: 'LineString', coordinates: [[-9.6, 30.4], [-8, 31.6]] } }, // prettier-ignore
    { type: 'Feature', properties: { nom: 'Nulle part' }, geometry: { type: 'Point', coordinates: ['x', 400] } },
  ],
})
const long = `id;valeur\n${Array.from({ length: 200_000 }, (_, at) => `${at};${at * 2},5`).join('\n')}\n`
const answers = {
  'a.csv': { type: 'text/csv', body: 'jour;volume;ouvert;nom\n2024-01-01;1 200;oui;سد الوحدة\n02/01/2024;13;non;<b>gras</b>\n;;;\n' },
  'b.geojson': { type: 'application/geo+json', body: geojson },
  'c.csv': { type: 'text/csv', body: long },
  'd.csv': { type: 'text/html', body: '<!doctype html><html><body>Connectez-vous</body></html>' },
  'e.csv': { status: 404, type: 'text/plain', body: 'Not Found' },
  'f.geojson': { type: 'application/json', body: `{"a":"${'x'.repeat(6_000_000)}"}` },
  'g.csv': { status: 302, headers: { location: 'http://10.0.0.1/secret.csv' } },
  'h.xlsx': { type: 'application/zip', body: Buffer.from('PK\u0003\u0004 broken') },
  'i.geojson': { type: 'application/json', body: `${'['.repeat(50_000)}` },
  'j.json': {
    type: 'application/json',
    body: JSON.stringify({ code: 'IPC', axes: [{ id: 1 }], page: { rows: [{ mois: '2024-01', indice: 118.3 }, { mois: '2024-02' }] } }),
  },
  'k.json': {
    type: 'application/json',
    body: JSON.stringify({ code: 'IPC', unit: { label: 'indice' }, data: { '2024M1': { value: '118.3' }, '2024M2': { value: '118.9' } } }),
  },
  'l.json': { type: 'application/json', body: JSON.stringify({ code: 'IPC', values: [1, 2, 3] }) },
}
const names = Object.keys(answers)

let portal: Portal
let house: House
let site: Open
let id: string
beforeAll(async () => {
  portal = await startPortal(url => ({
    '/feed.ttl': turtle(`@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .
<https://e.ma/d> a dcat:Dataset ; dct:title "Fichiers"@fr ; dct:description "Des fichiers."@fr ; dcat:distribution ${names.map(name => `<https://e.ma/d/${name}>`).join(', ')} .
${names.map(name => `<https://e.ma/d/${name}> a dcat:Distribution ; dct:title "Fichier ${name}"@fr ; dct:format "${name.split('.')[1]}" ; dcat:accessURL <${url}/${name}> ; dcat:downloadURL <${url}/${name}> .`).join('\n')}`),
    ...Object.fromEntries(Object.entries(answers).map(([name, answer]) => [`/${name}`, answer])),
  }))
  house = await openHouse(edition)
  const source = house.source('dcat', `${portal.url}/feed.ttl`)
  await run(source, house.engine)
  site = await serve(house, [source])
  id = house.records()[0]!.id
}, 60_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
  await portal.close()
})

const address = (name: string | number) => `/dataset/${id}/resource/${typeof name === 'number' ? name : names.indexOf(name) + 1}/preview`
const pageOf = async (name: string | number, language = 'fr') => {
  const response = await site.get(`/${language}${address(name)}`, browser)
  return { status: response.status, text: await response.text() }
}
const sampleOf = async (name: string) => (await (await site.get(address(name), { Accept: 'application/json' })).json()) as Sample & { title?: string }

test('the page of the dataset leads to the preview of each file that can be looked into, and asks no portal', async () => {
  portal.asked.length = 0
  const html = await (await site.get(`/fr/dataset/${id}`, browser)).text()
  for (const name of names) expect(html).toContain(`href="/fr${address(name)}"`)
  expect(portal.asked).toEqual([])
})

test('a table is shown with the kinds of its columns, and text is only text', async () => {
  const { status, text } = await pageOf('a.csv')
  expect(status).toBe(200)
  expect([...text.matchAll(/sample-kind">([^<]+)</g)].map(match => match[1])).toEqual(['date', 'nombre entier', 'oui ou non', 'texte'])
  expect(text).toContain('سد الوحدة')
  expect(text).toContain('&lt;b>gras')
  expect(text).not.toContain('<b>gras')
  expect(await sampleOf('a.csv')).toMatchObject({ rows: [['2024-01-01', '1 200', 'oui', 'سد الوحدة'], expect.anything()], more: false })
})

test('shapes are drawn, with what is said of them as a table; a code with zeros before it is no number', async () => {
  const { text } = await pageOf('b.geojson', 'ar')
  expect(text).toMatch(/<svg[^>]* role="img" aria-label="[^"]*النطاق/)
  expect(text).toContain('class="shapes-point"')
  expect(text).toContain('class="shapes-line"')
  expect(await sampleOf('b.geojson')).toMatchObject({
    columns: [
      { name: 'nom', kind: 'text' },
      { name: 'code', kind: 'text' },
    ],
    drawing: { west: -9.6, north: 31.6 },
  })
})

test('of a long table only the beginning is asked for', async () => {
  const sample = await sampleOf('c.csv')
  expect(sample).toMatchObject({ more: true, columns: [{ kind: 'whole' }, { kind: 'number' }] })
  expect(sample.rows).toHaveLength(20)
})

test('JSON is shown by the longest list of objects in it, or by an object of objects with its keys', async () => {
  expect(await sampleOf('j.json')).toMatchObject({
    columns: [{ name: 'mois', kind: 'date' }, { name: 'indice' }],
    rows: [
      ['2024-01', '118.3'],
      ['2024-02', ''],
    ],
  })
  expect(await sampleOf('k.json')).toMatchObject({
    columns: [{ name: 'key' }, { name: 'value', kind: 'number' }],
    rows: [['2024M1', '118.3'], expect.anything()],
  })
})

test('a page that is loaded again asks nobody', async () => {
  await pageOf('a.csv')
  portal.asked.length = 0
  await pageOf('a.csv', 'en')
  expect(portal.asked).toEqual([])
})

test.each([
  ['d.csv', 422, 'Seuls les fichiers CSV, XLSX, JSON et GeoJSON', 'لا تُعاين إلا ملفات'],
  ['e.csv', 502, 'Le portail répond par une erreur', 'أجابت البوابة بخطأ'],
  ['f.geojson', 413, 'trop grand', 'حجمه أكبر'],
  ['g.csv', 502, 'adresse est privée', 'رابطه خاص'],
  ['h.xlsx', 422, 'Seuls les fichiers', 'لا تُعاين إلا'],
  ['l.json', 422, 'Seuls les fichiers', 'لا تُعاين إلا'],
  ['i.geojson', 422, 'Seuls les fichiers', 'لا تُعاين إلا'],
])('%s: what keeps us from it is said in the language of the reader, and the way to the file stays', async (name, status, french, arabic) => {
  const [fr, ar] = [await pageOf(name), await pageOf(name, 'ar')]
  expect([fr.status, ar.status]).toEqual([status, status])
  expect(fr.text).toContain(french)
  expect(ar.text).toContain(arabic)
  expect(ar.text).toContain(`href="${portal.url}/${name}"`)
  expect(fr.text).not.toContain('secret')
})

test('there is no preview of what is no file of the dataset, whatever is asked', async () => {
  for (const place of ['0', '99', '1e1', '-1', 'a', `http:%2F%2F127.0.0.1`]) {
    const response = await site.get(`/fr/dataset/${id}/resource/${place}/preview`, browser)
    expect([place, response.status]).toEqual([place, 404])
    expect(await response.text()).toContain('n’a pas de fichier')
  }
  expect((await site.get('/dataset/nobody/resource/1/preview')).status).toBe(404)
  expect((await site.get(address('a.csv'), {}, { method: 'POST' })).status).toBe(405)
})

test('who asks for too many is told when to come back, in his language, before any portal is asked', async () => {
  let last = await site.get(`/ar${address('e.csv')}`, browser)
  for (let n = 0; n < 30 && last.status !== 429; n++) last = await site.get(`/ar${address('e.csv')}`, browser)
  expect(last.status).toBe(429)
  expect(await last.text()).toContain('يُعاين 30 ملفا')
})

test('crawlers are kept from asking portals for files', async () => {
  expect(await (await site.get('/robots.txt')).text()).toContain('Disallow: /fr/dataset/*/resource/*/preview')
})

test('more than a few files at once are asked to wait', async () => {
  const slow = await startPortal({ '/x.csv': () => {} })
  const look = previewsOf(house.engine.catalogue)
  const stop = new AbortController()
  const waiting = Array.from({ length: 4 }, () => look(`${slow.url}/x.csv`, stop.signal))
  const ended = Promise.allSettled(waiting)
  await expect(look(`${slow.url}/x.csv`, stop.signal)).rejects.toMatchObject({ code: 'too-many-requests', retryS: 5 })
  stop.abort()
  expect((await ended).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
  await slow.close()
})
