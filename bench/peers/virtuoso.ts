import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countVisible } from '../../src/ledger/records/records.ts'
import type { Publication } from '../../src/outlets/publication.ts'
import { bulkText } from '../../src/store/bulk.ts'
import { levelOf } from '../../src/store/judged.ts'
import { remote } from '../../test/store/catalogue.ts'
import { hasVirtuoso, startVirtuoso } from '../../test/store/virtuoso.ts'
import { row } from '../row.ts'
import { endpoint } from './http.ts'
import { cpuOf, type Peer } from './peer.ts'

/** Virtuoso with what an embedded copy of this catalogue holds: one of our own, which is filled first, or one that is at this address and has been filled. */
export async function virtuoso(publication: Publication, filled?: string): Promise<Peer | undefined> {
  if (filled) return endpoint('Virtuoso', `${filled}/sparql`)
  if (!hasVirtuoso) return undefined
  const { findings } = publication.catalogue.store
  const server = await startVirtuoso({ buffersMB: 2000 })
  const configuration = remote(server.url, { findings, metrics: levelOf(publication) })
  const served = { ...publication, catalogue: { ...publication.catalogue, store: configuration } }
  const count = countVisible(publication.ledger)
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-bulk-'))
  const file = join(folder, 'all.nq')
  const [began, own] = [performance.now(), process.cpuUsage()]
  for (const piece of bulkText(served)) appendFileSync(file, piece)
  const { user, system } = process.cpuUsage(own)
  const loading = performance.now()
  server.load(file)
  const cpu = (cpuOf(server.pid()) * 1000) / count
  row({ what: 'the file for its bulk loader', seconds: (loading - began) / 1000, cpu: (user + system) / 1000 / count, mb: statSync(file).size / 1e6 })
  row({
    what: 'Virtuoso reads it',
    seconds: (performance.now() - loading) / 1000,
    rate: (1000 * count) / (performance.now() - loading),
    cpu,
    more: 'of its own for each record',
  })
  rmSync(folder, { recursive: true })
  return { ...endpoint('Virtuoso', `${server.url}/sparql`), cpuS: () => cpuOf(server.pid()), close: server.stop }
}
