import type { StoreConfiguration } from '../config/catalogue.ts'
import type { Publication } from '../outlets/publication.ts'
import { openEmbedded } from './embedded.ts'
import { openRemote } from './remote.ts'

/** The SPARQL engine behind one interface: it follows the ledger and can be thrown away and rebuilt from it. */
export interface Store {
  /** Answers a query, whole, in one of the media types of its form. Rejects with `query-malformed`, `query-timeout` or `store-busy`. */
  query(sparql: string, accept: { mediaType: string }): Promise<string>
  /** The revision it has applied. */
  readonly revision: number
  /** Resolves when it holds what the ledger shows. */
  ready(): Promise<void>
  close(): Promise<void>
}

/** Opens the store that catalogue.yaml asks for. */
export function openStore(configuration: StoreConfiguration, publication: Publication, data: string): Store {
  return configuration.kind === 'sparql' ? openRemote(configuration, publication) : openEmbedded(configuration, publication, data)
}
