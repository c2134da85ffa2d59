import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import { parseJson } from '../../../rdf/json.ts'
import { acceptRdf, readPage } from '../../formats/dcat/page.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { SourceOf } from '../../protocol.ts'
import type { SparqlOptions } from './options.ts'

/** Characters of an address: endpoints, Virtuoso among them, cut longer ones. */
const longestAddress = 8000

/** A row of an answer: what each variable stands for. */
export type Binding = Record<string, { value: string }>

/** A SPARQL endpoint, as it is asked. */
export interface Endpoint {
  url: string
  /** Whether a query makes an address that endpoints may cut. */
  isTooLong(query: string): boolean
  select(query: string): Promise<Binding[]>
  construct(query: string): ReturnType<typeof readPage>
}

/** Whether an endpoint says that the time for a query is over: to ask for the same again is of no use. */
export const ranOut = (error: unknown): boolean =>
  error instanceof Problem &&
  (error.code === 'timeout-total' ||
    (error.code === 'http-status' && /time[ds]?[ -]?out|S1T00|execution time|deadline|past its time/i.test(error.place.excerpt ?? '')))

/** The endpoint of a source. What it answers is a Problem where it is no table in JSON, or no RDF. */
export function endpointOf(source: SourceOf<SparqlOptions>, fetch: Fetch): Endpoint {
  const { method } = source.options
  const send = (query: string, accept: string) => {
    const form = new URLSearchParams({ query }).toString()
    return method === 'post'
      ? fetch(source.url, accept, { isFinal: ranOut, body: { type: 'application/x-www-form-urlencoded', text: form } })
      : fetch(`${source.url}${source.url.includes('?') ? '&' : '?'}${form}`, accept, { isFinal: ranOut })
  }
  return {
    url: source.url,
    isTooLong: query => method === 'get' && source.url.length + new URLSearchParams({ query }).toString().length > longestAddress,
    async select(query) {
      const { body, mediaType } = await send(query, 'application/sparql-results+json, application/json;q=0.5')
      const text = decode(body, mediaType)
      try {
        const { results } = parseJson(text) as { results?: { bindings?: Binding[] } }
        if (Array.isArray(results?.bindings)) return results.bindings
      } catch {
        // Told below, with what came.
      }
      throw new Problem(
        'unexpected-answer',
        `${source.url} did not answer with results of SPARQL in JSON${/^\s*</.test(text) ? ', but with a page of HTML or XML' : ''}. ` +
          `Check that the source's url is the endpoint itself; some want options.method: get.`,
        { url: source.url, excerpt: text.trim().slice(0, 300) },
      )
    },
    construct: query =>
      readPage(source.url, () => send(query, `application/n-triples, ${acceptRdf.replace('*/*;q=0.1', 'text/plain;q=0.1')}`), source.limits.maxBytes),
  }
}
