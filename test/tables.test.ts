import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { openIds } from '../src/harvest/run/ids.ts'
import { sampleOf } from '../src/harvest/samples/sample.ts'
import { readGrids } from '../src/inventory/grid.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { Problem } from '../src/problem.ts'
import { dataFolder } from './ledger/ledger.ts'
import { fuzz, seed } from './seed.ts'

// Tables and ids, of whatever bytes and words: a reader says that something is none, and never fails of it.

let workbook: Uint8Array
beforeAll(async () => {
  workbook = await writeXlsx({
    sheets: [
      {
        name: 'Inventaire',
        rows: [
          ['titre', 'date', 'حجم'],
          ['Eau', new Date('2026-01-31'), 12.5],
          ['=1+1', true, null],
          ['<b>', '"', "'"],
        ],
      },
    ],
  })
})

/** What is read, or the problem that it is none. */
const read = (bytes: Uint8Array, name: string) =>
  Promise.all(
    [readGrids(bytes, name), sampleOf(bytes, name, false)].map(each =>
      each.catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
        expect(error.message.length).toBeLessThan(1000)
      }),
    ),
  )

describe(`a table (FIHRIST_SEED=${seed})`, () => {
  test(
    'of any bytes, or of any text with separators and quotes, is read or said to be none',
    async () => {
      const text = fc
        .array(fc.constantFrom(',', ';', '\t', '"', '""', '\r\n', '\n', '\r', '\u0000', '\ufeff', 'titre', 'é', 'عنوان', '=1+1', '-', ' ', 'x'.repeat(300)))
        .map(parts => Buffer.from(parts.join('')))
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        text,
        text.map(each => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), each])),
        text.map(each => Buffer.from(each.toString(), 'utf16le')),
      )
      await fc.assert(
        fc.asyncProperty(bytes, fc.constantFrom('a.csv', 'a.xlsx', 'a', 'a.geojson'), async (each, name) => void (await read(each, name))),
        { numRuns: 300 * fuzz },
      )
    },
    60_000 * fuzz,
  )

  test(
    'of a workbook whose bytes have changed is read or said to be none',
    async () => {
      const change = fc.record({ at: fc.nat(), byte: fc.nat(255), kind: fc.constantFrom('set', 'cut', 'double') })
      const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async changes => {
        let bytes = Buffer.from(workbook)
        for (const { at, byte, kind } of changes) {
          const place = at % Math.max(bytes.length, 1)
          if (kind === 'set') bytes[place] = byte
          else if (kind === 'cut') bytes = bytes.subarray(0, place)
          else bytes = Buffer.concat([bytes.subarray(0, place), bytes.subarray(Math.max(0, place - 30))])
        }
        await read(bytes, 'a.xlsx')
      })
      await fc.assert(property, { numRuns: 150 * fuzz })
    },
    60_000 * fuzz,
  )
})

test('whatever the key of a record is, its id is one that no other has, fits into an address, and is the same each time', () => {
  const ledger = openLedger(dataFolder())
  const words = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', '../..', 'a/b', 'A', 'a', 'é', 'عنوان', '%2e', 'constructor', '__proto__', 'x'.repeat(500)),
  )
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(words, fc.option(words, { nil: undefined })), { selector: ([key]) => key, maxLength: 20 }), pairs => {
      const ids = openIds(ledger)
      const minted = pairs.map(([key, name]) => ids.mint('portal', { key, ...(name !== undefined && { name }) }))
      expect(new Set(minted).size).toBe(pairs.length)
      for (const id of minted) expect(id).toMatch(/^portal-[a-z0-9][a-z0-9-]*$/)
      const again = openIds(ledger)
      expect(pairs.map(([key, name]) => again.mint('portal', { key, ...(name !== undefined && { name }) }))).toEqual(minted)
    }),
    { numRuns: 200 * fuzz },
  )
  ledger.close()
})
