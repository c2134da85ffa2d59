import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import jsonld from 'jsonld'
import { Parser } from 'n3'
import { describe, expect, it } from 'vitest'
import type { Format } from '../../src/rdf/format.ts'
import { formatByName } from '../../src/rdf/formats.ts'
import { Graph, values } from '../../src/rdf/graph.ts'
import { rdf } from '../../src/rdf/namespaces.ts'
import { parse } from '../../src/rdf/parse.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { blankNode, isNamed, namedNode, quad, type BlankNode, type Quad, type Term } from '../../src/rdf/terms.ts'
import { corpus } from '../corpus.ts'

const suites: [folder: string, format: Format['name']][] = [
  ['rdf-turtle', 'turtle'],
  ['rdf-trig', 'trig'],
  ['rdf-n-triples', 'ntriples'],
  ['rdf-n-quads', 'nquads'],
  ['rdf-xml', 'rdfxml'],
]
const home = corpus && join(corpus, 'w3c', 'w3c__rdf-tests', 'rdf', 'rdf11')
const present = home !== undefined && existsSync(home)
if (!present) console.warn('The W3C RDF test suites are not run: set FIHRIST_CORPUS to a folder that holds them as w3c/w3c__rdf-tests.')

const mf = 'http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#'

describe.skipIf(!present)('the W3C test suites of RDF 1.1: what is right is read right', () => {
  it.each(suites)('%s', async (suite, format) => {
    const file = join(home!, suite, 'manifest.ttl')
    const base = `https://w3c.github.io/rdf-tests/rdf/rdf11/${suite}/`
    const manifest = new Graph(new Parser({ baseIRI: `${base}manifest.ttl` }).parse(readFileSync(file, 'utf8')) as Quad[])
    const tests = manifest.subjects(namedNode(`${mf}action`))
    const failures: string[] = []
    let asked = 0
    for (const test of tests) {
      const one = (property: string) => values(manifest, test, namedNode(mf + property))[0]!
      const type = values(manifest, test, rdf.type).find(isNamed)!.value
      if (!/Eval$|PositiveSyntax$/.test(type)) continue
      asked++
      const result = type.endsWith('Eval') ? one('result') : undefined
      const action = one('action').value
      if (!(await passes(dirname(file), base, action, formatByName(format)!, result?.value))) failures.push(one('name').value)
    }
    console.info(`${suite}: ${asked - failures.length} of ${asked}`)
    expect(asked).toBeGreaterThan(10)
    expect(failures).toEqual([])
  })
})

async function passes(folder: string, base: string, action: string, format: Format, result: string | undefined): Promise<boolean> {
  const read = (iri: string) => readFileSync(join(folder, iri.slice(base.length)))
  try {
    const { quads, problem } = await parse(read(action), { url: action, format })
    if (problem) return false
    if (!result) return true
    const wanted = new Parser({ format: 'N-Quads' }).parse(read(result).toString('utf8')) as Quad[]
    return (await canonical(quads)) === (await canonical(wanted))
  } catch {
    return false
  }
}

/** Blank nodes get plain labels first: the canonicaliser's own reader knows fewer letters than the suites use. */
function canonical(of: Iterable<Quad>) {
  const labels = new Map<string, BlankNode>()
  const plain = <T extends Term | Quad['graph']>(term: T) => {
    if (term.termType !== 'BlankNode') return term
    const label = labels.get(term.value) ?? blankNode(`n${labels.size}`)
    labels.set(term.value, label)
    return label
  }
  const relabelled = [...of].map(each => quad(plain(each.subject), each.predicate, plain(each.object), plain(each.graph)))
  return jsonld.canonize(
    lines(relabelled, true) as never,
    { algorithm: 'RDFC-1.0', inputFormat: 'application/n-quads', format: 'application/n-quads' } as never,
  )
}
