import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { nodeFlags, root } from '../src/files.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { judgedSince } from '../src/ledger/records/judged.ts'
import { writeEdition } from './edition.ts'
import { row } from './row.ts'

/**
 * What each way out costs: `node bench/waysout.ts [datasets] [requests] [CHECKOUT]`. Twenty readers ask for the pages of datasets of a generated portal, each
 * in turn another one in an order that looks like chance, and for the pages of the feed; beside a bare express route that returns the bytes of one of those
 * answers from memory, beside trifid on the same statements (where npm can install it), and, where a built checkout of a former commit is named, beside that.
 * Requests a second depend on what else the machine does, milliseconds of the processor of the server's process less. `BENCH_FOLDER` is a folder that keeps
 * what was harvested and installed, for the next run.
 */
const total = Number(process.argv[2] ?? 10_000)
const most = Number(process.argv[3] ?? 4000)
const checkout = process.argv[4] && resolve(process.argv[4])
const kept = process.env['BENCH_FOLDER']
const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), 'fihrist-bench-'))
const readers = 20
const usage = new URL('./usage.mjs', import.meta.url).href

const portal = fork(new URL('./portal.ts', import.meta.url), [String(total)])
const { file } = writeEdition(folder, ((await once(portal, 'message')) as [number])[0])
const command = (of: string, ...args: string[]) => [...nodeFlags, join(of, 'dist/cli/main.js'), ...args, '--catalogue', file, '--data']
const data = join(folder, 'data')
// An older program cannot read what a newer one has written.
if (!existsSync(data)) execFileSync(process.execPath, [...command(checkout || root, 'harvest', '--quiet'), data], { stdio: ['ignore', 'ignore', 'inherit'] })
portal.kill()

const ledger = openLedger(checkout ? copy('listed') : data)
const records = judgedSince(ledger, 0, 0).filter(({ visible }) => visible)
ledger.close()

/** The data folder once more. */
function copy(name: string): string {
  rmSync(join(folder, name), { recursive: true, force: true })
  cpSync(data, join(folder, name), { recursive: true })
  return join(folder, name)
}

/** A server that is measured, and how what it serves is asked for. */
interface Server {
  name: string
  child: ChildProcess
  origin: string
  /** The path of a dataset by its IRI or by our id of it. */
  path(record: { id: string; dataset: string }): string
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}

async function begin(name: string, args: string[], port: number, ready: string, path: Server['path'], cwd = root): Promise<Server> {
  const child = spawn(process.execPath, ['--import', usage, ...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], cwd })
  const origin = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    const answer = await fetch(origin + ready).catch(() => undefined)
    if (answer?.ok) return { name, child, origin, path }
    await pause(100)
  }
  throw new Error(`${name} is not ready after two minutes`)
}

const cpuOf = async ({ child }: Server): Promise<number> => {
  child.send('usage')
  const [{ user, system }] = (await once(child, 'message')) as [NodeJS.CpuUsage]
  return (user + system) / 1000
}

const agent = new Agent({ keepAlive: true, maxSockets: readers })

function ask(url: string, accept: string): Promise<{ status: number; type: string; body: Buffer }> {
  return new Promise((done, failed) => {
    get(url, { agent, headers: { accept } }, (response: IncomingMessage) => {
      const parts: Buffer[] = []
      response.on('data', part => parts.push(part as Buffer))
      response.on('end', () => done({ status: response.statusCode!, type: response.headers['content-type'] ?? '', body: Buffer.concat(parts) }))
    }).on('error', failed)
  })
}

/** Asks for each of some addresses once, as many at a time as there are readers. */
async function measure(server: Server, what: string, urls: string[], accept: string, own?: number): Promise<number> {
  for (const url of urls.slice(0, Math.min(300, urls.length / 4))) await ask(url, accept)
  let [at, bytes] = [0, 0]
  const used = await cpuOf(server)
  const started = performance.now()
  await Promise.all(
    Array.from({ length: readers }, async () => {
      while (at < urls.length) {
        const url = urls[at++]!
        const { status, body } = await ask(url, accept)
        if (status !== 200) throw new Error(`${url} answers ${status}`)
        bytes += body.length
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  const spent = (await cpuOf(server)) - used
  const cpu = spent / urls.length
  row({
    what: `${what}, ${server.name}`,
    rate: urls.length / seconds,
    cpu,
    ...(own && { beside: `takes ${(cpu / own).toFixed(2)} × the CPU of fihrist` }),
    more: `${(bytes / urls.length / 1000).toFixed(1)} kB`,
  })
  return cpu
}

/** The records in an order that looks like chance and is the same each time. */
const mixed = records.map((record, at) => [(at * 7919) % records.length, record] as const).sort(([a], [b]) => a - b)
const chosen = Array.from({ length: most }, (_, at) => mixed[at % mixed.length]![1])

async function ours(name: string, of: string, data: string): Promise<Server> {
  const port = await freePort()
  return begin(name, [...command(of, 'serve', '--no-schedule', '--port', String(port)), data], port, '/readyz', ({ id }) => `/dataset/${id}`)
}

/** The same bytes from memory by a bare express route. */
async function bare(path: string, { type, body }: { type: string; body: Buffer }): Promise<Server> {
  const [port, text] = [await freePort(), join(folder, 'bare.bin')]
  writeFileSync(text, body)
  const program = `import express from 'express'; import { readFileSync } from 'node:fs'
const text = readFileSync(${JSON.stringify(text)})
express().get(/.*/, (_, answer) => answer.type(${JSON.stringify(type)}).send(text)).listen(${port}, '127.0.0.1')`
  return begin('bare express', ['--input-type=module', '-e', program], port, path, () => path)
}

/** trifid over a file of all statements, which it holds in memory. Undefined where npm cannot install it. */
async function trifid(): Promise<Server | undefined> {
  const own = join(folder, 'trifid')
  mkdirSync(own, { recursive: true })
  writeFileSync(join(own, 'package.json'), '{"private":true}')
  try {
    if (!existsSync(join(own, 'node_modules/trifid')))
      execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', 'trifid'], { cwd: own, stdio: 'ignore', timeout: 600_000 })
  } catch {
    console.log('trifid is left out: npm could not install it.')
    return undefined
  }
  const [port, statements] = [await freePort(), join(own, 'statements.nt')]
  execFileSync(process.execPath, [...command(checkout || root, 'export', '--format', 'ntriples', '-o', statements), data], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  writeFileSync(
    join(own, 'config.yaml'),
    `server: { logLevel: error }
globals:
  datasetBaseUrl: ${new URL(records[0]!.dataset).origin}/
  endpoints: { default: { url: /query } }
plugins:
  entity-renderer:
    module: "@zazuko/trifid-entity-renderer"
    config: { followRedirects: true, labelLoader: { chunkSize: 30, concurrency: 2, timeout: 4000 } }
  fetch-handler:
    module: trifid-handler-fetch
    paths: /query
    config:
      url: "${statements}"
      contentType: application/n-triples
      baseIRI: "http://example.com/"
      graphName: "http://example.com/graph"
      unionDefaultGraph: true
`,
  )
  const path = ({ dataset }: { dataset: string }) => new URL(dataset).pathname
  const args = [join(own, 'node_modules/trifid/server.js'), '--config', 'config.yaml', '--port', String(port)]
  return begin('trifid', args, port, path(records[0]!), path, own)
}

const json = 'application/ld+json'
const pages: [what: string, accept: string][] = [
  ['dataset HTML', 'text/html'],
  ['dataset JSON-LD', json],
  ['dataset Turtle', 'text/turtle'],
  ['dataset RDF/XML', 'application/rdf+xml'],
]

const own = await ours('fihrist', root, checkout ? copy('own') : data)
const former = checkout ? await ours('fihrist before', checkout, data) : undefined
const peer = await trifid().catch((error: Error) => console.log(`trifid is left out: ${error.message}.`))
for (const [what, accept] of pages) {
  let ourCpu: number | undefined
  for (const server of [own, former, peer]) {
    if (!server) continue
    const urls = chosen.slice(0, server === peer ? most / 4 : most).map(record => server.origin + server.path(record))
    const cpu = await measure(server, what, urls, accept, ourCpu)
    ourCpu ??= cpu
  }
  // What several readers ask for is kept: the same hundred again and again.
  const often = Array.from({ length: most }, (_, at) => own.origin + own.path(chosen[at % 100]!))
  await measure(own, `${what}, asked for often`, often, accept, ourCpu)
  const path = own.path(chosen[0]!)
  const same = await bare(path, await ask(own.origin + path, accept))
  await measure(
    same,
    what,
    chosen.map(() => same.origin + path),
    accept,
    ourCpu,
  )
  same.child.kill()
}
const lastPage = Math.ceil(records.length / 100)
for (const server of [own, former])
  if (server)
    for (const extension of ['ttl', 'jsonld', 'rdf'])
      await measure(
        server,
        `feed page ${extension}`,
        Array.from({ length: Math.min(most / 40, 4 * lastPage) }, (_, at) => `${server.origin}/catalog.${extension}?page=${((at * 37) % lastPage) + 1}`),
        '*/*',
      )
for (const server of [own, former, peer]) server?.child.kill()
agent.destroy()
if (!kept) rmSync(folder, { recursive: true })
