import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { politeFetch } from '../../../src/harvest/http/fetch.ts'
import { Problem } from '../../../src/problem.ts'
import { haveOpenssl, makeAuthority, startSecure, type Authority } from './certificates.ts'

const limits = { delayMs: 0, timeoutS: 10, maxBytes: 1_000_000 }
const http = { userAgent: 'Fihrist test', allowAddresses: ['127.0.0.0/8'] }

describe.skipIf(!haveOpenssl)('certificates (skipped where there is no openssl to make them)', () => {
  let made: Authority
  beforeAll(() => {
    made = makeAuthority()
  })
  afterAll(() => made.close())

  async function fetched(cert: string, ca?: string): Promise<string> {
    const server = await startSecure(cert, made.key)
    try {
      const { body } = await politeFetch(limits, http, { ca })(server.url, '*/*')
      return Buffer.from(body).toString()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      expect(error.message).toContain(`The certificate of 127.0.0.1:${server.port} is not believed`)
      return `${error.code}: ${error.message}`
    } finally {
      await server.close()
    }
  }

  test('a self-signed certificate is refused, and believed where ca: holds it', async () => {
    expect(await fetched(made.pem('self'))).toMatch(/bad-certificate: .*it is self-signed\..*ca: certs\/portal\.pem/)
    expect(await fetched(made.pem('self'), made.pem('self'))).toBe('well')
  })

  test('a chain that is incomplete is refused, and mended by a ca: with what is missing', async () => {
    expect(await fetched(made.pem('good'))).toMatch(/bad-certificate: .*chain is incomplete.*ca: certs\/chain\.pem/)
    expect(await fetched(made.pem('good'), made.pem('middle') + made.pem('root'))).toBe('well')
    expect(await fetched(made.pem('good'), made.pem('middle'))).toBe('well')
  })

  test('a chain that ends at an unknown authority is refused, and believed where ca: holds that authority', async () => {
    const chain = made.pem('good') + made.pem('middle') + made.pem('root')
    expect(await fetched(chain)).toMatch(/bad-certificate: .*self-signed authority that is not known here.*ca: certs\/chain\.pem/)
    expect(await fetched(chain, made.pem('root'))).toBe('well')
  })

  test('one that has expired is refused whatever ca: holds, and the message says so', async () => {
    expect(await fetched(made.pem('expired') + made.pem('middle'), made.pem('root'))).toMatch(/bad-certificate: .*has expired\. Ask the portal to renew it/)
  })

  test('one of another name is refused whatever ca: holds', async () => {
    expect(await fetched(made.pem('other') + made.pem('middle'), made.pem('root'))).toMatch(/bad-certificate: .*it is for another name/)
  })
})
