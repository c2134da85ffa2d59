import { dirname } from 'node:path'
import express, { Router, type RequestHandler } from 'express'
import { paths } from '../../config/addresses.ts'
import { Problem } from '../../problem.ts'
import { largestFeed } from '../../validate/checks/checks.ts'
import type { Grouped } from '../../validate/checks/grouped.ts'
import { keepVerdict, keptVerdict } from '../../validate/checks/kept.ts'
import { profileNames } from '../../validate/profiles.ts'
import { verdictFormats } from '../../validate/verdicts/index.ts'
import { saidProblem } from '../../words/said.ts'
import { spokenLanguages } from '../../words/words.ts'
import { html, json } from '../http/forms.ts'
import { limited } from '../http/limits.ts'
import { negotiate } from '../http/negotiation.ts'
import type { Handle, Resource } from '../http/route.ts'
import { languageOf } from '../page/page.ts'
import type { Site } from '../site/site.ts'
import { ValidateView } from '../views/validate/validate.tsx'
import { VerdictView } from '../views/validate/verdict.tsx'

/** Nobody may keep the thread for himself. */
export const limitChecks = limited('too-many-requests', 'limits.checks')

/** Feeds that may be on their way to us at once: each is held in memory. */
const mostComing = 6
let coming = 0

/** Reads what is posted, whatever it is, and no further than the largest feed; unpacked it may be no larger either. */
export function readFeed(): RequestHandler {
  const bodies = Router({ mergeParams: true })
  const raw = express.raw({ type: () => true, limit: largestFeed })
  bodies.use((request, response, next) => {
    if (coming >= mostComing) throw saidProblem('too-many-checks', 'validate_problem.too-many-checks', {}, { retryS: 10 })
    coming++
    response.once('close', () => coming--)
    raw(request, response, (error?: { status?: number }) => {
      if (error?.status !== 413) return next(error)
      // What is still to come of it is not read.
      response.set('Connection', 'close')
      next(saidProblem('too-large', 'validate_problem.too-large', { url: '', megabytes: largestFeed / 1e6 }))
    })
  })
  return bodies
}

/** What a verdict is had in; who wishes for nothing gets JSON. */
const forms = [
  ...['json', 'turtle', 'sarif', 'junit', 'text'].map(name => ({ name, mediaType: verdictFormats[name]!.mediaType })),
  { name: 'grouped', mediaType: 'text/html' },
]

/** Looks at a feed that is posted, or lies at an address, without harvesting it; a reader is led to the page of the verdict. */
export const check: Handle = async ({ site, request, response }) => {
  if (!site.checks) throw new Problem('not-found', 'Feeds are not looked at here.')
  const form = negotiate(request, forms)
  const wished = request.get('Accept-Language') ?? '*'
  const forPeople = form.name === 'grouped'
  const done = await site.checks.check({
    body: request.body instanceof Uint8Array ? request.body : new Uint8Array(),
    type: request.get('Content-Type') ?? '',
    query: Object.fromEntries(Object.entries(request.query).filter((each): each is [string, string] => typeof each[1] === 'string')),
    language: forPeople ? languageOf(site, request) : (wished !== '*' && request.acceptsLanguages(...spokenLanguages())) || 'en',
    format: form.name,
  })
  response.vary('Accept').vary('Accept-Language').set('Cache-Control', 'no-store')
  if ('grouped' in done) {
    const key = keepVerdict(dataOf(site), done.grouped)
    return response.redirect(303, `/${site.languages.includes(done.language) ? done.language : site.languages[0]}${paths.verdict(key)}`)
  }
  response.type(`${done.mediaType}; charset=utf-8`).set('Content-Language', done.language).end(done.body)
}

const dataOf = (site: Site) => dirname(site.publication.ledger.file)

/** Where people validate before they publish. */
export const validatePage: Resource<{ profiles: string[] }> = {
  find: ({ site }) => ({ profiles: profileNames(site.publication.catalogue.shapes) }),
  as: [html(({ profiles }, page) => <ValidateView page={page} profiles={profiles} />)],
}

/** A verdict that is kept for a day, for who has its link. */
export const verdictPage: Resource<Grouped> = {
  find: ({ site }, { key }) => {
    const verdict = keptVerdict(dataOf(site), key!)
    if (verdict) return verdict
    throw saidProblem('not-found', 'validate_problem.gone')
  },
  seconds: 60,
  cache: () => 'private, no-store',
  as: [html((verdict, page) => <VerdictView page={page} verdict={verdict} />), json(verdict => verdict)],
}
