import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import { wordsIn } from '../../words/words.ts'
import type { Site } from '../site/site.ts'
import { sendProblem } from './problems.tsx'

/** How often one address may ask in a minute. */
export const perMinute = 120

/** Nobody may keep the catalogue for himself: who asks too often is told so, and when to come back. */
export const limited =
  (code: 'too-many-requests' | 'too-many-queries', key: string, most = perMinute) =>
  (site: Site): RequestHandler =>
    rateLimit({
      windowMs: 60_000,
      limit: most,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (request, response) => {
        const values = { most, seconds: Number(response.get('Retry-After') ?? 60) }
        const english = wordsIn('en')
        const title = english.t(`problem.${code}`)
        sendProblem(site, request, response, { status: 429, code, title, detail: english.t(key, values), said: { key, values } })
      },
    })

/** The same for what people send by forms: so many from one address in an hour, and a sentence in the language of who sends more. */
export const limitedForms =
  (most: number) =>
  (site: Site): RequestHandler =>
    rateLimit({
      windowMs: 3_600_000,
      limit: most,
      skip: request => request.method !== 'POST',
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (request, response) => {
        const said = { key: 'form.too_often', values: { most } }
        const [title, detail] = ['Too many requests', wordsIn('en').t(said.key, said.values)]
        sendProblem(site, request, response, { status: 429, code: 'too-many-requests', title, detail, said, retryS: 3600 })
      },
    })
