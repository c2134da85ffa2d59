import { describe, expect, it } from 'vitest'
import { textOf } from '../../../src/rdf/terms.ts'
import { compile } from '../../../src/validate/shacl/compile.ts'
import { pathText } from '../../../src/validate/shacl/path-text.ts'
import { faultsOfQueries } from '../../../src/validate/shacl/queries.ts'
import { withSparql } from '../../../src/validate/shacl/sparql.ts'
import { turtle } from '../../edition.ts'

const prefixes = '@prefix : <https://e.ma/> . @prefix sh: <http://www.w3.org/ns/shacl#> . '

async function results(shapes: string, data: string): Promise<string[]> {
  const rules = turtle(prefixes + shapes)
  const found: string[] = []
  await withSparql(rules, compile(rules))(turtle(prefixes + data), (constraint, focus, { value, path = constraint.path }) =>
    found.push([constraint.component.value.split('#')[1], textOf(focus), path ? pathText(path) : '', value ? textOf(value) : ''].join(' ')),
  )
  return found.sort()
}

describe('a rule in SPARQL', () => {
  const tooMany = 'sh:select "SELECT $this ?value { $this <https://e.ma/p> ?value FILTER(?value > 3) }"'

  it('tells each value that its query selects', async () => {
    expect(await results(`:s sh:targetClass :C ; sh:sparql [ ${tooMany} ] .`, ':a a :C ; :p 1 , 4 , 7 . :b a :C ; :p 2 .')).toEqual([
      'SPARQLConstraintComponent https://e.ma/a  "4"^^http://www.w3.org/2001/XMLSchema#integer',
      'SPARQLConstraintComponent https://e.ma/a  "7"^^http://www.w3.org/2001/XMLSchema#integer',
    ])
  })

  it('stands beside others in one shape: each says its own', async () => {
    const shapes = `:s sh:targetClass :C ; sh:nodeKind sh:IRI ; sh:property [ sh:path :q ; sh:minCount 1 ; sh:sparql [ sh:select "SELECT $this { $this <https://e.ma/q> 5 }" ] , [ ${tooMany} ] ] .`
    expect(await results(shapes, ':a a :C ; :p 4 ; :q 5 . :b a :C . [] a :C ; :q 1 .')).toEqual([
      'MinCountConstraintComponent https://e.ma/b https://e.ma/q ',
      expect.stringMatching(/^NodeKindConstraintComponent _:/),
      'SPARQLConstraintComponent https://e.ma/a https://e.ma/q ',
      'SPARQLConstraintComponent https://e.ma/a https://e.ma/q "4"^^http://www.w3.org/2001/XMLSchema#integer',
    ])
  })

  it('is asked wherever it stands, behind sh:node, sh:not and sh:or, however deep', async () => {
    const shapes = `:s sh:targetClass :C ; sh:property [ sh:path :r ; sh:or ( [ sh:not :few ] [ sh:nodeKind sh:Literal ] ) ] . :few sh:node :fewer . :fewer sh:sparql [ ${tooMany} ] .`
    expect(await results(shapes, ':a a :C ; :r :b , :c , "x" . :b :p 9 . :c :p 1 .')).toEqual([
      'OrConstraintComponent https://e.ma/a https://e.ma/r https://e.ma/c',
    ])
  })

  it('knows the path of its shape, its prefixes and those that they import', async () => {
    const shapes = `:s sh:targetClass :C ; sh:path [ sh:zeroOrMorePath ( :p [ sh:inversePath :q ] ) ] ; sh:sparql [ sh:prefixes :o ; sh:select "SELECT $this ?value { $this $PATH ?value . ?value a e:Bad }" ] .
      :o <http://www.w3.org/2002/07/owl#imports> :o2 . :o2 sh:declare [ sh:prefix "e" ; sh:namespace "https://e.ma/" ] .`
    expect(await results(shapes, ':a a :C ; :p :b . :c :q :b ; a :Bad .')).toEqual([
      'SPARQLConstraintComponent https://e.ma/a (<https://e.ma/p>/(^<https://e.ma/q>))* https://e.ma/c',
    ])
  })

  it('may be switched off, and may find the nodes that another is about', async () => {
    const target = 'sh:target [ a sh:SPARQLTarget ; sh:select "SELECT ?this { ?this <https://e.ma/p> 4 }" ]'
    expect(await results(`:s ${target} ; sh:nodeKind sh:Literal ; sh:sparql [ sh:deactivated true ; ${tooMany} ] .`, ':a :p 4 . :b :p 5 .')).toEqual([
      'NodeKindConstraintComponent https://e.ma/a  https://e.ma/a',
    ])
  })

  it.each([
    ['no SPARQL', 'SELECT $this { $this :p ?v ', /it is not SPARQL/],
    ['a prefix that is declared nowhere', 'SELECT $this { $this e:p ?v }', /Unknown prefix: e/],
    ['no SELECT', 'ASK { $this ?p ?v }', /it is no SELECT/],
    ['MINUS', 'SELECT $this { $this ?p ?v MINUS { $this ?p 1 } }', /SHACL does not allow MINUS/],
    ['a SELECT that hides the node', 'SELECT $this { { SELECT ?v { $this ?p ?v } } }', /each SELECT, those within it as well, to return \$this/],
    ['another graph', 'SELECT $this { GRAPH ?g { $this ?p ?v } }', /GRAPH asks for one/],
    ['GROUP BY the node', 'SELECT $this { $this ?p ?v } GROUP BY $this', /GROUP BY \$this is not done here/],
    ['the shape itself', 'SELECT $this { $currentShape ?p ?v }', /\$currentShape is not known here/],
  ])('is refused with %s', async (_what, query, message) => {
    const faults = await faultsOfQueries(turtle(`${prefixes} :s sh:sparql [ sh:select "${query}" ] .`))
    expect(faults.map(fault => fault.message)).toEqual([expect.stringMatching(message)])
  })
})
