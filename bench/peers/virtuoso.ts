import { countVisible } from '../../src/ledger/records/records.ts'
import type { Publication } from '../../src/outlets/publication.ts'
import { levelOf } from '../../src/store/judged.ts'
import { openStore } from '../../src/store/open.ts'
import { remote } from '../../test/store/catalogue.ts'
import { hasVirtuoso, startVirtuoso } from '../../test/store/virtuoso.ts'
import { row } from '../row.ts'
import { endpoint } from './http.ts'
import type { Peer } from './peer.ts'

/** Virtuoso with what an embedded copy of this catalogue holds: one of our own, which is filled first, or one that is at this address and has been filled. */
export async function virtuoso(publication: Publication, data: string, filled?: string): Promise<Peer | undefined> {
  if (filled) return endpoint('Virtuoso', `${filled}/sparql`)
  if (!hasVirtuoso) return undefined
  const { findings } = publication.catalogue.store
  const server = await startVirtuoso({ buffersMB: 2000 })
  const configuration = remote(server.url, { findings, metrics: levelOf(publication) })
  const store = openStore(configuration, { ...publication, catalogue: { ...publication.catalogue, store: configuration } }, data)
  const [began, before, own] = [performance.now(), server.cpuS(), process.cpuUsage()]
  await store.ready()
  const { user, system } = process.cpuUsage(own)
  const count = countVisible(publication.ledger)
  const seconds = (performance.now() - began) / 1000
  row({
    what: 'Virtuoso is filled',
    seconds,
    rate: count / seconds,
    cpu: ((server.cpuS() - before) * 1000) / count,
    more: `of its own for each record, and ${((user + system) / 1000 / count).toFixed(2)} of ours`,
  })
  await store.close()
  return { ...endpoint('Virtuoso', `${server.url}/sparql`), close: server.stop }
}
