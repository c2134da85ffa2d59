import type { RequestHandler } from 'express'
import { revisionOn, withStates } from '../../outlets/memento.ts'
import { Problem } from '../../problem.ts'
import { saidProblem } from '../../words/said.ts'
import { addressAsked, withoutLanguage } from '../page/page.ts'
import type { Site } from '../site/site.ts'

/**
 * Leads who wishes for a moment of the past (`Accept-Datetime`) to the state of then (RFC 7089, section 4.2.1). It comes before what is kept of answers, which
 * know nothing of that wish.
 */
export const timeGate =
  (site: Site): RequestHandler =>
  (request, response, next) => {
    const wished = request.get('Accept-Datetime')
    const url = addressAsked(withoutLanguage(site, request.originalUrl))
    const found = withStates(url.pathname)
    if (wished === undefined || !found || url.searchParams.has('revision')) return next()
    const moment = Date.parse(wished)
    if (Number.isNaN(moment) || !wished.trim().endsWith('GMT')) throw saidProblem('bad-request', 'query_of_outlet.datetime', { value: wished.slice(0, 60) })
    const revision = revisionOn(site.publication, new Date(moment).toISOString(), found.id)
    if (revision === 0) throw new Problem('not-found', 'The catalogue has no revision yet.')
    const address = addressAsked(request.originalUrl)
    address.searchParams.set('revision', String(revision))
    response
      .vary('Accept-Datetime')
      .set('Cache-Control', 'no-cache')
      .redirect(302, address.pathname + address.search)
  }
