import type { SQLInputValue } from 'node:sqlite'
import type { Ledger } from '../file/ledger.ts'
import { selectRecords, visible, type RecordRow } from './records.ts'
import { words } from './search-index.ts'

/** The dimensions a search can be narrowed by, in the order pages show them. */
export const dimensions = ['theme', 'publisher', 'format', 'licence', 'territory', 'language', 'source', 'quality'] as const
export type Dimension = (typeof dimensions)[number]

export interface Query {
  text?: string
  /** Values of one dimension are alternatives; dimensions narrow each other. */
  filters?: Partial<Record<Dimension, string[]>>
  sort?: 'relevance' | 'modified' | 'title'
  offset?: number
  most?: number
}

export interface Found {
  total: number
  records: RecordRow[]
  /** Per dimension, the values with their counts; a dimension's own filter does not narrow its own counts. */
  facets: Record<Dimension, Counted[]>
}

interface Counted {
  value: string
  count: number
}

/** Full-text search over what is shown, with facets. */
export function search(ledger: Ledger, query: Query): Found {
  const match = expression(query.text ?? '')
  const { sql, parameters } = condition(query, match)
  const total = ledger.get<{ c: number }>(`SELECT count(*) AS c FROM record WHERE ${sql}`, ...parameters)!.c
  const page: SQLInputValue[] = [query.most ?? 20, query.offset ?? 0]
  const byRank = match && (query.sort ?? 'relevance') === 'relevance'
  const records = byRank
    ? // Title, keywords and names weigh more than a word somewhere in a description.
      selectRecords(
        ledger,
        `JOIN search ON search.rowid = record.n WHERE search MATCH ? AND ${sql} ORDER BY bm25(search, 10, 6, 4, 1), record.n LIMIT ? OFFSET ?`,
        match,
        ...parameters,
        ...page,
      )
    : selectRecords(
        ledger,
        `WHERE ${sql} ORDER BY ${query.sort === 'title' ? 'title' : 'record.modified DESC'}, record.n LIMIT ? OFFSET ?`,
        ...parameters,
        ...page,
      )
  return { total, records, facets: facets(ledger, query, match) }
}

/** `santé rurale` → every word must begin a word of the record. Empty for a text without words. */
export function expression(text: string): string {
  return words(text)
    .split(' ')
    .filter(Boolean)
    .slice(0, 12)
    .map(word => `"${word.replaceAll('"', '')}"*`)
    .join(' ')
}

function condition(query: Query, match: string, without?: Dimension): { sql: string; parameters: SQLInputValue[] } {
  const parts = [visible]
  const parameters: SQLInputValue[] = []
  if (match) {
    parts.push('record.n IN (SELECT rowid FROM search WHERE search MATCH ?)')
    parameters.push(match)
  }
  for (const dimension of dimensions) {
    const values = query.filters?.[dimension] ?? []
    if (values.length === 0 || dimension === without) continue
    parts.push(
      `record.n IN (SELECT ${carried[dimension] ?? 'record'} FROM facet ${carried[dimension] ? joined : ''} WHERE dimension = ? AND value IN (${values.map(() => '?').join(', ')}))`,
    )
    parameters.push(dimension, ...values)
  }
  return { sql: parts.join(' AND '), parameters }
}

/** A dataset is found under every source that carries it, though one record of it is shown. */
const carried: Partial<Record<Dimension, string>> = { source: 'ifnull(every.canonical, every.n)' }
const joined = 'JOIN record AS every ON every.n = facet.record'

function facets(ledger: Ledger, query: Query, match: string): Found['facets'] {
  return Object.fromEntries(
    dimensions.map(dimension => {
      const { sql, parameters } = condition(query, match, dimension)
      const end = 'GROUP BY value ORDER BY count DESC, value LIMIT 200'
      const counted = carried[dimension]
        ? ledger.all<Counted>(
            `SELECT value, count(DISTINCT record.n) AS count FROM facet ${joined} JOIN record ON record.n = ${carried[dimension]} WHERE dimension = ? AND every.shown IS NOT NULL AND ${sql} ${end}`,
            dimension,
            ...parameters,
          )
        : parameters.length > 0
          ? ledger.all<Counted>(
              `SELECT value, count(*) AS count FROM facet JOIN record ON record.n = facet.record WHERE dimension = ? AND ${sql} ${end}`,
              dimension,
              ...parameters,
            )
          : // Only what is shown has facets: without a filter the table alone can be counted.
            ledger.all<Counted>(
              `SELECT value, count(*) AS count FROM facet WHERE dimension = ? AND record NOT IN (SELECT n FROM record WHERE canonical IS NOT NULL) ${end}`,
              dimension,
            )
      return [dimension, counted]
    }),
  ) as Found['facets']
}

/** The values of the facets of some records, by the number of the record. */
export function facetsOf(ledger: Ledger, records: number[]): Map<number, Partial<Record<Dimension, string[]>>> {
  const found = new Map<number, Partial<Record<Dimension, string[]>>>(records.map(n => [n, {}]))
  for (const { record, dimension, value } of ledger.all<{ record: number; dimension: Dimension; value: string }>(
    'SELECT record, dimension, value FROM facet WHERE record IN (SELECT value FROM json_each(?)) ORDER BY record, dimension, value',
    JSON.stringify(records),
  ))
    (found.get(record)![dimension] ??= []).push(value)
  return found
}
