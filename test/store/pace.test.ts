import { expect, test } from 'vitest'
import { openPaces } from '../../src/store/pace.ts'
import { readQuery } from '../../src/store/query.ts'

test('queries that differ in names, strings, comments and numbers alone go alike', () => {
  const paces = openPaces()
  paces.went('SELECT * { <http://a/1> ?p "x" } LIMIT 10 # first', 'long')
  expect(paces.of('', 'SELECT *  { <http://b/22> ?p "other" } LIMIT 50')).toBe('long')
  expect(paces.of('', 'SELECT * { <http://a/1> ?p "x" } LIMIT 100000')).toBe('new')
})

test('of a client whose query ended a copy, what is new is asked with care for a minute; what is known to be quick is not', () => {
  let clock = 0
  const paces = openPaces(() => clock)
  paces.went('ASK {}', 'quick')
  paces.blame('192.0.2.1')
  const judged = () => [paces.of('192.0.2.1', 'ASK { ?s ?p ?o }'), paces.of('192.0.2.1', 'ASK {}'), paces.of('192.0.2.2', 'ASK { ?s ?p ?o }')]
  expect(judged()).toEqual(['harmful', 'quick', 'new'])
  clock += 61
  expect(judged()).toEqual(['new', 'quick', 'new'])
})

test('what was feared of a query goes once it is known better', () => {
  const paces = openPaces()
  expect(paces.of('', 'ASK { ?a ?b ?c . ?d ?e ?f }', true)).toBe('harmful')
  paces.went('ASK { ?a ?b ?c . ?d ?e ?f }', 'quick')
  expect(paces.of('', 'ASK { ?a ?b ?c . ?d ?e ?f }', true)).toBe('quick')
})

test.each([
  ['a cross product', 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }'],
  ['a cross product in an inner query', 'SELECT * { { SELECT * { ?a ?b ?c . ?d ?e ?f } } }'],
  ['lists of values side by side', 'ASK { VALUES ?a { 1 2 } VALUES ?b { 1 2 } }'],
  ['paths from anywhere to anywhere', 'ASK { ?a (<urn:x>|!<urn:y>)* ?b . ?b (<urn:x>|!<urn:y>)* ?c }'],
  [
    'values made of values',
    `SELECT ?x9 { BIND ("a" AS ?x0) ${Array.from({ length: 9 }, (_, at) => `BIND (CONCAT(?x${at}, ?x${at}) AS ?x${at + 1})`).join(' ')} }`,
  ],
])('%s is asked with care', async (_what, query) => {
  expect((await readQuery(query)).suspect).toBe(true)
})

test.each([
  'SELECT * { <http://a/1> ?p ?o }',
  'SELECT ?d ?t { ?d a <http://a/D> ; <http://a/t> ?t } LIMIT 50',
  'SELECT ?f (COUNT(*) AS ?n) { ?d <http://a/x>/<http://a/f> ?f } GROUP BY ?f',
  'SELECT ?t ?top { ?d <http://a/theme> ?t . ?t <http://a/broader>* ?top }',
  'SELECT * { ?d a <http://a/D> . OPTIONAL { ?d <http://a/t> ?t } <http://a/1> ?p ?o }',
  'ASK { ?d a ?class . VALUES ?class { <http://a/D> <http://a/E> } }',
])('%s is asked without more ado', async query => {
  expect((await readQuery(query)).suspect).toBeUndefined()
})
