import { readFileSync, writeFileSync } from 'node:fs'
import { formats } from '../src/harvest/formats/index.ts'
import type { MappingTable, Row } from '../src/harvest/protocol.ts'
import { protocols } from '../src/harvest/protocols/index.ts'
import { compact } from '../src/rdf/namespaces.ts'

/** Writes the tables of docs/mapping.md from those the program maps by: `npm run docs`. */
const file = new URL('./mapping.md', import.meta.url)

/** Every table by its name in the document: that of its protocol or its format, and its own. */
export const tables = new Map<string, MappingTable>(
  [...Object.entries(protocols), ...Object.entries(formats)].flatMap(([owner, { tables = {} }]) =>
    Object.entries(tables).map(([name, table]) => [`${owner} ${name}`, table] as const),
  ),
)

const cell = (place: Row[0][number]) => (typeof place === 'string' ? [place] : Object.values(place)).map(name => `\`${name}\``).join(' with ')
const written = ({ heading, rows }: MappingTable) =>
  [
    `| ${heading} | DCAT-AP | read as |`,
    '|---|---|---|',
    ...rows.map(([places, property, kind]) => `| ${places.map(cell).join(', ')} | ${compact(property.value)} | ${kind} |`),
  ].join('\n')

/** The document with its tables as the program has them now; one that is new gets a section before the last, of normalising. */
export function withTables(document: string): string {
  const missing = [...tables.keys()].filter(name => !document.includes(`<!-- table: ${name} -->`))
  return document
    .replace('\n## Normalising\n', section => missing.map(name => `\n## ${name}\n\n<!-- table: ${name} -->\n<!-- end -->\n`).join('') + section)
    .replace(/<!-- table: ([\w -]+?) -->[\s\S]*?<!-- end -->/g, (_whole, name: string) => {
      const table = tables.get(name)
      if (!table) throw new Error(`docs/mapping.md: there is no table "${name}"`)
      return `<!-- table: ${name} -->\n${written(table)}\n<!-- end -->`
    })
}

if (import.meta.main) writeFileSync(file, withTables(readFileSync(file, 'utf8')))
