import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readEdition } from '../../src/cli/context.ts'
import { writeNotice } from '../../src/harvest/notices/text.ts'
import { openEngine } from '../../src/harvest/run/engine.ts'
import { openLedger } from '../../src/ledger/file/ledger.ts'
import { sayWordsOf } from '../../src/words/words.ts'
import { morocco } from '../edition.ts'
import type { House } from '../harvest/harvest.ts'
import { startPortal, turtle, type Portal } from '../portal.ts'
import { serve, type Open } from '../web/site.ts'
import { fihrist } from './fihrist.ts'

const begin = (folder: string, ...more: string[]) =>
  fihrist(['init', folder, '--title', 'Offene Daten', '--base', 'https://daten.example.org', '--languages', 'de,en', '--country', 'DE', ...more])

/** Two datasets as a German town might publish them; one leaves much to be said of it. */
const feed = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
<https://stadt.example/katalog> a dcat:Catalog ; dct:title "Stadt"@de ; dcat:dataset <https://stadt.example/baeume>, <https://stadt.example/haushalt> .
<https://stadt.example/baeume> a dcat:Dataset ; dct:title "Bäume der Stadt"@de, "Trees of the town"@en ; dct:description "Alle Bäume."@de ;
  dct:publisher [ a foaf:Organization ; foaf:name "Gartenamt"@de ] ; dct:spatial "Deutschland" ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
  dcat:distribution [ a dcat:Distribution ; dcat:accessURL <https://stadt.example/baeume.csv> ; dct:format "CSV" ; dct:license "CC BY 4.0" ] .
<https://stadt.example/haushalt> a dcat:Dataset ; dct:title "Äpfel im Haushalt"@de ; dcat:landingPage <https://stadt.example/haushalt.html> .
`

let folder: string
let portal: Portal
let web: Open
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fihrist-init-'))
  portal = await startPortal({ '/katalog.ttl': turtle(feed), '/': turtle(feed) })
  const begun = await begin(folder, '--publisher', 'Stadt Musterhausen', '--allow', '127.0.0.0/8', '--url', `${portal.url}/katalog.ttl`)
  expect(begun).toMatchObject({ code: 0 })
  appendFileSync(
    join(folder, 'words/de.yaml'),
    'nav: { datasets: Datensätze, skip: Zum Inhalt }\ncount: { datasets_one: "{{n}} Datensatz", datasets_other: "{{n}} Datensätze" }\ninventory: { missing: "ein Wert fehlt. {{help}}" }\n',
  )
  const [source] = readdirSync(join(folder, 'harvesters')).filter(name => name.endsWith('.yaml'))
  const options = { catalogue: join(folder, 'catalogue.yaml'), data: join(folder, 'data') }
  const harvested = await fihrist(['harvest', source!.replace('.yaml', ''), '--catalogue', options.catalogue, '--data', options.data, '--json'])
  expect(JSON.parse(harvested.out)).toMatchObject({ runs: [{ state: 'complete', outcomes: { added: 2, failed: 0 } }] })
  const { catalogue, sources } = readEdition(options, { env: {} })
  const ledger = openLedger(options.data)
  const engine = await openEngine(catalogue, ledger)
  const close = async () => {
    await engine.close()
    ledger.close()
  }
  web = await serve({ folder, engine, ledger, close } as House, sources)
}, 60_000)
afterAll(async () => {
  await web?.close()
  await portal?.close()
  sayWordsOf('')
  rmSync(folder, { recursive: true, force: true })
})

const get = async (path: string, init: RequestInit = {}) => (await fetch(new URL(path, web.url), init)).text()

describe('an edition of another country, in other languages', () => {
  test('is begun by a command, and passes every check', async () => {
    const { code, out } = await fihrist(['check', '--catalogue', join(folder, 'catalogue.yaml')])
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^All is well: 1 sources.*admission.*dcat-ap/) })
    expect(out).toMatch(/Words in de: \d+ sentences are missing, and shown in English\./)
  })

  test('speaks its languages, and English where it has no word yet', async () => {
    const page = await get('/de/datasets?sort=title')
    expect(page).toMatch(/<html lang="de" dir="ltr"/)
    expect(page).toContain('Datensätze')
    expect(page).toContain('Search datasets')
    expect(page.indexOf('Äpfel im Haushalt')).toBeLessThan(page.indexOf('Bäume der Stadt'))
    expect(await get('/en/datasets')).toContain('Trees of the town')
    expect(await get('/datasets', { headers: { 'Accept-Language': 'de-AT' } })).toMatch(/<html lang="de"/)
    expect((await fetch(new URL('/fr/datasets', web.url))).status).toBe(404)
  })

  test('is spoken by its commands, which name the languages there are where another is asked for', async () => {
    const check = (...more: string[]) =>
      fihrist(['inventory', 'check', '-', '--catalogue', join(folder, 'catalogue.yaml'), ...more], { input: 'id,title_fr,publisher\n1,Bäume,\n' })
    for (const each of [await check(), await check('--lang', 'de')]) expect(each.out).toContain('ein Wert fehlt.')
    expect((await check('--lang', 'en')).out).toContain('a value is missing.')
    for (const args of [
      ['inventory', 'check', '-'],
      ['validate', '-'],
    ]) {
      const { code, err } = await fihrist([...args, '--lang', 'xx', '--catalogue', join(folder, 'catalogue.yaml')], { input: feed })
      expect([code, err]).toEqual([2, expect.stringMatching(/--lang: there are no words in "xx"; use one of: .*\bde\b/)])
    }
  })

  test('knows its country and its bodies by its own lists', async () => {
    expect(await get('/de/id/territory/DE')).toContain('Deutschland')
    expect(await get('/de/datasets?q=b%C3%A4ume')).toContain('Deutschland')
    expect(await get('/de/')).toContain('Stadt Musterhausen')
  })

  test('has no word, list or rule of Morocco on any page or feed', async () => {
    const todo = [
      '/de/',
      '/en/',
      '/catalog.ttl',
      '/catalog.jsonld',
      '/catalog.rdf',
      '/data.json',
      '/ldes',
      '/feed.atom',
      '/openapi.json',
      '/llms.txt',
      '/robots.txt',
    ]
    todo.push('/sitemap.xml', '/opensearch.xml', '/.well-known/void', '/oai?verb=ListRecords&metadataPrefix=oai_dc', '/api/3/action/package_search')
    todo.push('/sources.json', '/quality.csv', '/id/theme', '/id/territory', '/id/organisation', '/id/licence', '/steward', '/nothing-here')
    const words = await morocco()
    const seen = new Set(todo)
    const found: string[] = []
    for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
      const text = await get(path)
      const word = words.exec(text)
      if (word) found.push(`${path}: ${text.slice(Math.max(0, word.index - 60), word.index + 60)}`)
      for (const [, href] of text.matchAll(/(?:href|src)="([^"]+)"/g)) {
        const url = new URL(href!.replaceAll('&amp;', '&'), new URL(path, 'https://daten.example.org'))
        const next = url.pathname + url.search
        // What only sorts or narrows a list has the words of the list.
        if (url.origin !== 'https://daten.example.org' || seen.has(next) || /^\/(static|dump)\/|[?&](sort|page|lang|query)=|&/.test(next)) continue
        seen.add(next)
        todo.push(next)
      }
    }
    expect(seen.size).toBeGreaterThan(60)
    expect(found).toEqual([])
  }, 120_000)

  test('nor in SPARQL, beside the lists of all countries and languages', async () => {
    const query = `SELECT ?s ?o { ?s ?p ?o FILTER (!STRSTARTS(STR(?s), "http://publications.europa.eu/")) FILTER (isLiteral(?o)) }`
    const { results } = JSON.parse(await get(`/sparql?query=${encodeURIComponent(query)}`, { headers: { Accept: 'application/sparql-results+json' } })) as {
      results: { bindings: { o: { value: string } }[] }
    }
    const words = await morocco()
    expect(results.bindings.length).toBeGreaterThan(100)
    expect(results.bindings.filter(({ o }) => words.test(o.value))).toEqual([])
  })

  test('nor in what assistants and portals are told', async () => {
    const words = await morocco()
    const ask = (method: string, params: object) =>
      get('/mcp', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      })
    const told = [await ask('tools/list', {}), await ask('tools/call', { name: 'search_datasets', arguments: { query: 'Bäume' } })]
    expect(told.join('')).toContain('Bäume der Stadt')
    const { catalogue, sources } = readEdition({ catalogue: join(folder, 'catalogue.yaml') }, { env: {} })
    const problems = [{ code: 'unreachable', kind: 'unreachable', message: 'No answer.', place: {} }]
    const report = { run: 1, state: 'failed', problems } as unknown as Parameters<typeof writeNotice>[0]['report']
    const at = '2026-01-01T00:00:00Z'
    const mail = writeNotice({ source: sources[0]!, catalogue, report, state: 'broken', since: at, at, language: 'de' })
    expect(mail.text).toContain('1. Januar 2026')
    expect([...told, mail.subject, mail.text].filter(text => words.test(text))).toEqual([])
  })
})

test('an edition is begun in a folder that git holds already, and its .gitignore stays as it is', async () => {
  const own = mkdtempSync(join(tmpdir(), 'fihrist-init-'))
  writeFileSync(join(own, '.gitignore'), '*.bak\n')
  expect(await begin(own)).toMatchObject({ code: 0 })
  expect(readFileSync(join(own, '.gitignore'), 'utf8')).toBe('*.bak\n')
  expect(existsSync(join(own, 'pages/about.de.md'))).toBe(true)
  rmSync(own, { recursive: true, force: true })
})

test('a folder that holds something is left as it is', async () => {
  const used = mkdtempSync(join(tmpdir(), 'fihrist-used-'))
  writeFileSync(join(used, 'letter.txt'), 'mine')
  mkdirSync(join(used, '.git'))
  expect(await begin(used)).toMatchObject({ code: 2, err: expect.stringMatching(/is not empty \(letter\.txt\), and is left as it is/) })
  expect(readdirSync(used)).toEqual(['.git', 'letter.txt'])
  rmSync(used, { recursive: true })
})

test.each([
  [['--languages', 'deutsch,en'], /--languages: "deutsch" is not right: expected language codes such as de,en/],
  [['--base', 'daten.example.org'], /--base: "daten.example.org" is not right: expected an address/],
  [['--country', 'Deutschland'], /--country: "Deutschland" is not right: expected two capital letters/],
  [['--allow', '10.0.0.0'], /--allow: "10.0.0.0" is not right: expected a range of addresses/],
])('what is wrong with %j is said before anything is written', async (wrong, sentence) => {
  const target = join(tmpdir(), `fihrist-never-${process.pid}`)
  expect(await begin(target, ...wrong)).toMatchObject({ code: 2, err: expect.stringMatching(sentence) })
  expect(existsSync(target)).toBe(false)
})

test('languages with a region or a script have words, pages and a direction of their own', async () => {
  const target = mkdtempSync(join(tmpdir(), 'fihrist-tags-'))
  expect(await begin(target, '--languages', 'pt-BR,fa,sr-Latn', '--country', 'BR')).toMatchObject({ code: 0 })
  expect(readFileSync(join(target, 'words/pt-BR.yaml'), 'utf8')).toContain('dates: pt-BR')
  expect(await fihrist(['check', '--catalogue', join(target, 'catalogue.yaml')])).toMatchObject({ code: 0 })
  rmSync(target, { recursive: true })
})
