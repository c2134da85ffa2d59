import { once } from 'node:events'
import { mkdirSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/file/ledger.ts'
import { beginRevision } from '../../src/ledger/records/revisions.ts'
import { fihrist, smallEdition } from './fihrist.ts'

interface Told {
  ok: boolean
  checks: { check: string; state: 'well' | 'warning' | 'wrong'; says: string; todo?: string }[]
}

/** A host that takes connections, and a port on which there is none. */
let host: Server
let free: number
beforeAll(async () => {
  host = createServer(socket => socket.end()).listen(0, '127.0.0.1')
  await once(host, 'listening')
  const gone = createServer().listen(0, '127.0.0.1')
  await once(gone, 'listening')
  free = (gone.address() as AddressInfo).port
  gone.close()
})
afterAll(() => host.close())
const portOf = () => (host.address() as AddressInfo).port
const source = (port: number) => `title: { fr: Portail }\nprotocol: dcat\nurl: http://127.0.0.1:${port}/feed.ttl\n`

async function doctor(cwd: string): Promise<Told & { code: number | null }> {
  const { code, out } = await fihrist(['doctor', '--json'], { cwd })
  return { code, ...(JSON.parse(out) as Told) }
}
const found = ({ checks }: Told, name: string) => checks.filter(({ check }) => check === name)

test('an installation that works is told check by check, with exit 0', async () => {
  const cwd = smallEdition({ portal: source(portOf()) })
  openLedger(join(cwd, 'data')).close()
  const told = await doctor(cwd)
  expect(told).toMatchObject({ code: 0, ok: true })
  expect(found(told, 'ledger')[0]).toMatchObject({ state: 'well', says: expect.stringMatching(/every page of it whole/) })
  expect(found(told, 'network')).toEqual([{ check: 'network', state: 'well', says: '1 host answers' }])
  expect(found(told, 'sources')[0]).toMatchObject({ state: 'warning', todo: 'fihrist harvest portal' })
})

test('a host that cannot be reached is named, and is no reason to fail', async () => {
  const told = await doctor(smallEdition({ portal: source(free) }))
  expect(told.ok).toBe(true)
  expect(found(told, 'network')[0]).toMatchObject({ state: 'warning', says: expect.stringContaining(`127.0.0.1:${free} cannot be reached`) })
})

test('a damaged page of the ledger is found, with the command that mends it and exit 1', async () => {
  const cwd = smallEdition({ portal: source(portOf()) })
  openLedger(join(cwd, 'data')).close()
  const file = join(cwd, 'data/ledger.sqlite')
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, Math.floor(statSync(file).size / 8192) * 4096)
  const told = await doctor(cwd)
  expect(told.code).toBe(1)
  expect(found(told, 'ledger')[0]).toMatchObject({ state: 'wrong', todo: expect.stringContaining('fihrist restore FILE --force') })
})

test('a clock behind the last commit is found', async () => {
  const cwd = smallEdition({ portal: source(portOf()) })
  const ledger = openLedger(join(cwd, 'data'))
  beginRevision(ledger, new Date(Date.now() + 3_600_000).toISOString())
  ledger.close()
  expect(found(await doctor(cwd), 'clock')[0]).toMatchObject({ state: 'wrong', todo: expect.stringContaining('clock') })
})

test('an edition that cannot be read is a finding with its file and line, and nothing else is looked at', async () => {
  const cwd = smallEdition({ portal: 'protocol: nowhere\n' })
  const told = await doctor(cwd)
  expect(told.code).toBe(1)
  expect(told.checks.map(({ check }) => check)).toEqual(['edition'])
  expect(told.checks[0]!.says).toContain('portal.yaml')
})

test('a shape file with a slip does not keep the other checks from looking', async () => {
  const cwd = smallEdition({ portal: source(portOf()) }, 'shapes: ./shapes\n')
  mkdirSync(join(cwd, 'shapes'))
  writeFileSync(join(cwd, 'shapes/admission.ttl'), readFileSync(join(import.meta.dirname, '../../shapes/admission.ttl'), 'utf8').replace('sh:path', 'sh:pth'))
  const told = await doctor(cwd)
  expect(found(told, 'shapes')[0]).toMatchObject({ state: 'wrong', says: expect.stringContaining('admission.ttl') })
  expect(found(told, 'store')).toHaveLength(1)
})

test('people read a line a check, and what to do below what is wrong', async () => {
  const { out } = await fihrist(['doctor'], { cwd: smallEdition({ portal: source(free) }) })
  expect(out).toMatch(/^ {2}ok {3}lists +\d+ concepts/m)
  expect(out).toMatch(/^ note {2}network .* cannot be reached[^\n]*\n +→ /m)
})
