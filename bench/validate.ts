import { join } from 'node:path'
import { root } from '../src/files.ts'
import { parse } from '../src/rdf/parse.ts'
import { feedJudge } from '../src/validate/feed.ts'
import { placesIn } from '../src/validate/places.ts'
import { loadProfile } from '../src/validate/profiles.ts'
import { verdictFormats } from '../src/validate/verdicts/index.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'
import { wordsIn } from '../src/words/words.ts'

// What POST /api/validate does with a feed of a megabyte, step by step, in milliseconds of CPU: the first time and after. `node bench/validate.ts [profile]`

const datasets = Array.from(
  { length: 1800 },
  (
    _,
    at,
  ) => `<https://e.ma/${at}> a dcat:Dataset ; dct:title "Titre ${at}"@fr ; dct:description "${'texte '.repeat(60)}"@fr ; dcat:distribution <https://e.ma/${at}/f> .
<https://e.ma/${at}/f> a dcat:Distribution ; dcat:accessURL <https://e.ma/${at}.csv> .`,
)
const text = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n${datasets.join('\n')}`
const base = 'https://catalogue.example.org'
const vocabulary = await loadVocabulary(join(root, 'ontologies'), base)
const judge = feedJudge(await loadProfile(join(root, 'shapes'), base, process.argv[2] ?? 'dcat-ap'), vocabulary)
const cpu = () => process.cpuUsage().user / 1000

console.log(`${(text.length / 1e6).toFixed(2)} MB, ${datasets.length} datasets`)
for (let round = 1; round <= 6; round++) {
  const start = cpu()
  const parsed = await parse(text, { url: 'file:///feed.ttl' })
  const read = cpu()
  const verdict = await judge(parsed.quads)
  const judged = cpu()
  verdictFormats['json']!.write(verdict, { file: 'feed.ttl', words: wordsIn('en'), version: '', place: placesIn(text, parsed) })
  const [parsing, judging, writing] = [read - start, judged - read, cpu() - judged].map(ms => ms.toFixed(0))
  console.log(`round ${round}: parse ${parsing}, judge ${judging}, write ${writing} ms of CPU; ${verdict.results.length} results`)
}
