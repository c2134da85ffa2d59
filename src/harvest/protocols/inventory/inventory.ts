import { z } from 'zod'
import { filePath } from '../../../config/keys.ts'
import { isKept } from '../../../config/sources.ts'
import { columnById, inventoryFields } from '../../../inventory/columns.ts'
import { readTable, type Entry } from '../../../inventory/table.ts'
import { keyOf, nameOf } from '../../../inventory/values.ts'
import { Problem } from '../../../problem.ts'
import { wordsIn } from '../../../words/words.ts'
import type { Harvested, HarvestedRecord, Protocol, SourceOf } from '../../protocol.ts'
import { readSource } from '../../readers/own-files.ts'
import { mapRow } from './mapping.ts'
import { recogniseInventory } from './recognise.ts'

const options = z
  .strictObject({
    columns: z
      .record(
        z.string(),
        z
          .string()
          .refine(id => columnById.has(id), { error: issue => `there is no column "${String(issue.input)}"; known: ${[...columnById.keys()].join(', ')}` }),
      )
      .default({})
      .describe('Headings of the file\'s own → column of the template: `{ "Secret of state": exception }`.'),
    encoding: z
      .string()
      .refine(name => {
        try {
          return Boolean(new TextDecoder(name))
        } catch {
          return false
        }
      }, 'expected an encoding such as windows-1252')
      .optional()
      .describe('The encoding of a CSV, where it is found wrong: `windows-1256`.'),
  })
  .describe('Inventories that bodies keep as a table: CSV or XLSX, published or not yet.')
type InventoryOptions = z.infer<typeof options>

const accept = 'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet;q=0.9, */*;q=0.1'

/**
 * An inventory that a body keeps as a table, CSV or XLSX: one dataset a row, published or not yet.
 * API: none. `fihrist inventory template` writes the table; its columns are those of columns.yaml, and many other headings that mean them.
 * Oddities: encodings and separators are those of the spreadsheet that saved it; headings stand on any line, and some are merged over two.
 */
export const inventory: Protocol<InventoryOptions> = {
  robots: false,
  files: true,
  kept: true,
  options,
  rank: 170,
  tables: {
    dataset: { heading: 'heading in fr, ar, en', rows: inventoryFields },
  },
  recognise: recogniseInventory,
  async *harvest(source, { fetch, expect, kept }) {
    if (isKept(source)) {
      const rows = kept?.() ?? []
      expect(rows.length)
      const lines = new Map<string, number>()
      for (const [at, values] of rows.entries()) yield readEntry({ line: at + 1, values }, source, source.url, lines)
      return
    }
    const page = await readSource(source, fetch, accept)
    const file = page.url.startsWith('file:') ? filePath(page.url) : page.url
    const table = await readTable(page.body, file, source.options)
    expect(table.entries.length)
    const lines = new Map<string, number>()
    for (const entry of table.entries) yield readEntry(entry, source, file, lines)
    if (table.problem) yield { lost: table.problem }
  },
  replay({ key, payload }, source) {
    return { key, payload, map: mapRow(JSON.parse(payload.body) as Entry['values'], source.language) }
  },
}

/** One row; `lines` holds where each identifier was met first. What is said of a row that cannot be read is in the source's language. */
function readEntry({ line, values }: Entry, { language }: SourceOf<InventoryOptions>, file: string, lines: Map<string, number>): Harvested {
  const words = wordsIn(language)
  const say = (sentence: string, blanks = {}) =>
    `${words.t('inventory.place', { file, line })}${language === 'fr' ? ' :' : ':'} ${words.t(`inventory.${sentence}`, blanks)}`
  const place = () => ({ file, line, excerpt: Object.values(values).join(' | ').slice(0, 300), language: words.language })
  const key = keyOf(values)
  if (key === undefined) return { problem: new Problem('missing-id', say('nameless'), place()) }
  const first = lines.get(key)
  if (first !== undefined)
    return { problem: new Problem('duplicate-id', say('repeated', { value: values['id'] ?? nameOf(values), other: first }), { ...place(), record: key }), key }
  lines.set(key, line)
  return {
    key,
    name: nameOf(values),
    payload: { mediaType: 'application/json', body: JSON.stringify(values) },
    map: mapRow(values, language),
  } satisfies HarvestedRecord
}
