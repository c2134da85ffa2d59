import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Source } from '../../config/sources.ts'
import { Problem } from '../../problem.ts'
import { knownSource, type Site } from '../site/site.ts'

/** Whose token is needed for what is not for everybody: that of the portal itself, or of who looks after the catalogue, who may do all that portals may. */
export type Access = 'portal' | 'admin'

/** Who is let in. */
export interface Admitted {
  /** The source that the address names. */
  source: Source
  /** Whose token it was. */
  origin: Access
}

/**
 * Lets in who bears a token (`Authorization: Bearer …`, RFC 6750) for the source that the address names as `:id`; no cookie is ever asked for, so that no page
 * of somebody else can act for a reader. Throws `not-found` for a source there is not, `unauthorised` where there is no token that we know, `forbidden` for one
 * that is not enough, and where no token is set that would be.
 */
export function admit(site: Site, request: Request, response: Response, needed: Access): Admitted {
  const source = knownSource(site, String(request.params['id']))
  return { source, origin: authorise(site, request, response, source, needed) }
}

function authorise({ publication: { catalogue, sources } }: Site, request: Request, response: Response, source: Source, needed: Access): Access {
  const admin = catalogue.admin?.token
  const portal = [source.notify?.token, catalogue.notify?.token].filter(each => each !== undefined)
  if (!admin && (needed === 'admin' || portal.length === 0))
    throw new Problem(
      'forbidden',
      needed === 'admin'
        ? 'Nobody may accept removals over the web: no token is set. Set admin.token in catalogue.yaml, as env:NAME.'
        : `Nobody may ask for a run of ${source.id}: no token is set. Set notify.token in ${source.id}.yaml or in catalogue.yaml, as env:NAME.`,
    )
  const borne = bearerOf(request)
  const is = (token: string | undefined) => token !== undefined && borne !== undefined && isToken(token, borne)
  if (is(admin)) return 'admin'
  // Every token is compared, whichever of them it is.
  if (portal.map(is).includes(true)) {
    if (needed === 'portal') return 'portal'
    throw new Problem('forbidden', 'This token lets a portal tell of changes. Removals are accepted with the one of admin.token in catalogue.yaml.')
  }
  if (sources.map(other => is(other.notify?.token)).includes(true) || is(catalogue.notify?.token))
    throw new Problem('forbidden', `This token is not the one of ${source.id}.`)
  response.set('WWW-Authenticate', `Bearer realm="fihrist"${borne === undefined ? '' : ', error="invalid_token"'}`)
  throw new Problem(
    'unauthorised',
    borne === undefined ? 'Send the token as: Authorization: Bearer TOKEN.' : 'This token is not known here. Check that it is the one the catalogue was given.',
  )
}

/** What a request bears (RFC 6750). */
export const bearerOf = (request: Request): string | undefined => /^Bearer +(\S+) *$/i.exec(request.get('Authorization') ?? '')?.[1]

/** Compares in the same time whatever they have in common. */
export const isToken = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other))
const hash = (text: string) => createHash('sha256').update(text).digest()
