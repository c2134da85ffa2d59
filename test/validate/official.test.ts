import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { Graph } from '../../src/rdf/graph.ts'
import { dcat, dcatap, foaf, rdf, rdfs } from '../../src/rdf/namespaces.ts'
import { isLiteral, isNode, namedNode, type Term } from '../../src/rdf/terms.ts'
import { withLists } from '../../src/validate/background.ts'
import { loadProfile, withAbove } from '../../src/validate/profiles.ts'
import { runnable } from '../../src/validate/shacl.ts'
import { compile } from '../../src/validate/shacl/compile.ts'
import type { Data } from '../../src/validate/shacl/data.ts'
import { corpus } from '../corpus.ts'
import { base, shapes, turtle, vocabulary } from '../edition.ts'
import { mutantsOf } from './mutants.ts'
import { feedsOf, officialShapes, publishedLists, sets, violationsOf, type Violation } from './official.ts'

// Both sets of shapes are run by our engine, which passes the core suite of the W3C (w3c.test.ts) and says what shacl-engine says (peer.test.ts).

interface Row {
  set: string
  side: 'official' | 'ours'
  components?: string[]
  paths?: string[]
  when?: keyof typeof cases
  why: string
}

const rows = parse(readFileSync(join(import.meta.dirname, 'differences.yaml'), 'utf8')) as Row[]
const allowed = parse(readFileSync(join(import.meta.dirname, 'uncaught.yaml'), 'utf8')) as { set: string; mutant: string; why: string }[]

const subClassOf = namedNode(`${rdfs.iri}subClassOf`)
const dcatAp = await loadProfile(shapes, base, 'dcat-ap')
const below = new Set([...dcatAp.shapes.quads(null, subClassOf)].map(({ subject }) => subject.value))
const typesOf = (data: Data, node: Term | undefined) => (node && !isLiteral(node) ? data.objects(node, rdf.type).map(({ value }) => value) : [])
const regulation = namedNode('http://data.europa.eu/eli/reg_impl/2023/138/oj')

/** What rows may say of a difference with `when`. */
const cases = {
  undescribed: ({ value }: Violation, data: Data) => isNode(value) && typesOf(data, value).length === 0,
  'class-below': ({ value }: Violation, data: Data) => typesOf(data, value).some(type => below.has(type)),
  'focus-below': ({ focus }: Violation, data: Data) => !typesOf(data, focus).includes(foaf.Agent.value),
  'dataset-below': ({ value }: Violation, data: Data) => typesOf(data, value).some(type => [dcat.Catalog.value, dcat.DatasetSeries.value].includes(type)),
  provisional: ({ focus }: Violation) => focus.value.endsWith('/OP_DATPRO'),
  other: ({ focus }: Violation, data: Data) => !data.objects(focus, dcatap.applicableLegislation).some(law => law.equals(regulation)),
}

let read: Promise<{ file: string; data: Graph }[]> | undefined
/** They are read once for all sets. */
const feeds = () => (read ??= Array.fromAsync(feedsOf(corpus!)))

const localName = (path: string) => /[^/#]*$/.exec(path)![0]

describe.skipIf(!corpus).each(sets)('DCAT-AP $name', ({ name, profile, files, among = false }) => {
  const expected = rows.filter(({ set }) => set === name)

  it('finds in every feed of the corpus what the official shapes find, but for the differences that have a reason', { timeout: 300_000 }, async () => {
    const official = compile(await officialShapes(corpus!, files))
    const loaded = await loadProfile(shapes, base, profile)
    const [own, all] = [compile(runnable([loaded])), compile(runnable(withAbove([loaded])))]
    const [lists, published] = [await vocabulary(), await publishedLists(corpus!)]
    const met = new Set<Row>()
    const unlisted: string[] = []
    for (const { file, data } of await feeds()) {
      const [behindTheirs, behindOurs] = [withLists(data, published), withLists(data, lists)]
      const found = { official: violationsOf(official, behindTheirs), ours: violationsOf(own, behindOurs) }
      // What is violated above is violated; what is found beside the official set is looked for among the profile's own rules.
      const also = { official: violationsOf(all, behindOurs), ours: found.official }
      for (const side of among ? (['official'] as const) : (['official', 'ours'] as const)) {
        for (const [key, violation] of found[side]) {
          if (also[side].has(key)) continue
          const row = expected.find(
            each =>
              each.side === side &&
              (each.components?.includes(violation.component) ?? true) &&
              (each.paths?.includes(localName(violation.path)) ?? true) &&
              (each.when === undefined || cases[each.when](violation, data)),
          )
          if (row) met.add(row)
          else unlisted.push(`${side} ${violation.component} ${localName(violation.path)} ${violation.focus.value} ${violation.value?.value ?? ''} (${file})`)
        }
      }
    }
    expect((await feeds()).length).toBeGreaterThan(400)
    expect(unlisted).toEqual([])
    expect(expected.filter(row => !met.has(row)).map(({ why }) => why)).toEqual([])
  })

  it('catches one mutant for each constraint of the official shapes', async () => {
    const theirs = await officialShapes(corpus!, files)
    const official = compile(theirs)
    const loaded = await loadProfile(shapes, base, profile)
    const all = compile(runnable(withAbove([loaded])))
    const [lists, published] = [await vocabulary(), await publishedLists(corpus!)]
    const mutants = mutantsOf(theirs)
    expect(mutants.length).toBeGreaterThan(30)
    const uncaught = new Set<string>()
    for (const { name: mutant, text } of mutants) {
      const data = new Graph(turtle(text))
      const caught = violationsOf(all, withLists(data, lists))
      for (const key of violationsOf(official, withLists(data, published)).keys())
        if (key.startsWith('https://e.ma/focus ') && !caught.has(key) && mutant.includes(localName(key))) uncaught.add(mutant)
    }
    expect([...uncaught].sort()).toEqual(
      allowed
        .filter(({ set }) => set === name)
        .map(({ mutant }) => mutant)
        .sort(),
    )
  })
})
