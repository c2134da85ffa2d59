import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { addressesOf } from '../../config/addresses.ts'
import { digest } from '../../rdf/digest.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { readQuery } from '../../store/query.ts'
import { saidProblem } from '../../words/said.ts'
import { html, rdf } from '../http/forms.ts'
import { accepted } from '../http/negotiation.ts'
import { represent } from '../http/representations.ts'
import type { Exchange, Handle, Resource } from '../http/route.ts'
import { sendPage, unchanged } from '../http/send.ts'
import { pageOf } from '../page/page.ts'
import { answerOf, formatsOf, resultOf } from '../sparql/answer.ts'
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
  const [client, signal] = [request.ip ?? '', endOf(response)]
  if (request.method !== 'POST' && !asked.format && prefersPage(request)) {
    const page = pageOf(site, request, route.menu)
    const { view, status } = await answeredPage(page, { ...asked, client, signal })
    return sendPage(page, response, view, status)
  }
  const query = await readQuery(asked.query, site.publication.catalogue.sparql.federation)
  const { mediaType, engine = mediaType } = resultOf(request, query.form, asked.format)
  const tagAt = (revision: number) => `${digest(JSON.stringify([revision, mediaType, asked.dataset, query.text]))}-${site.edition}`
  const { revision } = site.store
  response.type(`${mediaType}; charset=utf-8`).set('Fihrist-Revision', String(revision))
  if (query.volatile) response.set('Cache-Control', 'no-cache')
  else if (unchanged(request, response, { tag: tagAt(revision) })) return
  // What an answer would be like can be told without it, but for its length.
  if (request.method === 'HEAD') return void response.end()

  const { answer, heldAt } = await answerOf(site, query, { ...asked, mediaType: engine, client, signal })
  if (!query.volatile) response.set('ETag', `W/"${tagAt(answer.revision)}"`)
  if (answer.revision < site.store.revision) response.set('Age', String(Math.ceil((performance.now() - heldAt) / 1000)))
  response.set('Fihrist-Revision', String(answer.revision))
  if (answer.cut) response.set('Fihrist-Cut', answer.cut)
  // Most answers are one piece, and a stream costs more than they do.
  if (answer.pieces.length <= 1) return void response.end(answer.pieces[0])
  await pipeline(Readable.from(answer.pieces), response).catch((error: NodeJS.ErrnoException) => {
    // The client has left, as it is told while the answer is sent, or before.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && error.code !== 'ERR_STREAM_UNABLE_TO_PIPE') throw error
  })
}

/** Tells when the client has left before it had its answer. */
function endOf(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  return gone.signal
}

const endpoint: Resource<undefined> = {
  find: () => undefined,
  as: [
    // A program that wishes for nothing in particular reads the description; who wants a page says so.
    ...rdf<undefined>(graphFormats, (_endpoint, { origin, site }) => ({
      quads: serviceDescription(addressesOf(origin).sparql, formatsOf(), site.publication),
    })),
    html((_endpoint, page) => queryPage(page)),
  ],
}

function withoutQuery(exchange: Exchange): Promise<void> {
  if (exchange.request.method !== 'POST') return represent(endpoint, exchange)
  throw saidProblem('bad-request', 'query_problem.none')
}

const prefersPage = (request: Request): boolean =>
  (request.get('Accept') ?? '').includes('text/html') && accepted(request, ['text/html', 'application/sparql-results+json', 'text/turtle']) === 'text/html'
