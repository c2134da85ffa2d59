import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readCatalogue } from '../src/config/catalogue.ts'
import { readSources } from '../src/config/sources.ts'
import { protocolOptions } from '../src/harvest/protocols/index.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { ask } from '../src/store/ask.ts'
import { openEmbedded } from '../src/store/embedded.ts'
import { startEngine } from '../src/store/engine.ts'
import { readQuery } from '../src/store/query.ts'
import { openReplica } from '../src/store/replica.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'
import { queriesOf } from './queries.ts'

/**
 * The embedded store beside plain Oxigraph in this thread, over a catalogue that was harvested before: `node bench/sparql.ts CATALOGUE.yaml DATA [rounds]`.
 * Prints how long copies take to load, with and without an image, and to be replaced; then, for each query of a mix, the median and the 99th percentile of
 * both.
 */
const [file = 'catalogue.yaml', data = 'data', rounds = '20'] = process.argv.slice(2)
const catalogue = readCatalogue(file, process.env)
const sources = readSources(catalogue, protocolOptions, process.env)
const publication = { catalogue, sources, ledger: openLedger(data, { readOnly: true }), vocabulary: await loadVocabulary(catalogue.ontologies, catalogue.base) }
const configuration = { kind: 'oxigraph', replicas: 2, timeoutS: 60, rows: 200_000, answerMB: 100, queryMB: 1000, findings: 'info' } as const

const prefixes = `PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> PREFIX dqv: <http://www.w3.org/ns/dqv#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> `
const first = publication.ledger.get<{ dataset: string }>('SELECT dataset FROM record WHERE shown IS NOT NULL LIMIT 1')!.dataset
const queries = queriesOf(first)

const told: string[] = []
const timed = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(cpu)
  console.log(`${name.padEnd(46)} ${((performance.now() - started) / 1000).toFixed(2).padStart(8)} s  cpu ${((user + system) / 1e6).toFixed(2).padStart(8)} s`)
  return result
}
const open = () => openEmbedded(configuration, publication, data, line => told.push(line))

let store = await timed('two copies, the image as it was found', async () => {
  const opened = open()
  await opened.ready()
  return opened
})
await store.close()
store = await timed('two copies, from the image', async () => {
  const opened = open()
  await opened.ready()
  return opened
})
await timed('a copy is ended and replaced', async () => {
  await store.query('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }', { mediaType: 'text/csv', timeoutS: 0.1 }).catch(() => {})
  await store.ready()
})
console.log(told.join('\n'))

const floor = await startEngine()
openReplica(floor, publication).follow(true)
console.log(`plain Oxigraph: ${(floor.size / 1e6).toFixed(0)} MB; ledger ${(statSync(join(data, 'ledger.sqlite')).size / 1e6).toFixed(0)} MB`)

const at = (times: number[], share: number) => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(2)
console.log(`${'query'.padEnd(12)} ${'p50'.padStart(9)} ${'p99'.padStart(9)}  floor ${'p50'.padStart(9)} ${'p99'.padStart(9)}  ms`)
for (const [name, query] of Object.entries(queries)) {
  const { text, form, typed } = await readQuery(prefixes + query)
  const mediaType = form === 'describe' ? 'application/n-triples' : 'application/sparql-results+json'
  const ours: number[] = []
  const plain: number[] = []
  for (let round = 0; round < Number(rounds); round++) {
    let started = performance.now()
    await store.query(text, { mediaType, form, ...(typed && { typed }) })
    ours.push(performance.now() - started)
    started = performance.now()
    ask(floor.oxigraph, floor.store, catalogue.base, { sparql: text, mediaType, form }, { rows: 1e9, most: 1e9 })
    plain.push(performance.now() - started)
    await pause(1)
  }
  console.log(
    `${name.padEnd(12)} ${at(ours, 0.5).padStart(9)} ${at(ours, 0.99).padStart(9)}        ${at(plain, 0.5).padStart(9)} ${at(plain, 0.99).padStart(9)}`,
  )
}
await store.close()
