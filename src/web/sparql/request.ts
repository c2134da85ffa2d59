import express, { Router, type Request, type RequestHandler } from 'express'
import type { Dataset } from '../../store/store.ts'
import { saidProblem } from '../../words/said.ts'
import { limited, perMinute } from '../http/limits.ts'
import { addressAsked } from '../page/page.ts'

/** The longest query that is read, in characters. */
const longest = 32 * 1024

/** A query, the format that its address asks for, the graphs it is to be asked of, and the seconds it may take, where it says so. */
export interface SparqlRequest {
  query: string
  format?: string
  dataset?: Dataset
  timeoutS?: number
}

/** Nobody may keep the store for himself. The page where queries are written, and what describes the endpoint, ask nothing of it. */
export const limitQueries = limited(
  'too-many-queries',
  'query_problem.often',
  perMinute,
  ({ method, originalUrl }) => method !== 'POST' && !addressAsked(originalUrl).searchParams.has('query'),
)

/** Reads the two bodies in which the protocol lets a query be posted. */
export function readQueries(): RequestHandler {
  const bodies = Router({ mergeParams: true })
  // A form writes a character as up to nine: the length of the query itself is checked after reading.
  bodies.use(express.urlencoded({ extended: false, limit: longest * 9, parameterLimit: 50 }))
  bodies.use(express.text({ type: 'application/sparql-query', limit: longest * 4, defaultCharset: 'utf-8', verify: onlyUtf8 }))
  return bodies
}

/** A body is UTF-8 (SPARQL 1.1 Protocol, section 2.1.3): what reads like anything else is not guessed at. */
function onlyUtf8(_request: unknown, _response: unknown, _body: Buffer, charset: string): void {
  // The reader of bodies puts a status of its own on what is thrown, where it finds none.
  if (!/^(utf-?8|us-ascii)$/i.test(charset)) throw Object.assign(new Error(`A query is posted in UTF-8, not in "${charset}".`), { status: 415 })
}

/** The query of a request; undefined where there is none. Throws for two queries, updates, and datasets chosen from outside. */
export function askedQuery(request: Request): SparqlRequest | undefined {
  const parameters = addressAsked(request.originalUrl).searchParams
  const type = (request.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (request.method === 'POST') {
    if (type === 'application/sparql-update') throw saidProblem('query-refused', 'query_problem.update')
    if (type === 'application/sparql-query') parameters.append('query', typeof request.body === 'string' ? request.body : '')
    else if (type === 'application/x-www-form-urlencoded')
      for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, string | string[]>))
        for (const each of [value].flat()) parameters.append(name, each)
    else throw saidProblem('unsupported-media-type', 'query_problem.media', { type: type.slice(0, 100) })
  }
  if (parameters.has('update')) throw saidProblem('query-refused', 'query_problem.update')
  const queries = parameters.getAll('query')
  if (queries.length === 0) return undefined
  if (queries.length > 1) throw saidProblem('bad-request', 'query_problem.several')
  if (queries[0]!.length > longest) throw saidProblem('too-large', 'query_problem.large')
  if (queries[0]!.trim() === '') throw saidProblem('query-malformed', 'query_problem.empty')
  const format = parameters.get('format') || parameters.get('output')
  const seconds = parameters.get('timeout')
  if (seconds && !(Number(seconds) > 0)) throw saidProblem('bad-request', 'query_problem.seconds', { value: seconds.slice(0, 100) })
  const [graphs, named] = ['default-graph-uri', 'named-graph-uri'].map(name => parameters.getAll(name).filter(Boolean).map(absolute(name)))
  return {
    query: queries[0]!,
    ...(format && { format }),
    ...(seconds && { timeoutS: Number(seconds) }),
    ...(graphs!.length + named!.length > 0 && { dataset: { default: graphs!, named: named! } }),
  }
}

/** The name of a graph as it is handed on. */
const absolute = (name: string) => (iri: string) => {
  if (/^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i.test(iri)) return iri
  throw saidProblem('bad-request', 'query_problem.graph', { name, value: iri.slice(0, 300) })
}
