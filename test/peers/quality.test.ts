import { afterEach, expect, test } from 'vitest'
import { addressesAt } from '../../demo/portals.ts'
import { edition, fihrist } from '../cli/fihrist.ts'
import { edition as catalogue } from '../harvest/harvest.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { allSaid } from '../ledger/said.ts'
import { openWhole, type Whole } from './catalogue.ts'

// Reports of peers: what validation costs, what it complains of without reason, and what it does not say.

let whole: Whole | undefined
afterEach(async () => {
  expect(whole?.failures ?? []).toEqual([])
  await whole?.close()
  whole = undefined
})

interface Verdict {
  conforms: boolean
  datasets: number
  counts: Record<string, number>
  results: { severity: string; focusNode: string; path?: string; message: string; advice?: string; value?: string }[]
}
const validated = async (turtle: string, ...options: string[]): Promise<Verdict> => {
  const { out, err } = await fihrist(['validate', '-', '--json', ...options], { input: turtle })
  expect(err).toBe('')
  return JSON.parse(out) as Verdict
}
/** A dataset whose values are those that the European lists ask for. */
const european = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://data.example.org/dataset/eu> a dcat:Dataset ; dct:title "Jeu"@fr ; dct:description "Description"@fr ; dct:publisher <https://data.example.org/agent> ;
  dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ; dct:language <http://publications.europa.eu/resource/authority/language/FRA> , <http://publications.europa.eu/resource/authority/language/ARA> ;
  dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/ANNUAL> ; dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
  dct:spatial <http://publications.europa.eu/resource/authority/country/MAR> ; dct:issued "2024-01-01"^^xsd:date ;
  dcat:distribution <https://data.example.org/d1> .
<https://data.example.org/agent> a foaf:Agent ; foaf:name "Producteur"@fr .
<https://data.example.org/d1> a dcat:Distribution ; dcat:accessURL <https://data.example.org/eu.csv> ; dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
  dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ; dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> .
`

test('rdf-ext/shacl-engine#12: a large file is judged dataset by dataset: each gets the findings it would get alone', async () => {
  const ids = Array.from({ length: 400 }, (_, at) => `n${String(at).padStart(3, '0')}`)
  const broken = (text: string) => text.replaceAll(/dct:title "Jeu (n\d\d7)"@fr ;/g, '')
  const all = await validated(broken(feed(ids)))
  expect(all.datasets).toBe(400)
  const of = (verdict: Verdict, id: string) =>
    verdict.results
      .filter(({ focusNode }) => focusNode.endsWith(`/${id}`))
      .map(({ focusNode: _focus, ...finding }) => ({ ...finding, line: undefined, column: undefined }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  for (const id of ['n007', 'n399']) expect(of(all, id)).toEqual(of(await validated(broken(feed([id]))), id))
  expect(all.results.filter(({ severity, path }) => severity === 'violation' && path?.endsWith('title')).length).toBe(40)
})

test('SEMICeu/DCAT-AP#125, SEMICeu/DCAT-AP#163, SEMICeu/DCAT-AP#248: values of European lists are known for what they are without the feed saying so, and nothing is said of the lists themselves', async () => {
  const { results } = await validated(european)
  expect(results.filter(({ severity }) => severity === 'violation')).toEqual([])
  expect(results.filter(({ focusNode }) => focusNode.startsWith('http://publications.europa.eu/') || focusNode.includes('/id/'))).toEqual([])
  expect(results.filter(({ value }) => value?.startsWith('http://publications.europa.eu/'))).toEqual([])
  // Harvested, the same: findings are of the record, and of nothing that the vocabulary says.
  whole = await openWhole('dcat', { '/feed.ttl': { type: 'text/turtle', body: european } }, { yaml: catalogue })
  await whole.settle()
  const focuses = allSaid(whole.house.ledger).findings.map(({ focus }) => focus)
  expect(focuses.filter(focus => !focus.startsWith('https://data.example.org/') && !focus.includes('/record/'))).toEqual([])
})

test('SEMICeu/DCAT-AP#176, mobilityDCAT-AP/mobilityDCAT-AP#100: usual formats, media types and languages are not complained of', async () => {
  const usual = [
    ['CSV', 'text/csv'],
    ['JSON', 'application/json'],
    ['XLSX', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['GEOJSON', 'application/geo+json'],
    ['RDF_TURTLE', 'text/turtle'],
    ['ZIP', 'application/zip'],
    ['PDF', 'application/pdf'],
  ]
  const { datasets, results } = await validated(
    usual
      .map(([format, mediaType], at) =>
        european
          .replaceAll('dataset/eu', `dataset/eu${at}`)
          .replaceAll('/d1', `/d1-${at}`)
          .replace('file-type/CSV', `file-type/${format}`)
          .replace('media-types/text/csv', `media-types/${mediaType}`),
      )
      .join(''),
  )
  expect(datasets).toBe(usual.length)
  expect(results.filter(({ path }) => /format|mediaType|language/.test(path ?? ''))).toEqual([])
})

test("SEMICeu/DCAT-AP#121: what is the provider's to mend, what cannot be read and what is wrong with the rules are told apart", async () => {
  const theirs = await fihrist(['validate', '-', '--json', '--lang', 'fr'], { input: european.replace('dct:title "Jeu"@fr ;', '') })
  expect(theirs.code).toBe(1)
  const [finding] = (JSON.parse(theirs.out) as Verdict).results.filter(({ severity }) => severity === 'violation')
  expect(finding).toMatchObject({
    focusNode: 'https://data.example.org/dataset/eu',
    path: expect.stringContaining('title'),
    message: expect.stringMatching(/titre/),
    advice: expect.any(String),
  })
  const unreadable = await fihrist(['validate', '-'], { input: `${european}<broken` })
  expect(unreadable.code).toBe(2)
  expect(unreadable.err).toMatch(/line \d+/)
  const cwd = edition({ 'catalogue.yaml': `${catalogue}shapes: ./shapes\n` })
  const { cpSync, writeFileSync } = await import('node:fs')
  cpSync('shapes', `${cwd}/shapes`, { recursive: true })
  writeFileSync(`${cwd}/shapes/dcat-ap.ttl`, '@prefix sh: <http://www.w3.org/ns/shacl#> .\n<broken')
  const ours = await fihrist(['check'], { cwd, env: addressesAt('https://a.example.org/') })
  expect(ours.code).toBe(2)
  expect(ours.err).toContain('shapes/dcat-ap.ttl')
})

test('GSA/datagov-ckan-multi#220, GSA/data.gov#2926, gbif/portal-feedback#4473: a provider gets a report on each run that says what is wrong, where, and how to mend it: as a page, a table and JSON, in their language', async () => {
  const untitled = (text: string) => text.replace('dct:title "Jeu b"@fr ; ', '').replace('<https://data.example.org/c.csv>', '<ttps://data.example.org/c.csv>')
  whole = await openWhole('dcat', { '/feed.ttl': { type: 'text/turtle', body: `${untitled(feed(['a', 'b', 'c']))}<https://data.example.org/d> dct:title "a` } })
  const { run, state } = await whole.settle()
  expect(state).toBe('partial')
  const path = `/sources/portal/runs/${run}`
  const get = async (address: string, headers = {}) => (await whole!.get(address, headers)).text()

  // JSON: each fault with its record, its place, its rule and its remedy in three languages.
  interface Fault {
    name: string
    title: Record<string, string>
    mend: Record<string, string>
    records: number
    lines: string
    example: { record?: { key: string; dataset?: string }; message?: string; excerpt?: string; address?: string; property?: string }
  }
  const report = JSON.parse(await get(`${path}.json`)) as {
    state: string
    seen: number
    quarantined: number
    summary: { problems: Fault[]; findings: Fault[]; repairs: Fault[] }
  }
  expect(report).toMatchObject({ state: 'partial', seen: 3, quarantined: 1 })
  const {
    problems: [problem],
    findings,
    repairs,
  } = report.summary
  expect(problem).toMatchObject({ name: 'unreadable-rdf', example: { address: `${whole.portal.url}/feed.ttl`, message: expect.stringMatching(/line \d+/) } })
  const title = findings.find(({ example }) => example.property?.endsWith('title'))
  expect(title).toMatchObject({ records: 1, example: { record: { key: 'https://data.example.org/dataset/b' } } })
  expect(repairs.find(({ name }) => name === 'iri-mended')).toMatchObject({
    example: { record: { key: 'https://data.example.org/dataset/c' }, value: 'ttps://data.example.org/c.csv' },
  })
  for (const fault of [problem!, title!])
    for (const language of ['fr', 'ar', 'en'])
      expect([fault.name, language, fault.mend[language]]).toEqual([fault.name, language, expect.stringMatching(/\S{3}/)])

  // A table, for who has no program: the same faults, one a line, in the language that is asked for.
  for (const language of ['fr', 'ar', 'en']) {
    const rows = (await get(`${path}.csv?lang=${language}`)).split('\r\n')
    expect(rows.find(row => row.includes('dataset/b') && row.startsWith('findings,'))).toContain(title!.title[language]!.replaceAll('"', '""'))
    expect(rows.some(row => row.startsWith('problems,unreadable-rdf,'))).toBe(true)
    // And a page that leads there.
    const page = await get(`/${language}${path}`, { Accept: 'text/html' })
    expect(page).toContain(`${path}.csv`)
    expect(page).toContain('dataset/b')
  }
  // The provider mends it, and the next report says so.
  whole.portal.answers = { '/feed.ttl': { type: 'text/turtle', body: feed(['a', 'b', 'c']) } }
  const next = await whole.settle()
  expect(JSON.parse(await get(`/sources/portal/runs/${next.run}.json`))).toMatchObject({
    state: 'complete',
    quarantined: 0,
    summary: { problems: [], findings: [], repairs: [] },
  })
})

test('italia/dati.gov.it#8, geonetwork/core-geonetwork#9006: anybody can validate a feed before it is harvested, in the formats that tools read', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': { type: 'text/turtle', body: european } }, { yaml: catalogue })
  for (const [format, start] of [
    ['text', /./],
    ['json', /^\{/],
    ['turtle', /sh:ValidationReport/],
    ['sarif', /"version": "2\.1\.0"/],
    ['junit', /<testsuites>/],
  ] as const) {
    const { code, out } = await whole.cli('validate', `${whole.portal.url}/feed.ttl`, '--format', format)
    expect([code, start.test(out)], format).toEqual([0, true])
  }
  // Nothing was kept of it.
  expect(whole.house.records()).toEqual([])
})
