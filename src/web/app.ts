import compression from 'compression'
import express, { type Express, type Request, type Response } from 'express'
import { Problem } from '../problem.ts'
import { answerProblems } from './http/problems.tsx'
import { represent } from './http/representations.ts'
import { pathsOf, type Exchange, type Route } from './http/route.ts'
import { keepToRows, openToAll, protect } from './http/security.ts'
import { admit } from './http/tokens.ts'
import { withoutLanguage } from './page/page.ts'
import { routes } from './routes/index.ts'
import { openSite, type Site, type WebOptions } from './site/site.ts'

export type { WebOptions } from './site/site.ts'

/** The whole web side of the catalogue: pages, RDF, SPARQL and feeds over one publication. */
export function webApp(options: WebOptions): Express {
  const site = openSite(options, routes)
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', 'weak')
  // A proxy on the same machine tells who asked and under which address; nobody else is believed.
  app.set('trust proxy', 'loopback')
  app.use((request, _response, next) => {
    request.url = withoutLanguage(site, request.url)
    next()
  })
  app.use(openToAll, protect, keepToRows(routes), compression())
  for (const [build, folder] of Object.entries(site.assets.folders)) {
    app.use(`/static/:build/${build}`, express.static(folder, { immutable: true, maxAge: '365d', index: false, fallthrough: false }))
  }
  for (const route of routes) mount(app, site, route)
  app.use((request: Request) => {
    throw new Problem('not-found', `There is nothing at ${request.path}.`)
  })
  app.use(answerProblems(site))
  return app
}

/** Lets a route answer at its paths. */
export function mount(app: Express, site: Site, route: Route): void {
  const { methods = ['get'], before = [] } = route
  for (const method of methods)
    app[method](pathsOf(route), ...before.map(each => each(site)), (request: Request, response: Response) => answer({ site, route, request, response }))
}

function answer(exchange: Exchange): void | Promise<void> {
  const { site, route, request, response } = exchange
  if ('resource' in route) return represent(route.resource, exchange)
  if ('answer' in route) return route.answer(exchange)
  return route.act(exchange, admit(site, request, response, route.access))
}
