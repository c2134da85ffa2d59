import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../src/harvest/run/run.ts'
import { bring, step, type Contribution } from '../../src/ledger/programme/contributions.ts'
import { measureLater } from '../../src/ledger/records/measurements.ts'
import { recordById } from '../../src/ledger/records/records.ts'
import { figuresOf, keepFigures } from '../../src/ledger/records/scorecards.ts'
import { keepScorecards, scorecardsNow } from '../../src/outlets/scorecard/scorecard.ts'
import { dayOf, seenChanged } from '../../src/validate/quality/freshness.ts'
import { openHouse } from '../harvest/harvest.ts'
import { startPortal } from '../portal.ts'
import { openChromium, there } from './chromium.ts'
import { browser, serve, type Open } from './site.ts'

// A portal of four datasets of two bodies, of which everything can be counted by hand.

const eu = 'http://publications.europa.eu/resource/authority/'
const today = dayOf(new Date())
const date = (daysAgo: number) => new Date((today - daysAgo) * 86_400_000).toISOString().slice(0, 10)
const frequency = (code: string) => `dct:accrualPeriodicity <${eu}frequency/${code}>`
const feed = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <https://portal.example.ma/> .
@prefix adms: <http://www.w3.org/ns/adms#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
:hcp a foaf:Agent ; foaf:name "HCP" . :other a foaf:Agent ; foaf:name "Une régie/des eaux"@fr .
:a a dcat:Dataset ; dct:title "Population"@fr , "السكان"@ar ; dct:description "Par province"@fr , "حسب الأقاليم"@ar ; dct:publisher :hcp ; dcat:keyword "eau"@fr ;
  ${frequency('MONTHLY')} ; dct:modified "${date(10)}"^^xsd:date ; dcat:distribution :fa .
:fa a dcat:Distribution ; dcat:accessURL <https://portal.example.ma/a> ; dct:format <${eu}file-type/CSV> ; dct:license <${eu}licence/CC_BY_4_0> .
:b a dcat:Dataset ; dct:title "Prix"@fr ; dct:description "Par ville"@fr ; dct:publisher :hcp ; ${frequency('MONTHLY')} ; dct:modified "${date(100)}"^^xsd:date ; dcat:distribution :fb .
:fb a dcat:Distribution ; dcat:accessURL <https://portal.example.ma/b> ; dct:format <${eu}file-type/PDF> ; dct:license <https://example.org/own> .
:c a dcat:Dataset ; dct:title "Barrages"@fr ; dct:description "Remplissage"@fr ; dct:publisher :other ; ${frequency('IRREG')} ; dcat:distribution :fc .
:fc a dcat:Distribution ; dcat:accessURL <https://portal.example.ma/c> ; dct:format <${eu}file-type/XLSX> .
:d a dcat:Dataset ; adms:status <https://catalogue.example.ma/id/status/planned> ; dct:title "Sources"@fr ; dct:description "Prévu"@fr ; dct:publisher :other ; dct:available "${date(3)}"^^xsd:date .
`

let open: Open
let close: () => Promise<void>
const card = (kind: 'catalogue' | 'publisher' | 'source' = 'catalogue', scope = '') => scorecardsNow(open.house.ledger).find(kind, scope)!.figures
const record = (name: string) =>
  recordById(open.house.ledger, open.house.ledger.get<{ id: string }>('SELECT id FROM record WHERE dataset = ?', `https://portal.example.ma/${name}`)!.id)!
const total = async (query: string) => (await (await open.get(`/fr/datasets?${query}`, browser)).text()).match(/id="results-count"[^>]*>\s*([^<]*)</)?.[1]

beforeAll(async () => {
  const portal = await startPortal({ '/feed.ttl': { type: 'text/turtle', body: feed } })
  const house = await openHouse()
  const source = house.source('dcat', `${portal.url}/feed.ttl`, { id: 'portail', title: { fr: 'Portail' } })
  expect(await run(source, house.engine)).toMatchObject({ state: 'complete', added: 4 })
  open = await serve(house, [source])
  close = async () => {
    await open.close()
    await portal.close()
  }
}, 120_000)
afterAll(() => close())

describe('a scorecard counts', () => {
  it('what is published, open, bilingual, licensed and on time, of those of which it is known', () => {
    expect(card().datasets).toBe(4)
    expect(card().counts).toMatchObject({
      published: [3, 4],
      openFormat: [1, 4],
      machineReadable: [2, 4],
      bilingual: [1, 4],
      licensed: [2, 4],
      openLicence: [1, 4],
      // The planned one is late since three days; of the irregular one nothing can be expected.
      fresh: [1, 3],
      linksAlive: [0, 0],
      personalData: [0, 4],
    })
  })

  it('each body and each source for itself, and their sum is the whole', () => {
    expect(card('publisher', 'hcp')).toMatchObject({ datasets: 2, counts: { published: [2, 2], bilingual: [1, 2], fresh: [1, 2] } })
    expect(card('publisher', 'Une régie/des eaux')).toMatchObject({ datasets: 2, counts: { published: [1, 2], fresh: [0, 1] } })
    expect(card('source', 'portail')).toEqual(card())
  })

  it('leads to lists of exactly the datasets that it counted', async () => {
    expect(await total('meets=published')).toBe('3 jeux de données')
    expect(await total('lacks=published')).toBe('1 jeu de données')
    expect(await total('publisher=hcp&meets=bilingual')).toBe('1 jeu de données')
    expect(await total('fresh=late')).toBe('2 jeux de données')
    expect(await total('fresh=unknown')).toBe('1 jeu de données')
    expect(await total('lacks=linksAlive')).toBe('Aucun jeu de données')
    expect(await total('lacks=nonsense')).toBe('4 jeux de données')
  })
})

it('what gains most points in all comes first, with the datasets that it would mend', () => {
  const cards = scorecardsNow(open.house.ledger)
  const fixes = cards.fixes(cards.whole)
  expect(fixes.map(({ points }) => points)).toEqual(fixes.map(({ points }) => points).toSorted((a, b) => b - a))
  expect(fixes.find(({ change }) => change === 'theme')).toEqual({ change: 'theme', points: 120, records: 4 })
  expect(fixes.find(({ change }) => change === 'keywords')).toEqual({ change: 'keywords', points: 90, records: 3 })
  expect(fixes.map(({ change }) => change)).not.toContain('access')
})

it('each change leads to the list of exactly the datasets that it mends, and is in the JSON and, the first of each scope, in the table', async () => {
  const { fixes } = (await (await open.get('/quality.json')).json()) as { fixes: { change: string; points: number; records: number }[] }
  for (const { change, records } of fixes)
    expect.soft(await total(`fix=${change}`), change).toBe(records === 1 ? '1 jeu de données' : `${records} jeux de données`)
  expect(await total('fix=nonsense')).toBe('4 jeux de données')
  expect(await (await open.get('/fr/datasets?fix=theme', browser)).text()).toContain('Indiquer un thème')
  const listed = (await (await open.get('/datasets.json?fix=theme')).json()) as { datasets: { score: number; fixes: { change: string; points: number }[] }[] }
  expect(listed.datasets[0]!.fixes).toContainEqual({ change: 'theme', points: 30 })
  const [names, first] = (await (await open.get('/datasets.csv?fix=theme')).text()).split('\r\n').map(line => line.split(','))
  expect(first![names!.indexOf('next_fix')]).toBe(listed.datasets[0]!.fixes[0]!.change)
  const page = await (await open.get('/fr/quality', browser)).text()
  expect(page).toContain('href="/fr/datasets?fix=theme"')
  const [heads, whole] = (await (await open.get('/quality.csv')).text()).split('\r\n').map(line => line.split(','))
  const cell = (name: string) => whole![heads!.indexOf(name)]
  expect([cell('next_fix'), cell('next_fix_points'), cell('next_fix_datasets')]).toEqual([fixes[0]!.change, `${fixes[0]!.points}`, `${fixes[0]!.records}`])
})

describe('the pages', () => {
  it.each([
    ['/fr/quality', 'Qualité et suivi'],
    ['/ar/quality', 'الجودة والتتبع'],
    ['/en/quality/hcp', 'Where do we stand?'],
    [`/fr/quality/${encodeURIComponent('Une régie/des eaux')}`, 'Une régie/des eaux'],
    ['/fr/sources/portail/quality', 'Portail'],
    ['/fr/sources/portail', 'À gagner'],
    ['/fr/quality/bank-al-maghrib', 'Aucun jeu de données'],
  ])('%s says %s', async (path, says) => {
    const answer = await open.get(path, browser)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(says)
  })

  it.each([
    ['/quality/nobody-of-this-name', 404],
    ['/quality?quarter=2026-Q5', 400],
    ['/quality?quarter=hier', 400],
    ['/sources/nowhere/quality', 404],
    ['/quality.csv?quarter=2020-Q1', 200],
  ])('%s is answered by %i', async (path, status) => {
    expect((await open.get(path, browser)).status).toBe(status)
  })

  it('the same figures are had as JSON, as a table and as DQV', async () => {
    const json = (await (await open.get('/quality.json')).json()) as { datasets: number; criteria: object; publishers: { id: string; datasets: number }[] }
    expect(json).toMatchObject({ datasets: 4, criteria: { bilingual: { met: 1, of: 4, share: 0.25 }, linksAlive: { met: 0, of: 0, share: null } } })
    expect(json.publishers.find(({ id }) => id === 'hcp')).toMatchObject({ datasets: 2 })
    const [heads, whole, ...others] = (await (await open.get('/quality.csv')).text()).trim().split('\r\n')
    expect(heads).toContain('kind,id,name,datasets,points')
    expect(whole).toContain(',catalogue,,')
    const kinds = others.map(line => line.split(',')[1])
    expect(kinds.filter(kind => kind === 'publisher' || kind === 'source')).toHaveLength(3)
    const nt = await (await open.get('/quality/hcp.nt')).text()
    expect(nt).toMatch(/id\/organisation\/hcp> <[^>]*hasQualityMeasurement> <[^>]*quality\/hcp#measurement-bilingualShare>/)
    expect(nt).toMatch(/measurement-bilingualShare> <[^>]*dqv#value> "0\.5"\^\^<[^>]*decimal>/)
    expect(nt).not.toContain('measurement-linksAliveShare')
  })

  it('the page of a dataset says what to do first, how late it is, and what its points may come to', async () => {
    const text = async (name: string) => (await (await open.get(`/fr/dataset/${record(name).id}`, browser)).text()).replace(/<[^>]+>/g, '').replace(/\s+/g, ' ')
    expect(await text('b')).toMatch(/À faire en premier :.*\+\d+ points/)
    expect(await text('b')).toMatch(/En retard La mise à jour était attendue le [^:]* : (69|70) jours de retard/)
    expect(await text('d')).toContain('3 jours de retard')
    expect(await text('c')).toContain('Aucun rythme de mise à jour régulier')
    expect(await text('a')).toMatch(/À jour Prochaine mise à jour attendue le/)
    const { score } = record('b')
    expect(await text('b')).toContain(`${score} à ${score + 50} points sur 405`)
  })
})

describe('what is measured later', () => {
  it('of a file counts for its dataset: a status that is none of success is a dead link, and a change that was seen makes it fresh', async () => {
    const { n } = record('b')
    measureLater(open.house.ledger, n, new Date().toISOString(), { accessUrlStatusCode: 404, [seenChanged]: today - 1 }, 'https://portal.example.ma/fb')
    expect(card().counts).toMatchObject({ linksAlive: [0, 1], fresh: [2, 3] })
    expect(await total('lacks=linksAlive')).toBe('1 jeu de données')
    measureLater(open.house.ledger, n, new Date().toISOString(), { accessUrlStatusCode: 200 }, 'https://portal.example.ma/fb')
    expect(card().counts).toMatchObject({ linksAlive: [1, 1] })
    const nt = await (await open.get(`/record/${record('b').id}.nt`)).text()
    expect(nt).toMatch(/measurement-accessUrlStatusCode-\w+> <[^>]*dqv#value> "200"\^\^<[^>]*integer>/)
    expect(nt).toMatch(/measurement-accessUrlStatusCode-\w+> <[^>]*computedOn> <https:\/\/portal.example.ma\/fb>/)
  })
})

describe('the history', () => {
  it('holds a day only where a figure became another, and the quarter that has ended as it was', async () => {
    const { ledger } = open.house
    const { whole } = scorecardsNow(ledger)
    const before = { ...whole, figures: { ...whole.figures, datasets: 3 } }
    const lastQuarter = new Date(Date.UTC(new Date().getUTCFullYear(), Math.floor(new Date().getUTCMonth() / 3) * 3, 0))
    keepFigures(ledger, dayOf(lastQuarter) - 5, [before])
    expect(keepFigures(ledger, dayOf(lastQuarter) - 4, [before])).toBe(0)
    expect(keepScorecards(ledger)).toBe(4)
    expect(keepScorecards(ledger)).toBe(0)
    expect(figuresOf(ledger, 'catalogue', '').map(({ day }) => day)).toEqual([dayOf(lastQuarter) - 5, today])
    const quarter = `${lastQuarter.getUTCFullYear()}-Q${Math.floor(lastQuarter.getUTCMonth() / 3) + 1}`
    expect(await (await open.get(`/quality.json?quarter=${quarter}`)).json()).toMatchObject({ datasets: 3 })
    expect(await (await open.get('/fr/quality', browser)).text()).toContain(`quarter=${quarter}`)
  })

  it('a body that has no dataset any more is written down once', () => {
    const { ledger } = open.house
    const { whole, of } = scorecardsNow(ledger)
    const all = [whole, ...of('publisher'), ...of('source')]
    const gone = { ...whole, kind: 'publisher' as const, scope: 'gone' }
    expect(keepFigures(ledger, today, [...all, gone])).toBe(1)
    expect(keepFigures(ledger, today + 1, all)).toBe(1)
    expect(keepFigures(ledger, today + 2, all)).toBe(0)
    expect(figuresOf(ledger, 'publisher', 'gone').at(-1)).toMatchObject({ day: today + 1, figures: null })
  })
})

it.skipIf(!there).each(['fr', 'ar'])('the scorecard is printed whole in %s: the league on its side, nothing cut off', async language => {
  const chromium = await openChromium()
  const page = await chromium.newPage({ viewport: { width: 1047, height: 700 } })
  await page.goto(`${open.url}/${language}/quality`)
  const sheets = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1').match(/\/MediaBox \[0 0 \d+/g)!
  // Width of an upright A4 sheet, and of one on its side, in points.
  expect(new Set(sheets.map(sheet => sheet.slice(15, 18)))).toEqual(new Set(['595', '841']))
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate('[...document.querySelectorAll(".league")].map(table => table.scrollWidth > innerWidth)')).toEqual([false, false])
  expect(await page.evaluate('getComputedStyle(document.querySelector(".scorecard-forms")).display')).toBe('none')
  await chromium.close()
})

describe('requests for datasets', () => {
  const ask = (body?: string) =>
    bring(open.house.ledger, { kind: 'request', language: 'fr', said: { title: 'Loyers', text: 'Par ville', ...(body && { body }) } }, now())
  const now = () => new Date().toISOString()
  const move = (of: Contribution, state: string, body?: string) => step(open.house.ledger, of.id, of.step, { state, said: {}, ...(body && { body }) }, now())!

  it('are counted as answered or not, of the whole and of the body, once the public sees them', async () => {
    expect(card().counts['requestsAnswered']).toEqual([0, 0])
    const [one, other] = [ask(), ask()]
    ask()
    move(move(one, 'assigned', 'hcp'), 'exists')
    move(other, 'assigned', 'hcp')
    expect(card().counts['requestsAnswered']).toEqual([1, 2])
    expect(card('publisher', 'hcp').counts['requestsAnswered']).toEqual([1, 2])
    expect(card('publisher', 'Une régie/des eaux').counts['requestsAnswered']).toEqual([0, 0])
    const page = await (await open.get('/fr/quality/hcp', browser)).text()
    expect(page).toContain('href="/fr/requests?body=hcp&amp;state=over"')
    expect(page).toContain('href="/fr/requests?body=hcp&amp;state=open"')
    const [heads, whole] = (await (await open.get('/quality.csv')).text()).split('\r\n').map(line => line.split(','))
    expect(whole![heads!.indexOf('requestsAnswered_percent')]).toBe('50.0')
    expect(await (await open.get('/quality.ttl')).text()).toMatch(
      /isMeasurementOf> fihrist:requestsAnsweredShare|dqv:isMeasurementOf fihrist:requestsAnsweredShare/,
    )
  })

  it('give a body without datasets its row, which has no points: on the page, in the table, as JSON and as DQV', async () => {
    move(ask(), 'assigned', 'bank-al-maghrib')
    const page = await (await open.get('/fr/quality', browser)).text()
    expect(page).toMatch(/href="\/fr\/quality\/bank-al-maghrib">.*?<\/a><\/th><td>–<\/td><td>0<\/td>/)
    const rows = (await (await open.get('/quality.csv')).text()).split('\r\n').map(line => line.split(','))
    const row = rows.find(([, , id]) => id === 'bank-al-maghrib')!
    const cell = (name: string) => row[rows[0]!.indexOf(name)]
    expect(['datasets', 'points', 'points_up_to', 'findability', 'requestsAnswered', 'requestsAnswered_of'].map(cell)).toEqual(['0', '', '', '', '0', '1'])
    const { publishers } = (await (await open.get('/quality.json')).json()) as { publishers: { id: string; points: object | null; criteria: object }[] }
    expect(publishers.find(({ id }) => id === 'bank-al-maghrib')).toMatchObject({ points: null, criteria: { requestsAnswered: { met: 0, of: 1, share: 0 } } })
    const nt = await (await open.get('/quality/bank-al-maghrib.nt')).text()
    expect(nt).toMatch(/measurement-requestsAnsweredShare> <[^>]*dqv#value> "0\.0"/)
    expect(nt).not.toContain('bank-al-maghrib#measurement-scoring')
    // Beside those that publish it has no rank.
    expect(await (await open.get('/fr/organisations/bank-al-maghrib', browser)).text()).not.toContain('405')
    keepScorecards(open.house.ledger)
    expect(figuresOf(open.house.ledger, 'publisher', 'bank-al-maghrib')).toHaveLength(1)
  })

  it('and all else of the scorecards, with what each metric means, are in SPARQL', async () => {
    await open.ready()
    const ask = async (pattern: string) =>
      (
        (await (
          await open.get(
            `/sparql?query=${encodeURIComponent(`PREFIX dqv: <http://www.w3.org/ns/dqv#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT * { GRAPH <https://catalogue.example.ma/graph/scorecards> { ${pattern} } }`)}`,
            { Accept: 'application/sparql-results+json' },
          )
        ).json()) as { results: { bindings: Record<string, { value: string }>[] } }
      ).results.bindings
    const whole = await ask(
      '?m dqv:computedOn <https://catalogue.example.ma/catalog> ; dqv:isMeasurementOf <https://w3id.org/fihrist#datasetCount> ; dqv:value ?v',
    )
    expect(whole.map(({ v }) => v!.value)).toEqual(['4'])
    const unnamed = await ask('?m dqv:isMeasurementOf ?metric FILTER NOT EXISTS { ?metric a dqv:Metric ; skos:prefLabel ?label ; skos:definition ?text }')
    expect(unnamed).toEqual([])
    expect(await ask('?metric dqv:inDimension ?dimension . ?dimension a dqv:Dimension')).toHaveLength(28)
  })
})
