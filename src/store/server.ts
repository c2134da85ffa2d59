import type { Response } from 'node-fetch'
import type { StoreConfiguration } from '../config/catalogue.ts'
import { Problem, sentence, type ProblemCode } from '../problem.ts'
import { saidProblem } from '../words/said.ts'
import { authorisedFetch } from './authorise.ts'
import type { Change } from './follower.ts'
import type { Answer, Wanted } from './store.ts'
import { clientLeft } from './turns.ts'
import { canBeCut, wholeRows } from './whole-rows.ts'

export type ServerConfiguration = Extract<StoreConfiguration, { kind: 'sparql' }>

/** Seconds that a server may take to write one graph. */
const writingS = 120
/** Times that it is tried: databases give up one of two that write at once. */
const tries = 3

/** A SPARQL 1.1 server, as far as a store needs one. Rejects with `store-busy` where it is away or refuses, with its own words. */
export function sparqlServer(configuration: ServerConfiguration) {
  const { timeoutS, rows, answerMB, user, password } = configuration
  const send = authorisedFetch(user, password)

  /** Writes, and reads what is answered to its end. */
  const write = async (method: string, url: string, type: string, body: string | undefined, missing = false): Promise<void> => {
    for (let tried = 1; ; tried++) {
      const response = await reached(url, () =>
        send(url, { method, ...(body !== undefined && { headers: { 'content-type': type }, body }), signal: AbortSignal.timeout(writingS * 1000) }),
      )
      const said = await reached(url, () => response.text())
      if (response.ok || (missing && response.status === 404)) return
      if (response.status < 500 || tried === tries) throw told('store-busy', url, response, said)
    }
  }
  const graphUrl = (graph: string) => `${configuration.graphStore}${configuration.graphStore.includes('?') ? '&' : '?'}graph=${encodeURIComponent(graph)}`

  /** Puts a graph in the place of what was there (SPARQL 1.1 Graph Store Protocol, 5.3); without statements, it goes (5.4). */
  const put = (graph: string, text: string | undefined) => write(text ? 'PUT' : 'DELETE', graphUrl(graph), 'application/n-triples', text || undefined, !text)
  /** SPARQL 1.1 Protocol, 2.2.1. */
  const update = (sparql: string) =>
    write('POST', configuration.update, 'application/x-www-form-urlencoded', new URLSearchParams({ update: sparql }).toString())

  return {
    put,
    /**
     * Puts graphs in the place of what was there, or takes them away, all in one request (SPARQL 1.1 Update, 3.2.2 and 3.1.1), which costs a server half of
     * what it costs to put them one by one. Those that it does not take together are put one by one.
     */
    async replace(graphs: Change[]): Promise<void> {
      const filled = graphs.flatMap(({ graph, text }) => (text ? [`GRAPH <${graph}> {\n${text}}`] : []))
      const insertion = filled.length > 0 ? [`INSERT DATA {\n${filled.join('\n')}\n}`] : []
      if (graphs.length > 1)
        try {
          return await update([...graphs.map(({ graph }) => `CLEAR SILENT GRAPH <${graph}>`), ...insertion].join(';\n'))
        } catch (error) {
          if (isAway(error)) throw error
        }
      for (const { graph, text } of graphs) await put(graph, text)
    },
    /** Adds statements to a graph (5.5). */
    add: (graph: string, text: string) => write('POST', graphUrl(graph), 'application/n-triples', text),
    update,

    /** Asks a query (SPARQL 1.1 Protocol, 2.1.2). Its answer is read as it comes, and no further than it may be long. */
    async ask(sparql: string, { mediaType, form, dataset, timeoutS: asked = timeoutS, signal: left }: Wanted): Promise<Omit<Answer, 'revision'>> {
      const inTime = AbortSignal.timeout(Math.min(asked, timeoutS) * 1000)
      const signal = left ? AbortSignal.any([inTime, left]) : inTime
      const graphs = [
        ...(dataset?.default ?? []).map(graph => ['default-graph-uri', graph]),
        ...(dataset?.named ?? []).map(graph => ['named-graph-uri', graph]),
      ]
      const work = async () => {
        const response = await send(configuration.query, {
          method: 'POST',
          headers: { accept: mediaType, 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams([['query', sparql], ...graphs]).toString(),
          signal,
        })
        const most = response.ok ? answerMB * 1e6 : 10_000
        const pieces: Uint8Array[] = []
        let length = 0
        for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
          pieces.push(piece)
          if ((length += piece.length) > most) break
        }
        return { response, pieces, isWhole: length <= most }
      }
      const { response, pieces, isWhole } = await work().catch((error: unknown) => {
        if (left?.aborted) throw clientLeft()
        if (inTime.aborted) throw saidProblem('query-timeout', 'query_problem.time', { seconds: Math.min(asked, timeoutS) })
        throw away(configuration.query, error)
      })
      if (!response.ok) throw refusalOf(configuration.query, response, Buffer.concat(pieces).toString('utf8'))
      // Virtuoso sends what it has found in its own time, and says so in a header alone; likewise where it keeps to its own number of rows.
      if (response.headers.get('x-sql-state') === 'S1TAT') throw saidProblem('query-timeout', 'query_problem.server_time', { url: configuration.query })
      const ownCut = response.headers.has('x-sparql-maxrows') ? { cut: 'rows' as const } : {}
      if (!isWhole && !canBeCut(mediaType)) throw saidProblem('query-memory', 'query_problem.answer_large', { most: answerMB })
      // No LIMIT of ours goes with the query: Virtuoso sorts no more than 10,000 rows for one that has a LIMIT. A row takes two characters at least.
      if (isWhole && (form !== 'select' || pieces.reduce((sum, { length }) => sum + length, 0) < 2 * rows)) return { pieces, ...ownCut }
      const { text, cut } = wholeRows(
        Buffer.concat(pieces)
          .subarray(0, answerMB * 1e6)
          .toString('utf8'),
        mediaType,
        form === 'select' ? rows : Infinity,
        isWhole,
      )
      return { pieces: [Buffer.from(text)], ...ownCut, ...(cut && { cut }) }
    },
  }
}

const isAway = (error: unknown) => error instanceof Problem && error.said?.key === 'query_problem.away'
const away = (url: string, error: unknown) => saidProblem('store-busy', 'query_problem.away', { url, reason: sentence(error) }, {}, error)

async function reached<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw away(url, error)
  }
}

const told = (code: ProblemCode, url: string, { status }: Response, said: string) =>
  saidProblem(code, 'query_problem.server_said', { url, status, said: said.trim().slice(0, 500) || '-' })

/** A server's own error, as what it is. */
function refusalOf(url: string, response: Response, said: string): Problem {
  if (/time[ds]?[ -]?out|S1T00|estimated execution time/i.test(said) || response.status === 408 || response.status === 504)
    return told('query-timeout', url, response, said)
  return told(response.status === 400 ? 'query-malformed' : 'store-busy', url, response, said)
}
