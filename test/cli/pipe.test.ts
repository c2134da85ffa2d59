import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { program } from '../../src/cli/program.ts'
import { openLedger } from '../../src/ledger/file/ledger.ts'
import { lastRun } from '../../src/ledger/runs/runs.ts'
import { feed } from '../harvest/protocols/dcat/feed.ts'
import { startPortal, type Portal } from '../portal.ts'
import { built, fihrist, smallEdition, writeSmallEdition } from './fihrist.ts'

// Who reads what a command prints has had enough, and closes the pipe. With real pipes, under `set -o pipefail`.

let portal: Portal
/** An edition of two sources, of which one is harvested: more than fits into a pipe. */
let harvested: string
beforeAll(async () => {
  const many = Array.from({ length: 150 }, (_, at) => `n${at}`)
  portal = await startPortal({ '/one.ttl': { type: 'text/turtle', body: feed(many) }, '/two.ttl': { type: 'text/turtle', body: feed(['a']) } })
  harvested = mkdtempSync(join(tmpdir(), 'fihrist-pipe-'))
  writeSmallEdition(harvested, sources())
  expect(await fihrist(['harvest', 'one', '--quiet'], { cwd: harvested })).toEqual({ code: 0, out: '', err: '' })
}, 120_000)
afterAll(async () => {
  await portal.close()
  rmSync(harvested, { recursive: true, force: true })
})

const sources = () => Object.fromEntries(['one', 'two'].map(id => [id, `title: { fr: Source ${id} }\nprotocol: dcat\nurl: ${portal.url}/${id}.ttl\n`]))

/** The same edition for a test to change. */
function copy(): string {
  const folder = smallEdition(sources())
  cpSync(join(harvested, 'data'), join(folder, 'data'), { recursive: true })
  return folder
}

/** What a shell makes of `fihrist … | reader`. */
async function piped(args: string[], reader: string, { cwd = harvested, input = '' } = {}): Promise<{ code: number; out: string; err: string }> {
  const child = spawn('bash', ['-c', `set -o pipefail; "$@" ${reader}; echo "code \${PIPESTATUS[0]}"`, 'bash', process.execPath, built, ...args], { cwd })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  child.stdin.end(input)
  await once(child, 'close')
  const [, said, code] = /^([^]*)code (\d+)\n$/.exec(out)!
  return { code: Number(code), out: said!, err }
}

test('the first line of an export is no failure', async () => {
  const { code, out, err } = await piped(['export'], '| head -1')
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^<[^\n]* \.\n$/)
})

test.each<[command: string, code: number, input?: string]>([
  ['status', 0],
  ['protocols', 0],
  ['--help', 0],
  // What a command has found out it says by its exit code, though nobody reads it.
  ['validate -', 1, '<https://example.org/d> a <http://www.w3.org/ns/dcat#Dataset> .'],
])('fihrist %s ends quietly where nobody reads, with exit code %i', async (command, code, input = '') => {
  expect(await piped(command.split(' '), '| true', { input })).toEqual({ code, out: '', err: '' })
})

test('an export computes no more than is read', async () => {
  let asked = 0
  const out = new Writable({
    autoDestroy: false,
    write: (_chunk, _encoding, done) => {
      asked++
      done(asked < 3 ? null : Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
    },
  }).on('error', () => {})
  const files = ['--catalogue', join(harvested, 'catalogue.yaml'), '--data', join(harvested, 'data')]
  const outside = { env: {}, out, err: out, unread: new AbortController().signal, input: () => Buffer.of() }
  expect(await program(['node', 'fihrist', 'export', ...files], outside)).toBe(0)
  expect(asked).toBe(3)
})

test('a harvest whose reader is gone keeps what it has read, tidily, and does not begin the next source', async () => {
  const cwd = copy()
  expect(await piped(['harvest', '--full'], '| true', { cwd })).toEqual({ code: 1, out: '', err: '' })
  const ledger = openLedger(join(cwd, 'data'))
  expect(lastRun(ledger, 'one')).toMatchObject({ id: 2, state: 'complete', seen: 150 })
  expect(lastRun(ledger, 'two')).toBeUndefined()
  ledger.close()
}, 120_000)

test('a rebuild whose reader is gone ends after the source that it is at', async () => {
  const cwd = copy()
  expect(await piped(['rebuild'], '| true', { cwd })).toEqual({ code: 1, out: '', err: '' })
}, 120_000)

test('a service that cannot say where it serves ends', async () => {
  const { code, out, err } = await piped(['serve', '--port', '0', '--no-schedule'], '| true', { cwd: copy() })
  expect([code, out, JSON.parse(err)]).toEqual([0, '', expect.objectContaining({ level: 'info', event: 'stopping' })])
}, 120_000)

test('what is wrong is known by the exit code where nobody reads that either', async () => {
  expect(await piped(['harvest', 'nowhere'], '2>&1 | true')).toEqual({ code: 2, out: '', err: '' })
})

describe.runIf(existsSync('/dev/full'))('a disk that is full', () => {
  test.each([['export'], ['status']])('is said by %s in one sentence', async command => {
    const { code, err } = await piped([command], '> /dev/full')
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/^fihrist: Standard output cannot be written: ENOSPC[^\n]*\. Make room on its disk, or write elsewhere\.\n$/),
    ])
  })
})
