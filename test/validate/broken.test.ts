import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadProfile, profileNames, refuseBroken, type Profile } from '../../src/validate/profiles.ts'
import { base, shapes } from '../edition.ts'

const head = '@prefix : <https://e.ma/shapes#> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n'

async function profile(text: string, name = 'own'): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-shapes-'))
  writeFileSync(join(folder, `${name}.ttl`), head + text)
  return loadProfile(folder, base, name)
}

/** What is said of shapes; the text begins on the second line of its file. */
async function said(text: string): Promise<{ code: string; message: string; place: { file: string; line: number } } | undefined> {
  const own = await profile(text)
  try {
    refuseBroken([own])
  } catch (error) {
    return error as never
  }
  return undefined
}

describe('a shape file is refused with file, line, shape and what to do, where it has', () => {
  it.each<[string, string, number, RegExp]>([
    ['a broken pattern', ':a a sh:NodeShape ;\n sh:pattern "([" .', 3, /a: sh:pattern takes a regular expression, and not "\(\[": .*Unterminated/],
    ['a pattern that JavaScript reads otherwise than XPath', ':a sh:pattern "\\\\i\\\\c*" .', 2, /"\\i" is known to XPath and not here/],
    ['a yes that is none', ':a sh:path :p ; sh:uniqueLang "1"^^xsd:boolean .', 2, /sh:uniqueLang takes true or false, and not "1"/],
    ['flags that are none', ':a sh:pattern "x" ; sh:flags "g" .', 2, /sh:flags takes letters of s, m, i, x and q, and not "g"/],
    ['flags of nothing', ':a sh:flags "i" .', 2, /sh:flags means nothing without sh:pattern/],
    ['a count in words', ':a sh:path :p ;\n sh:minCount "one" .', 3, /sh:minCount takes a whole number, such as 1, and not "one"/],
    ['a count with a fraction', ':a sh:path :p ; sh:maxCount 1.5 .', 2, /sh:maxCount takes a whole number/],
    ['a count below nothing', ':a sh:minLength -1 .', 2, /sh:minLength takes a whole number/],
    ['a count of nothing that is there', ':a sh:minCount 1 .', 2, /sh:minCount is about the values of a property, and there is no sh:path/],
    ['a property shape without path', ':a a sh:NodeShape ;\n sh:property [\n sh:minLength 1 ] .', 4, /a: sh:property names a shape without sh:path/],
    ['a typed property shape without path', ':a a sh:PropertyShape ; sh:minLength 1 .', 2, /a: it is a sh:PropertyShape and has no sh:path/],
    ['a path that is none', ':a sh:path [ sh:inversePth :p ] .', 2, /sh:inversePth is no term of SHACL.* Write sh:inversePath/],
    ['a path of one step', ':a sh:path ( :p ) .', 2, /sh:path takes a property path/],
    ['a path that runs into itself', ':a sh:path _:p . _:p sh:zeroOrMorePath _:p .', 2, /sh:path takes a property path/],
    ['two paths', ':a sh:path :p ,\n :q .', 3, /sh:path is given twice/],
    ['a shape that nobody wrote', ':a sh:node\n :agnet .', 3, /sh:node names agnet, of which no shape file says anything/],
    ['a rule that nobody wrote', ':a sh:property :b , :c . :b sh:path :p .', 2, /sh:property names c, of which no/],
    ['an alternative that nobody wrote', ':a sh:or ( :b :c ) . :b sh:nodeKind sh:IRI .', 2, /sh:or names c, of which no/],
    ['a text for a shape', ':a sh:not "b" .', 2, /sh:not takes a shape, and not "b"/],
    [
      'a misspelt parameter',
      ':a sh:propery\n :b . :b sh:path :p .',
      3,
      /sh:propery is no term of SHACL, and would be passed over in silence. Write sh:property/,
    ],
    ['a parameter in other letters', ':a sh:path :p ; sh:MinCount 1 .', 2, /Write sh:minCount/],
    ['a parameter of a draft', ':a sh:shape :b .', 2, /sh:shape is no term of SHACL/],
    ['a severity that is none', ':a sh:path :p ; sh:severity sh:Eror .', 2, /sh:Eror is no term of SHACL/],
    ['a kind of node that is none', ':a sh:nodeKind sh:Violation .', 2, /sh:nodeKind takes one of sh:IRI, .*, and not Violation/],
    ['a class in words', ':a sh:class "Dataset" .', 2, /sh:class takes an IRI, and not "Dataset"/],
    ['a target in words', ':a sh:targetClass "Dataset" .', 2, /sh:targetClass takes an IRI/],
    ['a list that does not end', ':a sh:in [ <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> 1 ] .', 2, /sh:in takes a list of values/],
    ['a value where a list is', ':a sh:in "x" .', 2, /sh:in takes a list of values, and not "x"/],
    ['a value where a list of shapes is', ':a sh:or :b . :b sh:nodeKind sh:IRI .', 2, /sh:or takes a list of shapes/],
    ['languages with a language', ':a sh:languageIn ( "fr"@fr ) .', 2, /sh:languageIn takes a list of language tags/],
    ['a yes in words', ':a sh:path :p ; sh:uniqueLang "yes" .', 2, /sh:uniqueLang takes true or false, and not "yes"/],
    ['a limit that is none', ':a sh:minInclusive "many"^^xsd:integer .', 2, /sh:minInclusive takes a number, a date/],
    ['a count of no shape', ':a sh:path :p ; sh:qualifiedMinCount 1 .', 2, /sh:qualifiedMinCount means nothing without sh:qualifiedValueShape/],
    ['two datatypes', ':a sh:datatype xsd:date ,\n xsd:gYear .', 3, /sh:datatype is given twice/],
    [
      'a shape that comes back to itself',
      ':a sh:node :b .\n:b sh:path :p ;\n sh:or ( [ sh:property :c ] ) . :c sh:path :p ; sh:not :a .',
      4,
      /c: sh:not comes back to a, within which it stands/,
    ],
    ['a slip deep inside', ':a sh:or (\n [ sh:property [ sh:path :p ;\n sh:minLength "x" ] ] ) .', 4, /: a shape within a: sh:minLength takes/],
    ['a rule of inference', ':a sh:rule [] .', 2, /sh:rule is not done here, and would be passed over in silence/],
    ['entailment', '<https://e.ma/shapes> sh:entailment <http://www.w3.org/ns/entailment/RDFS> .', 2, /sh:entailment is not done here/],
  ])('%s', async (_what, text, line, message) => {
    const problem = await said(text)
    expect(problem).toMatchObject({ code: 'configuration', message: expect.stringMatching(message), place: { line } })
    expect(problem!.message).toContain(`own.ttl:${line}: `)
  })

  it('several: the first is told, and where the others are', async () => {
    expect((await said(':a sh:nodeKind sh:Node ;\n sh:minLength "x" ;\n sh:propery :b .'))?.message).toMatch(
      /own\.ttl:2: a: .* Wrong as well: .*own\.ttl:3, .*own\.ttl:4\.$/,
    )
  })
})

it('what SHACL allows is not refused: no name, no constraint, own severities and own properties', async () => {
  expect(
    await said(
      ':a a sh:NodeShape ; sh:targetClass :C ; sh:severity :Grave ; sh:property [ sh:path [ sh:zeroOrMorePath ( :p [ sh:inversePath :q ] ) ] ; sh:node [] ; sh:order 1 ; sh:group :g ] ; sh:not [] ; :own "x" ; sh:in () ; sh:pattern "([" ; sh:flags "q" . :g a sh:PropertyGroup .',
    ),
  ).toBeUndefined()
})

it('a rule may stand in the file of another profile, as long as both are used', async () => {
  const [one, other] = [await profile(':a sh:node :b .', 'one'), await profile(':b sh:nodeKind sh:IRI .', 'other')]
  expect(() => refuseBroken([one, other])).not.toThrow()
  expect(() => refuseBroken([one])).toThrow(/sh:node names b/)
})

it('the shipped shapes have nothing of the kind', async () => {
  refuseBroken(await Promise.all(profileNames(shapes).map(name => loadProfile(shapes, base, name))))
})
