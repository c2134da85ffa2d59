import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createGzip } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Source } from '../../../src/config/sources.ts'
import { retryAfter, StatusProblem } from '../../../src/harvest/http/answer.ts'
import { politeFetch, politeHttp, type FetchOptions } from '../../../src/harvest/http/fetch.ts'
import { waitBefore } from '../../../src/harvest/http/retry.ts'
import { Problem } from '../../../src/problem.ts'
import { startPortal, type Answer, type Portal } from '../../portal.ts'
import { problemOf } from '../../problem.ts'

const http = { userAgent: 'Fihrist test', allowAddresses: ['127.0.0.0/8'] }
const limits: Source['limits'] = { delayMs: 0, timeoutS: 10, maxBytes: 1_000_000 }

let portal: Portal
beforeEach(async () => {
  portal = await startPortal({})
})
afterEach(() => portal.close())

const answer = (path: string, answer: Answer) => {
  portal.answers[path] = answer
}
const get = (path: string, more: Partial<typeof limits> = {}, rules = http, options: FetchOptions = {}) =>
  politeFetch({ ...limits, ...more }, rules, { random: () => 0, ...options })(URL.canParse(path) ? path : portal.url + path, 'text/turtle')

test('a page comes with its address after redirects, its type, and what was asked of it', async () => {
  let headers: Record<string, unknown> = {}
  answer('/here', { status: 302, headers: { location: '/there' } })
  answer('/there', (request, response) => {
    headers = request.headers
    response.writeHead(200, { 'content-type': 'text/turtle' }).end('<a> <b> <c> .')
  })
  expect(await get('/here')).toMatchObject({ url: `${portal.url}/there`, mediaType: 'text/turtle' })
  expect(headers).toMatchObject({ accept: 'text/turtle', 'user-agent': 'Fihrist test' })
})

test('the key of a portal goes to its own host, and not where that leads', async () => {
  const other = await startPortal({})
  const told: Record<string, unknown> = {}
  answer('/here', (request, response) => {
    told['here'] = request.headers['authorization']
    response.writeHead(302, { location: `${other.url}/there` }).end()
  })
  other.answers['/there'] = (request, response) => {
    told['there'] = request.headers['authorization']
    response.end('well')
  }
  await get('/here', {}, http, { key: { origin: portal.url, headers: { Authorization: 'Bearer secret' } } })
  expect(told).toEqual({ here: 'Bearer secret', there: undefined })
  await other.close()
})

test('a link with a password is not followed, and the password not repeated', async () => {
  answer('/here', { status: 302, headers: { location: portal.url.replace('//', '//reader:hunter2@') } })
  const problem = await problemOf(get('/here'))
  expect([problem.code, JSON.stringify([problem.message, problem.place])]).toEqual(['page-link', expect.not.stringContaining('hunter2')])
})

test('what a portal says in its status line moves no cursor', async () => {
  const server = createServer(socket => socket.once('data', () => socket.end('HTTP/1.1 404 \u001B[2J\u0007gone\r\nContent-Length: 0\r\n\r\n'))).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  const { message } = await problemOf(get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))
  server.close()
  expect(message).not.toMatch(/[\u0000-\u001F]/)
  expect(message).toMatch(/answered 404|cannot be reached/)
})

describe('addresses', () => {
  test.each([
    'http://10.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://192.168.1.1/',
    'http://[::1]/',
    'http://0.0.0.0/',
    'http://[::ffff:10.0.0.1]/',
    'http://100.64.0.1/',
    'http://[fd00::1]/',
  ])('a redirect to %s is refused', async target => {
    answer('/out', { status: 301, headers: { location: target } })
    const problem = await problemOf(get('/out'))
    expect(problem.code).toBe('address-refused')
    expect(problem.message).toContain('http.allowAddresses')
  })

  test('loopback is refused unless listed, and the message says which range to list', async () => {
    const problem = await problemOf(get('/', {}, { ...http, allowAddresses: [] }))
    expect(problem.code).toBe('address-refused')
    expect(problem.message).toMatch(/catalogue\.yaml: http\.allowAddresses: \["127\.0\.0\.1\/32"\]/)
    expect(portal.asked).toEqual([])
  })

  test('a name that leads to a private address is refused like the address, and the message names both', async () => {
    const problem = await problemOf(get(`http://localhost:${new URL(portal.url).port}/`, {}, { ...http, allowAddresses: [] }))
    expect(problem.code).toBe('address-refused')
    expect(problem.message).toMatch(/localhost.*(127\.0\.0\.1|::1)/)
    expect(problem.place.url).toBe(`http://localhost:${new URL(portal.url).port}/`)
    expect(portal.asked).toEqual([])
  })

  test.each(['file:///etc/passwd', 'ftp://example.org/a', 'gopher://example.org/'])('a redirect to %s is not followed', async target => {
    answer('/out', { status: 302, headers: { location: target } })
    expect(await problemOf(get('/out'))).toMatchObject({ code: 'page-link' })
  })

  test('a redirect to what is no address', async () => {
    answer('/out', { status: 302, headers: { location: 'http://[half' } })
    expect(await problemOf(get('/out'))).toMatchObject({ code: 'page-link' })
  })

  test('redirects in a loop', async () => {
    answer('/loop', { status: 302, headers: { location: '/loop' } })
    const problem = await problemOf(get('/loop'))
    expect(problem.code).toBe('too-many-redirects')
    expect(problem.message).toContain('Put the address it ends at')
  })
})

describe('size', () => {
  test('a page larger than the limit is refused while it is read', async () => {
    answer('/big', { body: Buffer.alloc(2_000_000, 'a') })
    const problem = await problemOf(get('/big'))
    expect(problem.code).toBe('too-large')
    expect(problem.message).toMatch(/limits\.maxBytes/)
  })

  test('a gigabyte of zeros in a small gzip is refused, and never held in memory', async () => {
    const megabyte = Buffer.alloc(1_000_000)
    const bomb = await buffer(
      Readable.from(
        (function* () {
          for (let at = 0; at < 1000; at++) yield megabyte
        })(),
      ).pipe(createGzip()),
    )
    answer('/bomb', { headers: { 'content-encoding': 'gzip' }, body: bomb })
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    }, 5)
    const problem = await problemOf(get('/bomb'))
    clearInterval(watch)
    expect(problem.code).toBe('too-large')
    expect(most).toBeLessThan(200_000_000)
  }, 60_000)
})

test.each(['identity', 'x-other', 'constructor'])('a body in a coding that we do not know (%s) is taken as it is', async coding => {
  answer('/coded', { headers: { 'content-encoding': coding }, body: 'well' })
  expect(Buffer.from((await get('/coded')).body).toString()).toBe('well')
})

describe('passing failures', () => {
  test('503 with Retry-After, then 200: asked again after as long as it said', async () => {
    let asked = 0
    answer('/', (_request, response) => {
      if (++asked === 1) response.writeHead(503, { 'retry-after': '1' }).end()
      else response.end('well')
    })
    const from = Date.now()
    expect(Buffer.from((await get('/')).body).toString()).toBe('well')
    expect(Date.now() - from).toBeGreaterThanOrEqual(990)
    expect(asked).toBe(2)
  })

  test('404 is not asked again', async () => {
    expect(await problemOf(get('/none'))).toMatchObject({ code: 'http-status' })
    expect(portal.asked).toHaveLength(1)
  })

  test('500 without end is given up after some tries, and says where', async () => {
    answer('/sick', { status: 500, body: 'Traceback' })
    const problem = await problemOf(get('/sick'))
    expect(problem).toMatchObject({ code: 'http-status', place: { url: `${portal.url}/sick`, excerpt: 'Traceback' } })
    expect(portal.asked).toHaveLength(4)
  })

  test('a connection that breaks in the middle of the body is asked again', async () => {
    let asked = 0
    answer('/', (_request, response) => {
      if (++asked > 1) return void response.end('whole')
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half', () => response.destroy())
    })
    expect(Buffer.from((await get('/')).body).toString()).toBe('whole')
  })

  test('a connection that always breaks is a problem with a name', async () => {
    answer('/', (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half', () => response.destroy())
    })
    expect(await problemOf(get('/'))).toMatchObject({ code: 'unreachable' })
  })

  test('an answer that does not come in time', async () => {
    answer('/slow', () => {})
    const problem = await problemOf(get('/slow', { timeoutS: 0.1 }))
    expect(problem.code).toBe('timeout-idle')
    expect(problem.message).toMatch(/sent nothing for 0\.1 s.*limits\.timeoutS/)
  })

  test('a body that falls silent', async () => {
    answer('/half', (_request, response) => void response.write('half'))
    expect(await problemOf(get('/half', { timeoutS: 0.1 }))).toMatchObject({ code: 'timeout-idle' })
  })

  test('a body that comes drop by drop is given up after its whole time, and not asked for again', async () => {
    answer('/drip', (_request, response) => {
      const drop = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drop))
    })
    const problem = await problemOf(get('/drip', { timeoutS: 5, totalS: 0.3 }))
    expect(problem.code).toBe('timeout-total')
    expect(problem.message).toMatch(/not whole after 0\.3 s.*limits\.totalS/)
    expect(portal.asked).toHaveLength(1)
  })

  test('a server that accepts a connection and never shakes hands', async () => {
    const sockets = new Set<Socket>()
    const mute = createServer(socket => void sockets.add(socket)).listen(0, '127.0.0.1')
    await once(mute, 'listening')
    const problem = await problemOf(get(`https://127.0.0.1:${(mute.address() as AddressInfo).port}/`, { timeoutS: 0.1 }))
    for (const socket of sockets) socket.destroy()
    mute.close()
    expect(problem.code).toBe('timeout-connect')
    expect(problem.message).toMatch(/no connection to 127\.0\.0\.1:\d+ within 0\.1 s.*limits\.timeoutS/)
  })

  test('the pause before a new try doubles, lies between half and the whole of it, and ends after three tries', () => {
    const lost = new Problem('unreachable', 'Gone.')
    expect([0, 1, 2, 3].map(tries => waitBefore(lost, tries, () => 0))).toEqual([250, 500, 1000, undefined])
    expect([0, 1, 2, 3].map(tries => waitBefore(lost, tries, () => 1))).toEqual([500, 1000, 2000, undefined])
    expect(waitBefore(new Problem('too-large', 'Large.'), 0, () => 0)).toBeUndefined()
  })

  test('Retry-After may be a date, which is told from the time it is', async () => {
    let asked = 0
    answer('/', (_request, response) => {
      if (++asked === 1) response.writeHead(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }).end()
      else response.end('well')
    })
    const now = () => new Date('2026-01-01T00:00:29.900Z')
    expect(Buffer.from((await get('/', {}, http, { now })).body).toString()).toBe('well')
  })

  test.each([
    ['7', 7000],
    ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('Retry-After: %s', (header, wait) => {
    expect(retryAfter(header, Date.parse('2026-01-01T00:00:00Z'))).toBe(wait)
  })

  test('a Retry-After of a year is not waited for', () => {
    expect(waitBefore(new StatusProblem('Later.', portal.url, '', 429, 365 * 86_400_000), 0, () => 0)).toBe(120_000)
  })

  test('a port where nothing listens, and a name that is not there', async () => {
    const free = await new Promise<number>(resolve => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        server.close(() => resolve(port))
      })
    })
    expect(await problemOf(get(`http://127.0.0.1:${free}/`))).toMatchObject({ code: 'unreachable' })
    expect(await problemOf(get('http://portal.invalid/'))).toMatchObject({ code: 'unreachable' })
  })
})

test('the pause between requests is kept', async () => {
  answer('/', 'well')
  const fetch = politeFetch({ ...limits, delayMs: 100 }, http)
  const from = Date.now()
  for (let at = 0; at < 3; at++) await fetch(`${portal.url}/`, '*/*')
  expect(Date.now() - from).toBeGreaterThanOrEqual(195)
})

test('one request is made at a time, in the order in which they are put, and one that fails holds up no other', async () => {
  let [underWay, most] = [0, 0]
  for (const name of ['a', 'b', 'c', 'd'])
    answer(`/${name}`, (_request, response) => {
      most = Math.max(most, ++underWay)
      setTimeout(() => {
        underWay--
        response.writeHead(name === 'b' ? 404 : 200).end(name)
      }, 20)
    })
  const fetch = politeFetch(limits, http)
  const ended = await Promise.allSettled(['a', 'b', 'c', 'd'].map(name => fetch(`${portal.url}/${name}`, '*/*')))
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
  expect([most, portal.asked]).toEqual([1, ['/a', '/b', '/c', '/d']])
})

describe('an answer that is read as it comes', () => {
  const endless = () => {
    const closed = Promise.withResolvers<void>()
    answer('/endless', (_request, response) => {
      const more = setInterval(() => response.write('x'.repeat(10_000)), 5)
      response.on('close', () => {
        clearInterval(more)
        closed.resolve()
      })
    })
    return closed.promise
  }

  test.each([
    ['before its first byte', 0],
    ['in the middle', 3],
  ])('is hung up on by who leaves it %s; a run that is stopped later minds it no more', async (_when, pieces) => {
    const closed = endless()
    const stop = new AbortController()
    const { open, fetch } = politeHttp({ ...limits, timeoutS: 60 }, http, { signal: stop.signal })
    const reader = (await open(`${portal.url}/endless`, '*/*')).body[Symbol.asyncIterator]()
    for (let at = 0; at < pieces; at++) expect((await reader.next()).done).toBe(false)
    await reader.return?.()
    await closed
    answer('/', 'well')
    expect(Buffer.from((await fetch(`${portal.url}/`, '*/*')).body).toString()).toBe('well')
    stop.abort()
    await new Promise(resolve => setTimeout(resolve, 20))
  })

  test('does not keep the next from being asked while it is read', async () => {
    void endless()
    answer('/', 'well')
    const { open, fetch } = politeHttp(limits, http)
    for await (const _ of (await open(`${portal.url}/endless`, '*/*')).body) {
      expect(Buffer.from((await fetch(`${portal.url}/`, '*/*')).body).toString()).toBe('well')
      break
    }
  })

  test('may be read slowly: only the time that the portal takes counts', async () => {
    answer('/', 'well')
    const { open } = politeHttp({ ...limits, timeoutS: 0.1 }, http)
    let text = ''
    for await (const chunk of (await open(`${portal.url}/`, '*/*')).body) {
      text += Buffer.from(chunk).toString()
      await new Promise(resolve => setTimeout(resolve, 200))
    }
    expect(text).toBe('well')
  })
})

test('a run that is stopped stops waiting', async () => {
  const stop = new AbortController()
  answer('/slow', () => void setTimeout(() => stop.abort(), 20))
  const fetched = politeFetch(limits, http, { signal: stop.signal })(`${portal.url}/slow`, '*/*')
  await expect(fetched).rejects.toThrow(/abort/i)
  expect(portal.asked).toHaveLength(1)
})
