import { openSync, rmSync, statSync, writeSync, closeSync, existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSchedule } from '../../src/harvest/schedule/schedule.ts'
import { faultOf } from '../../src/ledger/file/faults.ts'
import { lastRun } from '../../src/ledger/runs/runs.ts'
import type { Problem } from '../../src/problem.ts'
import { edition, openHouse, type House } from '../harvest/harvest.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal, turtle, type Portal } from '../portal.ts'
import { browser, serve, type Open } from './site.ts'

// What befalls the data folder while it is served and harvested (docs/faults.md): in this order, the last of them for good.

let house: House
let portal: Portal
let site: Open
const source = () => house.source('dcat', `${portal.url}/feed.ttl`)
beforeAll(async () => {
  portal = await startPortal({ '/feed.ttl': turtle(feed(['a', 'b', 'c'])) })
  house = await openHouse(`${edition}store: { kind: oxigraph, replicas: 1 }\n`)
  await house.harvest(source())
  site = await serve(house, [source()])
}, 120_000)
afterAll(async () => {
  await site.close()
  await portal.close()
})

const state = async (path: string) => {
  const response = await site.get(path)
  const { status, ledger } = (await response.json()) as { status: string; ledger: string }
  return [response.status, status, ledger]
}
/** What a run failed of, whether it could still be written down or not. */
const failureOf = (run: ReturnType<House['harvest']>) =>
  run.then(
    ({ state: how, problems: [problem] }) => {
      expect(how).not.toBe('complete')
      return problem!
    },
    (problem: Problem) => problem,
  )
const told = () => (site.failures.splice(0) as Problem[]).map(({ code, message }) => `${code}: ${message}`)

test('a ledger that is well is said to be', async () => {
  expect([await state('/healthz'), await state('/readyz')]).toEqual([
    [200, 'ok', 'ok'],
    [200, 'ready', 'ok'],
  ])
})

test('a disk that is full during a harvest: one sentence, nothing that was committed is lost, and the next run goes on', async () => {
  const before = house.content()
  const pages = house.ledger.get<{ page_count: number }>('PRAGMA page_count')!.page_count
  house.ledger.get(`PRAGMA max_page_count = ${pages}`)
  portal.answers['/feed.ttl'] = turtle(feed(Array.from({ length: 300 }, (_, at) => `more-${at}`).concat('a', 'b', 'c')))
  const problem = await failureOf(house.harvest(source()))
  expect([problem.code, problem.message]).toEqual([
    'disk-full',
    expect.stringMatching(/The disk is full: .* Make room.* run it again: it goes on from there\.$/),
  ])
  expect(house.content()).toMatchObject(before)
  expect(lastRun(house.ledger, 'portal')!.added).toBe(house.records().length - 3)
  expect((await site.get('/fr/datasets', browser)).status).toBe(200)
  house.ledger.get('PRAGMA max_page_count = 1073741823')
  expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 303, failed: 0 })
  expect(house.ledger.get<{ whole: string }>('SELECT quick_check AS whole FROM pragma_quick_check')!.whole).toBe('ok')
}, 60_000)

test('a folder that may not be written: what is held is read, and what is sent is answered with a sentence', async () => {
  house.ledger.get('PRAGMA query_only = ON')
  const problem = await failureOf(house.harvest(source()))
  expect([problem.code, problem.message]).toEqual([
    'ledger-unwritable',
    expect.stringContaining('give the data folder, and all that is in it, to the user that runs fihrist'),
  ])
  expect((await site.get('/fr/datasets', browser)).status).toBe(200)
  house.ledger.get('PRAGMA query_only = OFF')
})

test('a run of the future, from a clock that was wrong, keeps no source waiting', async () => {
  house.ledger.run(`UPDATE run SET started = '2099-01-01T00:00:00.000Z'`)
  const lines: Record<string, unknown>[] = []
  const scheduled = { ...source(), schedule: '* * * * * *' }
  const args = ['--catalogue', join(house.folder, 'catalogue.yaml'), '--data', join(house.folder, 'data')]
  const schedule = openSchedule({ catalogue: house.engine.catalogue, sources: [scheduled], ledger: house.ledger, args, log: line => lines.push(line) })
  await expect.poll(() => lines, { timeout: 20_000 }).toContainEqual(expect.objectContaining({ event: 'run-started', source: 'portal', why: 'schedule' }))
  await schedule.stop()
}, 60_000)

test('no more file handles is a sentence', () => {
  const error = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })
  expect(faultOf(error)).toMatchObject({ code: 'too-many-files', message: expect.stringContaining('LimitNOFILE') })
  expect(faultOf(new Error('anything else'))).toBeUndefined()
})

test('damaged pages of the ledger: readers are told that it cannot answer, the log in one sentence what to do, and what watches that it is not ready', async () => {
  const { id } = house.records().find(({ key }) => key.includes('more-7'))!
  house.ledger.get('PRAGMA wal_checkpoint(TRUNCATE)')
  const { file } = house.ledger
  const handle = openSync(file, 'r+')
  const kept = Buffer.alloc(statSync(file).size - 4096)
  writeSync(handle, kept.fill(0x5a), 0, kept.length, 4096)
  closeSync(handle)
  house.ledger.get('PRAGMA shrink_memory')
  for (const path of [`/fr/dataset/${id}`, `/fr/record/${id}`, '/fr/dataset/nobody', '/catalog.ttl']) {
    const response = await site.get(path, browser)
    const text = await response.text()
    expect([path, response.status]).toEqual([path, 503])
    expect(text).not.toMatch(/sqlite|malformed|fihrist restore|\bat .*:\d+:\d+/)
  }
  expect(told()).toEqual([expect.stringMatching(/^ledger-damaged: The ledger is damaged: .* fihrist restore FILE --force/)])
  expect([await state('/healthz'), await state('/readyz')]).toEqual([
    [200, 'ledger-damaged', 'ledger-damaged'],
    [503, 'ledger-damaged', 'ledger-damaged'],
  ])
})

test('a data folder that is deleted: it is not ready, nothing is written, and no second ledger grows in its place', async () => {
  const data = dirname(house.ledger.file)
  rmSync(data, { recursive: true })
  expect([await state('/healthz'), await state('/readyz')]).toEqual([
    [200, 'ledger-gone', 'ledger-gone'],
    [503, 'ledger-gone', 'ledger-gone'],
  ])
  expect(() => house.ledger.transaction(() => {})).toThrow(
    expect.objectContaining({ code: 'ledger-gone', message: expect.stringContaining('Stop this process first') }),
  )
  const lines: Record<string, unknown>[] = []
  const schedule = openSchedule({ catalogue: house.engine.catalogue, sources: [source()], ledger: house.ledger, args: [], log: line => lines.push(line) })
  await delay(1200)
  await schedule.stop()
  expect(lines).toEqual([{ level: 'error', event: 'schedule-failed', message: expect.stringContaining('no longer in the data folder') }])
  expect(existsSync(join(data, 'ledger.sqlite'))).toBe(false)
})
