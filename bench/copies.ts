import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openEmbedded } from '../src/store/embedded.ts'
import { openForBench } from './publication.ts'
import { row } from './row.ts'

/**
 * How long copies of the embedded store take to load, without and with an image, and to be replaced: `node bench/copies.ts CATALOGUE.yaml DATA`, over a
 * catalogue that was harvested before.
 */
const [file = 'catalogue.yaml', data = 'data'] = process.argv.slice(2)
const publication = await openForBench(file, data)
const configuration = { kind: 'oxigraph', replicas: 2, timeoutS: 60, rows: 200_000, answerMB: 100, queryMB: 1000, findings: 'violation' } as const

async function timed<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  const [began, cpu] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  row({ what, seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1000 })
  return result
}
const loaded = async () => {
  const store = openEmbedded(configuration, publication, data)
  await store.ready()
  return store
}

const image = join(data, 'store.image')
rmSync(image, { force: true })
await (await timed('two copies, from the ledger', loaded)).close()
row({ what: 'the image of a copy', mb: statSync(image).size / 1e6 })
const store = await timed('two copies, from the image', loaded)
await timed('a copy is ended and replaced', async () => {
  await store.query('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }', { mediaType: 'text/csv', timeoutS: 0.1 }).catch(() => {})
  await store.ready()
})
await store.close()
publication.ledger.close()
