import type { ProtocolOptions } from '../../config/sources.ts'
import type { Protocol } from '../protocol.ts'
import { ckan } from './ckan.ts'
import { csw } from './csw.ts'
import { dcatFeed } from './dcat.ts'
import { oaiPmh } from './oai-pmh.ts'

/** Name in YAML → protocol. Add a protocol: one file and a line. */
export const protocols: Record<string, Protocol> = {
  ckan,
  csw,
  dcat: dcatFeed,
  'oai-pmh': oaiPmh,
}

export const protocolOptions: ProtocolOptions = Object.fromEntries(Object.entries(protocols).map(([name, { options }]) => [name, options]))
