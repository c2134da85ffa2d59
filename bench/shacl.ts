import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import rdfExt from 'rdf-ext'
import { Validator } from 'shacl-engine'
import { politeHttp } from '../src/harvest/http/fetch.ts'
import { protocols } from '../src/harvest/protocols/index.ts'
import { defaultsOf } from '../src/harvest/run/mapping.ts'
import { normalise } from '../src/normalise/steps.ts'
import { Graph } from '../src/rdf/graph.ts'
import { readLines } from '../src/rdf/own-lines.ts'
import { lines } from '../src/rdf/serialise.ts'
import { withLists } from '../src/validate/background.ts'
import { loadProfile } from '../src/validate/profiles.ts'
import { validator } from '../src/validate/shacl.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'
import { writeEdition } from './edition.ts'
import { row } from './row.ts'

/**
 * Records a second through the shapes of all three profiles: `node bench/shacl.ts [records] [CHECKOUT]`. The compiled shapes beside shacl-engine on the same
 * records in one run, in turn; and, where a checkout of a former commit is named, beside what that commit did. Each is handed the statements of a record, and
 * indexes them as it needs them. Seconds are those of the processor, as they do not depend on what else the machine does.
 */
const total = Number(process.argv[2] ?? 1000)
const checkout = process.argv[3] && resolve(process.argv[3])
const folder = mkdtempSync(join(tmpdir(), 'fihrist-bench-'))
const portal = fork(new URL('./portal.ts', import.meta.url), [String(total)])
const { catalogue, source } = writeEdition(folder, ((await once(portal, 'message')) as [number])[0])
const { base, shapes, ontologies } = catalogue
const vocabulary = await loadVocabulary(ontologies, base)

const records: string[] = []
const context = { ...politeHttp(source.limits, catalogue.http), base, known: 0, now: () => new Date(), holds: () => false, notes: {}, expect: () => {} }
for await (const each of protocols['ckan']!.harvest(source, context)) {
  if (!('map' in each)) continue
  const record = `${base}/record/bench-${each.name}`
  const { dataset, graph } = each.map({ base, record, dataset: `${base}/dataset/bench-${each.name}` })
  const defaults = defaultsOf(source, catalogue, vocabulary)
  records.push(lines(normalise({ graph, dataset, record, base, defaults, vocabulary, repairs: [] }).graph, false))
}
portal.kill()
rmSync(folder, { recursive: true })

type Way = (statements: ReturnType<typeof readLines>) => Promise<number>
const profiles = await Promise.all(catalogue.profiles.map(name => loadProfile(shapes, base, name)))

async function compiled(): Promise<Way> {
  const validate = validator(profiles, vocabulary)
  return async statements => (await validate(statements)).length
}

async function engine(): Promise<Way> {
  const validate = new Validator(rdfExt.dataset(profiles.flatMap(profile => [...profile.shapes])), { factory: rdfExt })
  return async statements => (await validate.validate({ dataset: rdfExt.dataset(withLists(new Graph(statements), vocabulary).quads()) })).results.length
}

async function former(of: string): Promise<Way> {
  type Ours = { loadProfile: typeof loadProfile; loadVocabulary: typeof loadVocabulary; validator: typeof validator; readLines: typeof readLines }
  const theirs = Object.assign(
    {},
    ...(await Promise.all(
      ['validate/profiles', 'validate/shacl', 'vocabulary/vocabulary', 'rdf/turtle'].map(file => import(join(of, 'src', `${file}.ts`)) as Promise<object>),
    )),
  ) as Ours
  const own = await Promise.all(catalogue.profiles.map(name => theirs.loadProfile(shapes, base, name)))
  const validate = theirs.validator(own, await theirs.loadVocabulary(ontologies, base))
  return async statements => (await validate(statements)).length
}

const ways: Record<string, Way> = {
  'compiled shapes': await compiled(),
  ...(checkout && { [checkout]: await former(checkout) }),
  'shacl-engine': await engine(),
}
const parsed = records.map(text => readLines(text))
const fastest: Record<string, number> = {}
const found: Record<string, number> = {}
for (let round = 0; round < 3; round++) {
  for (const [name, way] of Object.entries(ways)) {
    const before = process.cpuUsage()
    let results = 0
    for (const statements of parsed) results += await way(statements)
    const { user, system } = process.cpuUsage(before)
    const rate = (1e6 * total) / (user + system)
    fastest[name] = Math.max(fastest[name] ?? 0, rate)
    if (round === 0) found[name] = results
  }
}
for (const [name, rate] of Object.entries(fastest))
  row({
    what: name,
    cpu: 1000 / rate,
    ...(rate !== fastest['compiled shapes'] && { beside: `compiled shapes are ${(fastest['compiled shapes']! / rate).toFixed(1)} × as fast` }),
    more: `${found[name]} results`,
  })
