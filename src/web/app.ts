import compression from 'compression'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import { saidProblem } from '../words/said.ts'
import { openAnswers, type Answers, type Make } from './http/answers.ts'
import { answered, askedBy, wordsOf } from './http/asked.ts'
import { limitedReading } from './http/limits.ts'
import { metersOf } from './http/meters.ts'
import { openMoments } from './http/moments.ts'
import { wishOf } from './http/negotiation.ts'
import { answerProblems } from './http/problems.tsx'
import { represent } from './http/representations.ts'
import { pathsOf, type Exchange, type Resource, type Route } from './http/route.ts'
import { keepToRows, openToAll, protect } from './http/security.ts'
import { timeGate } from './http/time-gate.ts'
import { admit } from './http/tokens.ts'
import { visitOf } from './http/visits.ts'
import { withoutLanguage } from './page/page.ts'
import { routes } from './routes/index.ts'
import { openSite, type Site, type WebOptions } from './site/site.ts'

export type { WebOptions } from './site/site.ts'

/**
 * The whole web side of the catalogue: pages, RDF, SPARQL and feeds over one publication. What is read is answered in threads beside this one (readers.ts), or
 * here where there are none.
 */
export function webApp(options: WebOptions, read?: Make): Express {
  const site = openSite(options, routes)
  const app = express()
  app.disable('x-powered-by')
  // Those proxies tell who asked, and whether by TLS; nobody else is believed.
  app.set('trust proxy', options.publication.catalogue.web.proxies)
  const pages = readingApp(site)
  const answers = openAnswers(openMoments(options.publication.ledger), request => wordsOf(site, request), read ?? (asked => answered(pages, asked)))
  app.use(metersOf(site).count, openToAll, limitedReading(site), timeGate(site), answers.repeat)
  app.use(withoutPrefix(site), protect, keepToRows(routes), compression({ filter: isCompressible }))
  for (const [build, folder] of Object.entries(site.assets.folders)) {
    app.use(`/static/:build/${build}`, express.static(folder, { immutable: true, maxAge: '365d', index: false, fallthrough: false }))
  }
  for (const route of routes) mount(app, site, route, answers)
  app.use((request: Request) => {
    throw saidProblem('not-found', 'missing.page', { path: request.path.slice(0, 200) })
  })
  app.use(answerProblems(site))
  return app
}

/** What can be read, and nothing else: answers depend on what was asked alone. */
export function readingApp(site: Site): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', 'weak')
  app.use(withoutPrefix(site))
  for (const route of routes) if ('resource' in route) mount(app, site, route)
  app.use(answerProblems(site))
  return app
}

/** Everything but what is compressed already. */
const isCompressible = (_request: Request, response: Response): boolean => !/gzip|zip|font|image\/(?!svg)/.test(String(response.getHeader('Content-Type')))

const withoutPrefix =
  (site: Site): RequestHandler =>
  (request, _response, next) => {
    request.url = withoutLanguage(site, request.url)
    next()
  }

/** Lets a route answer at its paths; what is read of it is kept where there are `answers`. */
export function mount(app: Express, site: Site, route: Route, answers?: Answers): void {
  const { methods = ['get'], before = [] } = route
  for (const method of methods)
    app[method](pathsOf(route), ...before.map(each => each(site)), (request: Request, response: Response) =>
      answer({ site, route, request, response }, method === 'get' ? answers : undefined),
    )
}

function answer(exchange: Exchange, answers: Answers | undefined): void | Promise<void> {
  const { site, route, request, response } = exchange
  if ('resource' in route) return answers ? answerOnce(route.resource, exchange, answers) : represent(route.resource, exchange)
  if ('answer' in route) return route.answer(exchange)
  if ('attend' in route) return visitOf(site, request, response, route.role, route.most).then(visit => visit && route.attend(exchange, visit))
  return route.act(exchange, admit(site, request, response, route.access))
}

const queryOf = (request: Request) => new URL(request.originalUrl, 'http://page.invalid').searchParams

/** Answers with what is kept, or made for all who ask for it meanwhile. What is sent in pieces is made for each reader, as he reads it. */
async function answerOnce(resource: Resource, exchange: Exchange, answers: Answers): Promise<void> {
  const { site, request, response } = exchange
  const asked = askedBy(site, request)
  const key = [asked.origin, asked.language, wishOf(request, resource.asFor?.(queryOf(request)) ?? resource.as), asked.url].join(' ')
  const made = await answers.of(asked, { key, seconds: resource.seconds })
  return made ? answers.send(request, response, made) : represent(resource, exchange)
}
