import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startPortals, type DemoPortal } from '../../demo/portals.ts'
import { routes } from '../../src/web/routes/index.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { fuzz, seed } from '../seed.ts'
import { browser, serve, type Open } from './site.ts'

// What strangers send to be answered more than they should: with what belongs to nobody's catalogue, with our files, with another's name, or too often.

let site: Open
let portals: DemoPortal[]
beforeAll(async () => {
  portals = await startPortals()
  const house = await openHouse(`${edition}store: { kind: oxigraph, replicas: 1 }\nweb: { perMinute: 20 }\n`)
  const source = house.source('dcat', portals[1]!.url, { id: 'souss-massa' })
  await house.harvest(source)
  site = await serve(house, [source])
}, 120_000)
afterEach(() => expect(site.failures).toEqual([]))
afterAll(async () => {
  await site.close()
  await Promise.all(portals.map(portal => portal.close()))
})

interface Got {
  status: number
  headers: IncomingMessage['headers']
  text: string
}
/** Asks with a path as it stands: what makes addresses tidies them up. */
async function raw(path: string, headers: Record<string, string> = browser): Promise<Got> {
  const asked = httpRequest({ port: new URL(site.url).port, path, headers }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  const text = (await response.setEncoding('utf8').toArray()).join('')
  return { status: response.statusCode!, headers: response.headers, text }
}

describe('an address that is none', () => {
  const ours = /\bat .+:\d+:\d+|file:\/\/\/|node_modules|\.(?:ts|js):\d|\/(?:src|dist)\//
  const addresses = [
    '//a:b/sparql',
    '//[',
    '//[::1',
    '//',
    '/\\',
    '//evil.example/..',
    '/fr//a:b',
    '/%',
    '/%00',
    '/dataset/%E0%A4%A',
    '/record/..%2f..%2fetc%2fpasswd',
  ]
  const files = ['/static/x/site/../../../../etc/passwd', '/static/x/site/..%2f..%2f..%2fpackage.json', '/static/x/site/%00', '/static/x/site/']
  test.each([...addresses, ...files])('%s is no failure of ours, and shows nothing of ours', async path => {
    for (const accept of ['text/html', 'application/json', '*/*', 'text/turtle', 'image/png', '']) {
      const { status, text } = await raw(path, { accept })
      expect([path, accept, status]).toEqual([path, accept, expect.toSatisfy((each: number) => each < 500)])
      expect(text).not.toMatch(ours)
    }
  })

  test('a search that is longer than anybody writes is refused in a sentence, and not written into every link of its page', async () => {
    const long = await raw(`/fr/datasets?q=${'('.repeat(50_000)}`)
    expect(long.status).toBe(413)
    expect(long.text).toContain('dépasse 8000 caractères')
    expect((await raw(`/fr/datasets?q=${'eau+'.repeat(1900)}`)).text.length).toBeLessThan(4e6)
    expect((await raw(`/sparql?query=ASK%7B%7D%23${'x'.repeat(20_000)}`, { accept: '*/*' })).status).toBe(200)
  })

  test.each(['Accept', 'Accept-Language', 'Accept-Encoding', 'Cookie', 'If-None-Match', 'X-Forwarded-For'])(
    'a header %s that is longer than anybody sends is not read for what it wishes',
    async name => {
      expect((await raw('/robots.txt', { [name]: 'a/b, '.repeat(4000) })).status).toBe(431)
      expect((await raw('/robots.txt', { [name]: 'a/b, '.repeat(100) })).status).not.toBe(431)
    },
  )

  test('a failure of what tells of failures is a plain problem, and shows nothing of ours', async () => {
    const { ledger } = site.house
    const { get, all } = ledger
    const broken = () => {
      throw new Error('the secret of the table')
    }
    Object.assign(ledger, { get: broken, all: broken })
    const answer = await raw('/fr/nothing')
    Object.assign(ledger, { get, all })
    expect([answer.status, answer.headers['content-type']]).toEqual([500, expect.stringContaining('application/problem+json')])
    expect(answer.text).not.toMatch(/secret/)
    expect(answer.text).not.toMatch(ours)
    expect(site.failures.splice(0).length).toBeGreaterThan(0)
  })
})

describe('another name than ours', () => {
  const names: Record<string, string>[] = [
    { 'X-Forwarded-Host': 'evil.example' },
    { Host: 'evil.example' },
    { Host: 'evil.example', 'X-Forwarded-Proto': 'javascript' },
    { 'X-Forwarded-Host': 'a> <http://evil.example/p> <http://evil.example/o> . <http://evil.example/s' },
    { 'X-Forwarded-Proto': 'javascript', Forwarded: 'host=evil.example;proto=https' },
    { 'X-Forwarded-Prefix': '/evil.example', 'X-Original-URL': '/evil.example', 'X-Rewrite-URL': '/evil.example' },
  ]
  const paths = [
    '/',
    '/datasets',
    '/catalog.ttl?page=1',
    '/catalog.jsonld',
    '/sparql',
    '/sitemap.xml',
    '/feed.atom',
    '/data.json',
    '/openapi.json',
    '/robots.txt',
    '/oai?verb=Identify',
    '/ldes',
    '/.well-known/void',
    '/.well-known/datacatalog',
    '/opensearch.xml',
    '/llms.txt',
  ]
  test.each(paths)('%s: every address in it is ours, whatever the request calls us', async path => {
    for (const headers of names)
      for (const accept of ['text/html', 'text/turtle', '*/*']) {
        const answer = await raw(path, { ...headers, accept })
        expect(answer.status).toBeLessThan(500)
        expect(`${JSON.stringify(answer.headers)}\n${answer.text}`).not.toMatch(/evil\.example|javascript:\/|undefined\//)
      }
  })
})

test('no page may load what is not ours, run what stands in it, or stand in a frame of another', async () => {
  const { id } = site.house.records()[0]!
  const pages = routes.filter(route => !route.path.startsWith('/api/')).map(({ path }) => path.replace(':id', id).replace(/[:*]\w+/g, '1'))
  for (const path of [...new Set(pages), '/fr/nothing', '/sparql?query=ASK{}', '//[']) {
    const { headers, text } = await raw(path)
    const policy = String(headers['content-security-policy'])
    expect([path, policy]).toEqual([
      path,
      expect.stringMatching(/^default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self' data:;/),
    ])
    expect([path, policy]).toEqual([path, expect.stringMatching(/base-uri 'none';frame-ancestors ('none'|\*)$/)])
    if (policy.endsWith('*')) expect(path).toMatch(/card/)
    expect([path, headers['x-frame-options']]).toEqual([path, policy.endsWith('*') ? undefined : 'DENY'])
    expect([path, headers['x-content-type-options'], headers['x-powered-by']]).toEqual([path, 'nosniff', undefined])
    if (!String(headers['content-type']).startsWith('text/html')) continue
    expect([path, text]).toEqual([
      path,
      expect.not.stringMatching(
        /<script(?![^>]*(?:\bsrc="\/static\/|type="application\/ld\+json"))|\son\w+="|<style|\sstyle="|(?:src|href)="javascript:|<(?:iframe|object|embed)\b(?![^>]*src="\/)/,
      ),
    ])
  }
})

describe('one client', () => {
  const as = (address: string, more: Record<string, string> = {}) => ({ ...browser, 'X-Forwarded-For': address, ...more })

  test('may ask so often in a minute as the edition says, is told when to come back in his language, and nobody else waits for him', async () => {
    const answers: Got[] = []
    for (let n = 0; n < 25; n++) answers.push(await raw('/fr/datasets', as('203.0.113.9')))
    expect(answers.map(({ status }) => status)).toEqual([...Array<number>(20).fill(200), ...Array<number>(5).fill(429)])
    const { headers, text } = answers.at(-1)!
    const seconds = Number(headers['retry-after'])
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(text).toContain(`Au plus 20 demandes par minute`)
    expect([headers['cache-control'], headers['access-control-allow-origin']]).toEqual(['no-store', '*'])
    expect((await raw('/fr/datasets', as('203.0.113.10'))).status).toBe(200)
    expect((await raw('/healthz', as('203.0.113.9'))).status).toBe(200)
    expect(answers[0]!.headers).not.toHaveProperty('ratelimit')
  })

  test('of IPv6 is his network: another of its addresses is the same client', async () => {
    for (let n = 0; n < 20; n++) await raw('/robots.txt', as(`2001:db8:1:2::${n.toString(16)}`))
    expect((await raw('/robots.txt', as('2001:db8:1:2::ffff'))).status).toBe(429)
    expect((await raw('/robots.txt', as('2001:db8:ffff:2::1'))).status).toBe(200)
  })

  test('has the page of queries without using up the queries of those who share his address', async () => {
    const left = async (path: string) => /r=(\d+)/.exec((await raw(path, as('203.0.113.44'))).headers['ratelimit']?.toString() ?? '')?.[1]
    expect(await left('/sparql?query=ASK%7B%7D')).toBe('119')
    for (const path of ['/sparql', '/sparql.ttl', '/sparql?format=json']) expect([path, await left(path)]).toEqual([path, undefined])
    expect(await left('/sparql?query=ASK%7B%7D')).toBe('118')
  })

  test('cannot hide behind addresses that he puts before his own', async () => {
    for (let n = 0; n < 20; n++) await raw('/robots.txt', as(`10.9.8.${n}, 203.0.113.77`))
    expect((await raw('/robots.txt', as('10.9.9.9, 203.0.113.77'))).status).toBe(429)
  })
})

describe('what is no HTTP, or two requests to one reader and one to another, is refused', () => {
  const head = 'POST /api/validate HTTP/1.1\r\nHost: x\r\n'
  const smuggled = 'GET /steward HTTP/1.1\r\nHost: x\r\n\r\n'
  test.each([
    ['a length and chunks', `${head}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['two names of ours', `GET /robots.txt HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`],
    ['two lengths', `${head}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`],
    ['lines that end in LF alone', `GET / HTTP/1.1\nHost: x\n\n${smuggled}`],
    ['chunks by another name', `${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['chunks and more', `${head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a header with a blank before its colon', `GET / HTTP/1.1\r\nHost : x\r\n\r\n`],
    ['a header that goes on in another line', `GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n`],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
    ['the beginning of TLS', '\u0016\u0003\u0001\u0002\r\n\r\n'],
  ])('%s', async (_what, words) => {
    const socket = connect(Number(new URL(site.url).port), '127.0.0.1')
    socket.on('error', () => {}).end(words)
    const answers = (await socket.setEncoding('utf8').toArray()).join('')
    expect(answers.match(/^HTTP\/1\.1 \d+/gm)?.map(line => Number(line.slice(9))) ?? []).toEqual(
      expect.toSatisfy((all: number[]) => all.length <= 1 && all.every(status => status >= 400)),
    )
  })
})

test('a whole address is taken for its path', async () => {
  for (const path of ['http://x.example/robots.txt', `${site.url.replace(/\/$/, '')}/robots.txt`, 'HTTP://x.example/robots.txt?q=http://y'])
    expect([path, (await raw(path)).status]).toEqual([path, 200])
  expect((await raw('http://x.example')).status).toBe(200)
})

describe(`whatever is asked (FIHRIST_SEED=${seed}; FIHRIST_FUZZ=10 asks ten times as much)`, () => {
  const names = ['q', 'page', 'sort', 'theme', 'publisher', 'format', 'licence', 'territory', 'language', 'source', 'quality', 'fresh', 'meets', 'lacks', 'limit', 'modified_since', 'since', 'revision', 'quarter', 'query', 'format', 'timeout', 'default-graph-uri', 'verb', 'metadataPrefix', 'resumptionToken', 'set', 'from', 'until', 'identifier', 'id', 'fq', 'rows', 'start', 'facet.field', 'to', 'part', 'rule', 'lang', 'url', 'profile', 'from', 'x[]', '__proto__', 'constructor', ''] // prettier-ignore
  const odd = ['', '0', '-1', '1', '1e99', 'NaN', '٣', '2026-02-30', '2026-01-01T00:00:00Z', '"', "'", '%', '%00', '\u0000', '\u202e', '\ud800', '../..', '<script>', ':', '*', 'a OR b', '(', '"a', 'ListRecords', 'oai_dc', 'ASK {}', 'csv', 'x'.repeat(5000), 'null', 'title:(a', '[* TO *]', '9'.repeat(30), 'http://[', 'souss-massa'] // prettier-ignore
  const value = fc.oneof(fc.constantFrom(...odd), fc.string(), fc.string({ unit: 'binary', maxLength: 40 }))
  const query = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 4 })
  const filled = (path: string, parts: string[]) => {
    let at = 0
    return path.replace(/[:*](\w+)/g, () => encodeURIComponent((parts[at++ % Math.max(parts.length, 1)] ?? '').toWellFormed()) || 'x')
  }
  const paths = [...new Set(routes.filter(route => !route.path.startsWith('/steward')).map(route => route.path))]
  const known = ['souss-massa', '1', 'catalogue', 'theme', 'ttl', 'csv']

  test(
    'whatever stands in a query, no address fails',
    async () => {
      const property = fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.array(fc.oneof(fc.constantFrom(...known), value), { maxLength: 3 }),
        query,
        fc.constantFrom('text/html', '*/*', 'text/turtle', 'application/json', 'a/b;q=x', ',,;'),
        async (path, parts, pairs, accept) => {
          const search = pairs.map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text.toWellFormed())}`).join('&')
          const { status, text } = await raw(`${filled(path, parts)}${search && `?${search}`}`, { accept })
          if (status >= 500 && !text.includes('query-')) throw new Error(`${status}: ${text.slice(0, 300)} ${JSON.stringify(site.failures.map(String))}`)
        },
      )
      await fc.assert(property, { numRuns: 600 * fuzz })
    },
    120_000 * fuzz,
  )

  test(
    'bytes that are no address, no query and no header are refused, and nobody fails of them',
    async () => {
      const bytes = fc.string({ unit: fc.constantFrom(...'/?&=%#;:@!+,[]{}|^~`\'"<>\\.*()aZ09é\u00ff'.split('')), maxLength: 60 })
      const property = fc.asyncProperty(bytes, bytes, async (path, header) => {
        const socket = connect(Number(new URL(site.url).port), '127.0.0.1')
        socket
          .on('error', () => {})
          .end(
            Buffer.from(
              `GET /${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: ${header}\r\nAccept-Language: ${header}\r\nIf-None-Match: ${header}\r\nCookie: ${header}\r\nAccept-Datetime: ${header}\r\n\r\n`,
              'latin1',
            ),
          )
        const status = Number(/^HTTP\/1\.1 (\d+)/.exec((await socket.setEncoding('utf8').toArray()).join(''))?.[1])
        expect(status).toBeLessThan(500)
      })
      await fc.assert(property, { numRuns: 150 * fuzz })
    },
    120_000 * fuzz,
  )
})
