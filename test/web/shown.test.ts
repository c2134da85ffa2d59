import { expect, test } from 'vitest'
import { compact } from '../../src/rdf/namespaces.ts'
import { namedNode } from '../../src/rdf/terms.ts'
import { datasetFacts, fileFacts, unshown } from '../../src/web/page/shown.ts'
import { loadWords, shippedLanguages } from '../../src/words/words.ts'
import { turtle } from '../edition.ts'

// What the page of a dataset shows by tables, and what is left for the list of all other statements.

const csv = 'http://publications.europa.eu/resource/authority/file-type/CSV'
const rest = (text: string) => {
  const graph = turtle(`@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
    @prefix vcard: <http://www.w3.org/2006/vcard/ns#> . @prefix adms: <http://www.w3.org/ns/adms#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix : <https://e.ma/> .\n${text}`)
  return unshown(graph, namedNode('https://e.ma/a'), iri => iri === csv).map(
    ({ subject, predicate }) => `${subject.value.replace('https://e.ma/', '')} ${compact(predicate.value)}`,
  )
}

test.each<[string, string, string[]]>([
  ['a title is on the page, a property that no table has is not', ':a a dcat:Dataset ; dct:title "x" ; dct:alternative "y" .', ['a dct:alternative']],
  [
    'of a publisher its name is shown, and not where it lives',
    ':a dct:publisher :p . :p a foaf:Agent ; foaf:name "P" ; foaf:homepage :h .',
    ['p rdf:type', 'p foaf:homepage'],
  ],
  [
    'of a concept of our lists nothing is shown that the portal says of it',
    `:a dct:language <${csv}> . <${csv}> skos:prefLabel "c" .`,
    [`${csv} skos:prefLabel`],
  ],
  [
    'of a period its dates are shown, and its name where it has none',
    ':a dct:temporal :p, :q . :p dcat:startDate "2020" ; rdfs:label "p" . :q rdfs:label "q" .',
    ['p rdfs:label'],
  ],
  [
    'of a contact its name and the ways to it',
    ':a dcat:contactPoint :c . :c a vcard:Kind ; vcard:fn "C" ; vcard:hasEmail <mailto:a@e.ma> ; vcard:note "n" .',
    ['c vcard:note'],
  ],
  ['of another identifier its notation', ':a adms:identifier :i . :i skos:notation "1" ; dct:issued "2020" .', ['i dct:issued']],
  [
    'of a file what its own table has',
    ':a dcat:distribution :f . :f dct:title "f" ; dct:license :l ; dcat:compressFormat :z . :l dct:title "l" ; rdfs:seeAlso :s .',
    ['f dcat:compressFormat', 'l rdfs:seeAlso'],
  ],
  ['a node that nothing on the page leads to', ':a dct:title "x" . :b dct:title "y" .', ['b dct:title']],
  ['nodes that lead to each other end', ':a dct:relation :b ; dct:publisher :b . :b dct:publisher :a ; foaf:name "b" .', ['a dct:relation', 'b dct:publisher']],
])('%s', (_what, text, left) => {
  expect(rest(text)).toEqual(left)
})

test('every line of facts has its label in every language', () => {
  const words = [...loadWords(shippedLanguages, 'UTC').values()]
  const labels = [...datasetFacts, ...fileFacts].map(([label]) => `fact.${label}`)
  expect(labels.length).toBeGreaterThan(25)
  expect(words.flatMap(({ language, has }) => labels.filter(label => !has(label)).map(label => `${language}: ${label}`))).toEqual([])
})
