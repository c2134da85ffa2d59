import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { politeHttp } from '../src/harvest/http/fetch.ts'
import { protocols } from '../src/harvest/protocols/index.ts'
import { defaultsOf } from '../src/harvest/run/mapping.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { commit } from '../src/ledger/records/commit.ts'
import type { Entry } from '../src/ledger/records/entry.ts'
import { searchedOf } from '../src/ledger/records/search-index.ts'
import { talliesOf } from '../src/ledger/records/tallies.ts'
import { startRun } from '../src/ledger/runs/runs.ts'
import { normalise } from '../src/normalise/steps.ts'
import { keepScorecards, scorecardsNow } from '../src/outlets/scorecard/scorecard.ts'
import { Graph } from '../src/rdf/graph.ts'
import { readLines } from '../src/rdf/own-lines.ts'
import { lines } from '../src/rdf/serialise.ts'
import { namedNode } from '../src/rdf/terms.ts'
import { dayOf } from '../src/validate/quality/freshness.ts'
import { measure } from '../src/validate/quality/measure.ts'
import { metrics } from '../src/validate/quality/metrics.ts'
import { pointsOf, rating, type Measurements } from '../src/validate/quality/points.ts'
import { openCheck } from '../src/validate/validate.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'
import { writeEdition } from './edition.ts'
import { row } from './row.ts'
import { serveAlone } from './site.ts'

/**
 * What quality costs: `npm run build && node bench/quality.ts [datasets]`. It measures records of the bench's portal as they are held, judges them by all
 * profiles, and then asks for scorecards of a ledger of so many datasets. Seconds are those of the processor.
 */
const total = Number(process.argv[2] ?? 100_000)
const folder = mkdtempSync(join(tmpdir(), 'fihrist-quality-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const timed = async <Result>(work: () => Result | Promise<Result>): Promise<[ms: number, result: Result]> => {
  const before = cpu()
  const result = await work()
  return [cpu() - before, result]
}
const tell = (what: string, ms: number, more = '') => row({ what, cpu: ms, ...(more && { more }) })

const few = 1000
const portal = fork(new URL('./portal.ts', import.meta.url), [String(few)])
const { file, catalogue, source } = writeEdition(folder, ((await once(portal, 'message')) as [number])[0])
const { base, shapes, profiles, blocking, compliance } = catalogue
const vocabulary = await loadVocabulary(catalogue.ontologies, base)
const context = { ...politeHttp(source.limits, catalogue.http), base, known: 0, now: () => new Date(), holds: () => false, notes: {}, expect: () => {} }
const records: { dataset: string; text: string }[] = []
for await (const each of protocols['ckan']!.harvest(source, context)) {
  if (!('map' in each)) continue
  const record = `${base}/record/bench-${each.name}`
  const { dataset, graph } = each.map({ base, record, dataset: `${base}/dataset/bench-${each.name}` })
  const defaults = defaultsOf(source, catalogue, vocabulary)
  records.push({ dataset: dataset.value, text: lines(normalise({ graph, dataset, record, base, defaults, vocabulary, repairs: [] }).graph, false) })
}
portal.kill()

const measured = () => {
  for (const { dataset, text } of records)
    measure(new Graph(readLines(text)), namedNode(dataset), vocabulary, { compliant: true, compliant2: true, languages: ['fr', 'ar'] })
}
measured()
const [measuring] = await timed(measured)
tell(`${few} records read and measured`, measuring, `(${((measuring / few) * 100).toFixed(1)} s for 100,000)`)
const check = await openCheck({ shapes, base, profiles, blocking, compliance, languages: ['fr', 'ar'] }, vocabulary)
const judged = async () => {
  for (const { dataset, text } of records) await check(new Graph(readLines(text)), namedNode(dataset))
}
await judged()
const [judging] = await timed(judged)
tell(`${few} records judged by all profiles too`, judging, `(${((judging / few) * 100).toFixed(1)} s for 100,000)`)

const ledger = openLedger(join(folder, 'data'))
/** Datasets that differ in what is measured of them, in their body and their rhythm, by some numbers that have no factor in common. */
const entryOf = (n: number): Entry => {
  const measurements: Measurements = { dcatAp2Compliance: null, stars: n % 6 }
  metrics.forEach(({ name }, at) => (measurements[name] = name.endsWith('StatusCode') ? null : Number((n * (at + 3)) % 11 > at % 5)))
  for (const [at, name] of ['published', 'openFormat', 'machineReadable', 'bilingual', 'licensed', 'openLicence', 'personalData'].entries())
    measurements[name] = Number((n * (at + 7)) % 13 > 4)
  const { score } = pointsOf(measurements)
  const title = { fr: `Jeu de données ${n}` }
  return {
    source: `portail-${n % 9}`,
    key: `k${n}`,
    id: `portail-${n}`,
    dataset: `https://portal.example.ma/${n}`,
    payload: { digest: `${n}`, mediaType: 'text/plain', body: `${n}` },
    graph: { digest: `${n}`, text: `<https://portal.example.ma/${n}> <http://purl.org/dc/terms/title> "${n}" .\n` },
    admission: 'published',
    findings: [],
    repairs: [],
    measurements,
    rhythm: n % 4 === 0 ? {} : { every: [1, 7, 30, 91, 365][n % 5]!, changed: dayOf(new Date()) - (n % 400) },
    score,
    summary: {
      title,
      description: {},
      facets: {
        source: [`portail-${n % 9}`],
        publisher: [`organisme-${n % 200}`],
        theme: [`theme-${n % 19}`],
        format: ['CSV', 'XLSX', 'PDF'].slice(0, 1 + (n % 3)),
        quality: [rating(score)],
      },
      searched: searchedOf({ title, description: {}, keywords: [], names: [] }),
    },
  }
}
const at = new Date().toISOString()
const run = startRun(ledger, 'portail-0', { mode: 'full', started: at })
for (let n = 0; n < total; n += 1000)
  commit(
    ledger,
    run,
    at,
    Array.from({ length: Math.min(1000, total - n) }, (_, each) => entryOf(n + each)),
    [],
  )

const day = dayOf(new Date())
tell(`the columns of ${total} datasets read, and tallied`, (await timed(() => talliesOf(ledger, day)))[0])
const [again, tallies] = await timed(() => talliesOf(ledger, day))
tell('tallied again', again, `(${tallies.all.length} scopes, ${tallies.all[0]!.measured.size} kinds of measurements)`)
tell('all scorecards, kept as those of the day', (await timed(() => keepScorecards(ledger)))[0])
tell('the fixes of the whole', (await timed(() => scorecardsNow(ledger).fixes(scorecardsNow(ledger).whole)))[0])

const url = await serveAlone(file, { ledger, vocabulary, sources: [source] })
for (const [what, path] of [
  ['/quality', '/fr/quality'],
  ['/quality/{body}', '/fr/quality/organisme-7'],
  ['/quality.json', '/quality.json'],
  ['/quality.csv', '/quality.csv'],
  ['/datasets, those that lack a metric', '/fr/datasets?lacks=keywordAvailability'],
  ['/datasets, those that are late', '/fr/datasets?fresh=late'],
] as const) {
  const times: number[] = []
  // Each is made anew: nothing that was kept is asked for.
  for (let round = 0; round < 12; round++) {
    const [ms] = await timed(async () =>
      (await fetch(`${url}${path}${path.includes('?') ? '&' : '?'}round=${round}`, { headers: { Accept: path.includes('.') ? '*/*' : 'text/html' } })).text(),
    )
    times.push(ms)
  }
  tell(what, times.slice(2).toSorted((a, b) => a - b)[5]!, '(median of CPU time, the asking included)')
}
process.exit(0)
