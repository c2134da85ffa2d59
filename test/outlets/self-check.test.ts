import { readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Source } from '../../src/config/sources.ts'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { countShownAt, shownAt } from '../../src/ledger/records/shown.ts'
import type { Publication } from '../../src/outlets/publication.ts'
import { filledGraph } from '../../src/outlets/resource.ts'
import { formatByName } from '../../src/rdf/formats.ts'
import { Graph } from '../../src/rdf/graph.ts'
import { readLines } from '../../src/rdf/own-lines.ts'
import { parse } from '../../src/rdf/parse.ts'
import type { Quad } from '../../src/rdf/terms.ts'
import { loadProfile } from '../../src/validate/profiles.ts'
import { validator } from '../../src/validate/shacl.ts'
import { compile } from '../../src/validate/shacl/compile.ts'
import { corpus, recordedTypes } from '../corpus.ts'
import { openHouse } from '../harvest/harvest.ts'
import { startPortal } from '../portal.ts'
import { openServed, type Served } from '../web/site.ts'
import { pagesIn, selfCheck } from './self-check.ts'

// What is published of the demonstration, and of a portal that says what its portals do not, is read back and judged.

let site: Served
let publication: Publication
beforeAll(async () => {
  site = await openServed()
  await site.feed(readFileSync(join(import.meta.dirname, 'cases/beside-the-demo.ttl'), 'utf8'))
  const { catalogue, ledger, vocabulary } = site.house.engine
  publication = { catalogue, ledger, vocabulary, sources: [] }
}, 300_000)
afterAll(async () => {
  await site.close()
  expect(site.failures).toEqual([])
})

test('every format says all that the ledger holds, the same as the others, and nothing else of what is the portals’', async () => {
  expect(await selfCheck(publication)).toEqual([])
}, 60_000)

test('no two datasets have an identifier, and one that had to yield it has it among its others', async () => {
  const text = await (await site.get('/catalog.nt?limit=500')).text()
  const about = [...text.matchAll(/^<([^>]+)> <http:\/\/purl\.org\/dc\/terms\/identifier> "([^"]*)"/gm)].map(([, subject, value]) => ({ subject, value }))
  const listed = new Set([...text.matchAll(/\/catalog> <http:\/\/www\.w3\.org\/ns\/dcat#(?:dataset|service|resource)> <([^>]+)> \.$/gm)].map(([, iri]) => iri))
  const identifiers = about.filter(({ subject }) => listed.has(subject)).map(({ value }) => value)
  expect([identifiers.length > 100, identifiers.filter((each, at) => identifiers.indexOf(each) !== at)]).toEqual([true, []])
  const of = (iri: string) => about.filter(({ subject }) => subject === iri).map(({ value }) => value)
  // They came together; either keeps it.
  const [keeps, yields] = ['https://e.ma/un', 'https://e.ma/deux'].sort((a, b) => of(a)[0]!.length - of(b)[0]!.length)
  const { id } = site.house.records().find(({ dataset }) => dataset === yields)!
  expect([of(keeps!), of(yields!)]).toEqual([['7'], [`http://localhost:3000/dataset/${id}`]])
  const other = new RegExp(`^<${yields}> <http://www\\.w3\\.org/ns/adms#identifier> <([^>]+)>`, 'm').exec(text)![1]!
  expect(text).toContain(`<${other}> <http://www.w3.org/2004/02/skos/core#notation> "7" .`)
})

test('services, series and datasets are listed each by their property', async () => {
  const turtle = formatByName('turtle')!
  const { quads } = await parse((await Array.fromAsync(pagesIn(publication, turtle)))[0]!, { url: 'http://localhost:3000/catalog.ttl', format: turtle })
  const listedBy = (iri: string) =>
    quads.filter(({ subject, object }) => subject.value.endsWith('/catalog') && object.value === iri).map(({ predicate }) => predicate.value.replace(/.*#/, ''))
  expect(['https://e.ma/jeu', 'https://e.ma/serie', 'https://e.ma/service'].map(listedBy)).toEqual([['dataset'], ['resource'], ['service']])
})

test('an entry names the most special profile that its dataset conforms to, and what that is a profile of is said', async () => {
  const text = await (await site.get('/catalog.nt?limit=500')).text()
  const objects = (subject: string, property: string) =>
    [...text.matchAll(new RegExp(`^<${subject}> <${property}> <([^>]+)> \\.$`, 'gm'))].map(([, iri]) => iri)
  const conformsTo = site.house
    .records()
    .filter(({ shown }) => shown !== null)
    .map(({ id }) => objects(`http://localhost:3000/record/${id}`, 'http://purl.org/dc/terms/conformsTo'))
  expect(conformsTo.filter(named => named.length > 1)).toEqual([])
  const moroccan = 'https://w3id.org/fihrist/shapes/dcat-ap-ma'
  expect(conformsTo.flat()).toContain(moroccan)
  expect(conformsTo.flat()).not.toContain('https://w3id.org/fihrist/shapes/publication')
  expect(objects(moroccan, 'http://www.w3.org/ns/dx/prof/isProfileOf')).toEqual(['https://semiceu.github.io/DCAT-AP/releases/3.0.1/'])
})

test('the dump holds every dataset in the graph of its record', async () => {
  const text = gunzipSync(new Uint8Array(await (await site.get('/dump/catalogue.nq.gz')).arrayBuffer())).toString('utf8')
  const records = site.house.records().filter(({ shown }) => shown !== null)
  const inGraph = (id: string) => text.includes(` <http://localhost:3000/record/${id}> .\n`)
  expect(records.length).toBeGreaterThan(150)
  // One that stands back for another source's is told by the record of that one.
  expect(records.filter(({ id }) => inGraph(id))).toHaveLength(site.house.visible())
  expect(text.match(/<http:\/\/localhost:3000\/catalog> <http:\/\/www\.w3\.org\/ns\/dcat#(?:dataset|service|resource)>/g)).toHaveLength(site.house.visible())
})

/** The feed and those of the sources, as they are served. */
const served = async () => {
  const read = async (path: string) =>
    (await parse(await (await site.get(`${path}?limit=500`)).text(), { url: `http://localhost:3000${path}`, mediaType: 'application/n-triples' })).quads
  const whole = await read('/catalog.nt')
  const sources = new Set(whole.flatMap(({ object }) => /^http:\/\/localhost:3000(\/sources\/[^/#]+)#catalogue$/.exec(object.value)?.[1] ?? []))
  expect(sources.size).toBeGreaterThan(6)
  return [...whole, ...(await Promise.all([...sources].map(source => read(`${source}/catalog.nt`)))).flat()]
}

test('no profile of ours finds anything in what is ours of the feeds, and the official shapes miss nothing that they recommend', async () => {
  const { catalogue, ledger, vocabulary } = publication
  const data = await served()
  const ofPortals = new Set(
    ledger
      .all<{ source: string }>('SELECT DISTINCT source FROM record')
      .flatMap(({ source }) => [...shownAt(ledger, currentRevision(ledger), { source })])
      .flatMap(({ graph }) => readLines(graph).map(({ subject }) => subject.value)),
  )
  // What portals say of their own catalogues is theirs too.
  // A source that has brought nothing yet has no dates either.
  const filled = new Set(ledger.all<{ source: string }>('SELECT DISTINCT source FROM record').map(({ source }) => source))
  const isEmpty = (focus: string) => /\/sources\/[^#]+#catalogue$/.test(focus) && !filled.has(/\/sources\/([^#]+)#/.exec(focus)![1]!)
  const isOurs = (focus: string) => !isEmpty(focus) && !ofPortals.has(focus) && !/\.example(?:\/|$)|\/sources\/[^#]+#(?!catalogue$)/.test(focus)
  for (const name of ['dcat-ap-ma', 'dcat-ap-2', 'dcat-ap-hvd', 'geodcat-ap', 'statdcat-ap']) {
    const validate = validator([await loadProfile(catalogue.shapes, catalogue.base, name)], vocabulary)
    const found = (await validate(data)).filter(({ focus }) => isOurs(focus))
    expect(found.map(({ rule, focus }) => `${rule} ${focus}`)).toEqual([])
  }
  if (!corpus) return
  const missed: string[] = []
  const validate = compile(new Graph(await officialShapes('shapes_recommended')))
  validate(new Graph(data), ({ path }, focus) => {
    if (isOurs(focus.value) && !vocabulary.concepts.has(focus.value)) missed.push(`${focus.value} ${path?.kind === 'predicate' ? path.property.value : ''}`)
  })
  expect(missed).toEqual([])
}, 60_000)

const officialShapes = async (name: string) => {
  const file = join(corpus!, 'shapes/SEMICeu__DCAT-AP/releases/3.0.1/html/shacl', `${name}.ttl`)
  const { quads } = await parse(readFileSync(file, 'utf8'), { url: 'http://shapes.example/', mediaType: 'text/turtle' })
  return quads.filter(({ predicate }) => !predicate.value.endsWith('#imports'))
}

if (!corpus) console.warn('self-check.test.ts goes without the official shapes and the recorded feeds: set FIHRIST_CORPUS.')

/** What the official shapes of DCAT-AP find violated: set, focus and value. */
async function violations(graph: Graph): Promise<Set<string>> {
  const said = new Set<string>()
  for (const name of ['shapes', 'range', 'mdr-vocabularies.shape']) {
    const validate = compile(new Graph(await officialShapes(name)))
    validate(graph, (constraint, focus, { value }) => {
      if (constraint.severity.value.endsWith('#Violation')) said.add(`${name} ${focus.value} ${value?.value ?? ''}`)
    })
  }
  return said
}

/** The whole feed, read back. */
async function published(of: Publication): Promise<Graph> {
  const turtle = formatByName('turtle')!
  const data: Quad[] = []
  for await (const text of pagesIn(of, turtle)) data.push(...(await parse(text, { url: 'http://localhost:3000/catalog.ttl', format: turtle })).quads)
  return new Graph(data)
}

test.skipIf(!corpus)(
  'the official shapes of DCAT-AP find nothing but what a portal said',
  async () => {
    // A word of the statistics portal that no list knows, and its missing description; two formats of one file of the urban agency.
    const ofPortals = /indicators\/I1003|plan-amenagement-safi/
    // The pattern of the set asks for https where the namespace of SPDX has http.
    expect([...(await violations(await published(publication)))].filter(line => !ofPortals.test(line) && !line.includes('spdx.org'))).toEqual([])
  },
  60_000,
)

/** Feeds of real portals that were recorded: some of each size, or all of them with CORPUS=all. */
function recordedFeeds(folder: string): string[] {
  const all = readFileSync(join(folder, 'INDEX.tsv'), 'utf8')
    .split('\n')
    .map(line => line.split('\t'))
    .filter(([file, , count, unit]) => file!.startsWith('dcat-feeds/') && unit === 'dataset' && Number(count) > 0 && extname(file!) in recordedTypes)
    .map(([file]) => file!)
  const small = all.filter(file => statSync(join(folder, file)).size < 200_000)
  return process.env['CORPUS'] === 'all' ? all : small.filter((_, at) => at % Math.ceil(small.length / 40) === 0)
}

test.skipIf(!corpus)(
  'what is published of recorded portals says what is held, in every format, and breaks no rule that their own words do not break',
  async () => {
    const house = await openHouse()
    const sources: Source[] = []
    const portal = await startPortal({})
    try {
      for (const [at, file] of recordedFeeds(corpus!).entries()) {
        const path = `/${at}${extname(file)}`
        portal.answers = { [path]: { type: recordedTypes[extname(file)]!, body: readFileSync(join(corpus!, file)) } }
        const source = house.source('dcat', portal.url + path, { id: `portail-${at}`, title: { fr: file } })
        await house.harvest(source)
        sources.push(source)
      }
      const { catalogue, ledger, vocabulary } = house.engine
      const all = { catalogue, ledger, vocabulary, sources }
      expect(countShownAt(ledger, currentRevision(ledger))).toBeGreaterThan(30)
      expect(await selfCheck(all)).toEqual([])
      // What another portal says of the same dataset is the portals' word, too.
      const held = new Graph([...shownAt(ledger, currentRevision(ledger))].flatMap(filledGraph))
      const own = await violations(held)
      // Of a concept of a list that is named, the list tells what it is; a portal's own statement of it is the portal's.
      expect([...(await violations(await published(all)))].filter(line => !own.has(line))).toEqual([])
    } finally {
      await portal.close()
      await house.close()
    }
  },
  300_000,
)
