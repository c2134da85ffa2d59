import compression from 'compression'
import express, { type Express, type Request } from 'express'
import { Problem } from '../problem.ts'
import { withoutLanguage } from './page/page.ts'
import { answerProblems } from './http/problems.tsx'
import { routes } from './routes/index.ts'
import { onlyReading, openToAll, protect } from './http/security.ts'
import { openSite, type WebOptions } from './site.ts'

export type { WebOptions } from './site.ts'

/** The whole web side of the catalogue: pages, RDF, SPARQL and feeds over one publication. */
export function webApp(options: WebOptions): Express {
  const site = openSite(options)
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', 'weak')
  // A proxy on the same machine tells who asked and under which address; nobody else is believed.
  app.set('trust proxy', 'loopback')
  app.use((request, _response, next) => {
    request.url = withoutLanguage(site, request.url)
    next()
  })
  app.use(openToAll, protect, onlyReading, compression())
  for (const [build, folder] of Object.entries(site.assets.folders)) {
    app.use(`/static/:build/${build}`, express.static(folder, { immutable: true, maxAge: '365d', index: false, fallthrough: false }))
  }
  for (const { path, handle, methods = ['get' as const], before = [] } of routes) {
    for (const method of methods) app[method](path, ...before.map(each => each(site)), (request, response) => handle(site, request, response))
  }
  app.use((request: Request) => {
    throw new Problem('not-found', `There is nothing at ${request.path}.`)
  })
  app.use(answerProblems(site))
  return app
}
