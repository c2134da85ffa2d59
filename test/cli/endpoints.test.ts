import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { endpointsOf } from '../../src/cli/endpoints.ts'
import { Problem } from '../../src/problem.ts'
import { wordsIn } from '../../src/words/words.ts'
import { haveOpenssl, makeAuthority, startSecure } from '../harvest/http/certificates.ts'

// Why an endpoint that a query names by SERVICE did not answer, as its asker is told it.

const settings = {
  http: { userAgent: 'Fihrist test', allowAddresses: ['127.0.0.0/8'] },
  limits: { delayMs: 0, timeoutS: 1, maxBytes: 1000 },
  store: { timeoutS: 1, answerMB: 0.001 },
} as unknown as Parameters<typeof endpointsOf>[0]

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.close().closeAllConnections()
})
async function start(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sparql`
}

/** What is said of an endpoint that fails, by language. */
async function said(url: string): Promise<{ fr: string; ar: string; en: string }> {
  const ask = endpointsOf(settings)(new AbortController().signal)
  const problem = await ask(url, '*/*', { body: { type: 'application/sparql-query', text: 'ASK {}' } }).then(
    () => expect.unreachable(`${url} answered`),
    (error: unknown) => error as Problem,
  )
  expect([problem instanceof Problem, problem.code, problem.status]).toEqual([true, 'endpoint-failed', 502])
  const { key, values } = problem.said!
  const [fr, ar, en] = ['fr', 'ar', 'en'].map(language => wordsIn(language).t(key, values))
  for (const sentence of [fr, ar, en]) expect(sentence).toContain(url)
  expect(problem.message).toBe(en)
  return { fr: fr!, ar: ar!, en: en! }
}

describe('an endpoint that does not answer is told of in the language of who asks:', () => {
  test.each<[string, () => Promise<string> | string, fr: RegExp, ar: RegExp, en: RegExp]>([
    ['nobody listens', () => 'http://127.0.0.1:1/sparql', /refuse la connexion\.$/, /^ترفض .* الاتصال\.$/, /refuses the connection\.$/],
    ['no such host', () => 'http://nowhere.invalid/sparql', /n'a pas d'adresse|joint/, /لا عنوان|لا يمكن الوصول/, /no address|reached/],
    ['a private address', () => 'http://10.1.2.3/sparql', /adresse est privée\.$/, /عنوانها خاص\.$/, /address is private\.$/],
    ['silence', () => start(() => {}), /n'a pas répondu à temps\.$/, /في الوقت المحدد\.$/, /did not answer in time\.$/],
    ['an error', () => start((_, to) => void to.writeHead(503).end()), /le statut 503\.$/, /بالحالة 503\.$/, /the status 503\.$/],
    ['hanging up', () => start(({ socket }) => void socket.destroy()), /joint \(ECONNRESET\)/, /الوصول .*\(ECONNRESET\)/, /reached \(ECONNRESET\)/],
    ['too much', () => start((_, to) => void to.end('x'.repeat(2000))), /plus qu'il n'en est lu/, /أكبر مما يُقرأ/, /more than is read/],
    ['a way to elsewhere', () => start((_, to) => void to.writeHead(302, { location: 'ftp://a.example/' }).end()), /suivie/, /اتباعه/, /followed/],
  ])('%s', async (_what, address, fr, ar, en) => {
    const sentences = await said(await address())
    expect(sentences.fr).toMatch(fr)
    expect(sentences.ar).toMatch(ar)
    expect(sentences.en).toMatch(en)
    for (const sentence of [sentences.fr, sentences.ar]) expect(sentence).not.toMatch(/source|portal|Check|Ask/)
  })

  test.skipIf(!haveOpenssl)('a certificate that nobody has signed (skipped where there is no openssl to make one)', async () => {
    const made = makeAuthority()
    const server = await startSecure(made.pem('self'), made.key)
    try {
      const { fr, ar, en } = await said(`${server.url}sparql`)
      expect(fr).toMatch(/certificat auquel on ne peut pas se fier \(DEPTH_ZERO_SELF_SIGNED_CERT\)/)
      expect(ar).toMatch(/^شهادة .* غير موثوق بها/)
      expect(en).toMatch(/certificate that is not believed/)
    } finally {
      await server.close()
      made.close()
    }
  })
})
