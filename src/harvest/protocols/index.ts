import type { ProtocolOptions } from '../../config/sources.ts'
import type { Protocol } from '../protocol.ts'
import { arcgis } from './arcgis/arcgis.ts'
import { ckan } from './ckan/ckan.ts'
import { csw } from './csw/csw.ts'
import { dataJson } from './data-json/data-json.ts'
import { dcatFeed } from './dcat/dcat.ts'
import { folder } from './folder/folder.ts'
import { hcpBds } from './hcp-bds/hcp-bds.ts'
import { inventory } from './inventory/inventory.ts'
import { ldes } from './ldes/ldes.ts'
import { oaiPmh } from './oai-pmh/oai-pmh.ts'
import { ogcRecords } from './ogc-records/ogc-records.ts'
import { opendatasoft } from './opendatasoft/opendatasoft.ts'
import { schemaOrg } from './schema-org/schema-org.ts'
import { sdmx } from './sdmx/sdmx.ts'
import { socrata } from './socrata/socrata.ts'
import { sparql } from './sparql/sparql.ts'
import { stac } from './stac/stac.ts'
import { udata } from './udata/udata.ts'

/** Name in YAML → protocol. Add a protocol: a folder and a line. */
export const protocols: Record<string, Protocol> = {
  arcgis,
  ckan,
  csw,
  'data-json': dataJson,
  dcat: dcatFeed,
  folder,
  'hcp-bds': hcpBds,
  inventory,
  ldes,
  'oai-pmh': oaiPmh,
  'ogc-records': ogcRecords,
  opendatasoft,
  'schema-org': schemaOrg,
  sdmx,
  socrata,
  sparql,
  stac,
  udata,
}

export const protocolOptions: ProtocolOptions = protocols
