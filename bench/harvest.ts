import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCatalogue } from '../src/config/catalogue.ts'
import type { Source } from '../src/config/sources.ts'
import { defaultsOf, openEngine } from '../src/harvest/engine.ts'
import { politeHttp } from '../src/harvest/fetch.ts'
import { protocols } from '../src/harvest/protocols/index.ts'
import { run } from '../src/harvest/run.ts'
import { commit, type Entry } from '../src/ledger/commit.ts'
import { openLedger } from '../src/ledger/open.ts'
import { summarise } from '../src/ledger/summary.ts'
import { normalise } from '../src/normalise/steps.ts'
import { digest } from '../src/rdf/digest.ts'
import { lines } from '../src/rdf/serialise.ts'
import { namedNode, type Graph, type Quad } from '../src/rdf/terms.ts'

/**
 * Speed of a harvest, stage by stage, over a generated CKAN portal: `npm run bench [datasets]`.
 * The floor is what no harvester can do without: asking for the same pages and reading them as JSON.
 */
const total = Number(process.argv[2] ?? 10_000)
const folder = mkdtempSync(join(tmpdir(), 'fihrist-bench-'))
const portal = fork(new URL('./portal.ts', import.meta.url), [String(total)])
const [port] = await once(portal, 'message') as [number]

const catalogue = { ...readCatalogue(new URL('../catalogue.yaml', import.meta.url).pathname, process.env), http: { userAgent: 'Fihrist bench', allowAddresses: ['127.0.0.0/8'] } }
const source: Source = {
  id: 'bench', file: 'bench', title: { en: 'bench' }, protocol: 'ckan', url: `http://127.0.0.1:${port}/`, language: 'fr', enabled: true, priority: 50, robots: false, licence: 'odbl-ma',
  options: protocols['ckan']!.options.parse({
    pageSize: 200, site: 'https://portail.example.ma/data', languages: { fr: 'fr', ar: 'ar' }, incremental: false, licences: { 'odc-odbl': 'odbl-ma' },
    fields: { geographic_coverage: 'dct:spatial', collection_frequency: 'fihrist:collectionFrequency', available_languages: 'dct:language' },
  }),
  limits: { delayMs: 0, timeoutS: 60, maxBytes: 100e6 }, removal: { threshold: 0.2, graceDays: 7 },
}
const engine = await openEngine(catalogue, openLedger(join(folder, 'whole')))
const { base } = catalogue
const { fetch, open } = politeHttp(source.limits, catalogue.http)

let peak = 0
setInterval(() => { peak = Math.max(peak, process.memoryUsage.rss()) }, 50).unref()

async function measured(name: string, count: number, work: () => Promise<unknown>): Promise<void> {
  peak = process.memoryUsage.rss()
  const started = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  console.log(`${name.padEnd(22)} ${(count / seconds).toFixed(0).padStart(7)} datasets/s  ${seconds.toFixed(1).padStart(6)} s  cpu ${((user + system) / 1e6).toFixed(1).padStart(5)} s  peak ${(peak / 1e6).toFixed(0).padStart(5)} MB`)
}

await measured('floor: fetch and JSON', total, async () => {
  for (let start = 0; start < total; start += 200) JSON.parse(Buffer.from((await fetch(`${source.url}api/3/action/package_search?rows=200&start=${start}`, 'application/json')).body).toString())
})

// The whole comes first: what the stages keep in memory would count against it.
for (const name of ['whole, first run', 'whole, unchanged run']) {
  await measured(name, total, async () => {
    const report = await run(source, engine, { fetch })
    if (report.state !== 'complete' || report.seen !== total) throw new Error(`${report.state}: ${report.problems[0]?.message}`)
  })
}

// The stages one by one, on a part that fits in memory.
const part = Math.min(total, 2000)
interface Mapped { id: string, dataset: string, graph: Graph, text: string }
const mapped: Mapped[] = []
await measured('fetch and map', part, async () => {
  const defaults = defaultsOf(source, catalogue, engine.vocabulary)
  for await (const each of protocols['ckan']!.harvest(source, { fetch, open, base, known: 0, notes: {}, expect: () => {} })) {
    if (!('map' in each)) continue
    const id = `bench-${each.name}`
    const record = `${base}/record/${id}`
    const { dataset, graph } = each.map({ base, record, dataset: `${base}/dataset/${id}` })
    const draft = normalise({ graph, dataset, record, base, defaults, vocabulary: engine.vocabulary, repairs: [] })
    mapped.push({ id, dataset: dataset.value, graph: draft.graph, text: lines([...draft.graph] as Quad[], false) })
    if (mapped.length >= part) break
  }
})
await measured('validate and measure', part, async () => {
  const batches = Array.from({ length: Math.ceil(part / 50) }, (_, at) => mapped.slice(at * 50, at * 50 + 50))
  await Promise.all(batches.map(batch => engine.validation.check(batch.map(({ dataset, text }) => ({ dataset, graph: text })))))
})
await measured('commit', part, async () => {
  const ledger = openLedger(join(folder, 'commit'))
  for (let at = 0; at < part; at += 100) {
    commit(ledger, 1, new Date().toISOString(), mapped.slice(at, at + 100).map(({ id, dataset, graph, text }): Entry => ({
      source: 'bench', key: id, id, dataset, payload: { digest: digest(text), mediaType: 'application/json', body: text }, graph: { digest: digest(text), text }, admission: 'published',
      summary: summarise(graph, namedNode(dataset), 'bench', 'good', engine.vocabulary, base), findings: [], repairs: [], measurements: {}, score: 200,
    })), [])
  }
  ledger.close()
})
await engine.close()
engine.ledger.close()
portal.kill()
rmSync(folder, { recursive: true })
