import type { Request, Response } from 'express'
import { addressesOf } from '../../config/addresses.ts'
import { Problem } from '../../problem.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { sendPage, sendRdf } from '../http/send.ts'
import { negotiate } from '../http/negotiation.ts'
import { originOf, pageOf } from '../page/page.ts'
import type { Handle } from '../site.ts'
import { answerQuery, formatsOf, resultOf } from '../sparql/answer.ts'
import { askedQuery } from '../sparql/request.ts'
import { serviceDescription } from '../sparql/service-description.ts'
import { SparqlView } from '../views/sparql.tsx'
import { readQuery } from '../../store/query.ts'

export { limitQueries, readQueries } from '../sparql/request.ts'

/** The SPARQL endpoint (SPARQL 1.1 Protocol, query operation); people who bring no query find an editor here. */
export const sparql: Handle = async (site, request, response) => {
  response.vary('Accept')
  const asked = askedQuery(request)
  if (asked === undefined) return withoutQuery(site, request, response)
  const query = await readQuery(asked.query)
  // A link to a query that somebody opens in a browser shows the query, and runs it.
  if (request.method !== 'POST' && !asked.format && prefersPage(request)) return editor(site, request, response, asked.query)
  const result = resultOf(request, query.form, asked.format)
  const text = await answerQuery(site.store, query, result)
  response.set('Cache-Control', 'no-cache')
  response.type(`${result.mediaType}; charset=utf-8`).send(text)
}

async function withoutQuery(...[site, request, response]: Parameters<Handle>): Promise<void> {
  if (request.method === 'POST')
    throw new Problem('bad-request', 'There is no query: send it as the parameter "query", or as a body of type application/sparql-query.')
  const wished = negotiate(request, ['html', ...graphFormats])
  if (wished === 'html') return editor(site, request, response)
  await sendRdf(response, serviceDescription(addressesOf(originOf(request)).sparql, formatsOf()), wished)
}

function editor(site: Parameters<Handle>[0], request: Request, response: Response, query?: string): void {
  const page = pageOf(site, request)
  sendPage(page, response, <SparqlView page={page} query={query} />)
}

const prefersPage = (request: Request): boolean =>
  (request.get('Accept') ?? '').includes('text/html') && request.accepts(['text/html', 'application/sparql-results+json', 'text/turtle']) === 'text/html'
