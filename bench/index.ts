import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { figure, figures, type Row } from './row.ts'

/**
 * All that is measured, in one table: `npm run bench [-- --records 10000] [--folder FOLDER] [--json FILE] [NAME…]`. A bench is a program of this folder that prints
 * a line for each figure as soon as it has it; names choose some of them. They share one generated catalogue of so many datasets, which `harvest` makes; a folder
 * that is named keeps it for the next time. Peers and floors run in the same process or right after, so that ratios hold on a busy machine too.
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
  waysout: { about: 'datasets and feeds in each format, beside bare express and trifid', file: 'waysout.ts', args: on => [on.records, 2000] },
  outlets: { about: 'the whole catalogue as dumps and pages, beside plain reading of the ledger', file: 'outlets.ts', args: on => [on.edition, on.data] },
  sparql: { about: 'ten queries beside plain Oxigraph', file: 'sparql.ts', args: on => [on.edition, on.data] },
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

const records = Number(options.records)
const folder = options.folder ? resolve(options.folder) : mkdtempSync(join(tmpdir(), 'fihrist-bench-'))
mkdirSync(folder, { recursive: true })
const on = { records, edition: join(folder, 'catalogue.yaml'), data: join(folder, 'data') }
const all: { bench: string; rows: Row[]; failed?: string }[] = []

const chosen = Object.entries(benches).filter(([name]) => positionals.length === 0 || positionals.includes(name))
/** Those that make what they need themselves. */
const alone = new Set(['harvest', 'validation', 'verdict', 'quality'])
const needsCatalogue = chosen.some(([name]) => !alone.has(name))
if (needsCatalogue && !existsSync(on.data) && !chosen.some(([name]) => name === 'harvest')) chosen.unshift(['harvest', benches['harvest']!])

for (const [name, { about, file, args }] of chosen) {
  console.log(`\n${name}: ${about}`)
  const rows = join(folder, 'rows.jsonl')
  rmSync(rows, { force: true })
  const child = spawn(process.execPath, [join(import.meta.dirname, file), ...args(on).map(String)], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_ROWS: rows, BENCH_FOLDER: folder },
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  all.push({
    bench: name,
    rows: existsSync(rows)
      ? readFileSync(rows, 'utf8')
          .trim()
          .split('\n')
          .map(line => JSON.parse(line) as Row)
      : [],
    ...(code !== 0 && { failed: `ended with ${code}` }),
  })
}

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, ${(totalmem() / 1e9).toFixed(0)} GB, Node ${process.version}, ${records} datasets`
const used = figures.filter(([key]) => all.some(({ rows }) => rows.some(each => each[key] !== undefined)))
const line = (cells: string[]) => `| ${cells.join(' | ')} |`
const table = [
  line(['bench', 'what', ...used.map(([, name]) => name), 'beside']),
  line(['---', '---', ...used.map(() => '--:'), '---']),
  ...all.flatMap(({ bench, rows, failed }) => [
    ...rows.map(each =>
      line([bench, each.what, ...used.map(([key]) => (each[key] === undefined ? '' : figure(each[key]))), [each.beside, each.more].filter(Boolean).join('; ')]),
    ),
    ...(failed ? [line([bench, `**${failed}**`, ...used.map(() => ''), ''])] : []),
  ]),
].join('\n')
console.log(`\n${machine}\n\n${table}`)
if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine, records, at: new Date().toISOString(), benches: all }, undefined, 2)}\n`)
if (!options.folder) rmSync(folder, { recursive: true, force: true })
process.exitCode = all.some(({ failed }) => failed) ? 1 : 0
