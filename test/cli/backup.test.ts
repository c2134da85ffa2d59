import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openLedger } from '../../src/ledger/file/ledger.ts'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { fihrist } from './fihrist.ts'

const writer = join(import.meta.dirname, '../ledger/file/writer.ts')

/** A folder with a ledger in `data`, of so many batches; gone after the test. */
async function folderWith(batches: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-backup-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  if (batches > 0) await once(spawn(process.execPath, [writer, join(folder, 'data'), String(batches)]), 'close')
  return folder
}

const revisionOf = (data: string) => {
  const ledger = openLedger(data)
  const revision = currentRevision(ledger)
  ledger.close()
  return revision
}

describe('backup', () => {
  test('is a whole ledger, taken while another process writes', async () => {
    const cwd = await folderWith(0)
    const child = spawn(process.execPath, [writer, join(cwd, 'data')])
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    await once(child.stdout, 'data')
    const { code, out, err } = await fihrist(['backup', 'copy', '--json'], { cwd })
    expect([code, err]).toEqual([0, ''])
    const { revision } = JSON.parse(out) as { revision: number }
    const copy = new DatabaseSync(join(cwd, 'copy'), { readOnly: true })
    const [whole] = Object.values(copy.prepare('PRAGMA integrity_check').get()!)
    const held = copy
      .prepare('SELECT (SELECT max(id) FROM revision) AS revision, (SELECT count(*) FROM record WHERE shown NOT IN (SELECT id FROM version)) AS broken')
      .get() as { revision: number; broken: number }
    copy.close()
    expect([whole, held.broken]).toEqual(['ok', 0])
    expect(held.revision).toBe(revision)
    expect(revision).toBeGreaterThan(0)
  }, 30_000)

  test('never writes over a file', async () => {
    const cwd = await folderWith(1)
    writeFileSync(join(cwd, 'copy'), 'precious')
    const { code, out, err } = await fihrist(['backup', 'copy'], { cwd })
    expect([code, out, err]).toEqual([2, '', 'fihrist: copy is there already and is not overwritten. Name another file, or move that one away.\n'])
    expect(readFileSync(join(cwd, 'copy'), 'utf8')).toBe('precious')
  })

  test('of nothing says so and makes no folder', async () => {
    const cwd = await folderWith(0)
    const { code, err } = await fihrist(['backup', 'copy'], { cwd })
    expect([code, readdirSync(cwd)]).toEqual([2, []])
    expect(err).toMatch(/There is no ledger data.ledger\.sqlite to copy/)
  })
})

describe('restore', () => {
  test('brings back what a backup held, into an empty folder or, with --force, over a later ledger', async () => {
    const cwd = await folderWith(3)
    await fihrist(['backup', 'copy'], { cwd })
    expect((await fihrist(['restore', 'copy', '--data', 'new', '--json'], { cwd })).out).toBe('{"revision":3,"file":"copy"}\n')
    expect(revisionOf(join(cwd, 'new'))).toBe(3)

    await once(spawn(process.execPath, [writer, join(cwd, 'data'), '2']), 'close')
    expect(revisionOf(join(cwd, 'data'))).toBe(5)
    const refused = await fihrist(['restore', 'copy'], { cwd })
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(/^fihrist: .*ledger\.sqlite is there already.*--force\.\n$/)
    expect(revisionOf(join(cwd, 'data'))).toBe(5)
    expect((await fihrist(['restore', 'copy', '--force'], { cwd })).code).toBe(0)
    expect(revisionOf(join(cwd, 'data'))).toBe(3)
    expect(readdirSync(join(cwd, 'data'))).toEqual(['ledger.sqlite'])
  }, 30_000)

  test('refuses while another process has the ledger open, and leaves it as it is', async () => {
    const cwd = await folderWith(2)
    await fihrist(['backup', 'copy'], { cwd })
    const ledger = openLedger(join(cwd, 'data'))
    expect(currentRevision(ledger)).toBe(2)
    const { code, err } = await fihrist(['restore', 'copy', '--force'], { cwd })
    expect(code).toBe(2)
    expect(err).toMatch(/is in use by another process/)
    expect(currentRevision(ledger)).toBe(2)
    ledger.close()
    expect(readdirSync(join(cwd, 'data')).filter(name => name.endsWith('.part'))).toEqual([])
  }, 30_000)

  const strange: [what: string, make: (file: string) => void, said: RegExp][] = [
    ['is not there', () => {}, /There is no file copy/],
    ['is no database', file => writeFileSync(file, 'a letter, not a ledger'.repeat(100)), /copy is not a ledger that can be read: file is not a database\./],
    [
      'is another database',
      file => {
        const other = new DatabaseSync(file)
        other.exec('CREATE TABLE revision (id); PRAGMA user_version = 1')
        other.close()
      },
      /its tables are others/,
    ],
    [
      'is of a newer version',
      file => {
        const newer = new DatabaseSync(file)
        newer.exec('PRAGMA user_version = 99')
        newer.close()
      },
      /newer version of Fihrist/,
    ],
    ['is cut off', file => writeFileSync(file, readFileSync(file).subarray(0, 20_000)), /copy is not a ledger that can be read/],
  ]
  test.each(strange)('refuses a file that %s, and touches nothing', async (what, make, said) => {
    const cwd = await folderWith(1)
    if (/newer|cut/.test(what)) await fihrist(['backup', 'copy'], { cwd })
    make(join(cwd, 'copy'))
    const { code, err } = await fihrist(['restore', 'copy', '--data', 'new'], { cwd })
    expect(code).toBe(2)
    expect(err).toMatch(said)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(existsSync(join(cwd, 'new'))).toBe(false)
  })
})
