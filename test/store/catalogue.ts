import { startPortals, type DemoPortal } from '../../demo/portals.ts'
import type { StoreConfiguration } from '../../src/config/catalogue.ts'
import type { Source } from '../../src/config/sources.ts'
import type { Publication } from '../../src/outlets/publication.ts'
import { openHouse, type House } from '../harvest/harvest.ts'

/** How the embedded store is set up where nothing else is said. */
export const embedded = (options: Partial<Extract<StoreConfiguration, { kind: 'oxigraph' }>> = {}) =>
  ({ kind: 'oxigraph', replicas: 1, timeoutS: 20, rows: 200_000, answerMB: 100, queryMB: 1000, findings: 'info', ...options }) as const

/** How a server at an address is set up where nothing else is said; it has Virtuoso's paths. */
export const remote = (url: string, options: Partial<Extract<StoreConfiguration, { kind: 'sparql' }>> = {}) =>
  ({
    kind: 'sparql',
    query: `${url}/sparql`,
    update: `${url}/sparql-auth`,
    graphStore: `${url}/sparql-graph-crud-auth`,
    user: 'dba',
    password: 'dba',
    timeoutS: 60,
    rows: 200_000,
    answerMB: 100,
    atOnce: 8,
    findings: 'info',
    ...options,
  }) as const

/** A house that has harvested the regional sample portal, and what its ways out read from. */
export interface Filled extends House {
  data: string
  publication: Publication
  portals: DemoPortal[]
  sources: Source[]
}

export async function openFilled(): Promise<Filled> {
  const house = await openHouse()
  const portals = await startPortals()
  const sources = [house.source('dcat', portals[1]!.url, { id: 'souss-massa' })]
  const report = await house.harvest(sources[0]!)
  if (report.added !== 36) throw new Error(`the sample portal gave ${report.added} records`)
  const { catalogue, ledger, vocabulary } = house.engine
  return {
    ...house,
    portals,
    sources,
    data: `${house.folder}/data`,
    publication: { catalogue: { ...catalogue, store: { ...catalogue.store, findings: 'info' } }, ledger, vocabulary, sources },
    close: async () => {
      await Promise.all(portals.map(portal => portal.close()))
      await house.close()
    },
  }
}
