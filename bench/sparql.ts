import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { nodeFlags, root } from '../src/files.ts'
import { bulkText } from '../src/store/bulk.ts'
import { startEngine } from '../src/store/engine.ts'
import { openReplica } from '../src/store/replica.ts'
import { endpoint } from './peers/http.ts'
import { comunica } from './peers/in-memory.ts'
import { cpuOf, Late, type Peer } from './peers/peer.ts'
import { virtuoso } from './peers/virtuoso.ts'
import { openForBench } from './publication.ts'
import { queriesOf } from './queries.ts'
import { figure, quantile, row } from './row.ts'

/**
 * Ten queries that catalogues are asked, put to `/sparql` of `fihrist serve`, and beside it in the same run to plain Oxigraph in this process (the floor),
 * Virtuoso and Comunica, over the same statements: `node bench/sparql.ts CATALOGUE.yaml DATA [--rounds 30] [--virtuoso URL] [--without comunica]`, over a
 * catalogue that was harvested before. A query that takes a peer longer than a minute in all is asked less often, one that takes 30 s once is given up, and so
 * is a peer that has had ten minutes: its row says so.
 */
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '30' }, virtuoso: { type: 'string' }, without: { type: 'string', multiple: true, default: [] } },
})
const [file = 'catalogue.yaml', data = 'data'] = positionals
const publication = await openForBench(file, data)
const prefixes = 'PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX dct: <http://purl.org/dc/terms/> PREFIX dqv: <http://www.w3.org/ns/dqv#>\n'
const first = publication.ledger.get<{ dataset: string }>('SELECT dataset FROM record WHERE shown IS NOT NULL AND canonical IS NULL LIMIT 1')!.dataset
const queries = Object.entries(queriesOf(first)).map(([name, query]) => [name, prefixes + query] as const)

/** Seconds that a peer may take for all rounds of a query, and for everything. */
const budgetS = 60
const mostS = 600

/** What a peer took for each query: milliseconds, those of the processor in all, and why it was given up. */
interface Measured {
  times: number[]
  cpu: number
  why?: string
}
const spent = new Map<Peer, number>()

/** Puts a query to all peers in turn, round after round, the first of which is not counted. */
async function measured(peers: Peer[], sparql: string): Promise<Map<Peer, Measured>> {
  const found = new Map<Peer, Measured>(peers.map(peer => [peer, { times: [], cpu: 0 }]))
  const open = new Set(peers)
  for (let round = 0; round <= Number(options.rounds); round++)
    for (const peer of open) {
      const one = found.get(peer)!
      const [began, used] = [performance.now(), peer.cpuS?.() ?? 0]
      try {
        if ((spent.get(peer) ?? 0) > mostS) throw new Late(`it has had ${mostS} s`)
        await peer.ask(sparql)
        if (round > 0) {
          one.times.push(performance.now() - began)
          one.cpu += ((peer.cpuS?.() ?? 0) - used) * 1000
        }
      } catch (error) {
        one.why = error instanceof Error ? error.message : String(error)
        open.delete(peer)
      }
      const ms = performance.now() - began
      spent.set(peer, (spent.get(peer) ?? 0) + ms / 1000)
      if (one.times.reduce((sum, each) => sum + each, 0) > budgetS * 1000) open.delete(peer)
      // Whatever the last answer left behind is not the next one's.
      await pause(2)
    }
  return found
}

const all = new Map<string, number[]>()
/** A row for each peer: beside the floor, and why it was given up where it was. */
function tell(name: string, found: Map<Peer, Measured>): void {
  const floor = found.get(plain)!
  const cpuOfOne = ({ cpu, times }: Measured) => cpu / times.length
  for (const [peer, one] of found) {
    const { times, why } = one
    all.set(peer.name, [...(all.get(peer.name) ?? []), ...times])
    row({
      what: `${name}, ${peer.name}`,
      ...(times.length > 0 && {
        rate: (1000 * times.length) / times.reduce((sum, each) => sum + each, 0),
        p50: quantile(times, 0.5),
        p99: quantile(times, 0.99),
        ...(peer.cpuS && { cpu: cpuOfOne(one) }),
        ...(peer !== plain && {
          beside: `${figure(quantile(times, 0.5) / quantile(floor.times, 0.5))} × floor, CPU ${figure(cpuOfOne(one) / cpuOfOne(floor))} ×`,
        }),
      }),
      ...((why || times.length < Number(options.rounds)) && { more: `${times.length} times${why ? `: ${why}` : ''}` }),
    })
  }
}

/** Many at once, each with the ten queries in another order. */
async function together(peer: Peer, clients = 8, seconds = 10): Promise<void> {
  const end = performance.now() + seconds * 1000
  const times: number[] = []
  let failed = 0
  const client = async (number: number) => {
    for (let turn = number; performance.now() < end; turn++) {
      const began = performance.now()
      await Promise.resolve(peer.ask(queries[turn % queries.length]![1])).then(
        () => times.push(performance.now() - began),
        () => failed++,
      )
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  row({
    what: `${clients} at once, ${peer.name}`,
    rate: times.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    ...(failed > 0 && { more: `${failed} failed` }),
  })
}

const engine = await startEngine()
openReplica(engine, publication).follow(true)
row({ what: 'what is asked', mb: engine.size / 1e6, more: `${engine.store.size} statements` })
const plain: Peer = {
  name: 'plain Oxigraph',
  ask: sparql =>
    void engine.store.query(sparql, {
      results_format: /\bdescribe\b/i.test(sparql) ? 'application/n-triples' : 'application/sparql-results+json',
      use_default_graph_as_union: true,
    }),
  cpuS: () => cpuOf(process.pid),
}

const server = spawn(
  process.execPath,
  [...nodeFlags, join(root, 'dist/cli/main.js'), 'serve', '--no-schedule', '--port', '0', '--catalogue', file, '--data', data],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
process.once('exit', () => server.kill())
const [said] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string]
const url = `http://127.0.0.1:${/:(\d+)\/$/m.exec(said.trim())![1]}`
const copies = async () => ((await fetch(`${url}/readyz`).then(answer => answer.json())) as { store?: { copies?: { ready: boolean }[] } }).store?.copies ?? []
const { store } = publication.catalogue
while (store.kind === 'oxigraph' && (await copies()).filter(({ ready }) => ready).length < store.replicas) await pause(500)

const cpuS = () => cpuOf(server.pid!)
const ours: Peer = { ...endpoint('/sparql', `${url}/sparql`, true), cpuS }
const kept: Peer = { ...endpoint('/sparql, kept', `${url}/sparql`), cpuS }
const beside = options.without.includes('virtuoso') ? undefined : await virtuoso(publication, options.virtuoso)
if (!beside) row({ what: 'Virtuoso', more: 'not asked: it is not on this machine (Debian: virtuoso-opensource-7)' })
for (const [name, query] of queries) tell(name, await measured([plain, ours, kept, ...(beside ? [beside] : [])], query))
for (const peer of [ours, ...(beside ? [beside] : [])]) await together(peer)
await beside?.close?.()
server.kill()
await once(server, 'exit')

// Memory for all of them at once is more than a machine may have: Comunica is asked beside the floor, in the same run.
if (!options.without.includes('comunica')) {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-sparql-'))
  const statements = join(folder, 'all.nq')
  for (const piece of bulkText(publication)) appendFileSync(statements, piece)
  const peer = comunica(statements)
  for (const [name, query] of queries) tell(name, await measured([plain, peer], query))
  await peer.close?.()
  rmSync(folder, { recursive: true })
}
for (const [name, times] of all)
  row({
    what: `all ten, ${name}`,
    rate: (1000 * times.length) / times.reduce((sum, each) => sum + each, 0),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  })
publication.ledger.close()
process.exit()
