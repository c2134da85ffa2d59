import { readFileSync, writeFileSync } from 'node:fs'
import { datasetFields } from '../src/harvest/protocols/ckan-mapping.ts'
import { distributionFields } from '../src/harvest/protocols/ckan-resource.ts'
import { dataciteFields } from '../src/harvest/protocols/datacite.ts'
import { dublinCoreFields } from '../src/harvest/protocols/dublin-core.ts'
import { recordFields, resourceFields } from '../src/harvest/protocols/iso-mapping.ts'
import { compact, type NamedNode } from '../src/rdf/terms.ts'

/** Writes the tables of docs/mapping.md from those the program maps by: `npm run docs`. */
const file = new URL('./mapping.md', import.meta.url)

/** What every protocol maps by: places in what the portal sends, the property, and how the value is read. */
type Row = [places: string[], property: NamedNode, kind: string]

/** Name in the document → what the first column is called, and the rows. */
const tables: Record<string, [heading: string, rows: Row[]]> = {
  'ckan dataset': ['CKAN', datasetFields],
  'ckan distribution': ['CKAN', distributionFields],
  'iso resource': ['in `identificationInfo`', resourceFields],
  'iso record': ['in `MD_Metadata`', recordFields],
  'dublin core': ['Dublin Core', dublinCoreFields],
  'datacite': ['DataCite', dataciteFields],
}

const table = ([heading, rows]: [string, Row[]]) => [`| ${heading} | DCAT-AP | read as |`, '|---|---|---|', ...rows.map(([places, property, kind]) => `| ${places.map(place => `\`${place}\``).join(', ')} | ${compact(property.value)} | ${kind} |`)].join('\n')

/** The document with its tables as the program has them now. */
export function withTables(document: string): string {
  return document.replace(/<!-- table: ([\w ]+) -->[\s\S]*?<!-- end -->/g, (_whole, name: string) => `<!-- table: ${name} -->\n${table(tables[name] ?? ['', []])}\n<!-- end -->`)
}

if (import.meta.main) writeFileSync(file, withTables(readFileSync(file, 'utf8')))
