import type { ProtocolOptions } from '../../config/sources.ts'
import type { Protocol } from '../protocol.ts'
import { arcgis } from './arcgis.ts'
import { ckan } from './ckan.ts'
import { csw } from './csw.ts'
import { dataJson } from './data-json.ts'
import { dcatFeed } from './dcat.ts'
import { folder } from './folder.ts'
import { hcpBds } from './hcp-bds.ts'
import { inventory } from './inventory.ts'
import { ldes } from './ldes.ts'
import { oaiPmh } from './oai-pmh.ts'
import { ogcRecords } from './ogc-records.ts'
import { opendatasoft } from './opendatasoft.ts'
import { schemaOrg } from './schema-org.ts'
import { sdmx } from './sdmx.ts'
import { socrata } from './socrata.ts'
import { sparql } from './sparql.ts'
import { stac } from './stac.ts'
import { udata } from './udata.ts'

/** Name in YAML → protocol. Add a protocol: one file and a line. */
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
