import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { figure, figures, type Row } from './row.ts'

/**
 * All that is measured, in one table: `npm run bench [-- --records 1000,10000] [--folder FOLDER] [--json FILE] [NAME…]`. A bench is a program of this folder
 * that prints a line for each figure as soon as it has it; names choose some of them. They share one generated catalogue of so many datasets, which `harvest`
 * makes; a folder that is named keeps it for the next time. Of several sizes, a second table tells how each figure grows from one to the next. Peers and floors
 * run in the same process or right after, so that ratios hold on a busy machine too.
 */
interface Bench {
  about: string
  file: string
  /** What the program is called with: the number of records, the edition and the data folder of the catalogue. */
  args(on: { records: number; edition: string; data: string }): (string | number)[]
}

const benches: Record<string, Bench> = {
  harvest: { about: 'a first run, unchanged ones, one that was killed, and the stages', file: 'harvest.ts', args: on => [on.records] },
  validation: { about: 'the compiled shapes beside shacl-engine', file: 'shacl.ts', args: on => [Math.min(on.records, 1000)] },
  verdict: { about: 'a feed of a megabyte that somebody posts', file: 'validate.ts', args: () => [] },
  quality: { about: 'measuring, scorecards, and the pages of quality', file: 'quality.ts', args: on => [on.records] },
  start: { about: 'how soon pages and SPARQL answer after a start', file: 'start.ts', args: on => [on.edition, on.data] },
  reading: { about: 'pages, searches and reports, and many readers at once', file: 'reading.ts', args: on => ['--datasets', on.records, '--ledger', on.data] },
  load: {
    about: 'many readers at once while two sources are harvested',
    file: 'reading.ts',
    args: on => ['--load', '--datasets', on.records, '--ledger', on.data],
  },
  waysout: { about: 'datasets and feeds in each format, beside bare express and trifid', file: 'waysout.ts', args: on => [on.records, 2000] },
  outlets: { about: 'the whole catalogue as dumps and pages, beside plain reading of the ledger', file: 'outlets.ts', args: on => [on.edition, on.data] },
  copies: { about: 'how long copies of the embedded store take to load, and to be replaced', file: 'copies.ts', args: on => [on.edition, on.data] },
  sparql: { about: 'ten queries at /sparql, beside plain Oxigraph, Virtuoso and Comunica', file: 'sparql.ts', args: on => [on.edition, on.data] },
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { records: { type: 'string', default: '10000' }, folder: { type: 'string' }, json: { type: 'string' } },
})
const unknown = positionals.filter(name => !(name in benches))
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. There are:\n${Object.entries(benches)
      .map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`)
      .join('\n')}`,
  )
  process.exit(2)
}

const sizes = options.records.split(',').map(Number)
if (sizes.some(size => !Number.isInteger(size) || size < 1)) {
  console.error(`--records: "${options.records}" is no number of datasets: use one, or several such as 1000,10000.`)
  process.exit(2)
}
const chosen = Object.entries(benches).filter(([name]) => positionals.length === 0 || positionals.includes(name))
/** Those that make what they need themselves. */
const alone = new Set(['harvest', 'validation', 'verdict', 'quality'])
const isReady = (data: string) => existsSync(data) || chosen.every(([name]) => alone.has(name)) || chosen.some(([name]) => name === 'harvest')

interface Measured {
  bench: string
  rows: Row[]
  failed?: string
}

/** Runs what was chosen over so many datasets, in a folder of their own. */
async function measured(records: number): Promise<Measured[]> {
  const folder = options.folder ? join(resolve(options.folder), ...(sizes.length > 1 ? [String(records)] : [])) : mkdtempSync(join(tmpdir(), 'fihrist-bench-'))
  mkdirSync(folder, { recursive: true })
  const on = { records, edition: join(folder, 'catalogue.yaml'), data: join(folder, 'data') }
  const all: Measured[] = []
  for (const [name, { about, file, args }] of isReady(on.data) ? chosen : [['harvest', benches['harvest']!] as const, ...chosen]) {
    console.log(`\n${name}, ${records} datasets: ${about}`)
    const rows = join(folder, 'rows.jsonl')
    rmSync(rows, { force: true })
    const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args(on).map(String)], {
      stdio: 'inherit',
      env: { ...process.env, BENCH_ROWS: rows, BENCH_FOLDER: folder },
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    const told = existsSync(rows) ? readFileSync(rows, 'utf8').trim().split('\n') : []
    all.push({ bench: name, rows: told.map(line => JSON.parse(line) as Row), ...(code !== 0 && { failed: `ended with ${code}` }) })
  }
  if (!options.folder) rmSync(folder, { recursive: true, force: true })
  return all
}

const line = (cells: string[]) => `| ${cells.join(' | ')} |`

/** Everything that was measured of one size. */
function tableOf(all: Measured[]): string {
  const used = figures.filter(([key]) => all.some(({ rows }) => rows.some(each => each[key] !== undefined)))
  return [
    line(['bench', 'what', ...used.map(([, name]) => name), 'beside']),
    line(['---', '---', ...used.map(() => '--:'), '---']),
    ...all.flatMap(({ bench, rows, failed }) => [
      ...rows.map(each =>
        line([
          bench,
          each.what,
          ...used.map(([key]) => (each[key] === undefined ? '' : figure(each[key]))),
          [each.beside, each.more].filter(Boolean).join('; '),
        ]),
      ),
      ...(failed ? [line([bench, `**${failed}**`, ...used.map(() => ''), ''])] : []),
    ]),
  ].join('\n')
}

/** How often as much a figure is, of a size beside the one before. */
function growthOf(before: Measured[], after: Measured[]): string {
  const rows = after.flatMap(({ bench, rows }) =>
    rows.flatMap(row => {
      const former = before.find(each => each.bench === bench)?.rows.find(each => each.what === row.what)
      return former ? [line([bench, row.what, ...figures.map(([key]) => (former[key] && row[key] ? `× ${figure(row[key] / former[key])}` : ''))])] : []
    }),
  )
  return [line(['bench', 'what', ...figures.map(([, name]) => name)]), line(['---', '---', ...figures.map(() => '--:')]), ...rows].join('\n')
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.version}`
const found: { records: number; benches: Measured[] }[] = []
for (const records of sizes) found.push({ records, benches: await measured(records) })
for (const { records, benches: all } of found) console.log(`\n${machine}, ${records} datasets\n\n${tableOf(all)}`)
for (const [at, { records, benches: all }] of found.entries()) {
  const before = found[at - 1]
  if (before) console.log(`\nFrom ${before.records} to ${records} datasets (× ${figure(records / before.records)}):\n\n${growthOf(before.benches, all)}`)
}
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine, at: new Date().toISOString(), sizes: found }, undefined, 2)}\n`)
process.exitCode = found.some(({ benches: all }) => all.some(({ failed }) => failed)) ? 1 : 0
