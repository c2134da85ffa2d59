import express, { Router, type Request, type RequestHandler, type Response } from 'express'
import { z } from 'zod'
import { addressesOf } from '../../config/addresses.ts'
import { keyNamed } from '../../ledger/records/records.ts'
import { heldBy } from '../../ledger/records/removal.ts'
import { problemsOf } from '../../ledger/runs/problems.ts'
import { askForRun, requestOf, type RunRequest, type Wish } from '../../ledger/runs/run-requests.ts'
import { lastWholeRun } from '../../ledger/runs/runs.ts'
import { Problem } from '../../problem.ts'
import { limited } from '../http/limits.ts'
import type { Act, Handle } from '../http/route.ts'
import { sendJson } from '../http/send.ts'
import type { Admitted } from '../http/tokens.ts'
import { originOf } from '../page/page.ts'
import type { Site } from '../site/site.ts'

/** Neither may tokens be guessed, nor the schedule be kept busy. */
export const limitRequests = limited('too-many-requests', 'limits.requests')

/** Reads the JSON that may come with a request, and nothing else. */
export function readWish(): RequestHandler {
  const bodies = Router({ mergeParams: true })
  bodies.use((request, _response, next) => {
    const has = request.get('Transfer-Encoding') !== undefined || Number(request.get('Content-Length') ?? 0) > 0
    if (has && !request.is('application/json'))
      throw new Problem('unsupported-media-type', `What is asked for is sent as application/json, not as "${request.get('Content-Type') ?? 'nothing'}".`)
    next()
  })
  bodies.use(express.json({ limit: 16 * 1024, strict: true }))
  return bodies
}

const wish = z.strictObject({
  /** The record that has changed: its key at the portal, our id of it, or the IRI of its dataset. */
  record: z.string().trim().min(1).max(2000).optional(),
})

/** Something has changed at a portal: asks for a run, of one record where it is named. */
export const notify: Act = ({ site, request, response }, by) => {
  const { source, origin } = enabled(by)
  const { catalogue, ledger } = site.publication
  const { data, error } = wish.safeParse(request.body ?? {})
  const issue = error?.issues[0]
  if (issue)
    throw new Problem(
      'bad-request',
      `${issue.path.join('.') || 'The body'}: ${issue.message}. Send nothing, or {"record": "…"} to name the one that has changed.`,
    )
  const record = data?.record === undefined ? null : keyNamed(ledger, source.id, catalogue.base, data.record)
  accepted(site, response, { source: source.id, record, acceptRemovals: false, origin })
}

/** Somebody has seen what a held run would let go, and gives the word: asks for a run that does. */
export const acceptRemovals: Act = ({ site, response }, by) => {
  const { source, origin } = enabled(by)
  const { ledger } = site.publication
  const last = lastWholeRun(ledger, source.id)
  if (last?.state !== 'held')
    throw new Problem('nothing-held', `There is nothing to accept: the last run of ${source.id} is ${last ? last.state : 'still to come'}, not held.`)
  const gone = heldBy(ledger, last.id).map(({ id, dataset, title }) => ({ id, dataset, title }))
  accepted(site, response, { source: source.id, record: null, acceptRemovals: true, origin }, { held: last.id, gone })
}

/** What became of a request, for whoever has its number: the key of a record is for those alone who may ask for it. */
export const request: Handle = ({ site, request, response }) => {
  const name = String(request.params['n'])
  const asked = /^\d{1,15}$/.test(name) ? requestOf(site.publication.ledger, Number(name)) : undefined
  if (!asked) throw new Problem('not-found', `There is no request "${name}".`)
  response.set('Cache-Control', 'no-store')
  const { record: _, ...told } = requestJson(site, request, asked)
  sendJson(response, told)
}

/** Throws `disabled` for a source that is not harvested. */
function enabled(by: Admitted): Admitted {
  const { id, enabled } = by.source
  if (enabled) return by
  throw new Problem('disabled', `${id} is not harvested: its file says enabled: false.`)
}

function accepted(site: Site, response: Response, wished: Wish, more: object = {}): void {
  const asked = askForRun(site.publication.ledger, wished, new Date().toISOString())
  response
    .status(202)
    .location(addressesOf(originOf(site, response.req)).request(asked.id))
    .set('Cache-Control', 'no-store')
  sendJson(response, { ...requestJson(site, response.req, asked), ...more })
}

function requestJson(site: Site, request: Request, { id, source, record, accept_removals: accept, at, taken, finished, state, run }: RunRequest) {
  return {
    id,
    source,
    record,
    acceptRemovals: accept === 1,
    state: finished ? state : taken ? 'running' : 'waiting',
    asked: at,
    started: taken,
    finished,
    run,
    report: run === null ? null : addressesOf(originOf(site, request)).run(source, run),
    problems: run === null ? [] : problemsOf(site.publication.ledger, run, 20).map(({ code, message }) => ({ code, message })),
  }
}
