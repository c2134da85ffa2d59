import { Problem } from '../problem.ts'
import { graphFormats } from '../rdf/formats.ts'

/** What a query answers with (SPARQL 1.1 Query, section 16). */
export type QueryForm = 'select' | 'ask' | 'construct' | 'describe'

/** The formats of each kind of answer, the preferred one first (SPARQL 1.1 Protocol, section 2.1.6). */
export const resultFormats: Record<'bindings' | 'boolean' | 'graph', { mediaType: string; extension: string }[]> = {
  bindings: [
    { mediaType: 'application/sparql-results+json', extension: 'json' },
    { mediaType: 'application/sparql-results+xml', extension: 'xml' },
    { mediaType: 'text/csv', extension: 'csv' },
    { mediaType: 'text/tab-separated-values', extension: 'tsv' },
  ],
  boolean: [
    { mediaType: 'application/sparql-results+json', extension: 'json' },
    { mediaType: 'application/sparql-results+xml', extension: 'xml' },
    { mediaType: 'text/csv', extension: 'csv' },
    { mediaType: 'text/tab-separated-values', extension: 'tsv' },
  ],
  graph: graphFormats,
}

/** The formats in which every store answers a graph itself. */
export const writtenByStore = new Set(['text/turtle', 'application/n-triples', 'application/rdf+xml'])

const updates = /^(insert|delete|load|clear|create|drop|copy|move|add|with)\b/i

/**
 * The form of a query, read from its first word after the prologue. Throws `query-refused` for updates and for SERVICE, which this endpoint
 * does not do, and `query-malformed` where there is no query.
 */
export function queryForm(sparql: string): QueryForm {
  // IRIs and strings first, so that a # or a word inside them is not read as a comment or a keyword.
  const bare = sparql.replace(/<[^<>\s]*>|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g, token =>
    token.startsWith('<') ? '<>' : token.startsWith('#') ? '' : '""',
  )
  const body = bare.replace(/^(\s*(prefix\s+[^\s<]*\s*<>|base\s*<>|version\s*""))*\s*/i, '')
  const form = /^(select|ask|construct|describe)\b/i.exec(body)?.[1]?.toLowerCase()
  if (form) {
    if (/\bservice\b/i.test(body)) throw new Problem('query-refused', 'This endpoint does not ask other endpoints: take SERVICE out of the query.')
    return form as QueryForm
  }
  if (updates.test(body)) throw new Problem('query-refused', 'This endpoint is for reading: updates are not done here.')
  throw new Problem('query-malformed', 'There is no SELECT, ASK, CONSTRUCT or DESCRIBE in the query.')
}
