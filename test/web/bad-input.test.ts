import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse } from '../harvest/harvest.ts'
import { startPortal, type Portal } from '../portal.ts'
import { browser, serve, type Open } from './site.ts'

// What portals send that is meant to harm, or is far too much: pages of every kind show it harmlessly.

const prefixes = `@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
`
const script = '<script>alert(1)</script><img src=x onerror=alert(1)>'
const quoted = (text: string) => JSON.stringify(text)
const overridden = 'Rapport \u202Egnp.exe'
const datasets = {
  script: `dct:title ${quoted(`Titre < 5 & "x" ${script}`)}@fr ; dct:description ${quoted(`--></script>${script}`)}@fr ; dcat:keyword ${quoted('"><svg onload=alert(1)>')}@fr ;
    dct:publisher [ a foaf:Agent ; foaf:name ${quoted(script)}@fr ] ; dcat:landingPage <javascript:alert(1)> ;
    dcat:distribution [ a dcat:Distribution ; dct:title ${quoted(script)} ; dcat:accessURL <https://e.example/a.csv> ; dcat:downloadURL <javascript:alert(1)> ; dct:format ${quoted(script)} ]`,
  override: `dct:title ${quoted(overridden)}@fr ; dct:description ${quoted(overridden)}@fr ;
    dcat:distribution [ a dcat:Distribution ; dct:title ${quoted(overridden)}@fr ; dcat:accessURL <https://e.example/b.csv> ]`,
  long: `dct:title "Long"@fr ; dct:description ${quoted('mot '.repeat(2_500_000))}@fr ; dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://e.example/c.csv> ]`,
  many: `dct:title "Beaucoup"@fr ; dct:description "Huit mille fichiers"@fr ;
    dcat:distribution ${Array.from({ length: 8000 }, (_, at) => `<https://e.example/many/${at}>`).join(', ')}`,
  empty: `dct:title ""@fr, " "@ar ; dct:description ""@fr ; dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://e.example/d.csv> ]`,
}
const feed =
  prefixes +
  Object.entries(datasets)
    .map(([name, said]) => `<https://e.example/${name}> a dcat:Dataset ; ${said} .\n`)
    .join('') +
  Array.from({ length: 8000 }, (_, at) => `<https://e.example/many/${at}> a dcat:Distribution ; dcat:accessURL <https://e.example/files/${at}.csv> .\n`).join(
    '',
  )

let portal: Portal
let site: Open
let ids: Record<string, string>
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed } })
  const house = await openHouse()
  const source = house.source('dcat', `${portal.url}/feed.ttl`, { id: 'bad', title: { fr: 'Portail' } })
  await house.harvest(source)
  ids = Object.fromEntries(house.records().map(({ key, id }) => [key.slice(key.lastIndexOf('/') + 1), id]))
  site = await serve(house, [source])
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
  await portal.close()
})

const kinds = ['/dataset/ID', '/record/ID', '/record/ID/versions', '/record/ID/versions/1/diff', '/dataset/ID/card', '/dataset/ID/report']
const lists = [
  '',
  '/datasets',
  '/datasets?q=alert',
  `/datasets?q=${encodeURIComponent(script)}`,
  '/organisations',
  '/themes',
  '/sources/bad',
  '/sources/bad/runs/1',
  '/quality',
]

test.each([...lists, ...kinds.flatMap(kind => Object.keys(datasets).map(name => kind.replace('ID', `{${name}}`)))])('%s', async path => {
  const address = `/fr${path.replace(/\{(\w+)\}/, (_, name: string) => ids[name]!)}`
  const response = await site.get(address, browser)
  // What has no title waits until its portal has mended it: no page of the dataset shows it.
  const status = /^\/dataset\/\{empty\}(?:\/card)?$/.test(path) ? 404 : 200
  expect(response.status).toBe(status)
  const text = await response.text()
  expect(text).not.toMatch(/<script>alert|<img src=x|<svg onload|href="javascript:/)
  // Signs that turn what follows them round turn round their own text alone.
  const outside = text
    .replace(/<script type="application[^<]*/g, '')
    .replace(/="[^"]*"/g, '')
    .replace(/<bdi[^>]*>[^<]*<\/bdi>/g, '')
    .replace(/<(?:title|p|option|input|meta|ins|del|iframe|label)\b[^>]*>[^<]*/g, '')
  expect(/.{0,80}\u202E.{0,20}/.exec(outside)?.[0]).toBeUndefined()
  expect(text.length).toBeLessThan(400_000)
})
