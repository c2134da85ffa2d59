import type { Request } from 'express'
import { Problem } from '../../problem.ts'
import { metersOf } from '../http/meters.ts'
import type { Handle } from '../http/route.ts'
import { bearerOf, isToken } from '../http/tokens.ts'

/**
 * How the catalogue is, for Prometheus. Who asks on this machine is told, and who bears `metrics.token`: nobody else, as what comes through a proxy names
 * somebody it is passed on for.
 */
export const metrics: Handle = async ({ site, request, response }) => {
  const token = site.publication.catalogue.metrics?.token
  const borne = bearerOf(request)
  if (!(token && borne && isToken(token, borne)) && !isFromHere(request))
    throw new Problem(
      borne ? 'forbidden' : 'unauthorised',
      token
        ? 'Metrics are told to who bears the token of metrics.token in catalogue.yaml (Authorization: Bearer TOKEN).'
        : 'Metrics are told on the machine of the catalogue alone. For others set metrics.token in catalogue.yaml, as env:NAME.',
    )
  const meters = metersOf(site)
  const text = await meters.text()
  response.set('Cache-Control', 'no-store').set('Content-Type', meters.mediaType).send(text)
}

const loopback = /^(?:::ffff:)?127\.|^::1$/
const local = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::\d+)?$/

/** Asked from this machine, for nobody else. */
const isFromHere = ({ socket, headers }: Request): boolean =>
  loopback.test(socket.remoteAddress ?? '') &&
  local.test(headers.host ?? '') &&
  !['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'].some(name => name in headers)
