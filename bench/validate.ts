import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../src/files.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { parse } from '../src/rdf/parse.ts'
import { bytesOf } from '../src/validate/checks/bytes.ts'
import { openChecks } from '../src/validate/checks/checks.ts'
import { feedJudge } from '../src/validate/feed.ts'
import { placesIn } from '../src/validate/places.ts'
import { loadProfile } from '../src/validate/profiles.ts'
import { verdictFormats } from '../src/validate/verdicts/index.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'
import { wordsIn } from '../src/words/words.ts'
import { writeEdition } from './edition.ts'
import { quantile, row } from './row.ts'
import { serveAlone } from './site.ts'

/**
 * What POST /api/validate does with a feed of a megabyte, step by step and as a whole, in milliseconds of CPU of all threads: the first time and after.
 * `npm run build && node bench/validate.ts [profile]`
 */

const datasets = Array.from(
  { length: 1800 },
  (_, at) => `<https://e.ma/${at}> a dcat:Dataset ; dct:title "Titre ${at}"@fr ; dct:description "${'texte '.repeat(60)}"@fr ;
  dcat:distribution <https://e.ma/${at}/f> .
<https://e.ma/${at}/f> a dcat:Distribution ; dcat:accessURL <https://e.ma/${at}.csv> .`,
)
const text = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n${datasets.join('\n')}`
const base = 'https://catalogue.example.org'
const vocabulary = await loadVocabulary(join(root, 'ontologies'), base)
const judge = feedJudge(await loadProfile(join(root, 'shapes'), base, process.argv[2] ?? 'dcat-ap'), vocabulary)
const rounds = 12
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

console.log(`${(text.length / 1e6).toFixed(2)} MB, ${datasets.length} datasets`)
const after: { parsing: number; judging: number; writing: number }[] = []
for (let round = 1; round <= rounds; round++) {
  const start = cpu()
  const parsed = await parse(text, { url: 'file:///feed.ttl' })
  const read = cpu()
  const verdict = await judge(parsed.quads)
  const judged = cpu()
  bytesOf(verdictFormats['json']!.write(verdict, { file: 'feed.ttl', words: wordsIn('en'), version: '', place: placesIn(text, parsed) }), '\n')
  const took = { parsing: read - start, judging: judged - read, writing: cpu() - judged }
  const all = Object.values(took).reduce((sum, each) => sum + each, 0)
  if (round === 1) row({ what: 'a feed of a megabyte, the first time', cpu: all, more: `${verdict.results.length} results` })
  else after.push(took)
}
for (const step of ['parsing', 'judging', 'writing'] as const)
  row({
    what: `after that, ${step}`,
    cpu: quantile(
      after.map(each => each[step]),
      0.5,
    ),
  })
row({
  what: 'after that, in all',
  cpu: quantile(
    after.map(each => each.parsing + each.judging + each.writing),
    0.5,
  ),
})

// All of it as the thread is asked for it: a text that is sent there, decoded, read, judged, written as bytes, handed back.
const checks = openChecks({ shapes: join(root, 'shapes'), base, profile: process.argv[2] ?? 'dcat-ap', words: '', vocabulary, fetch: undefined })
const inThread: number[] = []
for (let round = 1; round <= rounds; round++) {
  const start = cpu()
  await checks.check({ body: new TextEncoder().encode(text), type: 'text/turtle', query: {}, language: 'en', format: 'json' })
  if (round > 1) inThread.push(cpu() - start)
}
row({ what: 'by its thread, after the first', cpu: quantile(inThread, 0.5) })

// And as somebody asks for it over HTTP, who is another process.
const folder = mkdtempSync(join(tmpdir(), 'fihrist-validate-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
const { file, source } = writeEdition(folder, 9)
const url = await serveAlone(file, { ledger: openLedger(join(folder, 'data')), vocabulary, sources: [source] }, { checks })
writeFileSync(join(folder, 'feed.ttl'), text)
const poster = fork(new URL('./poster.ts', import.meta.url), [`${url}/api/validate`, join(folder, 'feed.ttl'), 'text/turtle'])
const posted: { status: number; bytes: number; ms: number; cpu: number }[] = []
for (let round = 1; round <= rounds; round++) {
  const start = cpu()
  poster.send('again')
  const [answer] = (await once(poster, 'message')) as [{ status: number; bytes: number; ms: number }]
  posted.push({ ...answer, cpu: cpu() - start })
}
poster.kill()
const of = (figure: 'ms' | 'cpu') =>
  quantile(
    posted.slice(1).map(each => each[figure]),
    0.5,
  )
const [{ status, bytes }] = posted as [(typeof posted)[0]]
row({ what: 'POST /api/validate, after the first', p50: of('ms'), cpu: of('cpu'), more: `${status}, ${(bytes / 1e6).toFixed(1)} MB of JSON` })
process.exit(0)
