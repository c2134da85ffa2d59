import express, { Router, type Request, type RequestHandler } from 'express'
import { Problem } from '../../problem.ts'
import { limited, perMinute } from '../http/limits.ts'

/** The longest query that is read, in characters. */
const longest = 32 * 1024

/** A query and the format that its address asks for, if it does. */
export interface SparqlRequest {
  query: string
  format?: string
}

/** Nobody may keep the store for himself. */
export const limitQueries = limited(
  'Too many queries',
  `At most ${perMinute} queries a minute are answered. Wait a minute, or take the whole catalogue from /catalog.ttl.`,
)

/** Reads the two bodies in which the protocol lets a query be posted. */
export function readQueries(): RequestHandler {
  const bodies = Router({ mergeParams: true })
  // A form writes a character as up to nine: the length of the query itself is checked after reading.
  bodies.use(express.urlencoded({ extended: false, limit: longest * 9, parameterLimit: 50 }))
  bodies.use(express.text({ type: 'application/sparql-query', limit: longest * 4, defaultCharset: 'utf-8' }))
  return bodies
}

/** The query of a request; undefined where there is none. Throws for two queries, updates, and datasets chosen from outside. */
export function askedQuery(request: Request): SparqlRequest | undefined {
  const parameters = new URL(request.originalUrl, 'http://request.invalid').searchParams
  const type = (request.get('Content-Type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (request.method === 'POST') {
    if (type === 'application/sparql-update') throw new Problem('query-refused', 'This endpoint is for reading: updates are not done here.')
    if (type === 'application/sparql-query') parameters.append('query', typeof request.body === 'string' ? request.body : '')
    else if (type === 'application/x-www-form-urlencoded')
      for (const [name, value] of Object.entries((request.body ?? {}) as Record<string, string | string[]>))
        for (const each of [value].flat()) parameters.append(name, each)
    else
      throw new Problem(
        'unsupported-media-type',
        `A query is posted as application/x-www-form-urlencoded or application/sparql-query, not as "${type || 'nothing'}".`,
      )
  }
  if (parameters.has('update')) throw new Problem('query-refused', 'This endpoint is for reading: updates are not done here.')
  const graphs = ['default-graph-uri', 'named-graph-uri'].filter(name => parameters.getAll(name).some(Boolean))
  if (graphs.length > 0) throw new Problem('bad-request', `"${graphs[0]}" is not accepted here: write FROM or FROM NAMED into the query.`)
  const queries = parameters.getAll('query')
  if (queries.length === 0) return undefined
  if (queries.length > 1) throw new Problem('bad-request', 'There is more than one query: send exactly one.')
  if (queries[0]!.length > longest) throw new Problem('too-large', 'The query is too large: at most 32 kB are read.')
  if (queries[0]!.trim() === '') throw new Problem('query-malformed', 'The query is empty.')
  const format = parameters.get('format') || parameters.get('output')
  return { query: queries[0]!, ...(format && { format }) }
}
