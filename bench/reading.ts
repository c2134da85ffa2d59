import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get, type IncomingHttpHeaders } from 'node:http'
import { setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { nodeFlags, root } from '../src/files.ts'
import { standsBack } from '../src/harvest/schedule/child.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { bring } from '../src/ledger/programme/contributions.ts'
import { kindNames } from '../src/ledger/programme/kinds.ts'
import { beginSession, invite } from '../src/ledger/programme/people.ts'
import { writeEdition } from './edition.ts'
import { quantile, row } from './row.ts'

/**
 * How fast a catalogue is read: `node bench/reading.ts [--datasets 100000] [--ledger FOLDER] [--readers 200] [--seconds 20] [--checkout FOLDER]`.
 * It serves a generated catalogue with `fihrist serve` – harvested first, or a copy of the ledger in a data folder –, asks for each kind of page alone, made
 * anew each time, and then lets many readers ask for a mix at once, beside a bare express route that sends the same bytes. `--checkout` measures another
 * checkout, which is built. `--load` asks for no page alone, and has two sources harvested again and again while many read, SPARQL among it.
 */
const { values: options } = parseArgs({
  options: {
    datasets: { type: 'string', default: '2000' },
    ledger: { type: 'string' },
    readers: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    checkout: { type: 'string', default: root },
    rounds: { type: 'string', default: '9' },
    load: { type: 'boolean', default: false },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'fihrist-reading-'))
const data = join(folder, 'data')
const { file, total } = await catalogue()
// Reading is measured, and no loading of a store beside it: this one is never there.
const nowhere = 'http://127.0.0.1:9/'
if (options.load) appendFileSync(file, 'store: { kind: oxigraph, replicas: 2 }\n')
else appendFileSync(file, `store: { kind: sparql, query: "${nowhere}", update: "${nowhere}", graphStore: "${nowhere}" }\n`)
// Readers of a bench ask more often than anybody else does.
appendFileSync(file, 'web: { perMinute: 1000000 }\n')
const session = letSomebodyIn()
const load = options.load ? await openLoad() : []
const server = spawn(
  process.execPath,
  [...nodeFlags, join(options.checkout, 'dist/cli/main.js'), 'serve', '--no-schedule', '--port', '0', '--catalogue', file, '--data', data],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
process.once('exit', () => {
  server.kill()
  rmSync(folder, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
const [said] = (await once(server.stdout.setEncoding('utf8'), 'data')) as [string]
const base = `http://127.0.0.1:${/:(\d+)\/$/.exec(said.trim())![1]}`
const agent = new Agent({ keepAlive: true, maxSockets: Infinity })
const page = {
  cookie: `fihrist-session=${session}`,
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-language': 'fr',
  'accept-encoding': 'gzip, br',
}

interface Got {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}
const ask = (address: string, headers: Record<string, string> = page): Promise<Got> =>
  new Promise((resolve, reject) => {
    get(address, { agent, headers }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks) }))
      response.on('error', reject)
    }).on('error', reject)
  })

/** A session of somebody of the administration, and what waits for him: requests, reuses and reports. */
function letSomebodyIn(): string {
  const ledger = openLedger(data)
  const [word, now] = ['bench'.padEnd(32, 'x'), new Date()]
  const later = new Date(now.getTime() + 24 * 3_600_000).toISOString()
  const { id } = invite(ledger, { email: 'bench@example.ma', name: 'Bench', role: 'admin', body: null, language: 'fr' }, word, later, now.toISOString())
  beginSession(ledger, id, word, later, now.toISOString())
  for (let n = 0; n < 300; n++)
    bring(ledger, { kind: kindNames[n % kindNames.length]!, language: 'fr', said: { title: `Demande ${n}`, text: 'Par mois' } }, now.toISOString())
  ledger.close()
  return word
}

/** CPU time (ms) that a process has used, of all its threads. */
const cpuOf = (pid: number) => {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11, 13)
    .map(Number)
  return (user! + system!) * 10
}
const rss = () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
const last = Math.ceil(total / 20)
const kinds: Record<string, (n: number) => string> = {
  home: () => '/',
  'datasets, page 1': () => '/datasets',
  'datasets, the last page': () => `/datasets?page=${last}`,
  'datasets, by title': n => `/datasets?sort=title&page=${1 + ((n * 37) % last)}`,
  'search, a word of all': n => `/datasets?q=numero&page=${n + 1}`,
  'search, a rare word': n => `/datasets?q=${1000 + n * 7}`,
  'search, no hit': n => `/datasets?q=zzzz${n}`,
  'search, twelve letters': n => `/datasets?q=${[...'abcdefghijkl'].map(letter => `${letter}+`).join('')}${n}`,
  'search, filters': n => `/datasets?q=jeu&theme=education&theme=sante&format=CSV&page=${1 + (n % Math.ceil(total / 1000))}`,
  'filter of one theme': n => `/theme/education?page=${1 + (n % Math.ceil(total / 200))}`,
  'dataset page': n => `/dataset/bench-jeu-${(n * 71) % total}`,
  'dataset in Turtle': n => `/dataset/bench-jeu-${(n * 73) % total}.ttl`,
  'run report': () => '/sources/bench/runs/1',
  'run report, a page of lines': n => `/sources/bench/runs/1?part=repairs&page=${1 + ((n * 997) % Math.ceil(total / 4))}`,
  'run report in JSON': () => '/sources/bench/runs/1.json',
  sources: () => '/sources',
  'one source': () => '/sources/bench',
  'sitemap, a part': () => '/sitemap.xml?page=1',
  'what a steward has to do': () => '/steward',
}

if (!options.load) console.log(`${total} datasets, memory ${rss().toFixed(0)} MB; ms, each page made anew`)
for (const [name, address] of options.load ? [] : Object.entries(kinds)) {
  const times: number[] = []
  let problems = 0
  const used = cpuOf(server.pid!)
  for (let n = 0; n < Number(options.rounds); n++) {
    // Of another host nothing is kept.
    const started = performance.now()
    const { status } = await ask(base + address(n), { ...page, host: `h${n}-${name.length}.example.ma` })
    times.push(performance.now() - started)
    if (status !== 200) problems++
  }
  row({
    what: name,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    cpu: (cpuOf(server.pid!) - used) / times.length,
    ...(problems > 0 && { more: `${problems} answers are no page` }),
  })
}

const mix = [
  ...Array.from({ length: 10 }, (_, n) => `/dataset/bench-jeu-${(n * 97) % total}`),
  ...Array.from({ length: 6 }, (_, n) => `/dataset/bench-jeu-${(n * 89) % total}.jsonld`),
  '/',
  '/ar/',
  '/datasets',
  '/datasets?page=2',
  `/datasets?page=${last}`,
  '/datasets?q=numero',
  '/datasets?q=4242',
  '/datasets?theme=education&format=CSV',
  '/sources',
  '/sources/bench/runs/1',
  '/catalog.ttl?page=1',
  ...(options.load
    ? ['/catalog.jsonld?page=2', '/feed.atom', `/sparql?query=${encodeURIComponent('SELECT ?d { ?d a <http://www.w3.org/ns/dcat#Dataset> } LIMIT 20')}`]
    : []),
]

/** What is told apart of a mix: queries wait for the store alone. */
const kindOf = (address: string): string =>
  address.startsWith('/sparql')
    ? 'SPARQL'
    : /\.(?:ttl|jsonld|atom)/.test(address)
      ? 'feeds and JSON-LD'
      : address.startsWith('/dataset/')
        ? 'datasets'
        : 'home, lists, searches, sources'

/** Readers who each ask for one page of a mix after the other. */
async function crowd(what: string, pid: number, from: string, addresses: string[], floor?: number): Promise<number> {
  const until = performance.now() + Number(options.seconds) * 1000
  const [times, failures]: [number[], Map<string, number>] = [[], new Map()]
  const ofKind = new Map<string, number[]>()
  let bytes = 0
  const fail = (why: string) => failures.set(why, (failures.get(why) ?? 0) + 1)
  const reader = async (n: number) => {
    for (let next = n; performance.now() < until; next += 7) {
      const started = performance.now()
      const address = addresses[next % addresses.length]!
      try {
        // Each reader is a client of his own, as a proxy would say.
        const { status, body } = await ask(from + address, { ...page, 'x-forwarded-for': `203.0.${n >> 8}.${n & 255}` })
        if (status !== 200) fail(String(status))
        bytes += body.length
      } catch (error) {
        fail((error as NodeJS.ErrnoException).code ?? String(error))
      }
      const took = performance.now() - started
      times.push(took)
      const kind = kindOf(address)
      if (ofKind.get(kind)?.push(took) === undefined) ofKind.set(kind, [took])
    }
  }
  const started = performance.now()
  const used = cpuOf(pid)
  await Promise.all(Array.from({ length: Number(options.readers) }, (_, n) => reader(n)))
  const seconds = (performance.now() - started) / 1000
  const errors = [...failures].map(([why, count]) => `${count} × ${why}`).join(', ') || 'no errors'
  const rate = times.length / seconds
  row({
    what,
    rate,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    cpu: (cpuOf(pid) - used) / times.length,
    ...(floor && { beside: `${(rate / floor).toFixed(2)} × bare express` }),
    more: `${(bytes / times.length / 1000).toFixed(1)} kB each, ${errors}`,
  })
  if (options.load && floor)
    for (const [kind, all] of ofKind)
      row({ what: `  ${kind}`, rate: all.length / seconds, p50: quantile(all, 0.5), p95: quantile(all, 0.95), p99: quantile(all, 0.99) })
  return rate
}

if (options.load) while ((await ask(`${base}/readyz`)).status !== 200) await new Promise(resolve => setTimeout(resolve, 500))

// The same bytes from a route that does nothing else, in a process of its own as the catalogue is.
const held = new Map<string, Got>()
for (const address of mix) held.set(address, await ask(base + address))
const bare = fork(new URL('./bare.ts', import.meta.url), [], { serialization: 'advanced' })
const kept = ['content-type', 'content-encoding', 'etag', 'vary', 'link', 'cache-control', 'content-language']
bare.send(
  new Map(
    [...held].map(([address, { headers, body }]) => [
      address,
      { headers: Object.fromEntries(Object.entries(headers).filter(([name]) => kept.includes(name))), body },
    ]),
  ),
)
const [port] = (await once(bare, 'message')) as [number]

console.log(`\n${options.readers} readers for ${options.seconds} s`)
const crowds: Record<string, string[]> = options.load
  ? { 'a mix while two sources are harvested': mix }
  : { 'a mix of pages': mix, 'dataset pages': mix.slice(0, 10) }
for (const [what, addresses] of Object.entries(crowds)) {
  const floor = await crowd(`${what}, bare express`, bare.pid!, `http://127.0.0.1:${port}`, addresses)
  const harvested = options.load ? harvests() : undefined
  await crowd(what, server.pid!, base, addresses, floor)
  if (harvested) row({ what: 'harvests meanwhile', more: `${await harvested.stop()} runs to their end` })
}
row({ what: 'memory of the server', mb: rss() })
bare.kill()
process.exit(0)

/** Two portals beside the one that is read, and their sources: they are there before the catalogue is served. */
async function openLoad(): Promise<{ id: string; close(): void }[]> {
  return Promise.all(
    ['load-a', 'load-b'].map(async id => {
      const portal = fork(new URL('./portal.ts', import.meta.url), ['1000'])
      const [at] = (await once(portal, 'message')) as [number]
      const text = readFileSync(join(folder, 'harvesters/bench.yaml'), 'utf8')
      writeFileSync(
        join(folder, `harvesters/${id}.yaml`),
        text.replace(/url: .*/, `url: http://127.0.0.1:${at}/`).replace(/site: .*/, `site: https://${id}.example.ma/data`),
      )
      return { id, close: () => portal.kill() }
    }),
  )
}

/** Has them harvested, one run after the other, until it is stopped; tells how many came to their end. */
function harvests(): { stop(): Promise<number> } {
  let [going, ended] = [true, 0]
  const all = load.map(async ({ id, close }) => {
    const args = [...nodeFlags, join(options.checkout, 'dist/cli/main.js'), 'harvest', id, '--full', '--quiet', '--catalogue', file, '--data', data]
    while (going) {
      const run = spawn(process.execPath, args, { stdio: 'ignore' })
      // As the schedule has it.
      setPriority(run.pid!, standsBack)
      const [code] = (await once(run, 'exit')) as [number]
      if (code === 0) ended++
    }
    close()
  })
  return {
    stop: async () => {
      going = false
      await Promise.all(all)
      return ended
    },
  }
}

/** A catalogue to read: a copy of a ledger, or one that is harvested now. */
async function catalogue(): Promise<{ file: string; total: number }> {
  const total = Number(options.datasets)
  if (options.ledger) {
    mkdirSync(data)
    for (const name of readdirSync(options.ledger).filter(each => each.startsWith('ledger.sqlite'))) cpSync(join(options.ledger, name), join(data, name))
    return { file: writeEdition(folder, 1).file, total }
  }
  const portal = fork(new URL('./portal.ts', import.meta.url), [String(total)])
  const [port] = (await once(portal, 'message')) as [number]
  const { file } = writeEdition(folder, port)
  const main = join(options.checkout, 'dist/cli/main.js')
  await once(spawn(process.execPath, [...nodeFlags, main, 'harvest', '--catalogue', file, '--data', data], { stdio: 'inherit' }), 'exit')
  portal.kill()
  return { file, total }
}
