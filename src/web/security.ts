import type { NextFunction, Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'
import { Problem } from '../problem.ts'

const policy = (styles: string[]) => helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'", ...styles], imgSrc: ["'self'", 'data:'], fontSrc: ["'self'", 'data:'], connectSrc: ["'self'"],
      formAction: ["'self'"], baseUri: ["'none'"], frameAncestors: ["'none'"],
    },
  },
  // What we publish is there to be read from anywhere.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
})

const strict = policy([])
/** The query editor writes its own style elements. */
const editor = policy(["'unsafe-inline'"])

/** Headers that keep a page from running or loading what is not ours. */
export const protect: RequestHandler = (request, response, next) => (request.path === '/sparql' ? editor : strict)(request, response, next)

/** Anybody's page may read what we publish: nothing here depends on who asks. */
export function openToAll(_request: Request, response: Response, next: NextFunction): void {
  response.set('Access-Control-Allow-Origin', '*').set('Access-Control-Expose-Headers', 'ETag, Link, Retry-After')
  next()
}

/** Reading is all there is to do here; a query may also be posted. */
export function onlyReading(request: Request, response: Response, next: NextFunction): void {
  const allowed = ['GET', 'HEAD', 'OPTIONS', ...(request.path === '/sparql' ? ['POST'] : [])]
  if (request.method === 'OPTIONS') {
    response.set('Allow', allowed.join(', ')).set('Access-Control-Allow-Methods', allowed.join(', ')).set('Access-Control-Allow-Headers', 'Accept, Accept-Language, Content-Type, If-None-Match').set('Access-Control-Max-Age', '86400')
    response.status(204).end()
    return
  }
  if (allowed.includes(request.method)) return next()
  response.set('Allow', allowed.join(', '))
  throw new Problem('method-not-allowed', `${request.method} is not allowed on ${request.path}; use ${allowed.join(', ')}.`)
}
