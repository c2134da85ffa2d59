import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Graph } from '../../src/rdf/graph.ts'
import { rdf, skos } from '../../src/rdf/namespaces.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { blankNode, isNamed, literal, namedNode, quad, textOf, type NamedNode, type Term } from '../../src/rdf/terms.ts'
import { withLists } from '../../src/validate/background.ts'
import { loadProfile, profileNames } from '../../src/validate/profiles.ts'
import { openCheck, type Settings } from '../../src/validate/validate.ts'
import type { Lists } from '../../src/vocabulary/vocabulary.ts'
import { base, shapes, turtle, vocabulary } from '../edition.ts'

const lists = await vocabulary()

describe('a record with what the lists say of its concepts behind it', () => {
  const scheme = 'https://e.ma/scheme'
  const concept = (name: string) => ({ iri: `https://e.ma/${name}`, scheme, classes: ['https://e.ma/K'], closeMatch: [], labels: { fr: 'A' } })
  const concepts = new Map(['a', 'b'].map(name => [`https://e.ma/${name}`, concept(name)]))
  const lists = { concepts, flag: () => false } as unknown as Lists
  const node = fc.oneof(
    fc.constantFrom('a', 'b', 'c').map(name => namedNode(`https://e.ma/${name}`)),
    fc.constantFrom('a', 'https://e.ma/a').map(name => blankNode(name)),
  )
  const object = fc.oneof(node, fc.constantFrom(literal('a'), literal('a', 'fr'), literal('https://e.ma/a'), namedNode(scheme), literal(scheme)))
  const property = fc.oneof(
    fc.constantFrom('p', 'q').map(name => namedNode(`https://e.ma/${name}`)),
    fc.constantFrom(skos.inScheme, skos.prefLabel, rdf.type),
  )
  const terms = (all: Iterable<Term>) => Array.from(all, textOf).sort()

  it('answers every question as a graph that says so itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(node, property, object), { maxLength: 20 }), node, property, object, (triples, subject, predicate, value) => {
        const bare = new Graph(triples.map(([s, p, o]) => quad(s, p, o)))
        const whole = new Graph(bare)
        const named = [...bare].map(({ object }) => object).filter(object => isNamed(object) && lists.concepts.has(object.value)) as NamedNode[]
        for (const each of named) whole.add(quad(each, skos.inScheme, namedNode(scheme)))
        for (const each of named) whole.add(quad(each, skos.prefLabel, literal('A', 'fr')))
        // A class that a list alone knows makes nothing a target: it is not among all that is said.
        const all = lines(whole, false)
        for (const each of named) whole.add(quad(each, rdf.type, namedNode('https://e.ma/K')))
        const behind = withLists(bare, lists)
        // Of a concept that the graph does not name, it is left open whether the lists are asked.
        if ([subject, value].some(each => concepts.has(each.value) && !named.some(other => other.equals(each)))) return
        expect(terms(behind.objects(subject, predicate))).toEqual(terms(whole.objects(subject, predicate)))
        expect(terms(behind.objects(value, predicate))).toEqual(terms(whole.objects(value, predicate)))
        expect(terms(behind.subjects(predicate, value))).toEqual(terms(whole.subjects(predicate, value)))
        expect(lines(behind.quads(), false)).toBe(all)
        expect(lines(behind.quads(subject), false)).toBe(lines(whole.quads(subject), false))
      }),
      { numRuns: 1000 },
    )
  })

  it('knows the codes of European lists by the lists alone, and not by their namespace', async () => {
    const eu = 'http://publications.europa.eu/resource/authority/language'
    const data = withLists(turtle(`<https://e.ma/d> <https://e.ma/p> <${eu}/FRA> , <${eu}/ADS> , <${eu}/FRE> , <${eu}/> .`), await vocabulary())
    expect(terms(data.subjects(skos.inScheme, namedNode(eu)))).toEqual([`${eu}/ADS`, `${eu}/FRA`])
  })
})

describe('validation and quality of a record', async () => {
  const settings: Settings = { shapes, base, profiles: ['admission', 'dcat-ap', 'dcat-ap-ma'], blocking: ['admission'], compliance: 'dcat-ap' }
  const check = await openCheck(settings, lists)
  const dataset = 'https://portal.example.ma/a'
  const record = (more: string) =>
    turtle(`@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . <${dataset}> a dcat:Dataset ${more} .`)
  const checked = (graph: Graph) => check(graph, namedNode(dataset))

  it('gives each record its own findings and quality, each finding with its profile', async () => {
    const bare = await checked(record(''))
    const better = await checked(record('; dct:title "Eau"@fr ; dct:description "Débits"@fr ; dcat:keyword "eau"@fr'))
    expect(new Set(bare.findings.map(finding => finding.profile))).toEqual(new Set(['admission', 'dcat-ap', 'dcat-ap-ma']))
    for (const finding of bare.findings)
      expect(finding).toMatchObject({
        rule: expect.stringContaining(`/shapes/${finding.profile}#`),
        severity: expect.stringMatching(/^(violation|warning|info)$/),
        focus: dataset,
        constraint: expect.stringMatching(/ConstraintComponent$/),
      })
    expect(bare.findings.map(finding => finding.rule)).toContain('https://w3id.org/fihrist/shapes/dcat-ap#dataset-keyword')
    expect(better.findings.map(finding => finding.rule)).not.toContain('https://w3id.org/fihrist/shapes/dcat-ap#dataset-keyword')
    expect(bare.quality).toMatchObject({ score: 0, measurements: { dcatApCompliance: 0 } })
    expect(better.quality).toMatchObject({ score: 60, measurements: { dcatApCompliance: 1, keywordAvailability: 1 } })
  })

  it('measures compliance with the profile that is named', async () => {
    const strict = await openCheck({ ...settings, profiles: ['admission', 'dcat-ap'], compliance: 'admission' }, lists)
    const better = await strict(record('; dct:title "Eau"@fr ; dct:description "Débits"@fr'), namedNode(dataset))
    expect(better.findings.some(({ profile, severity }) => profile === 'admission' && severity === 'violation')).toBe(true)
    expect(better.quality.measurements).toMatchObject({ dcatApCompliance: 0 })
  })

  it('tells the value that is wrong, cut short where it is long', async () => {
    const { findings } = await checked(record(`; dcat:keyword <https://e.ma/${'x'.repeat(2000)}>`))
    const finding = findings.find(each => each.rule.endsWith('dcat-ap#dataset-keyword-literal'))!
    expect(finding).toMatchObject({ path: 'http://www.w3.org/ns/dcat#keyword', value: expect.stringMatching(/^https:\/\/e\.ma\/x+$/) })
    expect(finding.value).toHaveLength(500)
  })

  it('judges a record of ten thousand files in a moment, and folds the findings of a rule beyond a hundred into one that counts them', async () => {
    const files = Array.from({ length: 10_000 }, (_, at) => `https://portal.example.ma/f${at}`)
    const graph = [
      `<${dataset}> a dcat:Dataset ; dcat:distribution ${files.map(file => `<${file}>`).join(' , ')} .`,
      ...files.map(file => `<${file}> a dcat:Distribution .`),
    ].join('\n')
    const big = turtle(`@prefix dcat: <http://www.w3.org/ns/dcat#> . ${graph}`)
    const started = performance.now()
    const { findings } = await checked(big)
    expect(performance.now() - started).toBeLessThan(10_000)
    const byRule = Map.groupBy(findings, finding => finding.rule)
    const ofFiles = [...byRule.values()].filter(findings => findings.length > 1)
    expect(ofFiles.length).toBeGreaterThan(3)
    for (const findings of ofFiles) {
      expect(findings).toHaveLength(101)
      expect(findings.reduce((sum, { count = 1 }) => sum + count, 0)).toBe(10_000)
      expect(findings.filter(({ count }) => count !== undefined)).toEqual([findings.at(-1)])
    }
  })

  it('of nothing finds nothing', async () => {
    expect((await checked(new Graph())).findings).toEqual([])
  })
})

describe('a profile', () => {
  it('that is not there is named, with those that are', async () => {
    await expect(loadProfile(shapes, base, 'dcat-ap-fr')).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(/no profile "dcat-ap-fr".*admission, dcat-ap, dcat-ap-2, dcat-ap-hvd/),
    })
    expect(profileNames(shapes)).toEqual(expect.arrayContaining(['admission', 'dcat-ap', 'dcat-ap-ma', 'publication']))
  })

  it('whose file is no Turtle is named with file and line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fihrist-shapes-'))
    writeFileSync(join(folder, 'broken.ttl'), '@prefix sh: <http://www.w3.org/ns/shacl#> .\n<a> a sh:NodeShape ; oops .\n')
    await expect(loadProfile(folder, base, 'broken')).rejects.toMatchObject({ code: 'configuration', message: expect.stringMatching(/broken\.ttl.*line 2/) })
  })
})
