import { expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { tables } from '../../../src/ledger/file/tables.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { keepForeseen } from '../../../src/ledger/runs/foreseen.ts'
import { keepPage } from '../../../src/ledger/runs/pages.ts'
import { askForRun, requestOf, takeRequests } from '../../../src/ledger/runs/run-requests.ts'
import { forgetSource } from '../../../src/ledger/sources/forget.ts'
import { rememberSource, sourceMemory } from '../../../src/ledger/sources/memory.ts'
import { rememberTold } from '../../../src/ledger/sources/notices.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

// The table of the ledger's tables, by which rows go when a source is forgotten, a record is removed, or old runs are pruned.

interface Column {
  name: string
  type: string
}
const columnsOf = (ledger: Ledger, table: string): Column[] => ledger.all<Column>('SELECT name, type FROM pragma_table_info(?)', table)

test('every table of the schema stands in it', () => {
  // SQLite keeps the search in tables of its own.
  const schema = ledgerOf().all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'`,
  )
  expect(tables.map(({ name }) => name).sort()).toEqual(schema.map(({ name }) => name).sort())
})

test.each(tables.map(table => [table.name, table] as const))(
  '%s: its columns are there, and each that names a source, a run or a record is said',
  (name, table) => {
    const ledger = ledgerOf()
    const columns = columnsOf(ledger, name)
    const there = ['rowid', ...columns.map(column => column.name)]
    for (const column of [table.bySource, table.byRun, table.byRecord, table.prunable?.key, table.prunable?.bytes]) if (column) expect(there).toContain(column)
    // A record that is named by its key is one of the portal's, and may be none of ours.
    const naming = (column: string, type: string) => columns.some(each => each.name === column && each.type === type)
    if (naming('source', 'TEXT')) expect(table.bySource).toBe('source')
    if (naming('run', 'INTEGER')) expect(table.byRun).toBe('run')
    if (naming('record', 'INTEGER')) expect(table.byRecord).toBe('record')
    if (table.forgotten) expect(ledger.all(`SELECT 1 FROM ${name} WHERE ${table.bySource} = ? AND ${table.forgotten}`, 'portal')).toEqual([])
    if (table.withRecord) expect(table.byRecord).toBeDefined()
  },
)

test('of a source that is forgotten goes what its next run would go on from, and of no other', () => {
  const ledger = ledgerOf()
  const requests = new Map<string, { waiting: number; taken: number }>()
  for (const source of ['portal', 'other']) {
    const { run } = harvest(ledger, 1, [entry('a', { source, id: `${source}-a`, clues: [{ kind: 'page', value: `${source}.example.ma/a` }] })], [], source)
    rememberSource(ledger, source, { watermark: '2024', last_full: day(1), notes: '{}', rules: 'r' })
    rememberTold(ledger, source, 'mailto:a@example.ma', { state: 'well', since: day(1) }, day(1))
    keepPage(ledger, source, 0, Buffer.from('x'), {
      address: '/',
      accept: '*/*',
      run,
      at: day(1),
      etag: null,
      modified: null,
      url: '/',
      mediaType: 'text/plain',
    })
    keepForeseen(ledger, source, {}, day(1))
    const ask = (record: string | null) => askForRun(ledger, { source, record, acceptRemovals: false, origin: 'portal' }, day(1))
    const taken = ask('a')
    takeRequests(ledger, [taken], day(2))
    requests.set(source, { waiting: ask(null).id, taken: taken.id })
  }
  const { n } = recordById(ledger, 'portal-a')!
  forgetSource(ledger, 'portal', day(3))
  const left = (source: string) =>
    tables.flatMap(({ name, bySource, forgotten }) =>
      forgotten ? [ledger.get<{ c: number }>(`SELECT count(*) AS c FROM ${name} WHERE ${bySource} = ? AND ${forgotten}`, source)!.c] : [],
    )
  expect(left('portal').every(count => count === 0)).toBe(true)
  expect(left('other').every(count => count === 1)).toBe(true)
  expect(sourceMemory(ledger, 'portal')).toEqual({ watermark: null, last_full: null, catalogue: null, notes: null, rules: null })
  expect(sourceMemory(ledger, 'other').watermark).toBe('2024')
  expect(
    ['portal', 'other'].map(source => [requestOf(ledger, requests.get(source)!.taken), requestOf(ledger, requests.get(source)!.waiting)].map(Boolean)),
  ).toEqual([
    [true, false],
    [true, true],
  ])
  for (const { name, byRecord, withRecord } of tables)
    if (withRecord) expect([name, ledger.all(`SELECT 1 FROM ${name} WHERE ${byRecord} = ?`, n)]).toEqual([name, []])
  expect(recordById(ledger, 'portal-a')).toMatchObject({ admission: 'removed', shown: null })
})
