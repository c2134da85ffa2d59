import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Parser } from 'n3'
import { describe, expect, it } from 'vitest'
import { sh } from '../../../src/rdf/namespaces.ts'
import { literal, namedNode, quad, type Quad, type Term } from '../../../src/rdf/terms.ts'
import { loadProfile, profileNames } from '../../../src/validate/profiles.ts'
import { runnable } from '../../../src/validate/shacl.ts'
import { corpus } from '../../corpus.ts'
import { base, cases, shapes as folder, turtle } from '../../edition.ts'
import { fuzz } from '../../seed.ts'
import { ours, theirs } from './engine.ts'

// sh:targetWhere is of SHACL 1.2, which shacl-engine does not know yet: what uses it is compared with nothing here.
const all = await Promise.all(profileNames(folder).map(name => loadProfile(folder, base, name)))
// A sequence within an alternative, of which the paths of `publication` are made, it does not follow either.
const profiles = all
  .filter(({ name, shapes }) => !shapes.has(null, sh.targetWhere) && name !== 'publication')
  .map(profile => ({ name: profile.name, shapes: runnable([profile]) }))
const records = profiles.flatMap(({ name }) =>
  cases(join(import.meta.dirname, '../../profiles', name)).map(([file, text]) => ({ file: `${name}/${file}`, data: [...turtle(text)] })),
)

/** The shapes of DCAT-AP as they are published. */
const official = corpus && join(corpus, 'shapes/SEMICeu__DCAT-AP/releases/3.0.0/shacl/dcat-ap-SHACL.ttl')

const prefixes = `@prefix : <https://e.ma/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . `

// What is random here stays where shacl-engine keeps to the standard: where it does not is told, case by case, in differences.test.ts.
const properties = fc.constantFrom(':p', ':q', ':r')
const nodes = fc.constantFrom(':a', ':b', ':c', '_:x', '_:y')
const literals = fc.constantFrom(
  '1',
  '2',
  '7',
  '"a"',
  '"abc"',
  '"a"@fr',
  '"b"@fr',
  '"c"@ar',
  '"2024-01-01"^^xsd:date',
  '"2024-13-01"^^xsd:date',
  '"x"^^xsd:integer',
)
const statement = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(nodes, properties, fc.oneof(nodes, literals)).map(parts => parts.join(' ')) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom(':a', ':b'), fc.constantFrom(':p', ':q'), fc.constantFrom('"a"@fr', '"b"@fr', '"c"@ar')).map(parts => parts.join(' ')),
  },
  { weight: 2, arbitrary: fc.tuple(nodes, fc.constantFrom(':C', ':D', ':E')).map(([node, type]) => `${node} a ${type}`) },
)
const data = fc.array(statement, { minLength: 1, maxLength: 25 }).map(all => `${all.join(' . ')} .`)

const path = fc.oneof(
  { weight: 4, arbitrary: properties },
  properties.map(property => `[ sh:inversePath ${property} ]`),
  fc.uniqueArray(properties, { minLength: 2 }).map(some => `[ sh:alternativePath ( ${some.join(' ')} ) ]`),
  fc.array(properties, { minLength: 2, maxLength: 3 }).map(some => `( ${some.join(' ')} )`),
)
const count = fc.integer({ min: 0, max: 3 })
const value = fc.oneof(
  nodes.filter(node => !node.startsWith('_')),
  literals,
)
/** Constraints of any shape. */
const general = fc.oneof(
  fc.constantFrom(':C', ':D').map(type => `sh:class ${type}`),
  fc.constantFrom('integer', 'string', 'date').map(type => `sh:datatype xsd:${type}`),
  fc.constantFrom('IRI', 'BlankNode', 'Literal', 'BlankNodeOrIRI', 'BlankNodeOrLiteral', 'IRIOrLiteral').map(kind => `sh:nodeKind sh:${kind}`),
  fc.tuple(fc.constantFrom('minExclusive', 'minInclusive', 'maxExclusive', 'maxInclusive'), count).map(([name, than]) => `sh:${name} ${than}`),
  fc.tuple(fc.constantFrom('minLength', 'maxLength'), count).map(([name, than]) => `sh:${name} ${than}`),
  fc.constantFrom('^A', '^https://e.ma/[ab]$').map(pattern => `sh:pattern "${pattern}" ; sh:flags "i"`),
  fc.constantFrom('( "fr" )', '( "ar" "en" )').map(list => `sh:languageIn ${list}`),
  properties.map(property => `sh:disjoint ${property}`),
  value.map(wanted => `sh:hasValue ${wanted}`),
  fc.uniqueArray(value, { maxLength: 4 }).map(members => `sh:in ( ${members.join(' ')} )`),
)
/** Constraints of property shapes. */
const ofProperty = fc.oneof(
  count.map(least => `sh:minCount ${least}`),
  count.map(most => `sh:maxCount ${most}`),
  fc.constant('sh:uniqueLang true'),
  properties.map(property => `sh:equals ${property}`),
)
const leaf = fc.oneof(
  general.map(constraint => `[ ${constraint} ]`),
  fc.tuple(path, fc.oneof(general, ofProperty)).map(([along, constraint]) => `[ sh:path ${along} ; ${constraint} ]`),
)
const logical = fc.oneof(
  leaf.map(shape => `sh:not ${shape}`),
  leaf.map(shape => `sh:node ${shape}`),
  fc.tuple(fc.constantFrom('and', 'or', 'xone'), fc.array(leaf, { minLength: 1, maxLength: 3 })).map(([name, shapes]) => `sh:${name} ( ${shapes.join(' ')} )`),
)
/** Met from two focus nodes, a value is to fail the same again: of a path with constraints on its values, shacl-engine forgets it. */
const qualifying = fc.oneof(
  general.map(constraint => `[ ${constraint} ]`),
  fc.tuple(path, ofProperty).map(([along, constraint]) => `[ sh:path ${along} ; ${constraint} ]`),
)
const qualified = fc
  .tuple(qualifying, fc.constantFrom('qualifiedMinCount', 'qualifiedMaxCount'), count)
  .map(([shape, name, than]) => `sh:qualifiedValueShape ${shape} ; sh:${name} ${than}`)
const kindOf = (constraint: string) => constraint.slice(0, constraint.indexOf(' '))
const some = (of: fc.Arbitrary<string>) => fc.uniqueArray(of, { minLength: 1, maxLength: 3, selector: kindOf }).map(all => all.join(' ; '))
const severity = fc.constantFrom('', '; sh:severity sh:Info', '; sh:severity :Grave')
const propertyShape = fc
  .tuple(path, some(fc.oneof(general, ofProperty, logical, qualified)), severity)
  .map(([along, constraints, how]) => `[ sh:path ${along} ; ${constraints} ${how} ]`)
const target = fc.oneof(
  fc.constantFrom(':C', ':D').map(type => `sh:targetClass ${type}`),
  value.map(node => `sh:targetNode ${node}`),
  properties.map(property => `sh:targetSubjectsOf ${property}`),
  properties.map(property => `sh:targetObjectsOf ${property}`),
)
const shape = fc.tuple(
  fc.array(target, { minLength: 1, maxLength: 2 }),
  fc.oneof(
    fc.array(propertyShape, { minLength: 1, maxLength: 3 }).map(all => `sh:property ${all.join(' , ')}`),
    some(fc.oneof(general, logical)),
    fc.tuple(path, some(fc.oneof(general, ofProperty, logical, qualified))).map(([along, constraints]) => `sh:path ${along} ; ${constraints}`),
  ),
  severity,
)
const shapes = fc
  .array(shape, { minLength: 1, maxLength: 2 })
  .map(all => all.map(([targets, rules, how], at) => `:s${at} ${targets.join(' ; ')} ; ${rules} ${how} .`).join('\n'))

/** Statements of shapes that can be changed so that the shapes mean something else. */
const mutations: Record<string, (value: Term) => Term[]> = {
  minCount: ({ value }) => [literal(String(Number(value) + 1), integer)],
  maxCount: ({ value }) => [literal(String(Number(value) + 1), integer), literal('0', integer)],
  nodeKind: () => ['IRI', 'Literal', 'BlankNodeOrIRI', 'BlankNode'].map(kind => namedNode(sh.iri + kind)),
  datatype: () => ['string', 'date', 'integer', 'gYear'].map(name => namedNode(`http://www.w3.org/2001/XMLSchema#${name}`)),
  class: () => [namedNode('http://www.w3.org/ns/dcat#Dataset'), namedNode('http://xmlns.com/foaf/0.1/Agent')],
  pattern: () => [literal('^http'), literal('a$')],
  hasValue: () => [literal('x'), namedNode('https://e.ma/a')],
  severity: () => [sh.Info, sh.Warning, namedNode('https://e.ma/Grave')],
  path: () => ['title', 'description', 'publisher', 'issued'].map(name => namedNode(`http://purl.org/dc/terms/${name}`)),
  targetClass: () => ['Dataset', 'Distribution', 'Catalog'].map(name => namedNode(`http://www.w3.org/ns/dcat#${name}`)),
  deactivated: () => [literal('true', namedNode('http://www.w3.org/2001/XMLSchema#boolean'))],
}
const integer = namedNode('http://www.w3.org/2001/XMLSchema#integer')

function mutant(all: Quad[], at: number, to: number, drop: boolean): { changed: Quad[]; isOfTarget: boolean } {
  const places = all.filter(({ predicate }) => predicate.value.startsWith(sh.iri) && predicate.value.slice(sh.iri.length) in mutations)
  const chosen = places[at % places.length]!
  const others = mutations[chosen.predicate.value.slice(sh.iri.length)]!(chosen.object)
  const left = all.filter(each => each !== chosen)
  const isOfTarget = chosen.predicate.equals(sh.targetClass)
  const isNeeded = isOfTarget || chosen.predicate.equals(sh.path)
  return { isOfTarget, changed: drop && !isNeeded ? left : [...left, quad(chosen.subject, chosen.predicate, others[to % others.length]!)] }
}

describe('the compiled shapes say what shacl-engine says', () => {
  it('of every case of every profile', async () => {
    let compared = 0
    for (const { shapes } of profiles) {
      const [we, they] = [ours(shapes), theirs(shapes)]
      for (const { file, data } of records) {
        const results = await they(data)
        expect(we(data), file).toEqual(results)
        compared += results.length
      }
    }
    expect(compared).toBeGreaterThan(1000)
  }, 120_000)

  it('of random shapes and random data', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, data, async (shapes, data) => {
        const [rules, record] = [turtle(prefixes + shapes), turtle(prefixes + data)]
        expect(ours(rules)(record)).toEqual(await theirs(rules)(record))
      }),
      { numRuns: 500 * fuzz },
    )
  }, 600_000)

  const published = official && existsSync(official) ? (new Parser().parse(readFileSync(official, 'utf8')) as Quad[]) : []
  const sets = [
    ...profiles.map(({ name, shapes }) => ({ name, all: [...shapes] })),
    { name: 'DCAT-AP as it is published (in the corpus, which is no part of the project)', all: published },
  ]
  const some = fc.array(fc.nat(records.length - 1), { minLength: 10, maxLength: 10 })
  it.for(sets)('of mutants of $name', { timeout: 600_000 }, async ({ all }, { skip }) => {
    skip(all.length === 0)
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(10), fc.boolean(), some, async (at, to, drop, some) => {
        const { changed, isOfTarget } = mutant(all, at, to, drop)
        const [we, they] = [ours(changed), theirs(changed)]
        // Where two shapes of one class come to ask for the same property shape, each says what it finds, and shacl-engine says it once.
        const told = (results: string[]) => (isOfTarget ? [...new Set(results)] : results)
        for (const each of some) expect(told(we(records[each]!.data)), records[each]!.file).toEqual(told(await they(records[each]!.data)))
      }),
      { numRuns: 20 * fuzz },
    )
  })
})
