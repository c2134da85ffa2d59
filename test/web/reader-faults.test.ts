import { closeSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { commit } from '../../src/ledger/records/commit.ts'
import { startRun } from '../../src/ledger/runs/runs.ts'
import type { Problem } from '../../src/problem.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { webApp } from '../../src/web/app.ts'
import { openReaders } from '../../src/web/readers.ts'
import { openHouse, type House } from '../harvest/harvest.ts'
import { day, entry } from '../ledger/ledger.ts'
import { browser } from './site.ts'

// What befalls the ledger where threads read it (compiled: `npm run build`), each by a connection of its own: told as where the process itself reads it.

let house: House
let store: Store
let server: Server
let readers: ReturnType<typeof openReaders>
let failures: Problem[]
beforeEach(async () => {
  house = await openHouse()
  failures = []
  const { catalogue, ledger, vocabulary } = house.engine
  const run = startRun(ledger, 'portal', { mode: 'full', started: day(1) })
  const records = Array.from({ length: 300 }, (_, n) =>
    entry(`k${n}`, { summary: { title: { fr: `Jeu ${n}` }, keywords: ['mot'], facets: { source: ['portal'] } } }),
  )
  commit(ledger, run, day(2), records, [])
  const publication = { catalogue, ledger, vocabulary, sources: [house.source('dcat', 'http://127.0.0.1:9/', { id: 'portal' })] }
  store = openStore(catalogue.store, publication, join(house.folder, 'data'))
  const web = { publication, store, rules: new Map(), version: 'test', report: (error: unknown) => void failures.push(error as Problem) }
  readers = openReaders(web)
  const app = webApp(web, readers.read)
  server = await new Promise<Server>(resolve => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening))
  })
}, 60_000)
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await Promise.all([readers.close(), store.close()])
  await house.close().catch(() => {})
})
const get = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { headers: browser })

test('damaged pages of the ledger: who reads is told that it cannot answer, the log what to do', async () => {
  const { ledger } = house
  const { file } = ledger
  ledger.get('PRAGMA wal_checkpoint(TRUNCATE)')
  const handle = openSync(file, 'r+')
  const whole = Buffer.alloc(statSync(file).size)
  writeSync(handle, whole.fill(0x5a), 4096, whole.length - 4096, 4096)
  closeSync(handle)
  for (const path of ['/fr/datasets', '/fr/dataset/portal-k7', '/catalog.ttl', '/fr/datasets?q=jeu']) {
    const response = await get(path)
    expect([path, response.status]).toEqual([path, 503])
    expect(await response.text()).not.toMatch(/sqlite|malformed|fihrist restore|\bat .*:\d+:\d+/)
  }
  expect(failures.map(({ code }) => code)).toEqual(['ledger-damaged'])
  expect(failures[0]!.message).toContain('fihrist restore FILE --force')
  expect(await (await get('/healthz')).json()).toMatchObject({ ledger: 'ledger-damaged' })
}, 60_000)

test('a ledger that is deleted while threads read it: it is not ready, nothing crashes, and no second one grows', async () => {
  expect((await get('/fr/datasets')).status).toBe(200)
  const data = dirname(house.ledger.file)
  rmSync(data, { recursive: true })
  const [health, ready] = await Promise.all(['/healthz', '/readyz'].map(async path => (await get(path)).json() as Promise<{ ledger: string }>))
  expect([health!.ledger, ready!.ledger]).toEqual(['ledger-gone', 'ledger-gone'])
  // The files are open: what was held is read until somebody stops it.
  for (const path of ['/fr/dataset/portal-k9', '/fr/datasets?page=2']) expect([200, 503]).toContain((await get(path)).status)
  expect(failures.filter(({ code }) => !code?.startsWith('ledger-'))).toEqual([])
  expect(statSync(data, { throwIfNoEntry: false })).toBeUndefined()
}, 60_000)
