import type { NextFunction, Request, RequestHandler, Response } from 'express'
import helmet from 'helmet'
import { paths } from '../../config/addresses.ts'
import { Problem } from '../../problem.ts'

const policy = (styles: string[]) =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", ...styles],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // What we publish is there to be read from anywhere.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  })

const strict = policy([])
/** The query editor writes its own style elements. */
const editor = policy(["'unsafe-inline'"])

/** Headers that keep a page from running or loading what is not ours. */
export const protect: RequestHandler = (request, response, next) => (request.path === paths.sparql ? editor : strict)(request, response, next)

/** Anybody's page may read what we publish: nothing here depends on who asks. */
export function openToAll(_request: Request, response: Response, next: NextFunction): void {
  response.set('Access-Control-Allow-Origin', '*').set('Access-Control-Expose-Headers', 'ETag, Link, Retry-After')
  next()
}

/** Where something may be sent: a query, or what is asked for by who bears a token. */
const posted: Record<string, RegExp> = { 'GET, HEAD, OPTIONS, POST': /^\/sparql$/, 'OPTIONS, POST': /^\/api\/sources\/[^/]+\/(notify|accept-removals)$/ }

/** Reading is all there is to do elsewhere. That a page of another site may send a token is not said: it may not. */
export function onlyReading(request: Request, response: Response, next: NextFunction): void {
  const allowed = Object.keys(posted).find(methods => posted[methods]!.test(request.path)) ?? 'GET, HEAD, OPTIONS'
  if (request.method === 'OPTIONS') {
    response
      .set('Allow', allowed)
      .set('Access-Control-Allow-Methods', allowed)
      .set('Access-Control-Allow-Headers', 'Accept, Accept-Language, Content-Type, If-None-Match')
      .set('Access-Control-Max-Age', '86400')
    response.status(204).end()
    return
  }
  if (allowed.split(', ').includes(request.method)) return next()
  response.set('Allow', allowed)
  throw new Problem('method-not-allowed', `${request.method} is not allowed on ${request.path}; use ${allowed}.`)
}
