import type { RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { Site } from '../site/site.ts'
import { sendProblem } from './problems.tsx'

/** How often one address may ask in a minute. */
export const perMinute = 120

/** Nobody may keep the catalogue for himself: who asks too often is told so, and what to do. */
export const limited =
  (title: string, detail: string) =>
  (site: Site): RequestHandler =>
    rateLimit({
      windowMs: 60_000,
      limit: perMinute,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      handler: (request, response) => sendProblem(site, request, response, { status: 429, code: 'too-many-requests', title, detail }),
    })
