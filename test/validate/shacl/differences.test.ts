import { describe, expect, it } from 'vitest'
import { turtle } from '../../edition.ts'
import { ours } from './engine.ts'

const prefixes =
  '@prefix : <https://e.ma/> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . '

/** The component, the node and the value of each result. */
const results = (shapes: string, data: string) =>
  ours(turtle(prefixes + shapes))(turtle(prefixes + data)).map(line => {
    const [, component, , focus, , value] = line.split(' | ')
    return [/#(\w+)ConstraintComponent/.exec(component!)![1], focus, value]
      .join(' ')
      .trim()
      .replaceAll('https://e.ma/', ':')
      .replace(/\^\^.*/, '')
  })

/** Where shacl-engine 1.1.2 says something else, by the section of SHACL that decides. */
describe('what the standard says', () => {
  it.each<[section: string, what: string, shapes: string, data: string, expected: string[]]>([
    [
      '1.1',
      'a class is below another where the data says so',
      ':s sh:targetClass :C ; sh:nodeKind sh:BlankNode .',
      ':D rdfs:subClassOf :C . :a a :D .',
      ['NodeKind :a :a'],
    ],
    [
      '1.1',
      'and where the shapes say so, of what the data says',
      ':D rdfs:subClassOf :C . :s sh:targetNode :x ; sh:path :p ; sh:class :C .',
      ':x :p :a , :b . :a a :E . :E rdfs:subClassOf :D .',
      ['Class :x :b'],
    ],
    [
      '2.1.3.3',
      'a shape that is a class is about its instances, in the words of RDFS and of OWL',
      ':C a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:BlankNode . :D a sh:NodeShape , owl:Class ; sh:nodeKind sh:Literal .',
      ':a a :C . :b a :D .',
      ['NodeKind :a :a', 'NodeKind :b :b'],
    ],
    [
      '2.1.3.1',
      'a node that is named is looked at, whether or not anything is said at all',
      ':s sh:targetNode :a ; sh:nodeKind sh:Literal .',
      '',
      ['NodeKind :a :a'],
    ],
    [
      '2.3.1.4',
      'a path may go back over several steps',
      ':s sh:targetNode :a ; sh:path [ sh:inversePath ( :p :q ) ] ; sh:nodeKind sh:Literal .',
      ':x :p :y . :y :q :a .',
      ['NodeKind :a :x'],
    ],
    [
      '2.3.1.5',
      'and on over alternatives of any length',
      ':s sh:targetNode :a ; sh:path [ sh:oneOrMorePath [ sh:alternativePath ( :p :q ) ] ] ; sh:nodeKind sh:Literal .',
      ':a :p :b . :b :q :c , :a .',
      ['NodeKind :a :a', 'NodeKind :a :b', 'NodeKind :a :c'],
    ],
    [
      '4.1.2',
      'a day that its month does not have is no date',
      ':s sh:targetNode :a ; sh:path :p ; sh:datatype xsd:date .',
      ':a :p "2023-02-30"^^xsd:date , "2024-02-29"^^xsd:date .',
      ['Datatype :a "2023-02-30"'],
    ],
    [
      '4.1.2',
      'any text is a text, with letters beyond the first plane of Unicode too',
      ':s sh:targetNode :a ; sh:path :p ; sh:datatype xsd:string .',
      ':a :p "\\U0001F600" .',
      [],
    ],
    [
      '4.3',
      'texts are compared by code point, as SPARQL does',
      ':s sh:targetNode :a ; sh:path :p ; sh:minInclusive "a" .',
      ':a :p "B" , "b" .',
      ['MinInclusive :a "B"'],
    ],
    ['4.3', 'a text with a language is not compared', ':s sh:targetNode :a ; sh:path :p ; sh:minInclusive "a" .', ':a :p "b"@fr .', ['MinInclusive :a "b"@fr']],
    [
      '4.3',
      'whole numbers are compared to their last digit',
      ':s sh:targetNode :a ; sh:path :p ; sh:maxInclusive 9007199254740992 .',
      ':a :p 9007199254740993 .',
      ['MaxInclusive :a "9007199254740993"'],
    ],
    [
      '4.3',
      'an instant without zone is compared where it is the same in all',
      ':s sh:targetNode :a ; sh:path :p ; sh:minInclusive "2024-01-01T00:00:00Z"^^xsd:dateTime .',
      ':a :p "2024-01-03T00:00:00"^^xsd:dateTime , "2024-01-01T10:00:00"^^xsd:dateTime .',
      ['MinInclusive :a "2024-01-01T10:00:00"'],
    ],
    ['4.4.1', 'characters are counted, not halves of them', ':s sh:targetNode :a ; sh:path :p ; sh:maxLength 1 .', ':a :p "\\U0001F600" .', []],
    [
      '4.4.3',
      'a blank node matches no pattern',
      ':s sh:targetNode :a ; sh:path :p ; sh:pattern "." .',
      ':a :p [] , "x" .',
      [expect.stringMatching(/^Pattern :a _:/)],
    ],
    ['4.4.3', 'a pattern sees characters, not halves of them', ':s sh:targetNode :a ; sh:path :p ; sh:pattern "^.$" .', ':a :p "\\U0001F600" .', []],
    [
      '4.4.4',
      'a language is that before the hyphen, in whatever letters',
      ':s sh:targetNode :a ; sh:path :p ; sh:languageIn ( "FR" ) .',
      ':a :p "a"@frm , "b"@fr-ma , "c"@fr .',
      ['LanguageIn :a "a"@frm'],
    ],
    [
      '4.5.1',
      'each value that is missing is told, of a node shape as well',
      ':s sh:targetNode :a ; sh:equals :p .',
      ':a :p :b , :c .',
      ['Equals :a :a', 'Equals :a :b', 'Equals :a :c'],
    ],
    [
      '4.5.3',
      'what cannot be compared is not less',
      ':s sh:targetNode :a ; sh:path :p ; sh:lessThan :q .',
      ':a :p "many"^^xsd:integer , "x" , true , :b ; :q 5 .',
      ['LessThan :a "many"', 'LessThan :a "true"', 'LessThan :a "x"', 'LessThan :a :b'],
    ],
    [
      '4.5.3',
      'a year is less than a date, and a date than an instant',
      ':s sh:targetNode :a ; sh:path :p ; sh:lessThan :q .',
      ':a :p "2024"^^xsd:gYear , "2024-06-01"^^xsd:date ; :q "2024-05-01T00:00:00Z"^^xsd:dateTime .',
      ['LessThan :a "2024-06-01"'],
    ],
    [
      '4.6',
      'two lists of alternatives are two constraints',
      ':s sh:targetNode :a ; sh:or ( [ sh:nodeKind sh:IRI ] ) , ( [ sh:nodeKind sh:Literal ] ) .',
      '',
      ['Or :a :a'],
    ],
    [
      '4.6.1',
      'two shapes that are refused are two constraints',
      ':s sh:targetNode :a ; sh:not [ sh:nodeKind sh:IRI ] , [ sh:nodeKind sh:Literal ] .',
      '',
      ['Not :a :a'],
    ],
    [
      '4.7.1',
      'a value that is met from two nodes fails for both',
      ':s sh:targetClass :C ; sh:property [ sh:path :p ; sh:node [ sh:property [ sh:path :q ; sh:node [ sh:property [ sh:path :r ; sh:nodeKind sh:Literal ] ] ] ] ] .',
      ':a a :C ; :p :x . :b a :C ; :p :x . :x :q :y . :y :r :z .',
      ['Node :a :x', 'Node :b :x'],
    ],
    [
      '4.8.1',
      'each statement with a property that is not allowed is told, deactivated properties being allowed',
      ':s sh:targetNode :a ; sh:closed true ; sh:ignoredProperties ( :r ) ; sh:property [ sh:path :q ; sh:deactivated true ] .',
      ':a :p :b , :c ; :q 1 ; :r 2 .',
      ['Closed :a :b', 'Closed :a :c'],
    ],
    ['4.8.2', 'two values that are to be had are two constraints', ':s sh:targetNode :a ; sh:path :p ; sh:hasValue 1 , 2 .', ':a :p 1 .', ['HasValue :a']],
  ])('%s: %s', (_section, _what, shapes, data, expected) => {
    expect(results(shapes, data)).toEqual(expected)
  })
})

it('ten thousand dates beside ten thousand others take no hundred million comparisons', () => {
  const dates = (property: string, year: number) =>
    Array.from({ length: 10_000 }, (_, at) => `:a :${property} "${year}-01-01T00:00:00.${at}Z"^^xsd:dateTime .`).join('\n')
  const started = performance.now()
  expect(results(':s sh:targetNode :a ; sh:path :p ; sh:lessThan :q .', dates('p', 2023) + dates('q', 2024))).toEqual([])
  expect(new Set(results(':s sh:targetNode :a ; sh:path :p ; sh:lessThan :q .', dates('p', 2024) + dates('q', 2023))).size).toBe(10_000)
  expect(performance.now() - started).toBeLessThan(10_000)
})
