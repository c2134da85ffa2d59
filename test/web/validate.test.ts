import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepVerdict, keptMs, keptVerdict } from '../../src/validate/checks/kept.ts'
import { edition, openHouse } from '../harvest/harvest.ts'
import { startPortal, turtle, type Portal } from '../portal.ts'
import { browser, serve, type Open } from './site.ts'

const feed = '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n<https://e.ma/d> a dcat:Dataset ; dct:issued "soon" .\n'
let site: Open
let portal: Portal
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': turtle(feed), '/page': { type: 'text/html', body: '<!doctype html><html></html>' } })
  const house = await openHouse(edition.replace('http: { allowAddresses: ["127.0.0.0/8"] }', `http: { allowAddresses: ["127.0.0.1/32"] }`))
  site = await serve(house, [])
})
afterAll(async () => {
  await site.close()
  await portal.close()
})

const post = (body: string | Uint8Array | FormData, headers: Record<string, string> = {}, query = '') =>
  site.get(`/api/validate${query}`, headers, { method: 'POST', body: body as RequestInit['body'] })
const problem = async (response: Response) => ({
  status: response.status,
  ...((await response.json()) as { code: string; detail: string; line?: number; title: string }),
})

describe('a feed that is posted', () => {
  test('is told in JSON, as by the command line, in the language of who asks', async () => {
    const response = await post(feed, { 'Content-Type': 'text/turtle', 'Accept-Language': 'fr' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-language')).toBe('fr')
    const said = (await response.json()) as { results: { message: string; line: number }[] }
    expect(said).toMatchObject({ conforms: false, profile: 'dcat-ap', datasets: 1, quality: { max: 405 } })
    expect(said.results.find(({ message }) => /titre/.test(message))).toMatchObject({ line: 2, severity: 'violation', focusNode: 'https://e.ma/d' })
  })

  test('is told in JSON where the format that is asked for is none', async () => {
    const response = await post(feed, { 'Content-Type': 'text/turtle' }, '?format=toString')
    expect(response.headers.get('content-type')).toContain('application/json')
  })

  test.each([
    ['text/turtle', /sh:ValidationReport/],
    ['application/sarif+json', /"version": "2\.1\.0"/],
    ['application/xml', /<testsuites>/],
    ['text/plain', /does not conform to dcat-ap/],
  ])('is told as %s', async (type, like) => {
    const response = await post(feed, { 'Content-Type': 'text/turtle', Accept: type })
    expect(response.headers.get('content-type')).toContain(type)
    expect(await response.text()).toMatch(like)
  })

  test('is judged by the profile that is named, in the language that is named', async () => {
    const said = (await (await post(feed, { 'Content-Type': 'text/turtle' }, '?profile=admission&lang=ar')).json()) as {
      profile: string
      results: { message: string }[]
    }
    expect(said.profile).toBe('admission')
    expect(said.results[0]!.message).toMatch(/\p{Script=Arabic}/u)
    expect(await problem(await post(feed, { 'Content-Type': 'text/turtle' }, '?profile=../secret'))).toMatchObject({ status: 400, code: 'bad-request' })
  })

  test('may lie at an address', async () => {
    const response = await post(JSON.stringify({ url: `${portal.url}/feed.ttl` }), { 'Content-Type': 'application/json' })
    expect(await response.json()).toMatchObject({ datasets: 1 })
  })

  test.each([
    ['fr', /n'a pas pu être lu\. \p{Lu}[^$]+\. \p{Lu}[^$]+/u, /\b(?:the|ask|answered)\b/i],
    ['ar', /تعذرت قراءة [^$]+\. \p{Script=Arabic}[^$]+\. \p{Script=Arabic}[^$]+/u, /\b(?:the|ask|answered)\b/i],
  ])('is missed at an address that has none in the language %s alone', async (language, like, unlike) => {
    const { detail } = await problem(
      await post(JSON.stringify({ url: `${portal.url}/nothing.ttl` }), { 'Content-Type': 'application/json', 'Accept-Language': language }),
    )
    expect(detail).toMatch(like)
    expect(detail).not.toMatch(unlike)
  })

  test('of a megabyte takes a fraction of a second after the first', async () => {
    const large =
      feed.split('\n')[0] +
      Array.from(
        { length: 2000 },
        (_, at) => `\n<https://e.ma/${at}> a dcat:Dataset ; dct:title "Titre ${at}"@fr ; dct:description "${'texte '.repeat(60)}"@fr .`,
      ).join('')
    expect(large.length).toBeGreaterThan(800_000)
    await post(large, { 'Content-Type': 'text/turtle' })
    const started = performance.now()
    expect(((await (await post(large, { 'Content-Type': 'text/turtle' })).json()) as { datasets: number }).datasets).toBe(2000)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('a person', () => {
  test('finds a form in every language that works without script, and is led to the verdict', async () => {
    for (const [language, word] of [
      ['fr', 'Valider avant de publier'],
      ['ar', 'تحققوا قبل النشر'],
      ['en', 'Validate before you publish'],
    ]) {
      const page = await (await site.get(`/${language}/validate`, browser)).text()
      expect(page).toContain(word)
      expect(page).toContain(`action="/${language}/api/validate" method="post" enctype="multipart/form-data"`)
      expect(page).not.toContain('<script src')
    }
    const form = new FormData()
    form.set('file', new Blob([feed]), 'catalogue.ttl')
    form.set('text', '')
    form.set('profile', 'admission')
    form.set('lang', 'ar')
    const sent = await post(form, browser)
    expect(sent.status).toBe(303)
    const to = sent.headers.get('location')!
    expect(to).toMatch(/^\/ar\/validate\/[\w-]{22}$/)
    const verdict = await (await site.get(to, browser)).text()
    expect(verdict).toContain('catalogue.ttl')
    expect(verdict).toMatch(/غير مطابق لـ admission/)
    expect((await site.get(to.replace('/ar/', '/fr/'), browser)).status).toBe(200)
    expect(await (await site.get(to, { Accept: 'application/json' })).json()).toMatchObject({ profile: 'admission', datasets: 1 })
  })

  test('sees at once which code was meant by one that no list has', async () => {
    const form = new FormData()
    const frequency = 'http://publications.europa.eu/resource/authority/frequency/'
    form.set('text', `${feed.split('\n')[0]}\n<https://e.ma/d> a dcat:Dataset ; dct:accrualPeriodicity <${frequency}IRREGULAR> .`)
    const verdict = await (await site.get((await post(form, browser)).headers.get('location')!, browser)).text()
    const shown = [...verdict.matchAll(/<details class="places-said" open[^>]*>([^]*?)<\/details>/g)].map(([, text]) => text!)
    expect(shown).toHaveLength(1)
    expect(shown[0]).toMatch(/frequency\/IRREG(?!U)/)
  })

  test('who pastes words that are no RDF, or nothing, is told so in his language', async () => {
    for (const text of ['bonjour', '', '<html><body>x</body></html>']) {
      const form = new FormData()
      form.set('text', text)
      const answer = await site.get('/fr/api/validate', browser, { method: 'POST', body: form })
      expect([400, 422]).toContain(answer.status)
      expect(await answer.text()).toMatch(/rien à valider|pas du RDF/)
    }
  })

  test('reads what a feed says as text and never as HTML', async () => {
    const form = new FormData()
    form.set('text', feed.replace('"soon"', '"<script>alert(1)</script>"'))
    const to = (await post(form, browser)).headers.get('location')!
    const page = await (await site.get(to, browser)).text()
    expect(page).toContain('&lt;script>alert(1)')
    expect(page).not.toContain('<script>alert')
  })
})

describe('bad input is a clear problem, and blocks nothing', () => {
  test('RDF that is not RDF, or breaks off, with its line', async () => {
    expect(await problem(await post('hello world', { 'Content-Type': 'text/turtle', 'Accept-Language': 'fr' }))).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/RDF/),
    })
    const broken = await problem(await post(`${feed}<https://e.ma/e> a dcat:Dataset ; dcat:keyword "cut o`, { 'Content-Type': 'text/turtle' }))
    expect(broken).toMatchObject({ status: 422, code: 'unreadable-rdf', detail: expect.stringMatching(/line 3/) })
    for (const body of [
      new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]),
      new Uint8Array(1000).fill(255),
      '{"@context": "https://evil.example.org/c", "@id": "x:y"}',
      '[[[[',
    ])
      expect((await post(body, { 'Content-Type': 'application/octet-stream' })).status).toBe(422)
  })

  test('an upload of 200 MB, and a bomb that unpacks to one, are refused at 20', async () => {
    const large = new ReadableStream<Uint8Array>({
      start(controller) {
        this.left = 200
        void controller
      },
      pull(controller) {
        if (this.left-- > 0) controller.enqueue(new Uint8Array(1_000_000))
        else controller.close()
      },
    } as UnderlyingDefaultSource<Uint8Array> & { left: number })
    const refused = await site.get('/api/validate', { 'Content-Type': 'text/turtle' }, { method: 'POST', body: large, duplex: 'half' } as RequestInit).then(
      response => response.status,
      // The connection is closed while it is still being sent.
      () => 413,
    )
    expect(refused).toBe(413)
    const bomb = gzipSync(Buffer.alloc(200_000_000, 0x20))
    expect(await problem(await post(bomb, { 'Content-Type': 'text/turtle', 'Content-Encoding': 'gzip' }))).toMatchObject({
      status: 413,
      code: 'too-large',
      detail: expect.stringMatching(/20 MB/),
    })
  })

  test('an address that is private, is none, leads to a private one, or holds no RDF', async () => {
    const inner = createServer((_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end())
    await new Promise<void>(resolve => inner.listen(0, '127.0.0.1', resolve))
    const leads = `http://127.0.0.1:${(inner.address() as AddressInfo).port}/`
    const asked = async (url: string) => problem(await post(JSON.stringify({ url }), { 'Content-Type': 'application/json', 'Accept-Language': 'en' }))
    for (const url of ['http://10.0.0.1/', 'http://[::1]/', 'http://127.0.0.2/', leads])
      expect(await asked(url)).toMatchObject({ status: 502, code: 'address-refused' })
    for (const url of ['file:///etc/passwd', 'ftp://e.ma/', 'nothing']) expect((await asked(url)).status).toBe(502)
    expect(await asked(`${portal.url}/page`)).toMatchObject({ status: 422 })
    expect(await asked(`${portal.url}/absent`)).toMatchObject({ status: 502, code: 'http-status' })
    inner.close()
  })

  test('pages are answered while a feed is looked at', async () => {
    const slow = feed.split('\n')[0] + Array.from({ length: 4000 }, (_, at) => `\n<https://e.ma/${at}> a dcat:Dataset ; dct:issued "soon" .`).join('')
    let done = false
    const checked = post(slow, { 'Content-Type': 'text/turtle', Accept: 'text/plain' }).then(response => {
      done = true
      return response.status
    })
    let answered = 0
    while (!done && answered < 2000) {
      expect((await site.get('/healthz')).status).toBe(200)
      answered++
    }
    expect(await checked).toBe(200)
    expect(answered).toBeGreaterThan(20)
  }, 60_000)
})

describe('a verdict is kept', () => {
  const data = () => join(site.house.folder, 'kept')
  const verdict = (at: number) => ({ name: 'x'.repeat(1000), at: new Date(at).toISOString() }) as Parameters<typeof keepVerdict>[1]

  test('for a day, under a key that cannot be guessed', async () => {
    const now = Date.now()
    const key = keepVerdict(data(), verdict(now), now)
    expect(keptVerdict(data(), key, now + keptMs - 1)).toMatchObject({ name: expect.any(String) })
    expect(keptVerdict(data(), key, now + keptMs)).toBeUndefined()
    for (const other of ['../catalogue', 'x', '']) expect(keptVerdict(data(), other)).toBeUndefined()
    expect((await site.get(`/fr/validate/${'a'.repeat(22)}`, browser)).status).toBe(404)
  })

  test('and never more than fit', () => {
    for (let nth = 0; nth < 520; nth++) keepVerdict(data(), verdict(Date.now()))
    expect(readdirSync(join(data(), 'verdicts')).length).toBeLessThanOrEqual(500)
  })
})
