import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../src/config/sources.ts'
import type { Resolve } from '../../src/harvest/http/addresses.ts'
import { politeFetch, type FetchOptions } from '../../src/harvest/http/fetch.ts'
import type { Problem } from '../../src/problem.ts'
import { startPortal, type Portal } from '../portal.ts'
import { problemOf } from '../problem.ts'
import { edition, openHouse, type House } from './harvest.ts'
import { feed } from './protocols/dcat/feed.ts'

// Servers that mean harm, or behave as if they did.

const limits: Source['limits'] = { delayMs: 0, timeoutS: 10, maxBytes: 1_000_000 }
const http = { userAgent: 'Fihrist test', allowAddresses: ['127.0.0.0/8'] }
const get = (url: string, more: Partial<Source['limits']> = {}, options: FetchOptions = {}, rules = http) =>
  politeFetch({ ...limits, ...more }, rules, { random: () => 0, ...options })(url, '*/*')
const text = async (page: ReturnType<typeof get>) => Buffer.from((await page).body).toString()

let houses: House
beforeAll(async () => {
  houses = await openHouse(edition.replace('profiles: [admission, dcat-ap]', 'profiles: [admission]'))
})
afterAll(() => houses.close())

let portal: Portal
beforeEach(async () => {
  portal = await startPortal({})
})
afterEach(() => portal.close())

describe('addresses in disguise', () => {
  const disguises = [
    'http://[::1]/',
    'http://[::ffff:169.254.169.254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://0xa9fea9fe/latest/meta-data/',
    'http://[fe80::1]/',
    'http://[2002:7f00:1::]/',
    'http://[64:ff9b:1::7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[2001:0:4136:e378:8000:63bf:80ff:fffe]/',
    'http://017700000001/',
    'http://0x7f000001/',
    'http://127.0.0.1./',
    'http://255.255.255.255/',
    'http://user:word@10.0.0.1/',
    'http:\\\\10.0.0.1\\',
  ]
  test.each([...disguises, 'http://①②⑦.0.0.1/'])('%s is refused', async target => {
    expect(await problemOf(get(target, {}, {}, { ...http, allowAddresses: [] }))).toMatchObject({ code: 'address-refused' })
  })

  // Other than the portal's own 127.0.0.1, which has to be allowed for it to answer.
  test.each(disguises.filter(target => new URL(target).hostname !== '127.0.0.1'))('a redirect to %s is refused', async target => {
    portal.answers['/out'] = { status: 302, headers: { location: target } }
    expect(await problemOf(get(`${portal.url}/out`, {}, {}, { ...http, allowAddresses: ['127.0.0.1/32'] }))).toMatchObject({ code: 'address-refused' })
  })

  // A link to another host is asked at the portal itself, where a feed behind a proxy has its pages: no other host is ever asked.
  test.each([
    ...disguises,
    'https://portal.test/',
    'file:///etc/passwd',
    'FILE:/etc/passwd',
    'ftp://127.0.0.2/',
    'gopher://127.0.0.2/',
    'data:text/turtle,',
    'javascript:alert(1)',
    '//127.0.0.2/page',
    'http://[half',
  ])('a feed whose next page is said to be %s loses nothing, and only its portal is asked', async target => {
    const hosts = new Set<string>()
    const house = houses.fresh()
    portal.answers['/feed.ttl'] = (request, response) => {
      hosts.add(request.headers.host!)
      response.writeHead(200, { 'content-type': 'text/turtle' }).end(feed(['a', 'b'], { next: target.replaceAll('\\', '\\\\') }))
    }
    const lookups: string[] = []
    const polite = politeFetch(
      limits,
      { ...http, allowAddresses: ['127.0.0.1/32'] },
      {
        random: () => 0,
        resolve: (host, _options, callback) => {
          lookups.push(host)
          callback(new Error(`no ${host}`) as never, [])
        },
      },
    )
    const report = await house.harvest(house.source('dcat', `${portal.url}/feed.ttl`), { fetch: polite })
    expect(report).toMatchObject({
      state: 'partial',
      seen: 2,
      added: 2,
      missing: 0,
      problems: [{ code: expect.stringMatching(/^(?:page-link|http-status|address-refused|repeated-page)$/) }],
    })
    expect([[...hosts], lookups]).toEqual([[new URL(portal.url).host], []])
    house.ledger.close()
  })

  const answers =
    (...all: string[][]): Resolve =>
    (_host, _options, callback) =>
      callback(
        null,
        (all.length > 1 ? all.shift()! : all[0]!).map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
  const named = () => `http://portal.test:${new URL(portal.url).port}/`

  test.each(['10.0.0.7', '169.254.169.254', '::1', '::ffff:10.0.0.7', '64:ff9b::a9fe:a9fe', 'fd00::7'])('a name that leads to %s is refused', async address => {
    const problem = await problemOf(get(named(), {}, { resolve: answers([address]) }))
    expect(problem.code).toBe('address-refused')
    expect(problem.message).toContain(`The address of portal.test is ${address}, which is private`)
  })

  test('a name that changes its mind between two requests is refused at the second', async () => {
    portal.answers['/'] = { headers: { connection: 'close' }, body: 'well' }
    const fetch = politeFetch(limits, http, { resolve: answers(['127.0.0.1'], ['10.0.0.7']) })
    expect(await text(fetch(named(), '*/*'))).toBe('well')
    expect(await problemOf(fetch(named(), '*/*'))).toMatchObject({ code: 'address-refused' })
  })

  test('of a name with a good and a private address, only the good one is asked', async () => {
    portal.answers['/'] = 'well'
    expect(await text(get(named(), {}, { resolve: answers(['10.0.0.7', '127.0.0.1']) }))).toBe('well')
  })

  test('a redirect to a name that leads to a private address is refused', async () => {
    portal.answers['/'] = { status: 307, headers: { location: 'http://inside.test/admin', connection: 'close' } }
    const resolve: Resolve = (host, options, callback) => answers([host === 'inside.test' ? '192.168.0.1' : '127.0.0.1'])(host, options, callback)
    expect((await problemOf(get(named(), {}, { resolve }))).message).toContain('inside.test is 192.168.0.1')
  })
})

describe('bodies', () => {
  test('two pages that redirect to each other', async () => {
    portal.answers = { '/a': { status: 302, headers: { location: '/b' } }, '/b': { status: 302, headers: { location: '/a' } } }
    expect(await problemOf(get(`${portal.url}/a`))).toMatchObject({ code: 'too-many-redirects' })
    expect(portal.asked).toHaveLength(11)
  })

  test.each([
    ['a body without end', Infinity],
    ['200 MB in a single line', 200],
  ])('%s is refused, and most of it never leaves the portal', async (_what, megabytes) => {
    const megabyte = Buffer.alloc(1_000_000, 'a')
    let sent = 0
    portal.answers['/'] = (_request, response) => {
      const more = () => {
        while (!response.destroyed && sent < megabytes) {
          sent++
          if (!response.write(megabyte)) return void response.once('drain', more)
        }
        response.end()
      }
      more()
    }
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    }, 5)
    const problem = await problemOf(get(`${portal.url}/`, { maxBytes: 5_000_000 }))
    clearInterval(watch)
    expect(most).toBeLessThan(150_000_000)
    expect(problem.code).toBe('too-large')
    expect(problem.message).toContain('limits.maxBytes')
    expect(sent).toBeLessThan(100)
  })

  test('an error whose body has no end is no reason to read on', async () => {
    portal.answers['/'] = (_request, response) => {
      response.writeHead(404)
      const more = () => {
        while (!response.destroyed) if (!response.write('no'.repeat(50_000))) return void response.once('drain', more)
      }
      more()
    }
    expect(await problemOf(get(`${portal.url}/`))).toMatchObject({ code: 'too-large' })
  })
})

describe('answers that are no HTTP', () => {
  /** A server that says these words to whoever connects; with `hold` it leaves the connection open. */
  async function says(words: string | Uint8Array, hold: boolean, use: (url: string) => Promise<void>): Promise<void> {
    const sockets = new Set<Socket>()
    const server = createServer(socket => {
      sockets.add(socket.on('error', () => {}))
      socket.once('data', () => {
        if (hold) socket.write(words)
        else socket.end(words)
      })
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
    } finally {
      for (const socket of sockets) socket.destroy()
      server.close()
    }
  }

  test.each<[string, string, boolean, string]>([
    ['a Content-Length that is more than comes', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf', false, 'unreachable'],
    ['a Content-Length that is more than comes, and silence', 'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf', true, 'timeout-idle'],
    ['a Content-Length that is no number', 'HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nbody', false, 'unreachable'],
    ['chunks that break off', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n', false, 'unreachable'],
    ['headers without end', `HTTP/1.1 200 OK\r\n${'x-more: and more\r\n'.repeat(20_000)}`, true, 'unreachable'],
    ['headers that stop', 'HTTP/1.1 200 OK\r\nContent-', true, 'timeout-idle'],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n', false, 'unreachable'],
    ['nothing', '', false, 'unreachable'],
    ['a body that is not the gzip it is said to be', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf', false, 'unreachable'],
  ])('%s', async (_what, words, hold, code) => {
    await says(words, hold, async url => {
      const problem = await problemOf(get(url, { timeoutS: 0.3 }))
      expect(problem.code).toBe(code)
      expect(problem.message).toContain(url)
    })
  })

  test('headers that come letter by letter are given up after their whole time, and not asked for again', async () => {
    let connections = 0
    const server = createServer(socket => {
      connections++
      let at = 0
      const letter = setInterval(() => socket.write('HTTP/1.1 200 OK\r\nX: '[at++] ?? 'x'), 10)
      socket.on('error', () => {}).on('close', () => clearInterval(letter))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const problem = await problemOf(get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, { timeoutS: 5, totalS: 0.5 }))
    server.close()
    expect([problem.code, connections]).toEqual(['timeout-total', 1])
  })

  test('a Content-Length that is less than comes: the page is what it promises, or a problem, and never less', async () => {
    await says('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfeed and more', false, async url => {
      const page = await text(get(url)).catch((error: Problem) => `${error.code}: ${error.message}`)
      expect(page).toMatch(/^feed$|^unreachable: .* announced 4 bytes, and \d could be read/)
    })
  })
})
