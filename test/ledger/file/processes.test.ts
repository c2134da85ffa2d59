import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { root } from '../../../src/files.ts'
import { openLedger, type Ledger } from '../../../src/ledger/file/ledger.ts'
import { migrations } from '../../../src/ledger/file/migrations.ts'
import { measurementsOf } from '../../../src/ledger/records/measurements.ts'
import { selectRecords } from '../../../src/ledger/records/records.ts'
import { currentRevision } from '../../../src/ledger/records/revisions.ts'
import { search } from '../../../src/ledger/records/search.ts'
import { shownAt } from '../../../src/ledger/records/shown.ts'
import { lastRun, startRun } from '../../../src/ledger/runs/runs.ts'
import { batchSize } from '../batch.ts'
import { dataFolder, day, entry, harvest, ledgerOf } from '../ledger.ts'

let child: ChildProcess | undefined
afterEach(() => child?.kill('SIGKILL'))

/** Starts the writing process and waits until it has committed that many batches. */
async function writing(folder: string, batches: number, most?: number): Promise<ChildProcess> {
  child = spawn(process.execPath, [join(root, 'test/ledger/file/writer.ts'), folder, ...(most ? [String(most)] : [])], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface(child.stdout!)) if (Number(line) >= batches) break
  return child
}

/** Every record shows the same batch, and everything that is said of it is of that batch. */
function expectWhole(ledger: Ledger): void {
  expect(ledger.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' })
  const records = selectRecords(ledger, 'ORDER BY n')
  expect(records).toHaveLength(batchSize)
  const [title] = new Set(records.map(record => record.title['fr']))
  const n = Number(title!.slice(4))
  expect(new Set(records.map(record => record.title['fr'])).size).toBe(1)
  for (const record of records) expect(measurementsOf(ledger, record.n)).toEqual({ scoring: n })
  const shown = [...shownAt(ledger, currentRevision(ledger))]
  expect(shown).toHaveLength(batchSize)
  expect(shown.every(each => each.graph.includes(`"batch ${n}"`))).toBe(true)
  expect(search(ledger, { text: `lot ${n}` }).total).toBe(batchSize)
  expect(ledger.get('SELECT count(*) AS c FROM change')).toEqual({ c: currentRevision(ledger) * batchSize })
}

describe('a writing process that is killed at any instant', () => {
  it.each([1, 2, 5])('leaves a ledger that opens and is whole (after %i batches)', async batches => {
    const folder = dataFolder()
    const writer = await writing(folder, batches)
    writer.kill('SIGKILL')
    await once(writer, 'exit')
    const ledger = ledgerOf(folder)
    expect(currentRevision(ledger)).toBeGreaterThanOrEqual(batches)
    expectWhole(ledger)
    startRun(ledger, 'portal', { mode: 'full', started: day(1) })
    expect(lastRun(ledger, 'portal')).toMatchObject({ state: 'running' })
    expect(ledger.all(`SELECT state FROM run ORDER BY id`)).toEqual([{ state: 'partial' }, { state: 'running' }])
  })
})

describe('a reader beside a writing process', () => {
  it('sees whole batches only, and more of them as they come', async () => {
    const folder = dataFolder()
    const writer = await writing(folder, 1, 40)
    const reader = ledgerOf(folder, { readOnly: true })
    const seen: number[] = []
    while (writer.exitCode === null && seen.length < 200) {
      seen.push(currentRevision(reader))
      const titles = new Set(reader.all<{ title: string }>('SELECT title FROM record').map(row => row.title))
      expect(titles.size).toBe(1)
      await new Promise(resolve => setImmediate(resolve))
    }
    if (writer.exitCode === null) await once(writer, 'exit')
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(currentRevision(reader)).toBe(40)
    expectWhole(reader)
  })

  it('cannot write', () => {
    const folder = dataFolder()
    ledgerOf(folder)
    const reader = ledgerOf(folder, { readOnly: true })
    expect(() => reader.run('DELETE FROM record')).toThrow(/cannot be written/)
  })

  it('reads a revision to its end while the writer goes on', () => {
    const folder = dataFolder()
    const writer = ledgerOf(folder)
    harvest(
      writer,
      1,
      ['a', 'b', 'c'].map(key => entry(key)),
    )
    const rows = shownAt(ledgerOf(folder, { readOnly: true }), 1)
    const first = rows.next().value!
    harvest(
      writer,
      2,
      ['a', 'b', 'c'].map(key => entry(key, { text: 'two' })),
    )
    expect([first, ...rows].map(row => row.graph.includes('"one"'))).toEqual([true, true, true])
  })
})

describe('a ledger that is not ours to open', () => {
  it('because a newer version wrote it, is named as such, and left alone', () => {
    const folder = dataFolder()
    const file = join(folder, 'ledger.sqlite')
    const newer = new DatabaseSync(file)
    newer.exec(`CREATE TABLE tomorrow (x); PRAGMA user_version = ${migrations.length + 1}`)
    newer.close()
    for (const readOnly of [false, true])
      expect(() => openLedger(folder, { readOnly })).toThrow(expect.objectContaining({ code: 'data-newer', message: expect.stringContaining(file) }))
    const again = new DatabaseSync(file)
    expect(again.prepare('SELECT name FROM sqlite_master').all()).toEqual([{ name: 'tomorrow' }])
    again.close()
  })

  it('because it is no ledger, is named as such', () => {
    const folder = dataFolder()
    writeFileSync(join(folder, 'ledger.sqlite'), 'not a database, but long enough to be taken for one. '.repeat(40))
    for (const readOnly of [false, true])
      expect(() => openLedger(folder, { readOnly })).toThrow(
        expect.objectContaining({ code: 'configuration', message: expect.stringMatching(/ledger\.sqlite cannot be opened: .*not a database/) }),
      )
  })

  it('because it is not there, is not made by a reader', () => {
    const folder = join(dataFolder(), 'nowhere')
    expect(() => openLedger(folder, { readOnly: true })).toThrow(expect.objectContaining({ code: 'configuration' }))
    expect(existsSync(folder)).toBe(false)
  })

  it('because the folder is a file, is named as such', () => {
    const folder = join(dataFolder(), 'file')
    writeFileSync(folder, '')
    expect(() => openLedger(folder)).toThrow(expect.objectContaining({ code: 'configuration', message: expect.stringContaining('--data') }))
  })
})

describe('the log of a ledger that is written and read without a break', () => {
  const grown = (ledger: Ledger) => {
    for (let n = 1; n <= 20; n++) harvest(ledger, n, [entry('a', { text: `${n} ${'x'.repeat(5000)}` })])
    return statSync(`${ledger.file}-wal`).size
  }

  it('is taken into the file when those who read look again, and left where it is short', () => {
    const ledger = ledgerOf(dataFolder())
    // As a thread that makes pages: a moment, and the next one.
    const reader = new Worker(
      `const { DatabaseSync } = require('node:sqlite')
       const database = new DatabaseSync(require('node:worker_threads').workerData, { readOnly: true })
       const hold = () => { database.exec('BEGIN'); database.prepare('SELECT count(*) FROM record').get() }
       hold()
       setInterval(() => { database.exec('COMMIT'); hold() }, 200)`,
      { eval: true, workerData: ledger.file },
    )
    const bytes = grown(ledger)
    ledger.shortenLog(bytes)
    expect(statSync(`${ledger.file}-wal`).size).toBe(bytes)
    ledger.shortenLog(bytes - 1)
    expect(statSync(`${ledger.file}-wal`).size).toBe(0)
    void reader.terminate()
  })

  it('is tried again later where somebody reads on and on, and costs the writer no more than a wait', () => {
    const folder = dataFolder()
    const [ledger, other] = [ledgerOf(folder), openLedger(folder, { readOnly: true })]
    const letGo = other.hold()
    other.get('SELECT count(*) FROM record')
    const bytes = grown(ledger)
    const began = performance.now()
    ledger.shortenLog(bytes - 1)
    const waited = performance.now() - began
    ledger.shortenLog(bytes - 1)
    expect(performance.now() - began - waited).toBeLessThan(1000)
    expect(statSync(`${ledger.file}-wal`).size).toBe(bytes)
    letGo()
    other.close()
  }, 30_000)
})
