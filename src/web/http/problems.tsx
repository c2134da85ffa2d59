import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Request, Response } from 'express'
import { Problem } from '../../problem.ts'
import { saidProblem } from '../../words/said.ts'
import { spokenLanguages, wordsIn } from '../../words/words.ts'
import { pageOf } from '../page/page.ts'
import type { Failed, Site } from '../site/site.ts'
import { ProblemView, type ProblemBody } from '../views/problem.tsx'
import { accepted, problemTypes } from './negotiation.ts'
import { sendPage } from './send.ts'

/** Answers with whatever was thrown: as a page where one was asked for, as `application/problem+json` otherwise. */
export const answerProblems =
  (site: Site): ErrorRequestHandler =>
  // Express knows by its four parameters that it is told of errors.
  (error: unknown, request, response, _next) => {
    const problem = bodyOf(error)
    if (site.faults.note(error)) site.report?.(error)
    if (problem.code === 'internal') {
      const failed = failedOf(request)
      if (!response.headersSent) response.set('X-Request-Id', failed.id)
      site.report?.(error, failed)
    }
    // Part of an answer is already on its way: all that is left is to break it off.
    if (response.headersSent) return void response.destroy()
    try {
      sendProblem(site, request, response, problem)
    } catch (failure) {
      // What is said of a failure must not fail: express would show where, in files of ours.
      if (site.faults.note(failure) || !(failure instanceof Problem)) site.report?.(failure)
      const { title, status, detail } = failure instanceof Problem ? bodyOf(failure) : ours
      if (response.headersSent) response.destroy()
      else
        response
          .status(status)
          .type('application/problem+json')
          .end(JSON.stringify({ type: 'about:blank', title, status, detail }))
    }
  }

/** What the log tells of a request: the number that a proxy gave it, or a new one, by which a reader's complaint is found again. */
function failedOf(request: Request): Failed {
  const given = request.get('X-Request-Id') ?? ''
  const { path = 'none' } = (request.route ?? {}) as { path?: unknown }
  return { id: /^[\w-]{8,64}$/.test(given) ? given : randomUUID(), method: request.method, route: String(path) }
}

/** Whatever else was thrown: its words are for the log and not for the world. */
const ours: ProblemBody = {
  status: 500,
  code: 'internal',
  title: 'Something failed here',
  detail: 'The page could not be made. The failure is ours, not yours.',
}

export function sendProblem(site: Site, request: Request, response: Response, problem: ProblemBody): void {
  response.removeHeader('ETag')
  response.set('Cache-Control', 'no-store')
  if (problem.retryS !== undefined) response.set('Retry-After', String(problem.retryS))
  if (accepted(request, problemTypes) === 'text/html') {
    try {
      const page = pageOf(site, request)
      return sendPage(page, response, <ProblemView page={page} problem={problem} />, problem.status)
    } catch (failure) {
      // Without a ledger there is no page; what there is to say is said all the same.
      if (site.faults.note(failure) || !(failure instanceof Problem)) site.report?.(failure)
    }
  }
  const { status, code, said, line, column } = problem
  const words = wordsIn(languageOfProgram(request))
  const detail = said ? words.t(said.key, said.values) : problem.detail
  const title = said && words.has(`problem.${code}`) ? words.t(`problem.${code}`) : problem.title
  response
    .vary('Accept')
    .vary('Accept-Language')
    .set('Content-Language', said ? words.language : 'en')
  response
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .send(`${JSON.stringify({ type: 'about:blank', title, status, detail, code, line, column, instance: instanceOf(request) }, null, 2)}\n`)
}

/** The address that was asked for; of one as long as a query, its path. */
const instanceOf = ({ originalUrl, path }: Request): string => (originalUrl.length > 2000 ? path : originalUrl)

/** English for programs that name no language. */
const languageOfProgram = (request: Request): string => {
  const wished = request.get('Accept-Language') ?? '*'
  return (wished !== '*' && request.acceptsLanguages(...spokenLanguages())) || 'en'
}

/** What express and its body readers throw, by status. */
const noFile = new Problem('not-found', 'There is no such file.')
const foreign: Record<number, Problem> = {
  400: saidProblem('bad-request', 'query_problem.unread'),
  // A path that leads out of the folder of files, and one whose file is not there.
  403: noFile,
  404: noFile,
  413: saidProblem('too-large', 'query_problem.request_large'),
  415: saidProblem('unsupported-media-type', 'query_problem.charset'),
}

function bodyOf(error: unknown): ProblemBody {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500
  const problem = error instanceof Problem ? error : foreign[status]
  if (problem)
    return {
      status: problem.status,
      code: problem.code,
      title: problem.title,
      detail: problem.message,
      said: problem.said,
      line: problem.said && problem.place.line,
      column: problem.place.column,
      ...(problem.retryS && { retryS: problem.retryS }),
    }
  return ours
}
