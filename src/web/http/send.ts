import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { addressesOf } from '../../config/addresses.ts'
import type { Format } from '../../rdf/format.ts'
import { serialise } from '../../rdf/serialise.ts'
import type { NamedNode, Quad } from '../../rdf/terms.ts'
import { originOf, type Page } from '../page/page.ts'

/** True when the reader holds this very answer already; then it has been told so, and nothing more is to be done. */
export function unchanged(request: Request, response: Response, tag: string, cache = 'no-cache'): boolean {
  response.set('ETag', `W/"${tag}"`).set('Cache-Control', cache)
  // Not `request.fresh`: it never says yes to Node's fetch, which adds `Cache-Control: no-cache` to every conditional request.
  const held = (request.get('If-None-Match') ?? '').split(',').map(each => each.trim().replace(/^W\//, ''))
  if (!held.includes(`"${tag}"`) && !held.includes('*')) return false
  response.status(304).end()
  return true
}

/** Sends a page. */
export function sendPage(page: Page, response: Response, view: VNode, status = 200): void {
  response.vary('Accept').vary('Accept-Language')
  response.set('Content-Language', page.language)
  response
    .status(status)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>\n${renderToString(view)}`)
}

/** Sends statements in one format; those about one thing are framed by it where the format can. The JSON-LD context is where the answer comes from. */
export async function sendRdf(response: Response, quads: Quad[], format: Format, subject?: NamedNode): Promise<void> {
  const text = await serialise(quads, format, { contextUrl: addressesOf(originOf(response.req)).context, ...(subject && { subject }) })
  response.vary('Accept')
  response.type(`${format.mediaType}; charset=utf-8`).send(text)
}

/** Sends JSON for programs. */
export function sendJson(response: Response, value: unknown): void {
  response.vary('Accept')
  response.type('application/json; charset=utf-8').send(`${JSON.stringify(value, null, 2)}\n`)
}
