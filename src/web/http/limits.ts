import type { Request, RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { wordsIn } from '../../words/words.ts'
import type { Site } from '../site/site.ts'
import { sendProblem } from './problems.tsx'

/** How often one address may ask in a minute. */
export const perMinute = 120

interface Limit {
  code: 'too-many-requests' | 'too-many-queries'
  /** The sentence for who asks too often. */
  key: string
  most: number
  minutes?: number
  /** Requests that are not counted. */
  skip?(request: Request): boolean
  /** Whether every answer says how much is left. What is kept of answers is the same for all. */
  told?: boolean
}

/** Who asks, by his address, or the network that he has under IPv6. One who has left already has none. */
const clientOf = ({ ip }: Request): string => (ip ? ipKeyGenerator(ip) : '')

/** Whole seconds after which he may ask again, as his count says. */
function secondsLeft(request: Request): number {
  const { rateLimit: count } = request as Request & { rateLimit?: { resetTime?: Date } }
  return Math.max(1, Math.ceil(((count?.resetTime?.getTime() ?? 0) - Date.now()) / 1000))
}

/** Nobody may keep the catalogue for himself: who asks too often is told so in his language, and when to come back. */
const limit = (site: Site, { code, key, most, minutes = 1, skip = () => false, told = true }: Limit): RequestHandler =>
  rateLimit({
    windowMs: minutes * 60_000,
    limit: most,
    keyGenerator: clientOf,
    skip,
    standardHeaders: told && 'draft-8',
    legacyHeaders: false,
    handler: (request, response) => {
      const [values, english] = [{ most, seconds: secondsLeft(request) }, wordsIn('en')]
      const [title, detail] = [english.t(`problem.${code}`), english.t(key, values)]
      sendProblem(site, request, response, { status: 429, code, title, detail, said: { key, values }, retryS: values.seconds })
    },
  })

/** What costs more than a page, each with its count; `skip` tells requests that do not. */
export const limited =
  (code: Limit['code'], key: string, most = perMinute, skip?: (request: Request) => boolean) =>
  (site: Site): RequestHandler =>
    limit(site, { code, key, most, ...(skip && { skip }) })

/** What people send by forms, by the hour. */
export const limitedForms =
  (most: number) =>
  (site: Site): RequestHandler =>
    limit(site, { code: 'too-many-requests', key: 'form.too_often', most, minutes: 60, skip: ({ method }) => method !== 'POST' })

/** What is there for machines that watch, and files that browsers keep. */
const uncounted = /^\/(?:static\/|(?:healthz|readyz|metrics)$)/

const loopback = /^(?:::1$|(?:::ffff:)?127\.)/i

/** All that is asked, by `web.perMinute` of the edition. This machine itself is not counted: it watches, or is a proxy that does not say for whom it asks. */
export const limitedReading = (site: Site): RequestHandler =>
  limit(site, {
    code: 'too-many-requests',
    key: 'limits.reading',
    most: site.publication.catalogue.web.perMinute,
    skip: ({ ip, path }) => uncounted.test(path) || loopback.test(ip ?? ''),
    told: false,
  })
