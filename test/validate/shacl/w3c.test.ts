import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Parser } from 'n3'
import { describe, expect, test } from 'vitest'
import { Graph } from '../../../src/rdf/graph.ts'
import { sh } from '../../../src/rdf/namespaces.ts'
import { namedNode, textOf, type Quad, type Term } from '../../../src/rdf/terms.ts'
import { faultsOf } from '../../../src/validate/shacl/broken.ts'
import { compile } from '../../../src/validate/shacl/compile.ts'
import { listOf } from '../../../src/validate/shacl/data.ts'
import { pathText } from '../../../src/validate/shacl/path-text.ts'
import { readPath, type Path } from '../../../src/validate/shacl/paths.ts'
import { faultsOfQueries } from '../../../src/validate/shacl/queries.ts'
import { withSparql } from '../../../src/validate/shacl/sparql.ts'
import { corpus } from '../../corpus.ts'

const suite = corpus && join(corpus, 'w3c/w3c__data-shapes/data-shapes-test-suite/tests')
const mf = (name: string) => namedNode(`http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#${name}`)
const sht = (name: string) => namedNode(`http://www.w3.org/ns/shacl-test#${name}`)
const shacl = (name: string) => namedNode(sh.iri + name)

const files = new Map<string, Graph>()
function read(url: string): Graph {
  const known = files.get(url) ?? new Graph(new Parser({ baseIRI: url }).parse(readFileSync(fileURLToPath(url), 'utf8')) as Quad[])
  files.set(url, known)
  return known
}

interface Case {
  name: string
  data: Graph
  shapes: Graph
  manifest: Graph
  result: Term
}

/** The tests of a manifest and of all that it includes. */
function casesOf(url: string): Case[] {
  const manifest = read(url)
  const includes = [...manifest.quads()].filter(({ predicate }) => predicate.equals(mf('include'))).flatMap(({ object }) => casesOf(object.value))
  const entries = [...manifest.quads()].filter(({ predicate }) => predicate.equals(mf('entries'))).flatMap(({ object }) => listOf(manifest, object)!)
  const own = entries.map(entry => {
    const [action] = manifest.objects(entry, mf('action'))
    const graphOf = (name: string) => read(manifest.objects(action!, sht(name))[0]!.value)
    return {
      name: entry.value.slice(dirname(dirname(url)).length + 1),
      data: graphOf('dataGraph'),
      shapes: graphOf('shapesGraph'),
      manifest,
      result: manifest.objects(entry, mf('result'))[0]!,
    }
  })
  return [...includes, ...own]
}

const blank = (term: Term | undefined) => (term?.termType === 'BlankNode' ? '[]' : term && textOf(term))
const line = (focus: Term, path: Path | undefined, value: Term | undefined, severity: Term, component: Term, shape: Term | undefined) =>
  [blank(focus), path && pathText(path), blank(value), severity.value, component.value, blank(shape)].join(' | ')

function expected({ manifest, result }: Case): string[] {
  return manifest
    .objects(result, sh.result)
    .map(each => {
      const one = (name: string) => manifest.objects(each, shacl(name))[0]
      return line(
        one('focusNode')!,
        one('resultPath') && readPath(manifest, one('resultPath')!),
        one('value'),
        one('resultSeverity')!,
        one('sourceConstraintComponent')!,
        one('sourceShape'),
      )
    })
    .sort()
}

/** The results of a case by the shapes compiled, SPARQL constraints included. */
async function resultsOf({ shapes, data }: Case): Promise<string[]> {
  const results: string[] = []
  await withSparql(shapes, compile(shapes))(data, (constraint, focus, { value, path = constraint.path }) =>
    results.push(line(focus, path, value, constraint.severity, constraint.component, constraint.shape)),
  )
  return results.sort()
}

/** Whether a profile with these shapes is refused. */
const isRefused = async ({ shapes }: Case) => faultsOf(shapes).length + (await faultsOfQueries(shapes)).length > 0

/**
 * Tests whose shapes are ill-formed, on purpose or by a slip of their own, or say what has no effect (`sh:uniqueLang "1"^^xsd:boolean`). They are run as the
 * suite wants them to be; a profile with such is refused.
 */
const illFormed = ['node/qualified-001', 'property/qualifiedValueShape-001', 'property/uniqueLang-002']

/** Tests that ask for more of SPARQL than is done here, and of what. None is passed over: a profile with such is refused. */
const beyond: Record<string, string> = {
  'component/optional-001': "constraint components of one's own (SHACL, section 6)",
  'component/propertyValidator-select-001': "constraint components of one's own (SHACL, section 6)",
  'component/validator-001': "constraint components of one's own (SHACL, section 6)",
  'pre-binding/pre-binding-003': 'a variable that is bound beforehand, asked for in a group within the group (appendix A)',
  'pre-binding/pre-binding-005': 'a variable that is bound beforehand, asked for in a group within the group (appendix A)',
  'pre-binding/shapesGraph-001': 'the shapes graph as a graph that is asked ($shapesGraph, section 5.3.1: optional)',
}

describe.skipIf(!suite || !existsSync(suite))('the W3C suite of SHACL (it lies in the corpus, which is no part of the project)', () => {
  const read = (part: string) => (suite ? casesOf(pathToFileURL(join(suite, part, 'manifest.ttl')).href) : [])
  const [core, sparql] = [read('core'), read('sparql')]

  test('is whole', () => expect([core.length, sparql.length]).toEqual([98, 22]))

  test.each(core)('Core: $name', async each => {
    const results = await resultsOf(each)
    expect(results).toEqual(expected(each))
    expect(String(results.length === 0)).toBe(each.manifest.objects(each.result, sh.conforms)[0]!.value)
    expect(await isRefused(each)).toBe(illFormed.includes(each.name))
  })

  test.each(sparql)('SPARQL: $name', async each => {
    const isToFail = each.result.equals(sht('Failure'))
    expect(await isRefused(each)).toBe(isToFail || Object.hasOwn(beyond, each.name))
    if (!(await isRefused(each))) expect(await resultsOf(each)).toEqual(expected(each))
  })
})
