import { readFileSync, writeFileSync } from 'node:fs'
import * as arcgis from '../src/harvest/protocols/arcgis/mapping.ts'
import { serviceFields } from '../src/harvest/protocols/arcgis/server-mapping.ts'
import * as ckanDataset from '../src/harvest/protocols/ckan/mapping.ts'
import * as ckanResource from '../src/harvest/protocols/ckan/resource.ts'
import * as dataJson from '../src/harvest/protocols/data-json/mapping.ts'
import { formats } from '../src/harvest/formats/index.ts'
import { inventoryFields } from '../src/harvest/protocols/inventory/columns.ts'
import * as hcpBds from '../src/harvest/protocols/hcp-bds/mapping.ts'
import * as ogcRecords from '../src/harvest/formats/ogc/record.ts'
import * as opendatasoft from '../src/harvest/protocols/opendatasoft/mapping.ts'
import * as schemaOrg from '../src/harvest/formats/schema-org/mapping.ts'
import * as sdmx from '../src/harvest/protocols/sdmx/mapping.ts'
import { collectionFields } from '../src/harvest/formats/ogc/collection.ts'
import * as socrata from '../src/harvest/protocols/socrata/mapping.ts'
import * as udata from '../src/harvest/protocols/udata/mapping.ts'
import { linkFields } from '../src/harvest/formats/ogc/links.ts'
import { compact } from '../src/rdf/namespaces.ts'
import type { NamedNode } from '../src/rdf/terms.ts'

/** Writes the tables of docs/mapping.md from those the program maps by: `npm run docs`. */
const file = new URL('./mapping.md', import.meta.url)

/** What every protocol maps by: places in what the portal sends, the property, and how the value is read. */
type Row = [places: (string | object)[], property: NamedNode, kind: string]

/** Name of a table in the document → what its first column is called, and its rows. */
const tables: Record<string, [heading: string, rows: Row[]]> = {
  'arcgis distribution': ['Made of an item or a service', arcgis.distributionFields],
  'arcgis item': ['ArcGIS', arcgis.itemFields],
  'arcgis service': ['ArcGIS Server', serviceFields],
  'ckan dataset': ['CKAN', ckanDataset.datasetFields],
  'ckan distribution': ['CKAN', ckanResource.distributionFields],
  'data-json dataset': ['data.json', dataJson.datasetFields],
  'data-json distribution': ['data.json', dataJson.distributionFields],
  inventory: ['heading in fr, ar, en', inventoryFields],
  'ogc-records collection': ['Collection', collectionFields],
  'ogc-records dataset': ['Record', ogcRecords.datasetFields],
  'ogc-records distribution': ['Link or asset', linkFields],
  'opendatasoft dataset': ['Opendatasoft', opendatasoft.datasetFields],
  'opendatasoft distribution': ['Opendatasoft', opendatasoft.distributionFields],
  'schema-org dataset': ['schema:Dataset', schemaOrg.datasetFields],
  'schema-org distribution': ['schema:DataDownload', schemaOrg.distributionFields],
  'socrata dataset': ['Socrata', socrata.datasetFields],
  'socrata distribution': ['Socrata', socrata.distributionFields],
  'udata dataset': ['udata', udata.datasetFields],
  'udata distribution': ['udata', udata.distributionFields],
  'hcp-bds dataset': ['hcp-bds', hcpBds.indicatorFields],
  'hcp-bds distribution': ['hcp-bds', hcpBds.fileFields],
  'sdmx dataset': ['SDMX', sdmx.flowFields],
  'sdmx distribution': ['SDMX', sdmx.formFields],
  ...Object.fromEntries(
    Object.entries(formats).flatMap(([format, { tables }]) =>
      Object.entries(tables).map(([name, { heading, rows }]) => [`${format} ${name}`, [heading, rows]]),
    ),
  ),
}

const cell = (place: Row[0][number]) => (typeof place === 'string' ? [place] : Object.values(place)).map(name => `\`${name}\``).join(' with ')
const table = ([heading, rows]: [string, Row[]]) =>
  [
    `| ${heading} | DCAT-AP | read as |`,
    '|---|---|---|',
    ...rows.map(([places, property, kind]) => `| ${places.map(cell).join(', ')} | ${compact(property.value)} | ${kind} |`),
  ].join('\n')

/** The document with its tables as the program has them now. */
export function withTables(document: string): string {
  return document.replace(
    /<!-- table: ([\w -]+?) -->[\s\S]*?<!-- end -->/g,
    (_whole, name: string) => `<!-- table: ${name} -->\n${table(tables[name] ?? ['', []])}\n<!-- end -->`,
  )
}

if (import.meta.main) writeFileSync(file, withTables(readFileSync(file, 'utf8')))
