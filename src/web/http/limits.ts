import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { wordsIn } from '../../words/words.ts'
import type { Site } from '../site/site.ts'
import { sendProblem } from './problems.tsx'

/** How often one address may ask in a minute. */
export const perMinute = 120

/** Nobody may keep the catalogue for himself: who asks too often is told so, and when to come back. */
export const limited =
  (code: 'too-many-requests' | 'too-many-queries', key: string) =>
  (site: Site): RequestHandler =>
    rateLimit({
      windowMs: 60_000,
      limit: perMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (request, response) => {
        const values = { most: perMinute, seconds: Number(response.get('Retry-After') ?? 60) }
        const english = wordsIn('en')
        const title = english.t(`problem.${code}`)
        sendProblem(site, request, response, { status: 429, code, title, detail: english.t(key, values), said: { key, values } })
      },
    })
