import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import type { Source } from '../../config/sources.ts'
import { Problem } from '../../problem.ts'
import type { Site } from '../site.ts'

/** Who asked for something that is not for everybody: the portal itself, or who looks after the catalogue. */
export type Authority = 'portal' | 'admin'

/**
 * Whose token a request bears (`Authorization: Bearer …`, RFC 6750); no cookie is ever asked for, so that no page of somebody else can act for a reader.
 * Throws `unauthorised` where there is none that we know, `forbidden` for one that is not enough, and where no token is set that would be.
 */
export function authorise({ publication: { catalogue, sources } }: Site, request: Request, response: Response, source: Source, needed: Authority): Authority {
  const admin = catalogue.admin?.token
  const portal = [source.notify?.token, catalogue.notify?.token].filter(each => each !== undefined)
  if (!admin && (needed === 'admin' || portal.length === 0))
    throw new Problem(
      'forbidden',
      needed === 'admin'
        ? 'Nobody may accept removals over the web: no token is set. Set admin.token in catalogue.yaml, as env:NAME.'
        : `Nobody may ask for a run of ${source.id}: no token is set. Set notify.token in ${source.id}.yaml or in catalogue.yaml, as env:NAME.`,
    )
  const borne = /^Bearer +(\S+) *$/i.exec(request.get('Authorization') ?? '')?.[1]
  const is = (token: string | undefined) => token !== undefined && borne !== undefined && alike(token, borne)
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

/** In the same time whatever they have in common. */
const alike = (one: string, other: string) => timingSafeEqual(hash(one), hash(other))
const hash = (text: string) => createHash('sha256').update(text).digest()
