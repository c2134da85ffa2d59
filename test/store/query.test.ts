import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import oxigraph from 'oxigraph'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/problem.ts'
import { readQuery } from '../../src/store/query.ts'
import { corpus } from '../corpus.ts'

test.each([
  ['PREFIX d: <http://x/#> # a comment with SELECT\nSELECT * { ?s ?p "ask" }', 'select'],
  ['BASE <http://x/>\nPREFIX : <y#>\nask{?s ?p ?o}', 'ask'],
  ['construct where { ?s ?p ?o }', 'construct'],
  ['# only a comment\r\nDESCRIBE <http://x/#select>', 'describe'],
  ['PREFIX select: <http://x/> ASK { ?ask select:construct "describe" }', 'ask'],
])('the form of %j is %s', async (sparql, form) => {
  const { typed: _typed, ...query } = await readQuery(sparql)
  expect(query).toEqual({ text: sparql, form, prefixes: expect.any(Object) })
})

test.each([
  ['INSERT DATA { <a:b> <c:d> 1 }', 'query-refused'],
  ['PREFIX a: <b:> DELETE WHERE { ?s ?p ?o }', 'query-refused'],
  ['LOAD <http://x/>', 'query-refused'],
  ['DROP ALL', 'query-refused'],
  ['INSERT DATA { <a:b>', 'query-refused'],
  ['SELECT * { SERVICE <http://x/> { ?s ?p ?o } }', 'query-refused'],
  ['', 'query-malformed'],
  ['hello', 'query-malformed'],
  ['PREFIX a: <b:>', 'query-malformed'],
  ['PREFIX select: <b:>', 'query-malformed'],
])('%j is answered with %s', async (sparql, code) => {
  await expect(readQuery(sparql)).rejects.toMatchObject({ code })
})

test.each([
  ['SELECT * {\n  ?s a dcat:Dataset }', 'dcat', 2, 8, 'http://www.w3.org/ns/dcat#'],
  ['PREFIX a: <b:> # dcat:\nASK { ?s a:b "dcat:x" , <dcat:y> , dcat:z ; foaf:name ?n }', 'dcat', 2, 36, 'http://www.w3.org/ns/dcat#'],
  ['ASK { ?s :p ?o }', '', 1, 10, '…'],
  ['ASK { ?x ?p ?o FILTER EXISTS { ?o ?q "1"^^xsd:integer } }', 'xsd', 1, 43, 'http://www.w3.org/2001/XMLSchema#'],
])('a prefix that %j does not declare is named, with its place, and what it may stand for', async (sparql, prefix, line, column, iri) => {
  const said = { key: 'query_problem.prefix', values: { prefix, line, column, iri } }
  expect((await readQuery(sparql)).doubt).toMatchObject({ code: 'query-malformed', said, place: { line, column, excerpt: `${prefix}:` } })
})

test('the datatypes that an answer must be given back are known whatever the query ends with', async () => {
  const sizes = 'PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT ?s { ?x dcat:byteSize ?s } ORDER BY ?s LIMIT 5'
  expect((await readQuery(sizes)).typed).toEqual({ typed: { s: 'http://www.w3.org/2001/XMLSchema#nonNegativeInteger' }, pairs: [] })
})

describe('SERVICE', () => {
  test.each([
    'SELECT * { ?s <http://x/service> "a service" } # service',
    'PREFIX dcat: <http://www.w3.org/ns/dcat#> SELECT * { ?c dcat:service ?s }',
    'PREFIX service: <http://x/> SELECT ?service $service { ?service service:service ?s }',
    'SELECT * { _:service ?p "x"@service }',
  ])('is a word like others in %j', async sparql => {
    const { typed: _typed, ...query } = await readQuery(sparql)
    expect(query).toEqual({ text: sparql, form: 'select', prefixes: expect.any(Object) })
  })

  test.each([
    ['in a group', '{ { SERVICE <http://x/> {} } }'],
    ['before a LIMIT', '{ SERVICE <http://x/> {} } LIMIT 5'],
    ['silent, with a variable', '{ service SILENT ?x {} }'],
    ['in an EXISTS of a filter', '{ FILTER (1 = 2 || NOT EXISTS { SERVICE <http://x/> {} }) }'],
    ['in a query within the query', '{ OPTIONAL { SELECT * { SERVICE <http://x/> {} } } }'],
    ['in what is bound, grouped by, and ordered by', '{} ORDER BY (EXISTS { SERVICE <http://x/> {} })'],
    ['with letters written as their numbers', '{ \\u0053ERVIC\\U00000045 <http://x/> {} }'],
    // Whether \u0022 ends the string is not the same for all servers.
    ['hidden from who reads numbers of characters first', '{ ?s ?p "a\\u0022 # " . SERVICE <http://x/> {}\n}'],
    ['after a comment that ends with a carriage return', '{ # \r SERVICE <http://x/> {}\n}'],
    ['hidden from who reads them last', '{ ?s ?p "a\\u0022 . SERVICE <http://x/> {} # "\n}'],
    ['after what SPARQL 1.1 does not have', '{ ?s ?p ?o LATERAL { SERVICE <http://x/> {} } }'],
  ])('is found %s', async (_where, pattern) => {
    await expect(readQuery(`SELECT * ${pattern}`)).rejects.toMatchObject({ code: expect.stringMatching(/^query-(refused|malformed)$/) })
  })
})

test.each([
  ['SELECT * WHERE {', 'at line 1, column 17: the query ends there'],
  ['SELECT *\nWHERE { ?s ?p\n ?o }}', 'at line 3, column 6: "}" cannot stand there'],
  ['SELECT * { ?s ?p ?o ', 'the query ends there, and "}" is expected'],
  ['SELECT ?s\n  { ?s ~hello ?o }', 'at line 2, column 8: "~hello" cannot stand there'],
  ['SELECT count(*) { ?s ?p ?o }', 'at line 1, column 8: "count" cannot stand there'],
  ['SELECT * { ?s ?p "half\n }', 'at line 1, column 18: "\\"half" cannot stand there'],
  [`SELECT * { ?s ?p } "${'x'.repeat(300)}" {}`, 'column 18: "}" cannot stand there'],
])('of %j the place is said at which it cannot be read', async (sparql, place) => {
  const { doubt } = await readQuery(sparql)
  expect(doubt).toMatchObject({ code: 'query-malformed', status: 400, message: expect.stringContaining(place) })
  expect(doubt!.message.length).toBeLessThan(200)
})

test.each([
  ['SELECT * {}', undefined],
  ['BASE <http://x/y/> PREFIX g: <http://x/g#> SELECT * FROM g:a FROM <b> FROM NAMED <http://y/> {}', { default: ['http://x/g#a', 'b'], named: ['http://y/'] }],
  ['ASK FROM NAMED unknown:a {}', { default: [], named: ['unknown:a'] }],
])('the dataset of %j is %j', async (sparql, dataset) => {
  expect((await readQuery(sparql)).dataset).toEqual(dataset)
})

test('prefixes are known by name; one that is not declared is a doubt, as the store may know it', async () => {
  const prefixes = { a: 'http://a/', '': 'http://b/' }
  const query = { text: expect.any(String), form: 'select', prefixes }
  expect(await readQuery('PREFIX a: <http://a/> PREFIX : <http://b/> SELECT * { ?s a:x :y }')).toEqual(query)
  expect(await readQuery('PREFIX a: <http://a/> PREFIX : <http://b/> SELECT * { ?s a:x dct:title }')).toEqual({ ...query, doubt: expect.any(Problem) })
})

test.each([
  'VERSION "1.2" SELECT * { ?s ?p "x"@ar--rtl }',
  'SELECT * { ?s ?p <<( ?a ?b ?c )>> }',
  'SELECT * { ?s ?p ?o {| ?x ?y |} }',
  'SELECT * { ?s ?p ?o LATERAL { SELECT * { ?s ?p ?q } LIMIT 1 } }',
  'SELECT * { ?s ?p "a \\u0022quote\\u0022" }',
])('what SPARQL 1.1 does not have, and the store does, is left to the store: %j', async sparql => {
  expect(() => new oxigraph.Store().query(sparql)).not.toThrow()
  expect(await readQuery(sparql)).toMatchObject({ form: 'select' })
})

describe('text that is made to do harm', () => {
  const nested = (open: string, inner: string, close: string) => open.repeat(4000) + inner + close.repeat(4000)
  test.each([
    ['groups in groups', `SELECT * ${nested('{', '', '}')}`],
    ['lists in lists', `SELECT * { ?s ?p ${nested('(', '1', ')')} }`],
    ['nodes in nodes', `SELECT * { ?s ?p ${nested('[<p>', '1', ']')} }`],
    ['calls in calls', `ASK { FILTER (${nested('abs(', '1', ')')}) }`],
    ['brackets that do not end', `ASK { ?s ?p ${'('.repeat(16_000)}`],
    ['brackets behind what is no string', `ASK { ?s ?p "a\\u0022 ${nested('(', '1', ')')} # " }`],
    ['a name of 16,000 letters and dots', `ASK { ?s ${'a.'.repeat(16_000)} 1 }`],
  ])('%s are too large', async (_what, sparql) => {
    const start = process.cpuUsage()
    await expect(readQuery(sparql)).rejects.toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(/at most (64 brackets|250 characters|500 operators)/),
    })
    const { user } = process.cpuUsage(start)
    expect(user / 1e6).toBeLessThan(2)
  })

  test('as many brackets as people write are read, and those within strings, IRIs and comments are not counted', async () => {
    expect((await readQuery(`SELECT * ${'{'.repeat(64)}${'}'.repeat(64)}`)).doubt).toBeUndefined()
    expect((await readQuery(`ASK { ?s <a?${'('.repeat(100)}> "${'['.repeat(100)}", '''${"{'\n".repeat(100)}''' # ${'{'.repeat(100)}\n}`)).doubt).toBeUndefined()
  })

  const units = {
    names: 'a ',
    quotes: '"',
    apostrophes: "'",
    'long strings': '"""a',
    backslashes: '\\"',
    IRIs: '<a',
    comments: '#',
    alternatives: '||?x',
    paths: '/<a>',
    groups: '{}',
    filters: 'FILTER(1)',
    numbers: '1.',
    percents: '%',
    escapes: '\\u0041',
    statements: '?s ?p ?o .',
    objects: ',?o',
    prefixes: 'PREFIX a: <a>',
    'long names': `${'a'.repeat(249)} `,
  }
  test.each(Object.entries(units))('a query of %s, as long as the endpoint reads, takes a moment', async (_what, unit) => {
    for (const head of ['ASK { ?s ?p ', 'SELECT * { FILTER (?x', '']) {
      const start = process.cpuUsage()
      await readQuery(head + unit.repeat((32_000 - head.length) / unit.length)).catch(() => {})
      expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
    }
  })
})

const suite = corpus && join(corpus, 'w3c/w3c__rdf-tests/sparql/sparql11')
const present = suite !== undefined && existsSync(suite)
if (!present) console.warn('The queries of the W3C test suite are not read: set FIHRIST_CORPUS to a folder that holds them as w3c/w3c__rdf-tests.')

describe.skipIf(!present)('the queries of the W3C test suite of SPARQL 1.1', () => {
  test('what the store takes is not refused, but for other endpoints; and what neither takes is malformed', async () => {
    const files = readdirSync(suite!, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.rq'))
    const refused: string[] = []
    for (const file of files) {
      const text = readFileSync(join(suite!, file), 'utf8')
      const taken = storeTakes(text)
      const read = await readQuery(text).catch((error: { code: string }) => error.code)
      if (typeof read === 'string' && (taken || read !== 'query-malformed')) refused.push(`${file}: ${read}`)
    }
    expect(files.length).toBeGreaterThan(300)
    expect(refused.filter(line => !/^(service|syntax-fed)\/.*query-refused$/.test(line))).toEqual([])
  })
})

/** Whether the embedded store reads the query, whatever it answers. */
function storeTakes(sparql: string): boolean {
  try {
    new oxigraph.Store().query(sparql, { base_iri: 'http://base.example/' })
    return true
  } catch {
    return false
  }
}
