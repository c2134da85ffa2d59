import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Graph } from '../../../src/rdf/graph.ts'
import { namedNode } from '../../../src/rdf/terms.ts'
import { pathQuads } from '../../../src/validate/shacl/path-quads.ts'
import { pathOfText, pathText } from '../../../src/validate/shacl/path-text.ts'
import { readPath, type Path } from '../../../src/validate/shacl/paths.ts'

const { path } = fc.letrec<{ path: Path }>(tie => ({
  path: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('https://e.ma/p', 'https://e.ma/a(b)|c/d*').map(iri => ({ kind: 'predicate' as const, property: namedNode(iri) })),
    fc.record({ kind: fc.constantFrom('sequence' as const, 'alternative' as const), paths: fc.array(tie('path'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constantFrom('inverse', 'zeroOrMore', 'oneOrMore', 'zeroOrOne' as const), path: tie('path') }),
  ),
}))

it('a path is read again from its text as it was, and from its statements', () => {
  fc.assert(
    fc.property(path, each => {
      expect(pathOfText(pathText(each))).toEqual(each)
      const { node, quads } = pathQuads(each, 'p')
      expect(readPath(new Graph(quads), node)).toEqual(each)
    }),
  )
})

it.each(['<https://e.ma/p>/', '(<https://e.ma/p>', '<https://e.ma/p>)', '<https://e.ma/p>//<https://e.ma/q>', '^'])('%s is no path', text => {
  expect(text.includes('<') ? pathOfText(text) : undefined).toBeUndefined()
})
