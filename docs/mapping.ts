import { readFileSync, writeFileSync } from 'node:fs'
import * as ckanDataset from '../src/harvest/protocols/ckan-mapping.ts'
import * as ckanResource from '../src/harvest/protocols/ckan-resource.ts'
import * as dataJson from '../src/harvest/protocols/data-json-mapping.ts'
import type { JsonRow } from '../src/harvest/protocols/json-fields.ts'
import * as opendatasoft from '../src/harvest/protocols/opendatasoft-mapping.ts'
import * as socrata from '../src/harvest/protocols/socrata-mapping.ts'
import * as udata from '../src/harvest/protocols/udata-mapping.ts'
import { compact } from '../src/rdf/terms.ts'

/** Writes the tables of docs/mapping.md from those the program maps by: `npm run docs`. */
const file = new URL('./mapping.md', import.meta.url)

/** Name of a table in the document → what its fields are called, and its rows. */
const tables: Record<string, [head: string, rows: JsonRow[]]> = {
  'ckan dataset': ['CKAN', ckanDataset.datasetFields],
  'ckan distribution': ['CKAN', ckanResource.distributionFields],
  'data-json dataset': ['data.json', dataJson.datasetFields],
  'data-json distribution': ['data.json', dataJson.distributionFields],
  'opendatasoft dataset': ['Opendatasoft', opendatasoft.datasetFields],
  'opendatasoft distribution': ['Opendatasoft', opendatasoft.distributionFields],
  'udata dataset': ['udata', udata.datasetFields],
  'udata distribution': ['udata', udata.distributionFields],
  'socrata dataset': ['Socrata', socrata.datasetFields],
  'socrata distribution': ['Socrata', socrata.distributionFields],
}

const cell = (path: JsonRow[0][number]) => (typeof path === 'string' ? [path] : Object.values(path)).map(name => `\`${name}\``).join(' with ')
const table = (head: string, rows: JsonRow[]) => [`| ${head} | DCAT-AP | read as |`, '|---|---|---|', ...rows.map(([paths, property, kind]) => `| ${paths.map(cell).join(', ')} | ${compact(property.value)} | ${kind} |`)].join('\n')

/** The document with its tables as the program has them now. */
export function withTables(document: string): string {
  return document.replace(/<!-- table: ([\w -]+?) -->[\s\S]*?<!-- end -->/g, (_whole, name: string) => `<!-- table: ${name} -->\n${table(...(tables[name] ?? ['', []]))}\n<!-- end -->`)
}

if (import.meta.main) writeFileSync(file, withTables(readFileSync(file, 'utf8')))
