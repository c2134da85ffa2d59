import type { ProtocolOptions } from '../../config/sources.ts'
import type { Protocol } from '../protocol.ts'
import { ckan } from './ckan.ts'
import { csw } from './csw.ts'
import { dataJson } from './data-json.ts'
import { dcatFeed } from './dcat.ts'
import { hcpBds } from './hcp-bds.ts'
import { oaiPmh } from './oai-pmh.ts'
import { opendatasoft } from './opendatasoft.ts'
import { sdmx } from './sdmx.ts'
import { socrata } from './socrata.ts'
import { udata } from './udata.ts'

/** Name in YAML → protocol. Add a protocol: one file and a line. */
export const protocols: Record<string, Protocol> = {
  ckan,
  'data-json': dataJson,
  'oai-pmh': oaiPmh,
  csw,
  dcat: dcatFeed,
  'hcp-bds': hcpBds,
  opendatasoft,
  sdmx,
  socrata,
  udata,
}

export const protocolOptions: ProtocolOptions = Object.fromEntries(Object.entries(protocols).map(([name, { options }]) => [name, options]))
