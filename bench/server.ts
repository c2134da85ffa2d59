import { setTimeout as pause } from 'node:timers/promises'
import { readCatalogue } from '../src/config/catalogue.ts'
import { readSources } from '../src/config/sources.ts'
import { protocolOptions } from '../src/harvest/protocols/index.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { countVisible } from '../src/ledger/records/records.ts'
import { currentRevision } from '../src/ledger/records/revisions.ts'
import { openStore } from '../src/store/open.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'
import { queriesOf } from './queries.ts'

/**
 * A SPARQL server as the store of a catalogue that was harvested before: `node bench/server.ts CATALOGUE.yaml DATA [seconds] [rounds]`, with `store.kind:
 * sparql` in the catalogue. Prints how far the server has come as it is filled, for so many seconds at most; then, for each query of a mix, the median and the
 * 99th percentile.
 */
const [file = 'catalogue.yaml', data = 'data', most = '3600', rounds = '20'] = process.argv.slice(2)
const catalogue = readCatalogue(file, process.env)
const sources = readSources(catalogue, protocolOptions, process.env)
const ledger = openLedger(data, { readOnly: true })
const publication = { catalogue, sources, ledger, vocabulary: await loadVocabulary(catalogue.ontologies, catalogue.base) }
const target = currentRevision(ledger)

const prefixes = `PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> PREFIX dqv: <http://www.w3.org/ns/dqv#> `
const first = ledger.get<{ dataset: string }>('SELECT dataset FROM record WHERE shown IS NOT NULL LIMIT 1')!.dataset
const queries = queriesOf(first)

const began = performance.now()
const seconds = () => ((performance.now() - began) / 1000).toFixed(1)
const store = openStore(catalogue.store, publication, data)
let ready = false
void store.ready().then(
  () => (ready = true),
  (error: unknown) => console.log(String(error)),
)
for (let last = -1; !ready && Number(seconds()) < Number(most); await pause(1000)) {
  if (store.revision - last > target / 20 || last < 0) console.log(`${seconds()} s  revision ${(last = store.revision)} of ${target}`)
}
console.log(`${ready ? 'filled' : 'stopped'} after ${seconds()} s: ${countVisible(ledger)} records in the ledger`)

const at = (times: number[], share: number) => times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1)
for (const [name, query] of Object.entries(queries)) {
  const times: number[] = []
  for (let round = 0; round < Number(rounds); round++) {
    const started = performance.now()
    const failure = await store.query(prefixes + query, { mediaType: 'application/sparql-results+json', form: 'select' }).catch(String)
    if (typeof failure === 'string') console.log(failure)
    times.push(performance.now() - started)
  }
  console.log(`${name.padEnd(12)} p50 ${at(times, 0.5).padStart(9)}  p99 ${at(times, 0.99).padStart(9)} ms`)
}
await store.close()
ledger.close()
