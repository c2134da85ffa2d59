import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Parser, Store as Statements, type Term } from 'n3'
import oxigraph from 'oxigraph'
import { describe, expect, test } from 'vitest'
import { ask } from '../../src/store/ask.ts'
import { readQuery } from '../../src/store/query.ts'
import { corpus } from '../corpus.ts'
import { failures, lexical } from './w3c-failures.ts'

// The W3C tests of SPARQL 1.1 queries, but for entailment, answered as the endpoint answers. What fails is listed with its cause, and a row that no longer does is a
// fault as well. Blank nodes count as equal.

const suite = corpus && join(corpus, 'w3c/w3c__rdf-tests/sparql/sparql11')
const present = suite !== undefined && existsSync(suite)
if (!present) console.warn('The W3C tests of SPARQL queries are not run: set FIHRIST_CORPUS to a folder that holds them as w3c/w3c__rdf-tests.')

const folders =
  'aggregates bind bindings cast construct csv-tsv-res exists functions grouping json-res negation project-expression property-path service subquery syntax-fed syntax-query'
const mf = 'http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#'
const qt = 'http://www.w3.org/2001/sw/DataAccess/tests/test-query#'
const type = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
const label = 'http://www.w3.org/2000/01/rdf-schema#label'
const kinds = ['QueryEvaluationTest', 'CSVResultFormatTest', 'PositiveSyntaxTest11', 'NegativeSyntaxTest11']

interface Case {
  name: string
  kind: string
  query: string
  data: string[]
  graphs: [file: string, name: string][]
  result?: string
}

function casesOf(folder: string): Case[] {
  const file = join(suite!, folder, 'manifest.ttl')
  const manifest = new Statements(new Parser({ baseIRI: pathToFileURL(file).href }).parse(readFileSync(file, 'utf8')))
  const values = (subject: Term, property: string) => manifest.getObjects(subject, property, null)
  return kinds.flatMap(kind =>
    manifest.getSubjects(type, mf + kind, null).map(entry => {
      const action = values(entry, `${mf}action`)[0]!
      const result = values(entry, `${mf}result`)[0]?.value
      return {
        name: `${folder}/${entry.value.split('#').pop()!}`,
        kind,
        query: values(action, `${qt}query`)[0]?.value ?? action.value,
        data: values(action, `${qt}data`).map(each => each.value),
        graphs: values(action, `${qt}graphData`).map(each => {
          const named = values(each, `${qt}graph`)[0]
          return [named?.value ?? each.value, named ? (values(each, label)[0]?.value ?? named.value) : each.value]
        }),
        ...(result !== undefined && { result }),
      }
    }),
  )
}

const textOf = (iri: string) => readFileSync(fileURLToPath(iri), 'utf8')
const bounds = { rows: 100_000, most: 1e7 }
const rdf = (file: string) => (file.endsWith('.rdf') ? 'application/rdf+xml' : 'text/turtle')

/** Whether the answer is that of the suite; `value`: but for how numbers are written. */
async function passes({ kind, query, data, graphs, result }: Case): Promise<boolean | 'value'> {
  const sparql = textOf(query)
  const store = new oxigraph.Store()
  for (const file of data) store.load(textOf(file), { format: rdf(file), base_iri: file })
  for (const [file, name] of graphs) store.load(textOf(file), { format: rdf(file), base_iri: file, to_graph_name: oxigraph.namedNode(name) })
  const read = await readQuery(sparql)
  const { text, form, typed, dataset } = read
  const answer = (mediaType: string) =>
    ask(oxigraph, store, query, { sparql: text, form, mediaType, ownDataset: dataset !== undefined, ...(typed && { typed }) }, bounds).text
  const graph = form === 'construct' || form === 'describe'
  if (kind.endsWith('SyntaxTest11')) return answer(graph ? 'application/n-triples' : 'application/sparql-results+json') !== undefined
  const wanted = textOf(result!)
  if (graph) return same(triples(answer('application/n-triples'), ''), triples(wanted, result!))
  if (/\.(csv|tsv)$/.test(result!)) {
    const csv = result!.endsWith('csv')
    return same(rowsOfTable(answer(csv ? 'text/csv' : 'text/tab-separated-values'), csv), rowsOfTable(wanted, csv))
  }
  return same(rowsOfJson(answer('application/sparql-results+json')), result!.endsWith('.srx') ? rowsOfXml(wanted) : rowsOfJson(wanted))
}

const same = (one: string[], other: string[]) => alike(one, other) || (alike(one.map(asValues), other.map(asValues)) && 'value')
const alike = (one: string[], other: string[]) => JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted())
/** Numbers by their values, however they are written. */
const asValues = (row: string) => row.replace(/[+-]?\d*\.?\d+(?:e[+-]?\d+)?/gi, number => String(Number(number)))
const triples = (turtle: string, base: string) =>
  new Parser({ ...(base && { baseIRI: base }) }).parse(turtle).map(({ subject, predicate, object }) => [subject, predicate, object].map(nodeText).join(' '))
const nodeText = (term: Term) =>
  term.termType === 'BlankNode' ? '_:' : term.termType === 'Literal' ? `${term.value}@${term.language}^${term.datatype.value}` : term.value

/** The rows of a table, their cells by the names of the columns: `SELECT *` says nothing of the order. */
function rowsOfTable(table: string, csv: boolean): string[] {
  const field = csv ? /("(?:[^"]|"")*"|[^,]*)(?:,|$)/y : /([^\t]*)(?:\t|$)/y
  const fields = (row: string) => [...row.matchAll(new RegExp(field, 'g'))].map(match => match[1]!)
  const [head = '', ...rows] = table.replace(/_:\w+/g, '_:').trimEnd().split(/\r?\n/)
  const names = fields(head)
  return rows.map(row => {
    const cells = fields(row)
    return names
      .flatMap((name, at) => (name ? [`${name}=${cells[at] ?? ''}`] : []))
      .sort()
      .join(' ')
  })
}

interface Cell {
  type: string
  value: string
  datatype?: string
  'xml:lang'?: string
}
const cellText = (cell: Cell) =>
  cell.type === 'bnode'
    ? '_:'
    : cell.type === 'uri'
      ? `<${cell.value}>`
      : `"${cell.value}"@${(cell['xml:lang'] ?? '').toLowerCase()}^${(cell.datatype ?? '').replace(/.*#string$/, '')}`

function rowsOfJson(json: string): string[] {
  const { boolean, results } = JSON.parse(json) as { boolean?: boolean; results?: { bindings: Record<string, Cell>[] } }
  if (!results) return [String(boolean)]
  return results.bindings.map(row =>
    Object.keys(row)
      .sort()
      .map(name => `${name}=${cellText(row[name]!)}`)
      .join(' '),
  )
}

function rowsOfXml(xml: string): string[] {
  const boolean = /<boolean>\s*(\w+)/.exec(xml)
  if (boolean) return [boolean[1]!]
  return [...xml.matchAll(/<result\b[^>]*?(?:\/>|>([^]*?)<\/result>)/g)].map(([, body = '']) =>
    [...body.matchAll(/<binding name=["']([^"']*)["']>\s*<(uri|bnode|literal)\b([^>]*?)(?:\/>|>([^]*?)<\/\2>)/g)]
      .map(([, name, kind, attributes = '', value = '']) => {
        const attribute = (key: string) => new RegExp(`${key}\\s*=\\s*["']([^"']*)`).exec(attributes)?.[1]
        const [datatype, language] = [attribute('datatype'), attribute('xml:lang')]
        return `${name}=${cellText({ type: kind!, value: unescaped(value), ...(datatype && { datatype }), ...(language && { 'xml:lang': language }) })}`
      })
      .sort(byName)
      .join(' '),
  )
}

const byName = (one: string, other: string) => (one.split('=')[0]! < other.split('=')[0]! ? -1 : 1)

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
const unescaped = (text: string) => text.replace(/&(\w+);/g, (all, name: string) => entities[name] ?? all)

describe.skipIf(!present)('the W3C tests of SPARQL 1.1 queries', () => {
  test('pass, but for those that are listed with their cause', { timeout: 120_000 }, async () => {
    const cases = folders.split(' ').flatMap(casesOf)
    const failed: [string, string][] = []
    for (const each of cases) {
      const passed = await passes(each).catch(() => false)
      if (passed === 'value') failed.push([each.name, lexical])
      else if (passed === (each.kind === 'NegativeSyntaxTest11')) failed.push([each.name, failures[each.name] ?? 'not listed'])
    }
    expect(cases.length).toBeGreaterThan(300)
    expect(Object.fromEntries(failed)).toEqual(failures)
  })
})
