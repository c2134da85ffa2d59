import { ntriples, turtle } from '../../rdf/formats.ts'
import { parse } from '../../rdf/parse.ts'
import { serialise } from '../../rdf/serialise.ts'
import type { Name } from './names.ts'
import type { Page } from './page.ts'

/** A term as SPARQL 1.1 Query Results JSON writes it (section 3.2.2). */
interface ResultTerm {
  type: 'uri' | 'literal' | 'typed-literal' | 'bnode' | 'triple'
  value: unknown
  datatype?: string
  'xml:lang'?: string
}

/** One value of a table, as it is shown. */
export interface Cell {
  kind: 'name' | 'address' | 'number' | 'date' | 'text' | 'code'
  text: string
  /** What the value is called in the answer itself. */
  value: string
  language?: string | undefined
  /** The page of ours that it leads to. */
  path?: string | undefined
}

/** A row of a chart: what is counted, how many, and its length in percent of the longest. */
export interface Bar {
  label: Cell
  number: Cell
  length: number
}

export type ShownAnswer =
  | { kind: 'table'; columns: string[]; rows: (Cell | undefined)[][]; total: number; bars: Bar[] }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'graph'; text: string; whole: boolean }

/** Rows of a table, characters of a value and of a graph, and bars that a page shows of an answer: the rest is for downloading. */
export const mostRows = 500
const longestValue = 1000
const mostCharacters = 100_000
export const mostBars = 20

/** SPARQL 1.1 Query Results JSON, as far as a page shows it. */
export interface Result {
  columns: string[]
  rows: Record<string, ResultTerm>[]
  total: number
  boolean?: boolean | undefined
}

export function readResult(json: string): Result {
  const { head, results, boolean } = JSON.parse(json) as {
    head: { vars?: string[] }
    results?: { bindings: Record<string, ResultTerm>[] }
    boolean?: boolean
  }
  const bindings = results?.bindings ?? []
  return { columns: head.vars ?? [], rows: bindings.slice(0, mostRows), total: bindings.length, boolean }
}

/** The IRIs that stand in a result. */
export const irisIn = ({ rows }: Result): string[] => [
  ...new Set(rows.flatMap(row => Object.values(row).flatMap(({ type, value }) => (type === 'uri' ? [String(value)] : [])))),
]

/** A result as a page shows it: a table, or a word. */
export function shownResult(page: Page, { columns, rows, total, boolean }: Result, names: Map<string, Name>): ShownAnswer {
  if (boolean !== undefined) return { kind: 'boolean', value: boolean }
  const cells = rows.map(row => columns.map(column => row[column] && cellOf(page, row[column], names)))
  return { kind: 'table', columns, rows: cells, total, bars: barsOf(cells) }
}

/** An answer to CONSTRUCT or DESCRIBE, in N-Triples, as a page shows it: Turtle, of its first statements where it is long. */
export async function shownGraph(triples: string): Promise<ShownAnswer> {
  const whole = triples.length <= mostCharacters
  const { quads } = await parse(whole ? triples : triples.slice(0, triples.lastIndexOf('\n', mostCharacters) + 1), {
    url: 'http://result.invalid/',
    format: ntriples,
  })
  return { kind: 'graph', text: await serialise(quads, turtle), whole }
}

const xsd = 'http://www.w3.org/2001/XMLSchema#'
const integers = new Set(
  ['integer', 'nonNegativeInteger', 'positiveInteger', 'int', 'long', 'short', 'byte', 'unsignedInt', 'unsignedLong'].map(name => xsd + name),
)
const fractions = new Set(['decimal', 'double', 'float'].map(name => xsd + name))
const moments = new Set([`${xsd}date`, `${xsd}dateTime`, `${xsd}gYearMonth`])

function cellOf({ words, language }: Page, term: ResultTerm, names: Map<string, Name>): Cell {
  const { type, datatype = '', 'xml:lang': tag } = term
  const value = typeof term.value === 'string' ? term.value : JSON.stringify(term.value)
  if (type === 'uri') {
    const name = names.get(value)
    return name ? { kind: 'name', value, ...name } : { kind: 'address', text: value, value }
  }
  if (type === 'bnode' || type === 'triple') return { kind: 'code', text: value, value }
  const text = value.length > longestValue ? `${value.slice(0, longestValue)}…` : value
  if (tag) return { kind: 'text', text, value, language: tag === language ? undefined : tag }
  if (integers.has(datatype)) return { kind: 'number', text: Number.isSafeInteger(Number(value)) ? words.number(Number(value)) : value, value }
  if (fractions.has(datatype)) return { kind: 'number', text: value, value }
  if (moments.has(datatype)) return { kind: 'date', text: datatype === `${xsd}dateTime` ? words.moment(value) : words.date(value), value }
  return { kind: datatype === '' || datatype === `${xsd}string` ? 'text' : 'code', text, value }
}

/** The bars of an answer that has a column of labels and one of numbers, and nothing else. */
function barsOf(rows: (Cell | undefined)[][]): Bar[] {
  if (rows.length < 2 || rows[0]!.length !== 2) return []
  const isNumber = (cell: Cell | undefined) => cell?.kind === 'number' && Number(cell.value) >= 0
  const at = [0, 1].find(column => rows.every(row => isNumber(row[column])))
  if (at === undefined || rows.some(row => !row[1 - at] || row[1 - at]!.kind === 'number')) return []
  const longest = Math.max(...rows.map(row => Number(row[at]!.value)))
  if (longest === 0) return []
  return rows.slice(0, mostBars).map(row => ({ label: row[1 - at]!, number: row[at]!, length: (100 * Number(row[at]!.value)) / longest }))
}
