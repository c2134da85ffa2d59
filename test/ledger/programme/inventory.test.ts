import { expect, test } from 'vitest'
import type { Ledger } from '../../../src/ledger/file/ledger.ts'
import { dropEntry, keepEntry, newKey } from '../../../src/ledger/programme/inventory.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

const keep = (ledger: Ledger, key: string) => keepEntry(ledger, { key, body: 'hcp', values: {}, name: 'A', at: day(1) }, 0)
const next = (ledger: Ledger) => newKey(ledger, 'inventory', 'hcp')

test('a new row of the inventory has an identifier that follows those of its body', () => {
  const ledger = ledgerOf()
  expect(next(ledger)).toBe('hcp-1')
  keep(ledger, 'hcp-1')
  keep(ledger, 'onee-7')
  expect(next(ledger)).toBe('hcp-2')
})

test('an identifier that somebody wrote himself is not given to another row', () => {
  const ledger = ledgerOf()
  for (const key of ['hcp-2', 'hcp-sante-9', 'hcp-99999999999999999999']) keep(ledger, key)
  expect(next(ledger)).toBe('hcp-3')
  expect(keep(ledger, next(ledger))).toBe(true)
})

test('an identifier under which a dataset was published is not given to another, though its row was taken out', () => {
  const ledger = ledgerOf()
  keep(ledger, 'hcp-1')
  harvest(ledger, 1, [entry('hcp-1', { source: 'inventory', id: 'inventory-hcp-1' })], [], 'inventory')
  dropEntry(ledger, 'hcp-1', 1)
  expect(next(ledger)).toBe('hcp-2')
})
