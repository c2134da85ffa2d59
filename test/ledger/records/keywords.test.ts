import { expect, test } from 'vitest'
import { decide } from '../../../src/ledger/records/decisions.ts'
import { keywordCounts } from '../../../src/ledger/records/keywords.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { day, entry, harvest, ledgerOf } from '../ledger.ts'

const tagged = (key: string, ...words: string[]) =>
  entry(key, {
    text: words.join(' '),
    graph: {
      digest: `${key} ${words.join(' ')}`,
      text: words.map(word => `<https://portal.example.ma/${key}> <http://www.w3.org/ns/dcat#keyword> "${word}" .\n`).join(''),
    },
  })

test('keywords are those of what is shown, through changes, and when a record is withheld', () => {
  const ledger = ledgerOf()
  const counts = () => Object.fromEntries(keywordCounts(ledger))
  harvest(ledger, 1, [tagged('a', 'eau', 'Salma'), tagged('b', 'eau')])
  expect(counts()).toEqual({ eau: 2, Salma: 1 })
  harvest(ledger, 2, [tagged('b', 'barrage')])
  expect(counts()).toEqual({ eau: 1, barrage: 1, Salma: 1 })
  decide(ledger, recordById(ledger, 'portal-a')!.n, { what: 'withhold', reason: 'A name', name: 'Rod', at: day(3) })
  expect(counts()).toEqual({ barrage: 1 })
})
