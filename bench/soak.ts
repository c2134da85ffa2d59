import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import fetch from 'node-fetch'
import { readCatalogue } from '../src/config/catalogue.ts'
import { root } from '../src/files.ts'

/**
 * Whether `fihrist serve` stays what it is under attack: `node bench/soak.ts CATALOGUE.yaml DATA [minutes] [port]`, over a catalogue that was harvested before,
 * on loopback. Sixteen clients ask for pages and put queries, a tenth of them made to harm; meanwhile the sources are harvested again and again. It ends with 1
 * where a good query is not answered, a page takes more than 100 ms at the 99th percentile, or memory ends more than a tenth above where it began. What waits
 * because the machine has other work counts too: compare with a machine at rest.
 */
const [file = 'catalogue.yaml', data = 'data', minutes = '10', port = '4820'] = process.argv.slice(2)
const url = `http://127.0.0.1:${port}`
const cli = join(root, 'dist/cli/main.js')
const options = ['--catalogue', file, '--data', data]
const dataset = '<http://www.w3.org/ns/dcat#Dataset>'

const server = spawn(process.execPath, [cli, 'serve', '--no-schedule', '--port', port, ...options], { stdio: ['ignore', 'inherit', 'inherit'] })
const until = async (path: string) => {
  while (
    !(await fetch(`${url}${path}`).then(
      response => response.ok,
      () => false,
    ))
  )
    await pause(200)
}
await until('/readyz')
/** Waits until all copies of the store are there: memory is compared when they are. */
const allCopies = async () => {
  const wanted = readCatalogue(file, process.env).store
  for (let there = 0; wanted.kind === 'oxigraph' && there < wanted.replicas; await pause(500)) {
    const { store } = (await fetch(`${url}/readyz`).then(response => response.json())) as { store: { copies: { ready: boolean }[] } }
    there = store.copies.filter(({ ready }) => ready).length
  }
}
await allCopies()

/** Queries that people put, and pages that they read. */
const good = [
  `SELECT (COUNT(*) AS ?n) { ?d a ${dataset} }`,
  `SELECT ?d ?t { ?d a ${dataset} ; <http://purl.org/dc/terms/title> ?t } LIMIT 50`,
  `ASK { ?d a ${dataset} }`,
  'SELECT ?f (COUNT(*) AS ?n) { ?x <http://purl.org/dc/terms/format> ?f } GROUP BY ?f',
]
const pages = ['/', '/datasets', '/sources', '/datasets?q=eau', '/sparql', '/catalog.ttl?page=1']
/** Queries that are made to harm, by what they try; each is to be answered with a status of its own, or cut. */
const bad: Record<string, (turn: number) => string> = {
  nesting: turn => `ASK { FILTER ${'('.repeat(500 + (turn % 1500))}1${')'.repeat(500 + (turn % 1500))} }`,
  memory: turn =>
    `SELECT ?x40 { BIND ("${turn}aaaaaaaaaaaaaaa" AS ?x0) ` +
    `${Array.from({ length: 40 }, (_, at) => `BIND (CONCAT(?x${at}, ?x${at}) AS ?x${at + 1})`).join(' ')} }`,
  cross: turn => `SELECT (COUNT(*) AS ?n${turn}) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }`,
  path: turn => `SELECT (COUNT(*) AS ?n${turn}) { ?a (<urn:x>|!<urn:y>)* ?b . ?b (<urn:x>|!<urn:y>)* ?c }`,
  jsonld: turn => `CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT ${50_000 + (turn % 1000)}`,
}

const times: Record<'query' | 'page', number[]> = { query: [], page: [] }
const lost: string[] = []
const statuses: Record<string, Record<string, number>> = {}
const end = Date.now() + Number(minutes) * 60_000
const count = (what: string, status: string) => {
  const found = (statuses[what] ??= {})
  found[status] = (found[status] ?? 0) + 1
}

/** Each client has an address of its own, as loopback has many: what is for one client alone holds for each. */
const agents = Array.from({ length: 16 }, (_, number) => new Agent({ keepAlive: true, localAddress: `127.0.0.${number + 2}` }))

async function ask(number: number, path: string, body: string | undefined, accept: string, signal?: AbortSignal): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    agent: agents[number]!,
    headers: { Accept: accept },
    ...(body !== undefined && { method: 'POST', body: new URLSearchParams({ query: body }) }),
    ...(signal && { signal }),
  })
  await response.arrayBuffer()
  return String(response.status)
}

async function client(number: number): Promise<void> {
  for (let turn = number; Date.now() < end; turn += 16) {
    const started = performance.now()
    if (turn % 10 === 0) {
      const names = [...Object.keys(bad), 'hang-up']
      const what = names[(turn / 10) % names.length]!
      const query = (bad[what] ?? bad['cross']!)(turn)
      const accept = what === 'jsonld' ? 'application/ld+json' : '*/*'
      count(what, await ask(number, '/sparql', query, accept, what === 'hang-up' ? AbortSignal.timeout(1000) : undefined).catch(() => 'left'))
    } else if (turn % 2 === 0) {
      const path = pages[turn % pages.length]!
      const status = await ask(number, path, undefined, 'text/html').catch(String)
      times.page.push(performance.now() - started)
      count('page', status)
      if (status !== '200') lost.push(`${path} ${status}`)
    } else {
      // A volatile part, so that it is not answered out of what is kept.
      const query = `${good[turn % good.length]!} # ${turn}`
      let status = await ask(number, '/sparql', query, 'application/sparql-results+json').catch(String)
      for (; status === '429' && Date.now() < end; status = await ask(number, '/sparql', query, 'application/sparql-results+json').catch(String))
        await pause(1000)
      times.query.push(performance.now() - started)
      count('query', status)
      if (status !== '200' && status !== '429') lost.push(`${query} ${status}`)
    }
    // Below the 120 queries a minute that one address may put.
    await pause(1000 * Math.random())
  }
}

async function harvests(): Promise<void> {
  while (Date.now() < end) {
    const run = spawn(process.execPath, [cli, 'harvest', '--quiet', ...options], { stdio: 'ignore' })
    await new Promise(resolve => run.once('exit', resolve))
    await pause(1000)
  }
}

const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1000
for (const path of pages) await ask(0, path, undefined, 'text/html')
const before = memory()
await Promise.all([...Array.from({ length: 16 }, (_, number) => client(number)), harvests()])
await pause(30_000)
await allCopies()
const after = memory()
server.kill('SIGTERM')

const at = (all: number[], share: number) => all.toSorted((a, b) => a - b)[Math.floor(all.length * share)]?.toFixed(0) ?? '-'
for (const [what, all] of Object.entries(times)) console.log(`${what.padEnd(8)} ${all.length} times, p50 ${at(all, 0.5)} ms, p99 ${at(all, 0.99)} ms`)
console.log(JSON.stringify(statuses))
console.log(`memory ${before.toFixed(0)} MB before, ${after.toFixed(0)} MB after`)
console.log(lost.slice(0, 10).join('\n') || 'every good query and page was answered')
process.exitCode = lost.length > 0 || Number(at(times.page, 0.99)) > 100 || after > 1.1 * before ? 1 : 0
