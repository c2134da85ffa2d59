import fc from 'fast-check'
import { expect, it } from 'vitest'
import { digest } from '../../src/rdf/digest.ts'
import { Graph } from '../../src/rdf/graph.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { skolemise } from '../../src/rdf/skolemise.ts'
import { blankNode, literal, namedNode, quad } from '../../src/rdf/terms.ts'
import { turtle } from '../edition.ts'

const mint = (hash: string) => `https://e.ma/record/1#${hash}`
const text = (of: Graph) => lines(of, false)

/** Small graphs of a few nodes, named and blank, with cycles and literals. */
const shape = fc.array(fc.record({ from: fc.nat(6), property: fc.nat(2), to: fc.oneof(fc.nat(6), fc.constantFrom('x', 'y')) }), { minLength: 1, maxLength: 15 })
const build = (edges: { from: number; property: number; to: number | string }[], label: (n: number) => string) => {
  const node = (n: number) => (n < 2 ? namedNode(`https://e.ma/${n}`) : blankNode(label(n)))
  return edges.map(({ from, property, to }) => quad(node(from), namedNode(`https://e.ma/p${property}`), typeof to === 'string' ? literal(to) : node(to)))
}

it('neither the labels of blank nodes nor the order of statements count', () => {
  fc.assert(
    fc.property(shape, fc.nat(), (edges, seed) => {
      const one = build(edges, n => `b${n}`)
      const other = build(edges, n => `other-${(n * 7 + seed) % 97}-${n}`)
        .map((each, at) => [(at * 31 + seed) % 17, each] as const)
        .sort(([a], [b]) => a - b)
        .map(([, each]) => each)
      expect(text(skolemise(new Graph(other), mint))).toBe(text(skolemise(new Graph(one), mint)))
    }),
    { numRuns: 500 },
  )
})

it('no blank node is left, and what is named stays', () => {
  fc.assert(
    fc.property(shape, edges => {
      const result = text(skolemise(new Graph(build(edges, n => `b${n}`)), mint))
      expect(result).not.toContain('_:')
    }),
    { numRuns: 200 },
  )
})

it('nodes of which different things are said stay distinct', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }), names => {
      const result = skolemise(new Graph(names.map((name, at) => quad(blankNode(`n${at}`), namedNode('https://e.ma/name'), literal(name)))), mint)
      expect(result.subjects()).toHaveLength(names.length)
    }),
    { numRuns: 200 },
  )
})

it('two nodes that differ only far from themselves stay distinct', () => {
  const result = skolemise(turtle('@prefix : <https://e.ma/> . :a :p [ :p [ :p [ :p "x" ] ] ] , [ :p [ :p [ :p "y" ] ] ] .'), mint)
  expect(result.size).toBe(8)
})

it('two nodes of which the same is said in the same place become one', () => {
  expect(skolemise(turtle('@prefix : <https://e.ma/> . :a :p [ :q "x" ] , [ :q "x" ] .'), mint).size).toBe(2)
  expect(skolemise(turtle('@prefix : <https://e.ma/> . :a :p [ :q "x" ] . :b :p [ :q "x" ] .'), mint).size).toBe(4)
})

it('the language of a text and the type of a value tell nodes apart', () => {
  expect(skolemise(turtle('@prefix : <https://e.ma/> . [] :q "1" . [] :q 1 . [] :q "1"@fr . [] :q "1"@en .'), mint).size).toBe(4)
})

it('a cycle of blank nodes has an end', () => {
  expect(skolemise(turtle('@prefix : <https://e.ma/> . _:a :p _:b . _:b :p _:c . _:c :p _:a ; :q "x" . _:d :p _:d .'), mint).size).toBe(5)
})

it('a digest is short, safe in a URL, and the same every time', () => {
  expect(digest('الماء')).toBe(digest(Buffer.from('الماء')))
  expect(digest('a')).toBe('ypeBEsobvcr6wjGzmiPcTaeG7_g')
  expect(digest('a')).not.toBe(digest('b'))
  expect(digest('x'.repeat(1e6))).toMatch(/^[\w-]{27}$/)
})
