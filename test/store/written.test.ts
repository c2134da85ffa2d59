import oxigraph from 'oxigraph'
import { describe, expect, test } from 'vitest'
import { ask } from '../../src/store/ask.ts'
import { limitRows } from '../../src/store/query-text.ts'
import { readQuery } from '../../src/store/query.ts'
import { resultFormats } from '../../src/store/result-formats.ts'

const size = 'http://www.w3.org/ns/dcat#byteSize'
const xsd = 'http://www.w3.org/2001/XMLSchema#'
const store = new oxigraph.Store()
store.load(
  `<http://x/a> <${size}> "58220"^^<${xsd}nonNegativeInteger> .
<http://x/b> <${size}> "7"^^<${xsd}nonNegativeInteger> .
<http://x/a> <http://x/count> "58220"^^<${xsd}integer> .
<http://x/a> <http://x/text> "a\\u0001b\\"}},{\\"\\t<dcat:byteSize> \\"7\\" .\\n" .`,
  { format: 'application/n-triples', to_graph_name: oxigraph.namedNode('http://x/graph') },
)
const rich = { rows: 1000, most: 1e6 }
async function answered(sparql: string, mediaType: string, bounds = rich) {
  const { text, form, typed } = await readQuery(sparql)
  return ask(oxigraph, store, 'http://x/', { sparql: text, form, mediaType, ...(typed && { typed }) }, bounds)
}

describe('the size of a file is a whole number that is not negative', () => {
  const select = `SELECT ?d ?x { ?d <${size}> ?x } ORDER BY DESC(?x)`
  test.each<[string, string, RegExp]>([
    ['application/sparql-results+json', select, /"value":"58220","datatype":"[^"]*nonNegativeInteger"/],
    ['application/sparql-results+xml', select, /<literal datatype="[^"]*nonNegativeInteger">58220</],
    ['text/tab-separated-values', select, /\t"58220"\^\^<[^>]*nonNegativeInteger>\n/],
    ['text/csv', select, /,58220\r\n/],
    ['text/turtle', 'CONSTRUCT WHERE { ?s ?p ?o }', /byteSize> "58220"\^\^<[^>]*nonNegativeInteger>/],
    ['application/n-triples', 'CONSTRUCT WHERE { ?s ?p ?o }', /byteSize> "58220"\^\^<[^>]*nonNegativeInteger> \./],
    ['application/rdf+xml', 'DESCRIBE <http://x/a>', /<byteSize xmlns="[^"]*" rdf:datatype="[^"]*nonNegativeInteger">58220</],
    ['application/ld+json', 'DESCRIBE <http://x/a>', /byteSize":\[\{"@type":"[^"]*nonNegativeInteger","@value":"58220"/],
  ])('in %s', async (mediaType, sparql, expected) => {
    expect((await answered(sparql, mediaType)).text).toMatch(expected)
  })

  test('it is compared, ordered and added as a number', async () => {
    expect((await answered(`SELECT ?d { ?d <${size}> ?x FILTER (?x > 100) }`, 'text/csv')).text).toBe('d\r\nhttp://x/a\r\n')
    expect((await answered(`SELECT (SUM(?x) AS ?n) { ?d <${size}> ?x }`, 'application/sparql-results+json')).text).toContain(
      `"58227","datatype":"${xsd}integer"`,
    )
  })

  test('by a property that is asked for beside it, each row by its own', async () => {
    const { text } = await answered('SELECT ?p ?o { <http://x/a> ?p ?o FILTER isNumeric(?o) }', 'application/sparql-results+json')
    const { results } = JSON.parse(text) as { results: { bindings: { p: { value: string }; o: { datatype: string } }[] } }
    expect(Object.fromEntries(results.bindings.map(({ p, o }) => [p.value, o.datatype]))).toEqual({
      [size]: `${xsd}nonNegativeInteger`,
      'http://x/count': `${xsd}integer`,
    })
  })

  test.each(['?d <http://x/count> ?x', `{ ?d <${size}> ?x } UNION { ?d <http://x/count> ?x }`])('and others stay what they are: %s', async pattern => {
    expect((await answered(`SELECT ?x { ${pattern} }`, 'application/sparql-results+json')).text).not.toContain('nonNegative')
  })
})

test.each(['application/sparql-results+xml', 'application/rdf+xml'])('%s holds no character that XML cannot', async mediaType => {
  const sparql = mediaType.includes('rdf') ? 'CONSTRUCT WHERE { ?s ?p ?o }' : 'SELECT ?o { ?s ?p ?o }'
  const { text } = await answered(sparql, mediaType)
  expect(text).toContain('a\ufffdb')
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\0-\x08]/)
})

describe('a LIMIT that is put into a query', () => {
  test.each([
    ['SELECT * { ?s ?p ?o }', 'SELECT * { ?s ?p ?o }\nLIMIT 9\n'],
    ['SELECT * { ?s ?p ?o } LIMIT 5', 'SELECT * { ?s ?p ?o } LIMIT 5'],
    ['SELECT * { ?s ?p ?o } LIMIT 50 OFFSET 3', 'SELECT * { ?s ?p ?o } LIMIT 9 OFFSET 3'],
    ['SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 1 } } # LIMIT 3', 'SELECT * { { SELECT ?s { ?s ?p ?o } LIMIT 1 } } # LIMIT 3\nLIMIT 9\n'],
    ['SELECT * { ?s ?p "} LIMIT 3" } ORDER BY ?limit', 'SELECT * { ?s ?p "} LIMIT 3" } ORDER BY ?limit\nLIMIT 9\n'],
    ['SELECT * { ?s ?p ?o } VALUES ?s { <http://x/a> }', 'SELECT * { ?s ?p ?o } \nLIMIT 9\nVALUES ?s { <http://x/a> }'],
    ['SELECT * { VALUES ?s { 1 } }', 'SELECT * { VALUES ?s { 1 } }\nLIMIT 9\n'],
  ])('%s', (sparql, expected) => {
    expect(limitRows(sparql, 9)).toBe(expected)
    expect(() => store.query(expected, { results_format: 'text/csv' })).not.toThrow()
  })
})

describe('an answer that is cut is whole', () => {
  const many = new oxigraph.Store()
  for (let n = 0; n < 300; n++) many.load(`<http://x/s${n}> <http://x/p> "}},{\\"]},{ .\\t</result><result> ${n}" .`, { format: 'application/n-triples' })
  const shapes: Record<string, (text: string) => number> = {
    'application/sparql-results+json': text => (JSON.parse(text) as { results: { bindings: object[] } }).results.bindings.length,
    'application/sparql-results+xml': text => (text.endsWith('</results></sparql>') ? text.split('<result>').length - 1 : -1),
    'text/csv': text => text.split('\r\n').length - 2,
    'text/tab-separated-values': text => text.split('\n').length - 2,
    'text/turtle': text => (text.endsWith(' .\n') ? text.split(' .\n').length - 1 : -1),
    'application/n-triples': text => (text.endsWith(' .\n') ? text.split(' .\n').length - 1 : -1),
    'application/rdf+xml': text => (text.trimEnd().endsWith('</rdf:RDF>') ? text.split('<rdf:Description').length - 1 : -1),
    'application/ld+json': text => (JSON.parse(text) as object[]).length,
  }
  const question = (mediaType: string) =>
    resultFormats.bindings.some(each => each.mediaType === mediaType)
      ? ({ sparql: 'SELECT ?s ?o { ?s ?p ?o }', form: 'select' } as const)
      : ({ sparql: 'CONSTRUCT WHERE { ?s ?p ?o }', form: 'construct' } as const)

  test.each(Object.entries(shapes))('%s by its bytes', (mediaType, count) => {
    const { text, cut } = ask(oxigraph, many, 'http://x/', { ...question(mediaType), mediaType }, { rows: 1000, most: 5000 })
    expect(cut).toBe('bytes')
    expect(count(text)).toBeGreaterThan(10)
    expect(count(text)).toBeLessThan(150)
  })

  test.each(Object.entries(shapes).slice(0, 4))('%s by its rows', (mediaType, count) => {
    const { text, cut } = ask(oxigraph, many, 'http://x/', { ...question(mediaType), mediaType }, { rows: 100, most: 1e6 })
    expect([cut, count(text)]).toEqual(['rows', 100])
    const all = ask(oxigraph, many, 'http://x/', { ...question(mediaType), mediaType }, { rows: 300, most: 1e6 })
    expect([all.cut, count(all.text)]).toEqual([undefined, 300])
  })
})
