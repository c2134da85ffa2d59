import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ckanAnswers, packageOf } from '../harvest/protocols/ckan/portal.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { saidOf } from '../ledger/said.ts'
import { startPortal, turtle, type Answer } from '../portal.ts'
import { edition, everywhere, openWhole, type Whole } from './catalogue.ts'

// Reports of peers: languages and licences that get lost, portals that keep harvesters out, harvesters that let themselves be sent anywhere.

const html = (language: string) => ({ Accept: 'text/html', 'Accept-Language': language })

let whole: Whole
afterEach(async () => {
  expect(whole.failures).toEqual([])
  await whole.close()
})

test('ckan/ckanext-dcat#51: every language that a portal gives is kept, and each reader gets their own', async () => {
  const titled = feed(['a']).replace('dct:title "Jeu a"@fr', 'dct:title "Eau potable"@fr , "الماء الصالح للشرب"@ar , "Drinking water"@en')
  whole = await openWhole('dcat', { '/feed.ttl': turtle(titled) })
  await whole.settle()
  for (const [language, title] of [
    ['fr', 'Eau potable'],
    ['ar', 'الماء الصالح للشرب'],
    ['en', 'Drinking water'],
  ]) {
    expect(await (await whole.get(`/${language}/dataset/${whole.id('a')}`, html(language!))).text()).toMatch(new RegExp(`<h1[^>]*>(?:<[^>]*>)*${title}`))
  }
  const before = whole.house.content()
  // The order in which the feed writes them says nothing.
  whole.portal.answers = {
    '/feed.ttl': turtle(
      titled.replace('"Eau potable"@fr , "الماء الصالح للشرب"@ar , "Drinking water"@en', '"Drinking water"@en , "الماء الصالح للشرب"@ar , "Eau potable"@fr'),
    ),
  }
  expect(await whole.harvest()).toMatchObject({ unchanged: 1, updated: 0 })
  expect(whole.house.content()).toEqual(before)
})

test('Fedict/dcattools#288, GovDataOfficial/DCAT-AP.de#78: text without a language tag gets one, and the repair says that it is ours', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b']).replace('"Jeu a"@fr', '"Jeu a"').replace('"Jeu b"@fr', '"معطيات حول الماء"')) })
  await whole.settle()
  expect(await (await whole.get(`/dataset/${whole.id('a')}.nt`)).text()).toContain('"Jeu a"@fr')
  expect(await (await whole.get(`/dataset/${whole.id('b')}.nt`)).text()).toContain('"معطيات حول الماء"@ar')
  for (const key of ['a', 'b'])
    expect(
      saidOf(whole.house.ledger, whole.id(key))
        .repairs.map(({ rule }) => rule)
        .join(),
    ).toMatch(/language-/)
})

test('opendatateam/udata#2618, geosolutions-it/ckanext-dcatapit#57, geonetwork/core-geonetwork#8507, SEMICeu/DCAT-AP#209, datagouv/data.gouv.fr#1523: a licence as text, code or foreign address becomes that of the list, and stands on every distribution', async () => {
  const licences = [
    'cc-by',
    'CC-BY-4.0',
    'http://creativecommons.org/licenses/by/4.0/',
    'https://creativecommons.org/licenses/by/4.0/deed.fr',
    'Creative Commons Attribution 4.0',
  ]
  whole = await openWhole(
    'ckan',
    ckanAnswers(
      licences.map((licence, at) =>
        packageOf(`p${at}`, {
          ...(licence.startsWith('http') ? { license_id: 'other', license_url: licence } : { license_id: licence }),
          hvd_category: 'http://data.europa.eu/bna/c_ac64a52d',
          resources: ['a', 'b'].map(name => ({ id: `${at}${name}`, name, url: `https://data.example.org/${at}${name}.csv`, format: 'CSV' })),
        }),
      ),
    ),
  )
  expect(await whole.settle()).toMatchObject({ added: 5 })
  const text = await (await whole.get('/catalog.nt')).text()
  const licensed = [...text.matchAll(/<http:\/\/purl\.org\/dc\/terms\/license> <([^>]*)> \./g)]
    .map(([, licence]) => licence!)
    .filter(licence => !licence.includes('odbl'))
  expect(
    licensed.filter(licence => licence.endsWith('/authority/licence/CC_BY_4_0') || licence.endsWith('/licence/cc-by-4.0') || /cc[-_]by/i.test(licence)),
  ).toHaveLength(10)
  expect(new Set(licensed).size).toBe(1)
})

test('GSA/data.gov#5303, GSA/data.gov#5248, GSA/datagov-wptheme#415, ondata/ckan-mcp-server#7: every request says who asks and where to complain; a firewall that refuses is named, and costs nothing', async () => {
  const agents = new Set<string>()
  const answer = feed(['a', 'b'])
  whole = await openWhole(
    'dcat',
    {
      '/feed.ttl': (request, response) => {
        agents.add(request.headers['user-agent'] ?? '')
        response.writeHead(200, { 'content-type': 'text/turtle' }).end(answer)
      },
    },
    { yaml: edition.replace('http: {', 'http: { userAgent: "Fihrist/0.1 (+https://catalogue.example.ma; opendata@example.ma)",') },
  )
  await whole.settle()
  expect([...agents]).toEqual(['Fihrist/0.1 (+https://catalogue.example.ma; opendata@example.ma)'])
  for (const [refusal, code] of [
    [{ status: 403, type: 'text/html', body: '<h1>Request blocked</h1>' }, 'http-status'],
    [{ status: 200, type: 'text/html', body: '<!DOCTYPE html><html>Request blocked. Support ID: 17</html>' }, 'unknown-format'],
    [{ status: 406, body: 'Not Acceptable' }, 'http-status'],
  ] as [Answer, string][]) {
    whole.portal.answers = { '/feed.ttl': refusal }
    const report = await whole.settle()
    expect(report).toMatchObject({ state: 'failed', missing: 0, problems: [{ code }] })
    expect(report.problems[0]!.message).toMatch(/Ask the portal|Send Turtle/)
  }
  expect(await whole.counts()).toEqual(everywhere(2))
})

test('GSA/data.gov#5669, GSA/data.gov#5367: nothing that a portal writes makes us read a file or a machine of our own network', async () => {
  const inside = await startPortal({ '/secret': 'the secret' })
  const port = new URL(inside.url).port
  // Only the portal itself is allowed; 127.0.0.2 stands for the network behind us.
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b'])) }, { yaml: edition.replace('127.0.0.0/8', '127.0.0.1/32') })
  await whole.settle()
  const secret = join(whole.house.folder, 'secret.ttl')
  writeFileSync(secret, feed(['stolen']))
  const targets = [
    `http://127.0.0.2:${port}/secret`,
    `http://[::1]:${port}/secret`,
    `http://[::ffff:127.0.0.2]:${port}/secret`,
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    `file://${secret}`,
    'ftp://127.0.0.1/secret',
    'gopher://127.0.0.1/_',
  ]
  for (const target of targets) {
    whole.portal.answers = { '/feed.ttl': { status: 302, headers: { location: target } } }
    expect(
      (await whole.harvest()).problems.map(({ code }) => code),
      target,
    ).toEqual([/^https?:/.test(target) ? 'address-refused' : 'page-link'])
    whole.portal.answers = { '/feed.ttl': turtle(feed(['a'], { next: target })) }
    const report = await whole.harvest()
    expect(report, target).toMatchObject({ state: 'partial', seen: 1, added: 0, missing: 0 })
    whole.portal.answers = {
      '/feed.ttl': { type: 'application/ld+json', body: JSON.stringify({ '@context': target, '@id': 'https://data.example.org/dataset/a' }) },
    }
    expect(
      (await whole.harvest()).problems.map(({ code }) => code),
      target,
    ).toEqual(['unknown-context'])
    whole.portal.answers = {
      '/feed.ttl': {
        type: 'application/rdf+xml',
        body: `<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "${target}">]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><rdf:Description rdf:about="https://data.example.org/dataset/a"><dct:title>&x;</dct:title></rdf:Description></rdf:RDF>`,
      },
    }
    await whole.harvest()
  }
  expect(inside.asked).toEqual([])
  expect(JSON.stringify(whole.house.content())).not.toMatch(/stolen|the secret/)
  expect(await whole.counts()).toEqual(everywhere(2))
  await inside.close()
})

test('italia/dati.gov.it#20, italia/dati.gov.it#6, GSA/data.gov#6102: who looks finds each source with its address and its last run, also where two are of one address', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b'])) })
  await whole.settle()
  interface Status {
    sources: {
      url: string
      state: string
      lagS: number
      late: boolean
      records: { published: number }
      lastRun: { state: string; finished: string }
      lastCompleteRun: { id: number; finished: string }
      errors: { code: string }[]
    }[]
  }
  const status = async (path: string, headers = {}) => ((await (await whole.get(path, headers)).json()) as Status).sources[0]!
  const url = `${whole.portal.url}/feed.ttl`
  const well = await status('/sources.json')
  expect(well).toMatchObject({
    url,
    state: 'complete',
    records: { published: 2 },
    lastRun: { state: 'complete', finished: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
  })
  // A failed run is not taken for the last harvest: both dates are told, and why.
  whole.portal.answers = {}
  await whole.settle()
  expect(await status('/sources', { Accept: 'application/json' })).toMatchObject({
    url,
    state: 'failed',
    records: { published: 2 },
    lastRun: { state: 'failed' },
    lastCompleteRun: { finished: well.lastRun.finished },
    errors: [{ code: 'http-status' }],
  })
  for (const [language, path] of [
    ['fr', '/fr/sources'],
    ['ar', '/ar/sources'],
    ['en', '/en/sources/portal'],
  ]) {
    const page = await (await whole.get(path!, html(language!))).text()
    expect([path, page.includes(url), page.includes(`datetime="${well.lastRun.finished}"`)]).toEqual([path, true, true])
  }
  const linked = await (await whole.get('/sources.ttl')).text()
  expect(linked).toContain(url)
  expect(linked).toContain('lastCompleteRun')
  whole.portal.answers = { '/feed.ttl': turtle(feed(['a', 'b'])) }
  // The same address declared once more.
  const folder = join(whole.house.folder, 'harvesters')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'twin.yaml'), readFileSync(join(folder, 'portal.yaml'), 'utf8'))
  const { code, out } = await whole.cli('harvest', '--json')
  expect([code, (JSON.parse(out) as { runs: { source: string; state: string }[] }).runs.map(({ source, state }) => [source, state])]).toEqual([
    0,
    [
      ['portal', 'complete'],
      ['twin', 'complete'],
    ],
  ])
  expect((await whole.cli('status')).code).toBe(0)
  for (const path of ['/sources', '/datasets', '/catalog.ttl']) expect((await whole.get(path)).status).toBe(200)
})

test('openlink/virtuoso-opensource#1411, openlink/virtuoso-opensource#1089: a long query is answered or refused with a reason, and the connection is not simply closed', async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(['a', 'b'])) })
  await whole.settle()
  const query = (lines: number) =>
    `SELECT (COUNT(DISTINCT ?d) AS ?n) { ?d a <http://www.w3.org/ns/dcat#Dataset> ${Array.from({ length: lines }, (_, at) => `FILTER NOT EXISTS { ?d <http://data.europa.eu/r5r/hvdCategory> <http://data.europa.eu/bna/c_${at}> }`).join('\n')} }`
  const post = (text: string) =>
    whole.get('/sparql', { 'Content-Type': 'application/x-www-form-urlencoded' }, { method: 'POST', body: new URLSearchParams({ query: text }).toString() })
  const well = await post(query(100))
  expect(well.status).toBe(200)
  expect(Number(((await well.json()) as { results: { bindings: { n: { value: string } }[] } }).results.bindings[0]!.n.value)).toBeGreaterThanOrEqual(2)
  const refused = await post(query(2000))
  expect([refused.status, refused.headers.get('content-type')]).toEqual([413, expect.stringContaining('application/problem+json')])
  expect(await refused.json()).toMatchObject({ code: 'too-large', detail: expect.any(String) })
})
