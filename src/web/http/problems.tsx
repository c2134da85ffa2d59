import type { ErrorRequestHandler, Request, Response } from 'express'
import { Problem } from '../../problem.ts'
import { pageOf } from '../page/page.ts'
import type { Site } from '../site/site.ts'
import { ProblemView, type ProblemBody } from '../views/problem.tsx'
import { accepted, problemTypes } from './negotiation.ts'
import { sendPage } from './send.ts'

/** Answers with whatever was thrown: as a page where one was asked for, as `application/problem+json` otherwise. */
export const answerProblems =
  (site: Site): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    // Part of an answer is already on its way: all that is left is to break it off.
    if (response.headersSent) return next(error)
    const problem = bodyOf(error)
    if (problem.code === 'internal') site.report?.(error)
    sendProblem(site, request, response, problem)
  }

export function sendProblem(site: Site, request: Request, response: Response, problem: ProblemBody): void {
  response.removeHeader('ETag')
  response.set('Cache-Control', 'no-store')
  if (problem.retryS !== undefined) response.set('Retry-After', String(problem.retryS))
  if (accepted(request, problemTypes) === 'text/html') {
    const page = pageOf(site, request)
    return sendPage(page, response, <ProblemView page={page} problem={problem} />, problem.status)
  }
  const { status, code, title, detail } = problem
  response.vary('Accept')
  response
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .send(`${JSON.stringify({ type: 'about:blank', title, status, detail, code, instance: request.originalUrl }, null, 2)}\n`)
}

/** What express and its body readers throw, by status. */
const foreign: Record<number, Problem> = {
  400: new Problem('bad-request', 'The request cannot be read: check the address, the encoding, and the body if there is one.'),
  404: new Problem('not-found', 'There is no such file.'),
  413: new Problem('too-large', 'What was sent is too large: at most 32 kB of a query are read, and 16 kB of a request.'),
  415: new Problem('unsupported-media-type', 'This content type or character set is not read here.'),
}

function bodyOf(error: unknown): ProblemBody {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500
  const problem = error instanceof Problem ? error : foreign[status]
  if (problem)
    return { status: problem.status, code: problem.code, title: problem.title, detail: problem.message, ...(problem.retryS && { retryS: problem.retryS }) }
  // Whatever else it was, its words are for the log and not for the world.
  return { status: 500, code: 'internal', title: 'Something failed here', detail: 'The page could not be made. The failure is ours, not yours.' }
}
