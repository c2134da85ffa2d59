import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { politeFetch } from '../../../src/harvest/http/fetch.ts'
import { startPortal, type Portal } from '../../portal.ts'
import { problemOf } from '../../problem.ts'
import { haveOpenssl, makeAuthority, startSecure } from './certificates.ts'
import { startProxy } from './proxy.ts'

const limits = { delayMs: 0, timeoutS: 10, maxBytes: 1_000_000 }

let portal: Portal
let proxy: Awaited<ReturnType<typeof startProxy>>
beforeEach(async () => {
  portal = await startPortal({ '/feed.ttl': 'feed' })
  proxy = await startProxy()
})
afterEach(async () => {
  await proxy.close()
  await portal.close()
})

const rules = (login = '') => ({ userAgent: 'Fihrist test', allowAddresses: [], proxy: `http://${login}127.0.0.1:${proxy.port}` })

test('a page of http comes through the proxy, by a name that only the proxy knows', async () => {
  const { port } = new URL(portal.url)
  const page = await politeFetch(limits, rules('me:secret@'))(`http://portal.test:${port}/feed.ttl`, '*/*')
  expect(Buffer.from(page.body).toString()).toBe('feed')
  expect(proxy.asked).toEqual([`GET http://portal.test:${port}/feed.ttl Basic ${btoa('me:secret')}`])
})

describe.skipIf(!haveOpenssl)('https (skipped where there is no openssl to make a certificate)', () => {
  test('a page of https comes through a tunnel, and its certificate is checked', async () => {
    const made = makeAuthority()
    const server = await startSecure(made.pem('good') + made.pem('middle'), made.key)
    const url = `https://portal.test:${server.port}/`
    const page = await politeFetch(limits, rules(), { ca: made.pem('root') })(url, '*/*')
    const problem = await problemOf(politeFetch(limits, rules())(url, '*/*'))
    await server.close()
    made.close()
    expect(Buffer.from(page.body).toString()).toBe('well')
    expect(problem.code).toBe('bad-certificate')
    expect(proxy.asked).toEqual([`CONNECT portal.test:${server.port}`, `CONNECT portal.test:${server.port}`])
  })
})

test.each(['http://127.0.0.1/', 'http://169.254.169.254/latest/meta-data/', 'https://[::1]/', 'http://localhost/'])(
  '%s is refused though a proxy would ask it',
  async target => {
    expect(await problemOf(politeFetch(limits, rules())(target, '*/*'))).toMatchObject({ code: 'address-refused' })
    expect(proxy.asked).toEqual([])
  },
)

test('a name that is private as seen from here is refused', async () => {
  const fetch = politeFetch(limits, rules(), { resolve: (_host, _options, callback) => callback(null, [{ address: '10.0.0.7', family: 4 }]) })
  expect((await problemOf(fetch('http://inside.test/', '*/*'))).message).toContain('The address of inside.test is 10.0.0.7, which is private')
  expect(proxy.asked).toEqual([])
})

test('a proxy that is not there is named without its password', async () => {
  await proxy.close()
  const problem = await problemOf(politeFetch(limits, rules('me:secret@'), { random: () => 0 })('http://portal.test/', '*/*'))
  expect(problem.code).toBe('unreachable')
  expect(problem.message).toContain(`through the proxy 127.0.0.1:${proxy.port}`)
  expect(problem.message).toContain('Check http.proxy of catalogue.yaml')
  expect(problem.message).not.toContain('secret')
})
