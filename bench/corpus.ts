import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, resolve } from 'node:path'
import { addressesOf, startPortals } from '../demo/portals.ts'
import { recordedTypes } from '../test/corpus.ts'

/**
 * What becomes of every recorded answer, as digests: `node bench/corpus.ts [CHECKOUT] > digests.tsv`. The recorded portals (FIHRIST_CORPUS) and the sample
 * portals are served on fixed ports and harvested with the `fihrist` that is built in the checkout; a line a record tells source, key, and the digests of its
 * payload, of its graph, and of its findings and score. Two checkouts that print the same lines make the same of everything.
 */
const checkout = resolve(process.argv[2] ?? '.')
const corpus = process.env['FIHRIST_CORPUS'] ?? resolve(import.meta.dirname, '../../shared/corpus')
const port = 18_930
const folder = mkdtempSync(join(tmpdir(), 'fihrist-corpus-'))
const read = (file: string) => readFileSync(join(corpus, file))

interface Recorded {
  protocol: string
  url: string
  language?: string
  options?: object
  listener: RequestListener
}
const recorded: Recorded[] = []
const query = (url: string) => new URL(url, 'http://portal').searchParams

/** Answers with the body where it is wanted, and 404 to everything else. */
const where =
  (wanted: (url: string) => boolean, type: string, body: () => Buffer | string): RequestListener =>
  (request, response) =>
    wanted(request.url!) ? response.writeHead(200, { 'content-type': type }).end(body()) : response.writeHead(404).end()

for (const line of readFileSync(join(corpus, 'INDEX.tsv'), 'utf8').split('\n').slice(1)) {
  const [file = '', , count = '', unit = ''] = line.split('\t')
  if (file.startsWith('dcat-feeds/') && unit === 'dataset') {
    const path = `/${encodeURI(file.split('/').pop()!.replaceAll('%', '%25'))}`
    recorded.push({
      protocol: 'dcat',
      url: path,
      listener: where(
        url => url === path,
        recordedTypes[extname(file)] ?? 'text/plain',
        () => read(file),
      ),
    })
  }
  if (file.startsWith('ckan/') && unit.startsWith('CKAN results') && Number(count) > 0) {
    recorded.push({
      protocol: 'ckan',
      url: '/',
      listener: where(
        url => url.startsWith('/api/3/action/package_search') && query(url).get('start') === '0',
        'application/json',
        () => read(file),
      ),
    })
  }
  if (file.startsWith('data-json/') && file.endsWith('.json') && !file.startsWith('data-json/datosgobar__pydatajson-cassettes')) {
    recorded.push({
      protocol: 'data-json',
      language: 'en',
      url: '/data.json',
      listener: where(
        url => url === '/data.json',
        'application/json',
        () => read(file),
      ),
    })
  }
  if (file.startsWith('schema-org/') && /\.(jsonld|html)$/.test(file)) {
    const address = `http://127.0.0.1:${port + recorded.length}/p`
    recorded.push({
      protocol: 'schema-org',
      url: '/sitemap.xml',
      listener: (request, response) =>
        request.url === '/p'
          ? response.writeHead(200, { 'content-type': recordedTypes[extname(file)]! }).end(read(file))
          : response
              .writeHead(200, { 'content-type': 'application/xml' })
              .end(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${address}</loc></url></urlset>`),
    })
  }
  if (file.startsWith('sdmx/') && /\.(xml|json)$/.test(file)) {
    const json = file.endsWith('json')
    recorded.push({
      protocol: 'sdmx',
      url: '/rest',
      options: { version: file.includes('/v3/') ? '3.0' : '2.1', format: json ? 'json' : 'xml' },
      listener: where(
        () => true,
        json ? 'application/json' : 'application/xml',
        () => read(file),
      ),
    })
  }
  if (file.startsWith('opendatasoft/') && file.includes('/datasets')) {
    recorded.push({
      protocol: 'opendatasoft',
      language: 'en',
      url: '/',
      listener: where(
        url => url.startsWith('/api/v2/catalog/datasets?') && query(url).get('offset') === '0',
        'application/json',
        () => read(file),
      ),
    })
  }
  if (file.startsWith('arcgis-hub/') && /search/.test(file)) {
    recorded.push({
      protocol: 'arcgis',
      language: 'en',
      url: '/sharing/rest',
      options: { site: 'https://portal.spatial.nsw.gov.au/portal' },
      listener: where(
        url => url.startsWith('/sharing/rest/search'),
        'application/json',
        () => read(file),
      ),
    })
  }
}

const days = 'ckan/opendatatrentino__ckan-api-client/random'
for (const day of readdirSync(join(corpus, days)).sort()) {
  const results = readdirSync(join(corpus, days, day, 'dataset'))
    .sort()
    .map(name => JSON.parse(read(`${days}/${day}/dataset/${name}`).toString('utf8')) as unknown)
  recorded.push({
    protocol: 'ckan',
    url: '/',
    listener: where(
      url => url.startsWith('/api/3/action/package_search') && query(url).get('start') === '0',
      'application/json',
      () => JSON.stringify({ success: true, result: { count: results.length, results } }),
    ),
  })
}

for (const line of readFileSync(join(import.meta.dirname, '../test/harvest/protocols/csw/corpus.tsv'), 'utf8')
  .split('\n')
  .slice(1)
  .filter(Boolean)) {
  const [, protocol = '', names = '', , options = '{}'] = line.split('\t')
  const files = names.split(' ')
  const name = (file: string) => file.split('/').pop()!
  if (protocol === 'folder') {
    recorded.push({
      protocol: 'csw',
      url: '/waf/',
      options: { ...(JSON.parse(options) as object), folder: true },
      listener: (request, response) => {
        const found = files.find(file => `/waf/${name(file)}` === request.url)
        if (request.url === '/waf/')
          response.writeHead(200, { 'content-type': 'text/html' }).end(files.map(file => `<a href="${name(file)}">${name(file)}</a>`).join('\n'))
        else response.writeHead(found ? 200 : 404, { 'content-type': 'application/xml' }).end(found && read(found))
      },
    })
  } else if (protocol === 'oai-pmh') {
    recorded.push({
      protocol,
      url: '/',
      options: JSON.parse(options) as object,
      listener: (request, response) => {
        const asked = query(request.url!)
        const found = asked.has('resumptionToken') ? undefined : files.find(file => file.includes(`get_${asked.get('verb')!}`))
        response.writeHead(found ? 200 : 404, { 'content-type': 'text/xml' }).end(found && read(found))
      },
    })
  } else {
    const starts = [1, ...files.map(file => Number(/nextRecord="(\d+)"/.exec(read(file).toString('utf8'))?.[1] ?? 0))]
    recorded.push({
      protocol,
      url: '/',
      options: JSON.parse(options) as object,
      listener: (request, response) => {
        let text = ''
        request.on('data', chunk => {
          text += String(chunk)
        })
        request.on('end', () => {
          const found = files[starts.indexOf(Number(/startPosition="(\d+)"/.exec(text)?.[1]))]
          response.writeHead(found ? 200 : 404, { 'content-type': 'application/xml' }).end(found && read(found))
        })
      },
    })
  }
}

recorded.push({
  protocol: 'socrata',
  language: 'en',
  url: '/',
  options: { domain: 'data.melbourne.vic.gov.au' },
  listener: where(
    url => url.startsWith('/api/catalog/v1') && url.includes('offset=0'),
    'application/json',
    () => read('socrata/_derived/search-first5.json'),
  ),
})
{
  const { datasets } = JSON.parse(read('udata/_derived/results-first3.json').toString('utf8')) as {
    datasets: { dataset: object; organization: object; resources: object[] }[]
  }
  const data = datasets.map(({ dataset, organization, resources }) => ({ ...dataset, organization, resources }))
  recorded.push({
    protocol: 'udata',
    url: '/',
    options: { site: 'https://www.data.gouv.fr' },
    listener: where(
      url => url.startsWith('/api/'),
      'application/json',
      () => JSON.stringify({ data, page: 1, page_size: 100, total: data.length, next_page: null }),
    ),
  })
}
{
  const collections = ['simple-collection', 'sentinel-2-l2a'].map(
    name => JSON.parse(read(`stac/geopython__pycsw/stac_api/data/${name}.json`).toString('utf8')) as object,
  )
  recorded.push({
    protocol: 'stac',
    language: 'en',
    url: '/',
    listener: (request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify(request.url === '/' ? { conformsTo: [], links: [{ rel: 'data', href: '/collections' }] } : { collections })),
  })
}

const base = 'https://catalogue.example.org'
mkdirSync(join(folder, 'harvesters'))
cpSync(join(import.meta.dirname, '../demo/inventory'), join(folder, 'inventory'), { recursive: true })
cpSync(join(import.meta.dirname, '../demo/harvesters'), join(folder, 'harvesters'), { recursive: true })
writeFileSync(
  join(folder, 'catalogue.yaml'),
  `base: ${base}\ntitle: { fr: Essai }\ndescription: { fr: Essai }\npublisher: add\nlanguages: [fr, ar, en]\nprofiles: [admission, dcat-ap, ` +
    `dcat-ap-ma]\nharvesters: ./harvesters\nhttp: { allowAddresses: ["127.0.0.0/8"] }\n`,
)
for (const [at, { protocol, url, language = 'fr', options = {} }] of recorded.entries()) {
  writeFileSync(
    join(folder, `harvesters/c${String(at).padStart(3, '0')}-${protocol}.yaml`),
    `title: { fr: Portail ${at} }\nprotocol: ${protocol}\nurl: http://127.0.0.1:${port + at}${url}\nlanguage: ${language}\npriority: ${at + 1}\nlimits: ` +
      `{ delayMs: 0, timeoutS: 60, maxBytes: 200MB }\nrobots: false\noptions: ${JSON.stringify(options)}\n`,
  )
}
const servers = await Promise.all(
  recorded.map(async ({ listener }, at) => {
    const server = createServer(listener).listen(port + at, '127.0.0.1')
    await once(server, 'listening')
    return server
  }),
)
const portals = await startPortals({ port: port - 30 })
const child = spawn(
  process.execPath,
  [join(checkout, 'dist/cli/main.js'), 'harvest', '--quiet', '--full', '--json', '--catalogue', join(folder, 'catalogue.yaml'), '--data', join(folder, 'data')],
  { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...addressesOf(portals) } },
)
const report = JSON.parse((await child.stdout.setEncoding('utf8').toArray()).join('')) as {
  runs: { source: string; state: string; seen: number; problems: { code: string; message: string }[] }[]
}

const sha = (text: string | Uint8Array) => createHash('sha256').update(text).digest('base64url').slice(0, 16)
// Read by the checkout's own means: how a ledger keeps things changes.
const from = (file: string) => import(join(checkout, 'dist/ledger', file))
const { openLedger } = (await from('file/ledger.js')) as typeof import('../src/ledger/file/ledger.ts')
const { payloadOf } = (await from('records/payloads.js')) as typeof import('../src/ledger/records/payloads.ts')
const { newestVersion } = (await from('records/shown.js')) as typeof import('../src/ledger/records/shown.ts')
const { findingsOf } = (await from('records/judgement.js')) as typeof import('../src/ledger/records/judgement.ts')
const ledger = openLedger(join(folder, 'data'), { readOnly: true })
for (const { source, state, seen, problems } of report.runs)
  console.log(
    [
      'run',
      source,
      state,
      seen,
      sha(
        problems
          .map(({ code, message }) => `${code} ${message}`)
          .sort()
          .join('\n'),
      ),
    ].join('\t'),
  )
/** What is said of a record, in an order that does not depend on how it is kept. */
const findings = (n: number) =>
  findingsOf(ledger, n)
    .map(({ profile, rule, severity, focus, path = null, value = null }) => ({ profile, rule, severity, focus, path, value }))
    .map(finding => ({ finding, order: Object.values(finding).map(each => (each === null ? '' : `=${each}`)) }))
    .sort((a, b) => a.order.map((each, at) => Buffer.compare(Buffer.from(each), Buffer.from(b.order[at]!))).find(Boolean) ?? 0)
    .map(({ finding }) => finding)
for (const { n, source, key, admission, score } of ledger.all('SELECT n, source, key, admission, score FROM record ORDER BY source, key') as {
  n: number
  source: string
  key: string
  admission: string
  score: number
}[]) {
  console.log(
    [
      source,
      key,
      sha(payloadOf(ledger, n)?.body ?? ''),
      sha(newestVersion(ledger, n)?.graph ?? ''),
      `${sha(JSON.stringify(findings(n)))} ${score} ${admission}`,
    ].join('\t'),
  )
}
ledger.close()
for (const server of servers) server.close().closeAllConnections()
await Promise.all(portals.map(portal => portal.close()))
if (!process.env['KEEP']) rmSync(folder, { recursive: true, force: true })
else console.error(folder)
process.exit(0)
