import { get as ask, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/file/ledger.ts'
import { commit } from '../../src/ledger/records/commit.ts'
import { startRun } from '../../src/ledger/runs/runs.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { webApp } from '../../src/web/app.ts'
import { leastMs } from '../../src/web/http/moments.ts'
import { openReaders } from '../../src/web/readers.ts'
import { openHouse, type House } from '../harvest/harvest.ts'
import { day, entry } from '../ledger/ledger.ts'

// What is kept of answers, where threads make them (compiled: `npm run build`) and where they are made beside the front door: never shown to whom it is
// not for, and never after anybody has written.

describe.each(['in threads', 'in the process itself'])('answers that are made %s', where => {
  let house: House
  let store: Store
  let server: Server
  let readers: ReturnType<typeof openReaders> | undefined
  const failures: unknown[] = []
  let asked = 0
  const write = (keys: string[], text = 'one', ledger = house.engine.ledger) => {
    const run = startRun(ledger, 'portal', { mode: 'full', started: day(1) })
    return commit(
      ledger,
      run,
      day(2),
      keys.map(key =>
        entry(key, { text, summary: { title: { fr: `Jeu ${key} ${text}` }, keywords: ['mot'], facets: { theme: ['eau'], source: ['portal'] } } }),
      ),
      [],
    )
  }

  beforeAll(async () => {
    house = await openHouse()
    const { catalogue, ledger, vocabulary } = house.engine
    write(Array.from({ length: 30 }, (_, n) => `k${n}`))
    const publication = {
      catalogue: { ...catalogue, origins: ['http://other.example.ma'] },
      ledger,
      vocabulary,
      sources: [house.source('dcat', 'http://127.0.0.1:9/', { id: 'portal' })],
    }
    store = openStore(catalogue.store, publication, join(house.folder, 'data'))
    const web = { publication, store, rules: new Map(), version: 'test', report: (error: unknown) => failures.push(error) }
    if (where === 'in threads') readers = openReaders(web)
    const read = readers && { read: readers.read }
    const app = webApp(
      web,
      read &&
        ((wish, moment) => {
          asked++
          return read.read(wish, moment)
        }),
    )
    server = await new Promise<Server>(resolve => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
    })
  }, 60_000)
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await Promise.all([readers?.close(), store.close()])
    await house.close()
    expect(failures).toEqual([])
  })

  interface Got {
    status: number
    headers: IncomingHttpHeaders
    body: Buffer
    text: string
  }
  const html = { accept: 'text/html', 'accept-language': 'fr' }
  const get = (path: string, headers: Record<string, string> = html, method = 'GET'): Promise<Got> =>
    new Promise((resolve, reject) => {
      ask({ port: (server.address() as AddressInfo).port, path, headers, method }, response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const body = Buffer.concat(chunks)
          const coding = method === 'HEAD' ? undefined : response.headers['content-encoding']
          const plain = coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body
          resolve({ status: response.statusCode!, headers: response.headers, body, text: plain.toString() })
        })
      })
        .on('error', reject)
        .end()
    })
  const revisionOf = ({ text }: Got) => Number(/[Rr]évision (\d+)/.exec(text)?.[1])

  test('the same page is the same bytes, and is made once for all who ask for it, at once or later', async () => {
    const before = asked
    const together = await Promise.all(Array.from({ length: 20 }, () => get('/fr/datasets?q=jeu')))
    const later = await get('/fr/datasets?q=jeu', { ...html, cookie: 'me=1', 'user-agent': 'another', 'accept-language': 'ar' })
    expect(new Set([...together, later].map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    if (readers) expect(asked - before).toBe(1)
    expect(together[0]!.headers['set-cookie']).toBeUndefined()
  })

  test('one address in another language, form or origin of ours is another answer, in whatever order they are asked for', async () => {
    const kinds: Record<string, Record<string, string>> = {
      fr: html,
      ar: { ...html, 'accept-language': 'ar' },
      turtle: { ...html, accept: 'text/turtle' },
      jsonld: { ...html, accept: 'application/ld+json' },
      none: { ...html, accept: 'image/png' },
      problem: { ...html, accept: 'application/json;q=0.1, image/png' },
      host: { ...html, host: 'other.example.ma' },
      proxied: { ...html, host: 'other.example.ma', 'x-forwarded-proto': 'https' },
      stranger: { ...html, host: 'evil.example' },
    }
    const signs = ({ status, headers, text }: Got) => [
      status,
      headers['content-type'],
      headers['content-language'],
      /hreflang="x-default" href="(https?:\/\/[^/]+)/.exec(text)?.[1],
    ]
    const once = new Map<string, unknown>()
    for (const order of [Object.keys(kinds), Object.keys(kinds).toReversed()])
      for (const name of order) {
        const found = signs(await get('/dataset/portal-k1', kinds[name]))
        expect([name, found]).toEqual([name, once.get(name) ?? found])
        once.set(name, found)
      }
    expect((once.get('fr') as unknown[])[2]).toBe('fr')
    expect([...once.values()].map(found => (found as unknown[])[1])).toEqual([
      'text/html; charset=utf-8',
      'text/html; charset=utf-8',
      'text/turtle; charset=utf-8',
      'application/ld+json; charset=utf-8',
      'application/problem+json; charset=utf-8',
      'application/ld+json; charset=utf-8',
      'text/html; charset=utf-8',
      'text/html; charset=utf-8',
      'text/html; charset=utf-8',
    ])
    expect((once.get('ar') as unknown[])[2]).toBe('ar')
    expect((once.get('host') as unknown[])[3]).toBe('http://other.example.ma')
    for (const name of ['fr', 'proxied', 'stranger']) expect((once.get(name) as unknown[])[3]).toBe('https://catalogue.example.ma')
  })

  test('it is compressed for who reads that, and says what it depends on; HEAD says the same without it', async () => {
    for (const round of [1, 2]) {
      const plain = await get('/fr/datasets')
      for (const [accepted, coding] of [
        ['gzip, deflate, br', 'br'],
        ['gzip', 'gzip'],
        ['br;q=0, gzip', 'gzip'],
        ['identity', undefined],
        ['zstd', undefined],
      ] as const) {
        const got = await get('/fr/datasets', { ...html, 'accept-encoding': accepted })
        expect([round, accepted, got.headers['content-encoding'], got.text === plain.text]).toEqual([round, accepted, coding, true])
        expect(got.headers['vary']).toMatch(/Accept, Accept-Language.*Accept-Encoding/)
        expect(Number(got.headers['content-length'])).toBe(got.body.length)
        const head = await get('/fr/datasets', { ...html, 'accept-encoding': accepted }, 'HEAD')
        const { date: _, ...told } = head.headers
        const { date: __, ...whole } = got.headers
        expect([head.status, head.body.length, told]).toEqual([200, 0, whole])
      }
    }
  })

  test('who holds it is told so, by whatever way the answer comes', async () => {
    const { headers } = await get('/fr/datasets?q=mot')
    for (const _ of [1, 2]) {
      const again = await get('/fr/datasets?q=mot', { ...html, 'if-none-match': headers['etag']! })
      expect([again.status, again.body.length, again.headers['etag'], again.headers['content-type'], again.headers['content-length']]).toEqual([
        304,
        0,
        headers['etag'],
        undefined,
        undefined,
      ])
      expect(again.headers['content-security-policy']).toBe(headers['content-security-policy'])
    }
    expect((await get('/fr/datasets?q=mot', { ...html, 'if-none-match': '"another"' })).status).toBe(200)
  })

  test('after a commit nothing of before is shown, whoever asks while it happens', async () => {
    let revision = revisionOf(await get('/fr/datasets'))
    expect(revision).toBeGreaterThan(0)
    for (let n = 0; n < 15; n++) {
      const early = Array.from({ length: 4 }, () => get('/fr/datasets?q=mot'))
      revision = write([`new${n}`], `text${n}`)
      const pages = await Promise.all([get('/fr/datasets'), get('/fr/datasets?q=mot'), get(`/fr/dataset/portal-new${n}`), get('/fr/')])
      expect(pages.map(page => [page.status, revisionOf(page)])).toEqual(pages.map(() => [200, revision]))
      expect(pages[1]!.text).toContain(`>${31 + n} jeux de données<`)
      await Promise.all(early)
    }
  }, 60_000)

  test('while others commit again and again, pages are sent as they were, made anew every few seconds behind who asks, and say their age', async () => {
    const other = openLedger(join(house.folder, 'data'))
    const [paths, began, before] = [['/fr/datasets', '/fr/datasets?q=jeu', '/catalog.ttl', '/fr/'], performance.now(), asked]
    await Promise.all(paths.map(path => get(path)))
    let [answers, newest] = [0, 0]
    const [behind, seen] = [[] as number[], new Set<number>()]
    for (let n = 0; performance.now() - began < 5000; n++) {
      newest = write([`busy${n % 5}`], `busy${n}`, other)
      for (const path of paths) {
        const page = await get(path)
        expect([path, page.status]).toEqual([path, 200])
        expect(page.headers['age'] ?? '0').toMatch(/^\d$/)
        answers++
        if (path !== '/fr/datasets') continue
        behind.push(newest - revisionOf(page))
        seen.add(revisionOf(page))
      }
      await delay(100)
    }
    other.close()
    expect(Math.max(...behind)).toBeGreaterThan(0)
    expect(seen.size).toBeGreaterThan(1)
    if (readers) expect(asked - before).toBeLessThan(answers / 4)
    await expect.poll(async () => revisionOf(await get('/fr/datasets')), { timeout: 10_000 }).toBe(newest)
  }, 30_000)

  test('what another process commits shows at once where nothing was committed of late', async () => {
    const other = openLedger(join(house.folder, 'data'))
    await delay(leastMs)
    const before = revisionOf(await get('/fr/datasets'))
    await delay(leastMs)
    const after = write(['elsewhere'], 'elsewhere', other)
    other.close()
    expect(after).toBeGreaterThan(before)
    // At the latest with the second look, where making it anew takes longer than a reader waits.
    await expect.poll(async () => revisionOf(await get('/fr/datasets')), { timeout: leastMs / 2, interval: 20 }).toBe(after)
    expect((await get('/fr/dataset/portal-elsewhere')).status).toBe(200)
  })

  test('a query that takes long is answered as before when others have committed, says of which revision, and is made anew behind who asks', async () => {
    const slow = 'SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?p ?x } LIMIT 2500 } { SELECT ?b { ?b ?q ?y } LIMIT 2500 } FILTER(STRLEN(STR(?a)) > 0) }'
    const query = async () => {
      const { status, headers } = await get(`/sparql?query=${encodeURIComponent(slow)}`, { accept: 'application/json' })
      return { status, revision: Number(headers['fihrist-revision']), age: headers['age'] }
    }
    await store.ready()
    const before = await query()
    const other = openLedger(join(house.folder, 'data'))
    const theirs = write(['query'], 'theirs', other)
    other.close()
    await store.ready()
    expect(await query()).toMatchObject({ status: 200, revision: before.revision, age: expect.stringMatching(/^\d+$/) })
    await expect.poll(async () => (await query()).revision, { timeout: 20_000 }).toBe(theirs)
    // What this process has written itself may hide what was shown before.
    const ours = write(['query'], 'ours')
    await store.ready()
    expect(await query()).toEqual({ status: 200, revision: ours, age: undefined })
  }, 60_000)

  test('the log of the ledger is taken into its file while pages are read, as nobody who rests keeps it', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, n) => get(`/fr/datasets?page=1&q=${n}`)))
    await delay(1500)
    expect(house.engine.ledger.get<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')).toMatchObject({ busy: 0, log: 0 })
  })

  test('a feed that is written in pieces is made once for all who ask for it, as long as it is short', async () => {
    await get('/feed.atom', { accept: '*/*' })
    const before = asked
    const all = await Promise.all(Array.from({ length: 10 }, () => get('/feed.atom', { accept: '*/*' })))
    expect(new Set(all.map(({ status, text }) => `${status} ${text}`)).size).toBe(1)
    expect(all[0]!.text).toMatch(/^<\?xml[^]*<\/feed>\s*$/)
    if (readers) expect(asked).toBe(before)
  })

  test('what is not read, is sent in pieces, or is a problem, is made for each', async () => {
    expect((await get('/nowhere')).status).toBe(404)
    expect((await get('/fr/datasets?page=999')).headers['cache-control']).toBe('no-store')
    const csv = await get('/sources/portal/runs/1.csv', { accept: '*/*' })
    expect([csv.status, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8; header=present'])
    expect((await get('/healthz', { accept: '*/*' })).headers['cache-control']).toBe('no-store')
  })
})
