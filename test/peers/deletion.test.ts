import { afterEach, beforeEach, expect, test } from 'vitest'
import { ckanAnswers, packageOf } from '../harvest/protocols/ckan/portal.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { turtle, type Answer } from '../portal.ts'
import { everywhere, openWhole, type Whole } from './catalogue.ts'

// Reports of peers: what is deleted too soon, too late, or for ever.

const ids = Array.from({ length: 20 }, (_, at) => `n${at}`)
const read = { Accept: 'text/html', 'Accept-Language': 'en' }

let whole: Whole
beforeEach(async () => {
  whole = await openWhole('dcat', { '/feed.ttl': turtle(feed(ids)) })
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 20 })
})
afterEach(async () => {
  expect(whole.failures).toEqual([])
  await whole.close()
})

const portalHas = (some: string[]) => {
  whole.portal.answers = { '/feed.ttl': turtle(feed(some)) }
}
/** As if what is missing had been missing for so many days. */
const days = (count: number) =>
  whole.house.ledger.run('UPDATE record SET missing_since = ? WHERE missing_since IS NOT NULL', new Date(Date.now() - count * 86_400_000).toISOString())
const status = async (path: string) => (await whole.get(path, read)).status

test('GetDKAN/dkan#2829: a source that is down unpublishes nothing, however often it is asked', async () => {
  for (const answer of [
    { status: 404 },
    { status: 403, body: '<h1>Forbidden</h1>' },
    (_request: unknown, response: { destroy(): void }) => void response.destroy(),
  ] as Answer[]) {
    whole.portal.answers = { '/feed.ttl': answer }
    expect(await whole.settle()).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
  }
  await whole.portal.close()
  expect(await whole.settle()).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
  expect(await whole.counts()).toEqual(everywhere(20))
  expect(await status(`/dataset/${whole.id('n7')}`)).toBe(200)
})

test('GetDKAN/dkan#2918: what is remembered of the portal may be lost: nothing is unpublished, the next run reads anew', async () => {
  whole.portal.answers = {
    '/feed.ttl': (request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end()
      else response.writeHead(200, { 'content-type': 'text/turtle', etag: '"one"' }).end(feed(ids))
    },
  }
  await whole.harvest()
  for (const lost of ['DELETE FROM page', 'DELETE FROM payload', 'UPDATE source SET watermark = NULL, last_full = NULL, notes = NULL']) {
    whole.house.ledger.run(lost)
    expect(await whole.settle()).toMatchObject({ state: 'complete', seen: 20, unchanged: 20, missing: 0 })
  }
  expect(await whole.counts()).toEqual(everywhere(20))
})

test('Fedict/dcattools#246: an empty file is a failed run, and a feed that lost more than the threshold is held until a person says so', async () => {
  for (const empty of ['', feed([]), '\n\n']) {
    whole.portal.answers = { '/feed.ttl': turtle(empty) }
    const report = await whole.settle()
    expect(report).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
    expect(report.problems.map(problem => problem.code)).toEqual(['empty-source'])
  }
  portalHas(ids.slice(0, 15))
  const held = await whole.settle()
  expect(held).toMatchObject({ state: 'held', missing: 0, removed: 0 })
  expect(held.gone).toEqual(
    ids
      .slice(15)
      .map(id => whole.id(id))
      .sort(),
  )
  expect(held.problems[0]!.message).toMatch(/5 of 20 records.*threshold of 20 %.*--accept-removals/)
  expect(await whole.counts()).toEqual(everywhere(20))
  expect(await whole.harvest({ acceptRemovals: true })).toMatchObject({ state: 'complete', missing: 5 })

  // The same by the command line: exit code 1, and the list for programs.
  portalHas(ids.slice(0, 5))
  const { code, out } = await whole.cli('harvest', '--json')
  const [run] = (JSON.parse(out) as { runs: { state: string; gone: string[] }[] }).runs
  expect([code, run!.state, run!.gone.length]).toEqual([1, 'held', 10])
})

test('GetDKAN/dkan#4581: a dataset that its provider forgot is pending for its grace days, and still there for readers', async () => {
  portalHas(ids.slice(0, 19))
  const report = await whole.settle()
  expect(report).toMatchObject({ state: 'complete', missing: 1, removed: 0, gone: [whole.id('n19')] })
  expect(whole.house.records().find(({ id }) => id === whole.id('n19'))).toMatchObject({ admission: 'missing', missing_since: expect.any(String) })
  expect(await status(`/dataset/${whole.id('n19')}`)).toBe(200)
  days(6)
  expect(await whole.settle()).toMatchObject({ missing: 0, removed: 0 })
  portalHas(ids)
  expect(await whole.settle()).toMatchObject({ state: 'complete', unchanged: 20, added: 0 })
  expect(await whole.counts()).toEqual(everywhere(20))
})

test('FAIRDataTeam/FAIRDataPoint#979: an outage is never an empty 200, neither read as a mass deletion nor told as one', async () => {
  whole.portal.answers = { '/feed.ttl': turtle('@prefix dcat: <http://www.w3.org/ns/dcat#> .\n<https://data.example.org/> a dcat:Catalog .') }
  expect(await whole.settle()).toMatchObject({ state: 'failed', missing: 0, removed: 0 })
  expect(await whole.counts()).toEqual(everywhere(20))
  // Ours: a catalogue that cannot read its ledger says so to those who harvest it.
  const { ledger } = whole.house
  const { all, each, get, marks } = ledger
  const broken = () => {
    throw new Error('disk I/O error')
  }
  Object.assign(ledger, { all: broken, each: broken, get: broken, marks: broken })
  const answers = await Promise.all(['/catalog.ttl', '/catalog.jsonld', '/sitemap.xml', '/datasets', `/dataset/${'x'}.ttl`].map(path => whole.get(path)))
  Object.assign(ledger, { all, each, get, marks })
  expect(answers.map(answer => answer.status)).toEqual([500, 500, 500, 500, 500])
  expect(whole.failures.splice(0)).toHaveLength(5)
})

test('ckan/ckanext-harvest#542: a dataset that is deleted at a CKAN portal goes here too', async () => {
  const packages = Array.from({ length: 10 }, (_, at) => packageOf(`p${at}`))
  const ckan = await openWhole('ckan', ckanAnswers(packages), { removal: { threshold: 0.2, graceDays: 0 } })
  await ckan.settle()
  ckan.portal.answers = ckanAnswers(packages.filter(({ id }) => id !== 'p4').map(each => (each['id'] === 'p5' ? { ...each, state: 'deleted' } : each)))
  expect(await ckan.settle()).toMatchObject({ state: 'complete', removed: 2 })
  expect(await ckan.counts()).toEqual(everywhere(8))
  expect([(await ckan.get(`/dataset/${ckan.id('p4')}`)).status, (await ckan.get(`/dataset/${ckan.id('p5')}`)).status]).toEqual([410, 410])
  await ckan.close()
})

test('GSA/data.gov#2989: a source that truly shrank leaves nothing stale behind once a person has said so', async () => {
  portalHas(ids.slice(0, 2))
  expect(await whole.settle()).toMatchObject({ state: 'held' })
  expect(await whole.settle({ acceptRemovals: true })).toMatchObject({ state: 'complete', missing: 18 })
  days(8)
  expect(await whole.settle()).toMatchObject({ state: 'complete', removed: 18 })
  expect(await whole.counts()).toEqual(everywhere(2))
})

test('GSA/data.gov#3239: a removed dataset is nowhere any more, and its address says that it was removed', async () => {
  const gone = whole.id('n3')
  portalHas(ids.filter(id => id !== 'n3'))
  await whole.settle()
  days(8)
  expect(await whole.settle()).toMatchObject({ removed: 1 })
  expect(await whole.counts()).toEqual(everywhere(19))
  for (const path of ['/catalog.ttl', '/catalog.jsonld', '/sitemap.xml', '/datasets?q=n3'])
    expect(await (await whole.get(path, { Accept: '*/*' })).text(), path).not.toContain(gone)
  const asked = await whole.get(
    `/sparql?query=${encodeURIComponent('ASK { { <https://data.example.org/dataset/n3> ?p ?o } UNION { ?s ?q <https://data.example.org/dataset/n3> } }')}`,
  )
  expect(await asked.json()).toMatchObject({ boolean: false })
  for (const path of [`/dataset/${gone}`, `/record/${gone}`, `/dataset/${gone}.ttl`, `/record/${gone}.jsonld`]) expect(await status(path), path).toBe(410)
})

test('ckan/ckanext-dcat#238: what is deleted already is deleted again without an error', async () => {
  portalHas(ids.slice(1))
  await whole.harvest()
  days(8)
  expect(await whole.harvest()).toMatchObject({ state: 'complete', removed: 1, problems: [] })
  const revision = whole.house.ledger.get('SELECT max(id) FROM revision')
  for (let again = 0; again < 3; again++)
    expect(await whole.harvest({ full: true, acceptRemovals: true })).toMatchObject({
      state: 'complete',
      unchanged: 19,
      missing: 0,
      removed: 0,
      gone: [],
      problems: [],
    })
  expect(whole.house.ledger.get('SELECT max(id) FROM revision')).toEqual(revision)
})

test('GetDKAN/dkan#2085: a dataset that comes back is published again, at its old address and with its history', async () => {
  const id = whole.id('n0')
  portalHas(ids.slice(1))
  await whole.harvest()
  days(8)
  await whole.settle()
  expect(await status(`/dataset/${id}`)).toBe(410)
  portalHas(ids)
  expect(await whole.settle()).toMatchObject({ state: 'complete', added: 1, unchanged: 19 })
  expect(whole.id('n0')).toBe(id)
  expect(await status(`/dataset/${id}`)).toBe(200)
  expect(await whole.counts()).toEqual(everywhere(20))
  const { versions } = (await (await whole.get(`/record/${id}/versions`, { Accept: 'application/json' })).json()) as { versions: unknown[] }
  expect(versions.length).toBeGreaterThanOrEqual(2)
})

test('GSA/datagov-wptheme#539: what would be deleted is listed before, what was deleted is listed after, and a backup brings it back', async () => {
  const { ledger } = whole.house
  const gone = ['n1', 'n2'].map(id => whole.id(id)).sort()
  portalHas(ids.filter(id => id !== 'n1' && id !== 'n2'))
  const dry = await whole.harvest({ dryRun: true })
  expect([dry.preview!.missing, (await whole.counts()).feed]).toEqual([gone, 20])
  expect((await whole.harvest()).gone).toEqual(gone)
  expect((await whole.cli('backup', 'before.sqlite')).code).toBe(0)
  days(8)
  const removal = await whole.harvest()
  expect([removal.removed, removal.gone]).toEqual([2, gone])
  expect(
    ledger.all(
      'SELECT id FROM outcome JOIN record ON record.n = outcome.record WHERE outcome.run = ? AND outcome.outcome = ? ORDER BY id',
      removal.run,
      'removed',
    ),
  ).toEqual(gone.map(id => ({ id })))
  expect(await whole.cli('restore', 'before.sqlite', '--data', 'again')).toMatchObject({ code: 0 })
  const { out } = await whole.cli('export', '--data', 'again')
  for (const id of gone) expect(out).toContain(`/record/${id}>`)
})
