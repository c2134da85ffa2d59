import type { Request } from 'express'
import { addressesOf } from '../../config/addresses.ts'
import { Problem } from '../../problem.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { readQuery } from '../../store/query.ts'
import { html, rdf } from '../http/forms.ts'
import { represent } from '../http/representations.ts'
import type { Exchange, Handle, Resource } from '../http/route.ts'
import { sendPage } from '../http/send.ts'
import { pageOf } from '../page/page.ts'
import { answerQuery, formatsOf, resultOf } from '../sparql/answer.ts'
import { answeredPage, queryPage } from '../sparql/query-page.tsx'
import { askedQuery } from '../sparql/request.ts'
import { serviceDescription } from '../sparql/service-description.ts'

export { limitQueries, readQueries } from '../sparql/request.ts'

/** The SPARQL endpoint (SPARQL 1.1 Protocol, query operation); people who bring no query find an editor here, and programs its description. */
export const sparql: Handle = async exchange => {
  const { site, request, response, route } = exchange
  response.vary('Accept')
  const asked = askedQuery(request)
  if (asked === undefined) return withoutQuery(exchange)
  if (request.method !== 'POST' && !asked.format && prefersPage(request)) {
    const page = pageOf(site, request, route.menu)
    const { view, status } = await answeredPage(page, asked.query)
    return sendPage(page, response, view, status)
  }
  const query = await readQuery(asked.query)
  const result = resultOf(request, query.form, asked.format)
  const text = await answerQuery(site.store, query, result)
  response.set('Cache-Control', 'no-cache')
  response.type(`${result.mediaType}; charset=utf-8`).send(text)
}

const endpoint: Resource<undefined> = {
  find: () => undefined,
  as: [
    html((_endpoint, page) => queryPage(page)),
    ...rdf<undefined>(graphFormats, (_endpoint, { origin }) => ({ quads: serviceDescription(addressesOf(origin).sparql, formatsOf()) })),
  ],
}

function withoutQuery(exchange: Exchange): Promise<void> {
  if (exchange.request.method !== 'POST') return represent(endpoint, exchange)
  throw new Problem('bad-request', 'There is no query: send it as the parameter "query", or as a body of type application/sparql-query.')
}

const prefersPage = (request: Request): boolean =>
  (request.get('Accept') ?? '').includes('text/html') && request.accepts(['text/html', 'application/sparql-results+json', 'text/turtle']) === 'text/html'
