import { match } from 'node:assert/strict'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pathsOf } from '../../src/web/http/route.ts'
import { routes } from '../../src/web/routes/index.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { openServed, type Served } from './site.ts'

// What every address answers to whom: its status, its type, what it says the answer depends on, and what it links to.

let site: Served
beforeAll(async () => {
  site = await openServed()
  await site.feed(feed(['stays', 'goes']))
  await site.feed(feed(['stays', 'never'], { edition: 2 }).replace('dct:title "Jeu never"@fr ;', ''))
}, 120_000)
afterAll(async () => {
  expect(site.failures).toEqual([])
  await site.close()
})

const page = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const [any, turtle, jsonld, json, csv, quads, image] = [
  '*/*',
  'text/turtle',
  'application/ld+json',
  'application/json',
  'text/csv',
  'application/n-quads',
  'image/png',
]
const problem = 'application/problem+json'
const both = 'Accept, Accept-Language'
const one = 'demo-souss-massa-pib-regional'
const other = 'demo-national-comptes-regionaux-pib-par-region'
const query = `query=${encodeURIComponent('ASK {}')}`

/** The links of an answer: the extension of each alternate, and the other relations. */
const [resource, report, canonical] = ['ttl jsonld rdf nt nq trig', 'json csv ttl jsonld rdf nt', 'canonical']
const signposts = 'cite-as type describedby license item collection'
const [ofDataset, ofDocument] = ['', 'profile '].map(profile => `${resource} bib ris linkset ${canonical} original timemap ${profile}${signposts}`)
const ofCatalogue = 'cite-as type describedby license author'
const [listed, isListed] = ['', `${canonical} `].map(first => `${resource} ${first}cite-as type describedby collection`)
const ofSource = `json ${resource} ${canonical} cite-as collection`
const firstPage = `ttl jsonld rdf nt nq trig first next last profile ${ofCatalogue} original timemap`
const standard = 'json ttl jsonld rdf nt'

type Row = [address: string, accept: string, status: number, type?: string | undefined, vary?: string, links?: string]
const table: Row[] = [
  ['/', page, 200, 'text/html', both, `${canonical} ${ofCatalogue}`],
  ['/', turtle, 303, undefined, 'Accept'],
  ['/', csv, 406, problem, both],
  ['/datasets', page, 200, 'text/html', both],
  ['/datasets', json, 200, json, both],
  ['/datasets.csv', page, 200, csv, both],
  ['/datasets', image, 406, problem, both],
  ['/datasets?page=999', page, 404, 'text/html', both],
  ['/theme/agriculture', page, 200, 'text/html', both, listed],
  ['/theme/agriculture', turtle, 303, undefined, 'Accept'],
  ['/theme/agriculture', image, 406, problem, both],
  ['/theme/nothing', page, 404, 'text/html', both],
  ['/theme/agriculture/quality', page, 200, 'text/html', both],
  ['/theme/agriculture/quality.csv', page, 200, csv, both],
  ['/theme/nothing/quality', page, 404, 'text/html', both],
  ['/territory/MA-09', page, 200, 'text/html', both, listed],
  ['/territory/nowhere', page, 404, 'text/html', both],
  ['/territory/MA-09/quality', page, 200, 'text/html', both],
  ['/territory/MA-09/quality.csv', page, 200, csv, both],
  ['/organisation/mee', any, 200, 'text/html', both, listed],
  ['/organisation/nobody', turtle, 404, problem, both],

  [`/dataset/${one}`, page, 200, 'text/html', both, ofDataset],
  [`/dataset/${one}`, turtle, 200, turtle, both, ofDocument],
  [`/dataset/${one}`, json, 200, jsonld, both, ofDocument],
  [`/dataset/${one}`, quads, 200, quads, both, ofDocument],
  [`/dataset/${one}`, csv, 406, problem, both],
  [`/dataset/${one}.rdf`, page, 200, 'application/rdf+xml', both, ofDocument],
  [`/dataset/${one}.csv`, page, 404, 'text/html', both],
  [
    `/dataset/${one}?profile=dcat-ap-2`,
    any,
    200,
    turtle,
    'Accept, Accept-Language',
    `ttl jsonld rdf nt nq trig ${canonical} original timemap profile ${signposts} linkset`,
  ],
  [`/dataset/${one}?profile=croissant`, page, 200, jsonld, both, `${canonical} original timemap profile ${signposts} linkset`],
  [`/dataset/${one}?profile=croissant`, turtle, 406, problem, both],
  [`/dataset/${one}.ttl?profile=schema-org`, any, 406, problem, both],
  [`/dataset/${one}?profile=nothing`, any, 400, problem, both],
  [`/dataset/${one}.linkset`, any, 200, 'application/linkset', both, ofDataset],
  [`/dataset/${other}`, page, 303, 'text/html', 'Accept'],
  [`/dataset/${other}.ttl`, any, 303, 'text/plain', 'Accept'],
  ['/dataset/small-goes', page, 410, 'text/html', both],
  ['/dataset/small-goes', turtle, 410, problem, both],
  ['/dataset/small-goes', image, 406, problem, both],
  ['/dataset/small-never', page, 404, 'text/html', both],
  ['/dataset/small-never.ttl', any, 404, problem, both],
  ['/dataset/nobody', image, 404, problem, both],
  [`/dataset/${one}/resource/1`, any, 303, 'text/plain', 'Accept', 'collection type describedby'],
  [`/dataset/${one}/resource/1.ttl`, page, 303, 'text/html', 'Accept', 'collection type describedby'],
  ['/dataset/nobody/resource/1', page, 404, 'text/html', both],
  [`/dataset/${one}/resource/1/preview`, page, 200, 'text/html', both],
  [`/dataset/${one}/resource/1/preview`, json, 200, json, 'Accept'],
  [`/dataset/${one}/resource/9/preview`, page, 404, 'text/html', both],
  [`/dataset/${one}.bib`, page, 200, 'application/x-bibtex', both, ofDataset],

  [`/record/${one}`, page, 200, 'text/html', both, `${resource} ${canonical}`],
  [`/record/${other}`, page, 200, 'text/html', both, `${resource} ${canonical}`],
  [`/record/${other}.nt`, image, 200, 'application/n-triples', both, `${resource} ${canonical}`],
  ['/record/small-goes', page, 410, 'text/html', both],
  ['/record/small-goes', jsonld, 410, problem, both],
  ['/record/small-never', page, 200, 'text/html', both],
  ['/record/small-never', turtle, 404, problem, both],

  ['/record/small-stays/versions', page, 200, 'text/html', both, `json ${resource} ${canonical}`],
  ['/record/small-stays/versions', json, 200, json, both, `json ${resource} ${canonical}`],
  ['/record/small-stays/versions', jsonld, 200, jsonld, both, `json ${resource} ${canonical}`],
  ['/record/small-stays/versions.json', page, 200, json, both, `json ${resource} ${canonical}`],
  ['/record/small-stays/versions.csv', json, 404, problem, both],
  ['/record/small-stays/versions', csv, 406, problem, both],
  ['/record/small-goes/versions', page, 410, 'text/html', both],
  ['/record/small-stays/versions/1', any, 200, turtle, 'Accept'],
  ['/record/small-stays/versions/1', page, 200, 'application/rdf+xml', 'Accept'],
  ['/record/small-stays/versions/1.nq', any, 200, quads, 'Accept'],
  ['/record/small-stays/versions/9', any, 404, problem, both],
  ['/record/small-never/versions/1', turtle, 404, problem, both],
  ['/record/small-stays/versions/2/diff', page, 200, 'text/html', both],
  ['/record/small-stays/versions/2/diff', json, 200, json, both],
  ['/record/small-stays/versions/2/diff', turtle, 406, problem, both],
  ['/record/small-stays/versions/diff?from=2&to=1', page, 200, 'text/html', both],
  ['/record/small-stays/versions/diff?from=9', json, 404, problem, both],

  ['/id/theme', page, 200, 'text/html', both, `${resource} ${canonical} cite-as type describedby item`],
  ['/id/theme/agriculture', turtle, 200, turtle, both, isListed],
  ['/id/theme/agriculture.jsonld', page, 200, jsonld, both, isListed],
  ['/id/theme/agriculture', csv, 406, problem, both],
  ['/id/theme/nothing', turtle, 404, problem, both],

  ['/dataset/demo-souss-massa-pib-regional/card', page, 200, 'text/html', both, 'canonical'],
  ['/organisations', page, 200, 'text/html', both],
  ['/organisations.csv?q=eau', page, 200, csv, both],
  ['/themes', page, 200, 'text/html', both],
  ['/themes.json', page, 200, json, both],
  ['/developers', page, 200, 'text/html', both],
  ['/sources', page, 200, 'text/html', both],
  ['/sources', json, 200, json, both],
  ['/sources.ttl', page, 200, turtle, both],
  ['/sources.csv', json, 404, problem, both],
  ['/sources', csv, 406, problem, both],
  ['/sources/small', page, 200, 'text/html', both, ofSource],
  ['/sources/small.json', page, 200, json, both, ofSource],
  ['/sources/small.rdf', page, 200, 'application/rdf+xml', both, ofSource],
  ['/sources/small.nq', json, 200, quads, both, ofSource],
  ['/sources/small/catalog', any, 200, turtle, 'Accept', `${resource} first last profile`],
  ['/sources/nobody/catalog.ttl', any, 404, problem, both],
  ['/sources/nobody', json, 404, problem, both],
  ['/sources/demo-national/runs/1', json, 404, problem, both],
  ['/sources/demo-equipement-eau/runs/1', page, 200, 'text/html', both, report],
  ['/sources/demo-equipement-eau/runs/1', json, 200, json, both, report],
  ['/sources/demo-equipement-eau/runs/1', csv, 200, csv, both, report],
  ['/sources/demo-equipement-eau/runs/1', turtle, 200, turtle, both, report],
  ['/sources/demo-equipement-eau/runs/1.nt', page, 200, 'application/n-triples', both, report],
  ['/sources/demo-equipement-eau/runs/1?part=findings', page, 200, 'text/html', both, report],
  ['/sources/demo-equipement-eau/runs/1', image, 406, problem, both],

  ['/sparql', page, 200, 'text/html', both],
  ['/sparql', turtle, 200, turtle, both],
  ['/sparql', csv, 406, problem, both],
  [`/sparql?${query}`, page, 200, 'text/html', both],
  [`/sparql?${query}`, any, 200, 'application/sparql-results+json', 'Accept'],
  [`/sparql?${query}`, turtle, 406, problem, both],
  ['/sparql/terms', any, 200, json, both],
  ['/sparql/terms', turtle, 406, problem, both],
  ['/api/sources/small/notify', json, 405, problem, both],
  ['/api/sources/small/accept-removals', json, 405, problem, both],
  ['/api/requests/1', json, 404, problem, both],

  ['/catalog', any, 200, turtle, 'Accept', firstPage],
  ['/catalog', jsonld, 200, jsonld, 'Accept', firstPage],
  ['/catalog?profile=schema-org', any, 200, jsonld, 'Accept', `first next last profile ${ofCatalogue} original timemap`],
  ['/catalog.rdf?profile=croissant', any, 406, problem, both],
  ['/catalog?profile=nothing', any, 400, problem, both],
  ['/catalog', page, 303, 'text/html', 'Accept'],
  ['/catalog', image, 406, problem, both],
  ['/catalog.nt?page=2', page, 200, 'application/n-triples', 'Accept', `ttl jsonld rdf nt nq trig first prev last profile ${ofCatalogue} original timemap`],
  ['/catalog.ttl?page=9', any, 400, problem, both],
  ['/catalog.nq', any, 200, quads, 'Accept', firstPage],
  ['/catalog.xml', any, 200, 'application/rdf+xml', 'Accept', firstPage],
  ['/catalog.csv', any, 404, problem, both],
  ['/context.jsonld', page, 200, jsonld],
  ['/context.jsonld', image, 200, jsonld],
  ['/data.json', image, 200, json],
  ['/oai?verb=Identify', any, 200, 'text/xml'],
  ['/oai.xml?verb=Identify', image, 200, 'text/xml'],
  ['/oai?verb=Destroy', any, 200, 'text/xml'],
  ['/ldes', any, 200, 'application/trig', 'Accept', 'trig nq'],
  ['/ldes', quads, 200, quads, 'Accept', 'trig nq'],
  ['/ldes.nq', page, 200, quads, 'Accept', 'trig nq'],
  ['/ldes', csv, 406, problem, both],
  ['/ldes?at=x', any, 400, problem, both],
  ['/api/3/action/status_show', any, 200, json],
  ['/api/3/action/package_show?id=personne', any, 404, json],
  ['/feed.atom', any, 200, 'application/atom+xml'],
  ['/feed.atom?source=personne', any, 400, problem, both],
  ['/.well-known/void', any, 200, turtle, 'Accept', 'ttl jsonld rdf nt'],
  ['/.well-known/void.jsonld', any, 200, jsonld, 'Accept', 'ttl jsonld rdf nt'],
  ['/.well-known/datacatalog', any, 303, 'text/plain', 'Accept'],
  ['/openapi.json', any, 200, json],
  ['/llms.txt', any, 200, 'text/plain'],
  ['/mcp', any, 405, problem, both],
  ['/sitemap.xml', image, 200, 'application/xml'],
  ['/sitemap.xml?page=2', turtle, 400, problem, both],
  ['/robots.txt', image, 200, 'text/plain'],
  ['/healthz', any, 200, json, 'Accept'],
  ['/readyz', any, 200, json, 'Accept'],
  ['/metrics', any, 200, 'text/plain'],
  ['/inventory', page, 200, 'text/html', both],
  ['/inventory.csv', page, 200, csv, both],
  ['/territories', page, 200, 'text/html', both],
  ['/territories.json', page, 200, json, both],
  ['/territories.csv', page, 404, 'text/html', both],
  ['/profiles', page, 200, 'text/html', both, standard],
  ['/profiles.json', page, 200, json, both, standard],
  ['/profiles/dcat-ap', page, 200, 'text/html', both, standard],
  ['/profiles/dcat-ap', turtle, 200, turtle, both, standard],
  ['/profiles/nothing', turtle, 404, problem, both],
  ['/vocabulary', page, 200, 'text/html', both, standard],
  ['/vocabulary.json', page, 200, json, both, standard],
  ['/vocabulary', turtle, 200, turtle, both, standard],
  ['/sources/small/badge', page, 200, 'image/svg+xml', both],
  ['/sources/small/badge.svg', page, 200, 'image/svg+xml', both],
  ['/sources/small/quality', page, 200, 'text/html', both],
  ['/sources/small/quality.csv', page, 200, csv, both],
  ['/quality', page, 200, 'text/html', both],
  ['/quality.json', page, 200, json, both],
  ['/quality/mee', page, 200, 'text/html', both],
  ['/requests', page, 200, 'text/html', both],
  ['/requests.ttl', page, 200, turtle, both],
  ['/requests/new', page, 200, 'text/html', both],
  ['/requests/1', page, 404, 'text/html', both],
  ['/requests/1/support', json, 405, problem, both],
  ['/reuses', page, 200, 'text/html', both],
  ['/reuses.ttl', page, 200, turtle, both],
  ['/reuses/new', page, 200, 'text/html', both],
  ['/reuses/1', page, 404, 'text/html', both],
  ['/reuses/1/picture', image, 404, problem, both],
  [`/dataset/${one}/report`, page, 200, 'text/html', both],
  ['/brought/1', page, 404, 'text/html', both],
  ['/unsubscribe/word', page, 200, 'text/html', both],
  ['/validate', page, 200, 'text/html', both],
  ['/validate/nothing', page, 404, 'text/html', both],
  ['/api/validate', json, 405, problem, both],
  ['/api/sources/small/withheld', json, 403, problem, both],
  ['/steward', page, 303, 'text/html', 'Accept'],
  ['/steward/sign-in', page, 200, 'text/html', both],
  ['/steward/sign-in/oidc', page, 404, 'text/html', both],
  ['/steward/sign-in/oidc/callback', page, 404, 'text/html', both],
  ['/steward/sign-out', page, 405, 'text/html', both],
  ['/steward/invitation/word', page, 404, 'text/html', both],
  ['/steward/matters/1', page, 303, 'text/html', 'Accept'],
  ['/steward/matters/1/picture', page, 303, 'text/html', 'Accept'],
  ['/steward/records/nobody', page, 303, 'text/html', 'Accept'],
  ['/steward/sources/small', page, 303, 'text/html', 'Accept'],
  ['/steward/inventory', page, 303, 'text/html', 'Accept'],
  ['/steward/inventory.csv', page, 303, 'text/html', 'Accept'],
  ['/steward/inventory.xlsx', page, 303, 'text/html', 'Accept'],
  ['/steward/inventory/new', page, 303, 'text/html', 'Accept'],
  ['/steward/inventory/entries/x', page, 303, 'text/html', 'Accept'],
  ['/steward/people', page, 303, 'text/html', 'Accept'],
  ['/steward/log', page, 303, 'text/html', 'Accept'],
  ['/steward/log.csv', page, 303, 'text/html', 'Accept'],
  ['/dump/catalogue.nq.gz', any, 200, 'application/gzip'],
  ['/dump/catalogue.nq.gz.sha256', page, 200, 'text/plain'],
  ['/dump/catalogue.ttl.gz', any, 200, 'application/gzip'],
  ['/dump/catalogue.ttl.gz.sha256', any, 200, 'text/plain'],
  ['/dump/catalogue.jsonld.gz', any, 200, 'application/gzip'],
  ['/dump/catalogue.jsonld.gz.sha256', any, 200, 'text/plain'],
  ['/dump/catalogue.nq.gz?revision=999', any, 400, problem, both],
  ['/changes', any, 200, 'application/x-ndjson'],
  ['/changes.jsonl?since=1', page, 200, 'application/x-ndjson'],
  ['/changes?since=999', any, 400, problem, both],
  ['/timemap/catalog', any, 200, 'application/link-format'],
  ['/timemap/catalog.link', page, 200, 'application/link-format'],
  [`/timemap/dataset/${one}`, any, 200, 'application/link-format'],
  ['/timemap/dataset/nobody', any, 404, problem, both],
  ['/opensearch.xml', any, 200, 'application/opensearchdescription+xml'],
  ['/nothing', page, 404, 'text/html', both],
  ['/nothing', any, 404, problem, both],
  ['/nothing', json, 404, problem, both],
]

const linksOf = (header: string | null) =>
  [
    ...new Set(
      [...(header ?? '').matchAll(/<([^>]+)>; rel="([\w-]+)/g)].map(([, address, relation]) =>
        relation === 'alternate' ? /\.(\w+)(?:\?|$)/.exec(address!)![1] : relation,
      ),
    ),
  ].join(' ')
const asked = async (address: string, accept: string, more: RequestInit = {}) => {
  const response = await site.get(
    address.replace(/small-(\w+)/, (_, name: string) => idOf(name)),
    { Accept: accept, 'Accept-Language': 'fr' },
    more,
  )
  const { headers, status } = response
  const vary = (headers.get('vary') ?? '')
    .split(', ')
    .filter(name => name !== 'Accept-Encoding' && name !== 'Accept-Datetime' && name !== '')
    .join(', ')
  return { response, seen: [status, headers.get('content-type')?.split(';')[0], vary, linksOf(headers.get('link'))] }
}
/** The id of a record of the small feed: of one that stays, one that goes, and one that was never good enough to show. */
const idOf = (name: string) => site.house.records().find(record => record.key.endsWith(`/${name}`))?.id ?? name

test.each(table)('%s for %s: %i %s', async (address, accept, status, type, vary = '', links = '') => {
  const { response, seen } = await asked(address, accept)
  expect(seen).toEqual([status, type, vary, links])
  const head = await asked(address, accept, { method: 'HEAD' })
  expect(head.seen).toEqual(seen)
  expect(await head.response.text()).toBe('')
  if (type === problem) expect(await response.json()).toMatchObject({ status, detail: expect.any(String) as string })
})

const pattern = (path: string) => new RegExp(`^${path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+').replace(/\*\w+/g, '.+')}$`)
test('every route stands in the table', () => {
  const addresses = table.map(([address]) => address.replace(/\?.*/, ''))
  expect(routes.flatMap(pathsOf).filter(path => !addresses.some(address => pattern(path).test(address)) && !path.endsWith('diff.:extension'))).toEqual([])
})

describe('what there is not is 400 with a problem, and never a failure of ours', () => {
  /** What may stand in a query, each wrong wherever it is read. */
  const wrong: Record<string, string[]> = {
    page: ['0', '1000000', 'x', '-1', '1.5', '', '1e3', '9'.repeat(40)],
    limit: ['0', '1000000', 'x'],
    revision: ['999999', 'x', '-1'],
    modified_since: ['yesterday', '2026-02-31', '2026-13-01T00:00:00Z'],
    since: ['x', '999999', '2026-02-31'],
    each: ['one'],
    at: ['x', '2026-13'],
    profile: ['nothing'],
    source: ['nobody'],
  }
  const addresses = [...new Set(table.flatMap(([address, , status]) => (status === 200 && !/\?|^\/api\/3/.test(address) ? [address] : [])))]
  const isProblem = async (response: Response) =>
    (response.headers.get('content-type') ?? '').startsWith(problem) && ((await response.json()) as { status: number }).status === response.status

  test('in the queries of every way out', async () => {
    const told: unknown[] = []
    const queried = routes.filter(route => 'resource' in route && !route.menu)
    for (const address of addresses) {
      const { parameters = {} } = queried.find(route => pathsOf(route).some(path => pattern(path).test(address.replace(/small-\w+/, 'x')))) ?? {}
      for (const [name, values] of Object.entries(wrong)) {
        const read = name in parameters
        // What an address does not read is all one to it.
        for (const value of read ? values : values.slice(0, 1)) {
          const { response } = await asked(`${address}?${name}=${encodeURIComponent(value)}`, any)
          if (response.status >= 500 || (read && (response.status !== 400 || !(await isProblem(response))))) told.push([address, name, value, response.status])
        }
      }
    }
    // Lists for people.
    for (const value of [...wrong['page']!, '999'].filter(Boolean))
      for (const address of ['/datasets', '/datasets.json', '/theme/agriculture']) {
        const { status } = (await asked(`${address}?page=${encodeURIComponent(value)}`, page)).response
        if (status !== 400 && status !== 404) told.push([address, 'page', value, status])
      }
    expect(told).toEqual([])
  }, 120_000)

  // Nobody has brought anything: what is said of it in Turtle is nothing.
  const isNothingYet = /^\/(?:reuses|requests)/
  test('in what is accepted, and in queries that are far too long', async () => {
    const told: unknown[] = []
    for (const address of addresses.filter(each => !each.includes('/preview')))
      for (const accept of ['json', ',', 'text/', ';;;q=', '*/*;q=x', 'text/html;q=2,', `${'a/b,'.repeat(2000)}`, '\u00e9']) {
        const { response } = await asked(address, accept)
        if (response.status >= 500 || (response.status === 200 && !isNothingYet.test(address) && (await response.arrayBuffer()).byteLength === 0))
          told.push([address, accept.slice(0, 20), response.status])
      }
    for (const address of addresses.filter(each => !each.includes('/preview'))) {
      const { response } = await asked(`${address}?q=${'x'.repeat(9000)}`, any)
      if (response.status >= 500) told.push([address, 'long', response.status])
    }
    expect(told).toEqual([])
  }, 120_000)
})

describe('what a reader holds already', () => {
  test.each([
    ['/', page],
    [`/dataset/${one}`, page],
    [`/dataset/${one}`, turtle],
    [`/record/${one}`, page],
    [`/record/${one}.jsonld`, any],
    ['/id/theme/agriculture', turtle],
    ['/catalog.ttl', any],
    ['/catalog.ttl?page=1&revision=2', any],
  ])('%s for %s is 304, and says what it depends on as the answer itself does', async (address, accept) => {
    const { response } = await asked(address, accept)
    const again = await site.get(address, { Accept: accept, 'Accept-Language': 'fr', 'If-None-Match': response.headers.get('etag')! })
    expect([again.status, await again.text()]).toEqual([304, ''])
    for (const name of ['etag', 'vary', 'link', 'cache-control'])
      expect([name, again.headers.get(name)?.replace(/, Accept-Encoding/, '')]).toEqual([name, response.headers.get(name)?.replace(/, Accept-Encoding/, '')])
    const other = await site.get(address, { Accept: accept, 'Accept-Language': 'fr', 'If-None-Match': 'W/"another"' })
    expect(other.status).toBe(200)
  })

  test('what is not to be had is not said to be held', async () => {
    for (const address of [`/dataset/${idOf('goes')}.ttl`, `/dataset/${idOf('never')}.ttl`, `/record/${idOf('never')}.ttl`, '/catalog.ttl?page=9'])
      expect([address, (await site.get(address, { 'If-None-Match': '*' })).status >= 400]).toEqual([address, true])
  })
})

test('methods are those of the row of an address, and no page may load what is not ours', async () => {
  const options = async (path: string) => (await site.get(path, {}, { method: 'OPTIONS' })).headers.get('allow')
  expect([await options('/sparql'), await options('/api/sources/small/notify'), await options('/datasets'), await options('/nothing')]).toEqual([
    'GET, HEAD, OPTIONS, POST',
    'OPTIONS, POST',
    'GET, HEAD, OPTIONS',
    'GET, HEAD, OPTIONS',
  ])
  const policy = async (path: string) => (await site.get(path, { Accept: page })).headers.get('content-security-policy')!
  for (const path of ['/fr/datasets', '/fr/sparql']) match(await policy(path), /script-src 'self';style-src 'self';/)
  // What is made for pages of others may be shown in their frames, and nothing else.
  const card = await site.get('/fr/dataset/demo-souss-massa-pib-regional/card', { Accept: page })
  match(card.headers.get('content-security-policy')!, /frame-ancestors \*/)
  expect(card.headers.get('x-frame-options')).toBeNull()
  match(await card.text(), /<base target="_blank"/)
  match(await policy('/fr/dataset/demo-souss-massa-pib-regional'), /frame-ancestors 'none'/)
  for (const { path, methods = ['get'] } of routes.filter(route => 'access' in route))
    expect([path, (await site.get(path.replace(':id', 'small'), { Accept: json }, { method: methods[0]!.toUpperCase() })).status]).toEqual([path, 403])
})
