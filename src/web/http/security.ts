import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import helmet from 'helmet'
import { Problem } from '../../problem.ts'
import { saidProblem } from '../../words/said.ts'
import { pathsOf, type Route } from './route.ts'

/** What every page may load and do: what is ours. */
const policy: Record<string, string[]> = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

/** Headers that keep a page from running or loading what is not ours. */
export const protect: RequestHandler = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: policy },
  // As the policy has it, for browsers that know none.
  xFrameOptions: { action: 'deny' },
  // Our own forms say which page of ours sends them; nobody else is told where a reader comes from.
  referrerPolicy: { policy: 'same-origin' },
  // What we publish is there to be read from anywhere.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
})

/** Lets any page show a page of ours in a frame: for what is made to be shown so. */
export const mayBeFramed = (): RequestHandler => {
  const framed = helmet({ contentSecurityPolicy: { useDefaults: false, directives: { ...policy, frameAncestors: ['*'] } }, xFrameOptions: false })
  return (request, response, next) => {
    response.removeHeader('X-Frame-Options')
    framed(request, response, next)
  }
}

/** Anybody's page may read what we publish: nothing here depends on who asks. */
export function openToAll(_request: Request, response: Response, next: NextFunction): void {
  response
    .set('Access-Control-Allow-Origin', '*')
    .set('Access-Control-Expose-Headers', 'ETag, Link, Location, Content-Profile, Retry-After, Memento-Datetime, Fihrist-Revision, Fihrist-Cut')
  next()
}

/** Characters of an address that are read: a page links to itself by hundreds, each with all that was asked of it. */
const longestSearch = 8000

/** Holds every request to the methods and the length of its route. Where there is none, reading is all there is to do. */
export function keepToRows(routes: Route[]): RequestHandler {
  const rows = Router()
  for (const route of routes) {
    rows.all(pathsOf(route), onlyBy(route), (_request, _response, next) => next('router'))
  }
  rows.use(onlyBy())
  return rows
}

/**
 * Answers OPTIONS, and throws `method-not-allowed`, and `too-large` for an address that is too long. That a page of another site may send a token is not said:
 * it may not.
 */
function onlyBy({ methods = ['get'], longest = longestSearch }: Pick<Route, 'methods' | 'longest'> = {}): RequestHandler {
  const allowed = ['OPTIONS', ...methods.flatMap(method => (method === 'get' ? ['GET', 'HEAD'] : ['POST']))].sort()
  const named = allowed.join(', ')
  return (request, response, next) => {
    if (request.method === 'OPTIONS') {
      response
        .set('Allow', named)
        .set('Access-Control-Allow-Methods', named)
        .set(
          'Access-Control-Allow-Headers',
          'Accept, Accept-Language, Accept-Datetime, Content-Type, If-Modified-Since, If-None-Match, Mcp-Protocol-Version, Mcp-Session-Id',
        )
        .set('Access-Control-Max-Age', '86400')
      response.status(204).end()
      return
    }
    if (!allowed.includes(request.method)) {
      response.set('Allow', named)
      throw new Problem('method-not-allowed', `${request.method} is not allowed on ${request.path}; use ${named}.`)
    }
    if (request.originalUrl.length > longest) throw saidProblem('too-large', 'limits.address', { most: longest })
    next()
  }
}
