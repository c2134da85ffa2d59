import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { nodeFlags, root } from '../src/files.ts'
import { politeHttp } from '../src/harvest/http/fetch.ts'
import { protocols } from '../src/harvest/protocols/index.ts'
import { openEngine } from '../src/harvest/run/engine.ts'
import { defaultsOf } from '../src/harvest/run/mapping.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { commit } from '../src/ledger/records/commit.ts'
import type { Entry } from '../src/ledger/records/entry.ts'
import { summarise } from '../src/ledger/records/summary.ts'
import { normalise } from '../src/normalise/steps.ts'
import { digest } from '../src/rdf/digest.ts'
import type { Graph } from '../src/rdf/graph.ts'
import { lines } from '../src/rdf/serialise.ts'
import { namedNode } from '../src/rdf/terms.ts'
import { openCheck } from '../src/validate/validate.ts'
import { writeEdition } from './edition.ts'
import { row } from './row.ts'

/**
 * Speed and memory of a harvest over a generated CKAN portal: `npm run bench harvest`, or `node bench/harvest.ts [datasets]`. Whole runs are `fihrist harvest`
 * itself. The floor is what no harvester can do without: asking for the same pages and reading them as JSON. What the first run made stays in the folder of
 * `BENCH_FOLDER`, for others to read.
 */
const total = Number(process.argv[2] ?? 10_000)
const pages = Math.ceil(total / 200)
const folder = mkdtempSync(join(tmpdir(), 'fihrist-bench-'))
const kept = process.env['BENCH_FOLDER'] && resolve(process.env['BENCH_FOLDER'])
const portal = fork(new URL('./portal.ts', import.meta.url), [String(total)])
const [port] = (await once(portal, 'message')) as [number]
const { file, catalogue, source } = writeEdition(kept || folder, port)

async function measured(name: string, count: number, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  const cpu = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - started) / 1000
  row({ what: name, rate: count / seconds, seconds, cpu: (user + system) / 1000 / count })
}

const usageFile = join(folder, 'usage.json')
const harvest = (data: string) =>
  spawn(
    process.execPath,
    [
      ...nodeFlags,
      '--import',
      new URL('./usage.mjs', import.meta.url).href,
      join(root, 'dist/cli/main.js'),
      'harvest',
      '--json',
      '--catalogue',
      file,
      '--data',
      data,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, BENCH_USAGE: usageFile } },
  )

/** Tells the portal whether to know ETags; it tells how often it was asked since it was last told, and how much it sent. */
async function tell(what: { etags?: boolean }): Promise<{ asked: number; sent: number }> {
  portal.send(what)
  return ((await once(portal, 'message')) as [{ asked: number; sent: number }])[0]
}

async function whole(name: string, data: string): Promise<void> {
  await tell({})
  const started = performance.now()
  const child = harvest(data)
  const [text] = await Promise.all([child.stdout.setEncoding('utf8').toArray(), once(child, 'exit')])
  const seconds = (performance.now() - started) / 1000
  const [run] = (JSON.parse(text.join('')) as { runs: { state: string; seen: number; outcomes: Record<string, number> }[] }).runs
  if (run?.state !== 'complete' || run.seen !== total) throw new Error(`${name}: ${JSON.stringify(run)}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, 'utf8')) as NodeJS.ResourceUsage
  const { asked, sent } = await tell({})
  row({
    what: name,
    rate: total / seconds,
    seconds,
    cpu: (userCPUTime + systemCPUTime) / 1000 / total,
    mb: maxRSS / 1000,
    more: `${run.outcomes['added']} added, ${run.outcomes['unchanged']} unchanged, ${asked} requests, ${(sent / 1e6).toFixed(1)} MB sent`,
  })
}

await measured('floor: fetch and JSON', total, async () => {
  const { fetch } = politeHttp(source.limits, catalogue.http)
  for (let at = 0; at < total; at += 200)
    JSON.parse(Buffer.from((await fetch(`${source.url}api/3/action/package_search?rows=200&start=${at}`, 'application/json')).body).toString())
})
await tell({ etags: true })
const data = join(kept || folder, 'data')
rmSync(data, { recursive: true, force: true })
await whole('first run', data)
row({
  what: 'the ledger',
  mb: statSync(join(data, 'ledger.sqlite')).size / 1e6,
  more: `${(statSync(join(data, 'ledger.sqlite')).size / total / 1000).toFixed(2)} kB a dataset`,
})
await whole('unchanged, the portal knows ETags', data)
await tell({ etags: false })
await whole('unchanged, it does not', data)

const killed = harvest(join(folder, 'killed'))
for (let asked = 0; asked < pages / 2;) {
  await pause(50)
  asked += (await tell({})).asked
}
killed.kill('SIGKILL')
await once(killed, 'exit')
await whole('killed half way, gone on', join(folder, 'killed'))

// The stages one by one, on a part that fits in memory.
const engine = await openEngine(catalogue, openLedger(join(folder, 'stages')))
const { base } = catalogue
const part = Math.min(total, 2000)
interface Mapped {
  id: string
  dataset: string
  graph: Graph
  text: string
}
const mapped: Mapped[] = []
await measured('stage: fetch and map', part, async () => {
  const defaults = defaultsOf(source, catalogue, engine.vocabulary)
  for await (const each of protocols['ckan']!.harvest(source, {
    ...politeHttp(source.limits, catalogue.http),
    base,
    known: 0,
    holds: () => false,
    now: () => new Date(),
    notes: {},
    expect: () => {},
  })) {
    if (!('map' in each)) continue
    const id = `bench-${each.name}`
    const record = `${base}/record/${id}`
    const { dataset, graph } = each.map({ base, record, dataset: `${base}/dataset/${id}` })
    const draft = normalise({ graph, dataset, record, base, defaults, vocabulary: engine.vocabulary, repairs: [] })
    mapped.push({ id, dataset: dataset.value, graph: draft.graph, text: lines(draft.graph, false) })
    if (mapped.length >= part) break
  }
})
await measured('stage: validate and measure', part, async () => {
  const { shapes, profiles, blocking, compliance } = catalogue
  const check = await openCheck({ shapes, base, profiles, blocking, compliance }, engine.vocabulary)
  for (const { dataset, graph } of mapped) await check(graph, namedNode(dataset))
})
await measured('stage: commit', part, async () => {
  const ledger = openLedger(join(folder, 'commit'))
  for (let at = 0; at < part; at += 100) {
    commit(
      ledger,
      1,
      new Date().toISOString(),
      mapped.slice(at, at + 100).map(({ id, dataset, graph, text }): Entry => ({
        source: 'bench',
        key: id,
        id,
        dataset,
        payload: { digest: digest(text), mediaType: 'application/json', body: text },
        graph: { digest: digest(text), text },
        admission: 'published',
        summary: summarise(graph, namedNode(dataset), 'bench', engine.vocabulary, base),
        findings: [],
        repairs: [],
        measurements: {},
        score: 200,
      })),
      [],
    )
  }
  ledger.close()
})
await engine.close()
engine.ledger.close()
portal.kill()
rmSync(folder, { recursive: true })
