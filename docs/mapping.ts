import { readFileSync, writeFileSync } from 'node:fs'
import { datasetFields } from '../src/harvest/protocols/ckan-mapping.ts'
import { distributionFields } from '../src/harvest/protocols/ckan-resource.ts'
import type { Row } from '../src/harvest/protocols/ckan-values.ts'
import { compact } from '../src/rdf/terms.ts'

/** Writes the tables of docs/mapping.md from those the program maps by: `npm run docs`. */
const file = new URL('./mapping.md', import.meta.url)

const tables: Record<string, Row[]> = { 'ckan dataset': datasetFields, 'ckan distribution': distributionFields }

const table = (rows: Row[]) => ['| CKAN | DCAT-AP | read as |', '|---|---|---|', ...rows.map(([fields, property, kind]) => `| ${fields.map(field => `\`${field}\``).join(', ')} | ${compact(property.value)} | ${kind} |`)].join('\n')

/** The document with its tables as the program has them now. */
export function withTables(document: string): string {
  return document.replace(/<!-- table: ([\w ]+) -->[\s\S]*?<!-- end -->/g, (_whole, name: string) => `<!-- table: ${name} -->\n${table(tables[name] ?? [])}\n<!-- end -->`)
}

if (import.meta.main) writeFileSync(file, withTables(readFileSync(file, 'utf8')))
