import { expect, test } from 'vitest'
import { pack } from '../../../src/ledger/file/pack.ts'
import type { Entry } from '../../../src/ledger/records/entry.ts'
import { judgementOf } from '../../../src/ledger/records/judgement.ts'
import { keptPayloads, payloadOf } from '../../../src/ledger/records/payloads.ts'
import { recordById } from '../../../src/ledger/records/records.ts'
import { shownVersion } from '../../../src/ledger/records/shown.ts'
import { versionsOf } from '../../../src/ledger/records/versions.ts'
import { prune } from '../../../src/ledger/sources/prune.ts'
import { day, dataFolder, entry, harvest, ledgerOf } from '../ledger.ts'

// The texts of a source are packed by what they have in common; whoever reads them notices nothing of it.

const lines = (key: string, text: string) =>
  Array.from({ length: 30 }, (_, at) => `<https://portal.example.ma/${key}> <https://portal.example.ma/property/${at}> "${text} ${at}"@fr .\n`).join('')
const long = (key: string, text: string, changes: Partial<Entry> = {}): Entry => ({
  ...entry(key, { text }),
  graph: { digest: `${key} ${text}`, text: lines(key, text) },
  payload: { digest: `${key} ${text}`, mediaType: 'application/json', body: JSON.stringify({ key, text, said: lines('all', 'the same') }) },
  repairs: [{ rule: 'date-read', property: 'dct:modified', before: '28/03/2025', after: '2025-03-28' }],
  ...changes,
})
const keys = Array.from({ length: 40 }, (_, at) => `dataset-${at}`)
const bytes = (ledger: ReturnType<typeof ledgerOf>, sql: string) => ledger.get<{ b: number }>(sql)!.b

test('what a large source sends takes a fraction of its room, and is read as it was, by a process that did not write it too', () => {
  const folder = dataFolder()
  const ledger = ledgerOf(folder)
  harvest(
    ledger,
    1,
    keys.map(key => long(key, 'one')),
  )
  const alone = pack(lines('dataset-7', 'one')).length
  expect(bytes(ledger, 'SELECT max(length(graph)) AS b FROM version')).toBeLessThan(alone * 0.7)
  harvest(ledger, 2, [long('dataset-7', 'two')])
  for (const reader of [ledger, ledgerOf(folder, { readOnly: true })]) {
    const { n } = recordById(reader, 'portal-dataset-7')!
    expect(versionsOf(reader, n).map(({ graph }) => graph)).toEqual([lines('dataset-7', 'one'), lines('dataset-7', 'two')])
    expect(payloadOf(reader, n)!.body).toContain('"text":"two"')
    expect(judgementOf(reader, n).repairs).toHaveLength(1)
    expect([...keptPayloads(reader, 'portal')].map(({ key }) => key)).toEqual(keys)
  }
})

test('what is said of the records of a small source can be read by anybody who opens the ledger', () => {
  const ledger = ledgerOf()
  harvest(ledger, 1, [long('a', 'one')])
  const { n } = recordById(ledger, 'portal-a')!
  expect(ledger.all('SELECT * FROM repair')).toEqual([{ record: n, rule: 'date-read', property: 'dct:modified', before: '28/03/2025', after: '2025-03-28' }])
  expect(ledger.all('SELECT * FROM finding')).toEqual([])
  // What is said of many is packed; whoever looks sees the others.
  harvest(
    ledger,
    2,
    Array.from({ length: 120 }, (_, at) => long(`many-${at}`, 'one')),
  )
  expect(ledger.all('SELECT DISTINCT rule FROM repair')).toEqual([{ rule: 'date-read' }])
})

test('what comes packed is kept as it is', () => {
  const ledger = ledgerOf()
  const text = lines('a', 'packed elsewhere')
  harvest(ledger, 1, [
    long('a', 'one', {
      graph: { digest: 'g', text, packed: pack(text) },
      payload: { digest: 'p', mediaType: 'text/plain', body: 'as sent', packed: pack('as sent') },
    }),
  ])
  const { n } = recordById(ledger, 'portal-a')!
  expect([shownVersion(ledger, n)!.graph, payloadOf(ledger, n)!.body]).toEqual([text, 'as sent'])
})

test('where no payloads are kept, no piece of one is either', () => {
  const ledger = ledgerOf()
  harvest(
    ledger,
    1,
    keys.map(key => long(key, 'one')),
  )
  prune(ledger, 'portal', { versions: {}, payloads: 'none', runs: {} }, day(2))
  expect(ledger.all('SELECT kind FROM dictionary ORDER BY kind')).toEqual([{ kind: 'graph' }])
  // The next run packs what it is sent by a new one.
  harvest(
    ledger,
    3,
    keys.map(key => long(key, 'two')),
  )
  expect(payloadOf(ledger, recordById(ledger, 'portal-dataset-3')!.n)!.body).toContain('"text":"two"')
})
