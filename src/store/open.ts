import type { StoreConfiguration } from '../config/catalogue.ts'
import type { Publication } from '../outlets/publication.ts'
import type { Tell } from './copies.ts'
import { openEmbedded } from './embedded.ts'
import { federated, type AskOutside } from './federation.ts'
import { openRemote } from './remote.ts'
import type { Store } from './store.ts'

/** Opens the store that catalogue.yaml asks for. */
export function openStore(
  configuration: StoreConfiguration,
  publication: Publication,
  data: string,
  { tell, outside }: { tell?: Tell; outside?: (signal: AbortSignal) => AskOutside } = {},
): Store {
  const store = configuration.kind === 'sparql' ? openRemote(configuration, publication) : openEmbedded(configuration, publication, data, tell)
  const { base, sparql } = publication.catalogue
  return outside && sparql.federation.length > 0 ? federated(store, { ...configuration, base, outside }) : store
}
