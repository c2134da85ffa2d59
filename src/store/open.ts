import type { StoreConfiguration } from '../config/catalogue.ts'
import type { Publication } from '../outlets/publication.ts'
import { openEmbedded, type Tell } from './embedded.ts'
import { openRemote } from './remote.ts'
import type { Store } from './store.ts'

/** Opens the store that catalogue.yaml asks for. */
export function openStore(configuration: StoreConfiguration, publication: Publication, data: string, tell?: Tell): Store {
  return configuration.kind === 'sparql' ? openRemote(configuration, publication) : openEmbedded(configuration, publication, data, tell)
}
