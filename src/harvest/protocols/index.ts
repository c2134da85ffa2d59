import type { ProtocolOptions } from '../../config/sources.ts'
import type { Protocol } from '../protocol.ts'
import { ckan } from './ckan.ts'
import { csw } from './csw.ts'
import { dataJson } from './data-json.ts'
import { dcatFeed } from './dcat.ts'
import { folder } from './folder.ts'
import { inventory } from './inventory.ts'
import { ldes } from './ldes.ts'
import { oaiPmh } from './oai-pmh.ts'
import { opendatasoft } from './opendatasoft.ts'
import { socrata } from './socrata.ts'
import { sparql } from './sparql.ts'
import { udata } from './udata.ts'

/** Name in YAML → protocol. Add a protocol: one file and a line. */
export const protocols: Record<string, Protocol> = {
  ckan,
  csw,
  'data-json': dataJson,
  dcat: dcatFeed,
  folder,
  inventory,
  ldes,
  'oai-pmh': oaiPmh,
  opendatasoft,
  socrata,
  sparql,
  udata,
}

export const protocolOptions: ProtocolOptions = protocols
