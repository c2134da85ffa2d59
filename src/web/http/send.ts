import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { Page } from '../page/page.ts'
import { htmlText, jsonText, type Representation } from './forms.ts'
import type { Exchange } from './route.ts'

/** What tells an answer from a former one: its ETag, the moment of what it says, and how long it may be kept. */
export interface State {
  tag: string
  modified?: string | undefined
  cache?: string | undefined
}

/** True when the reader holds this very answer already; then it has been told so, and nothing more is to be done. */
export function unchanged(request: Request, response: Response, { tag, modified, cache = 'no-cache' }: State): boolean {
  response.set('ETag', `W/"${tag}"`).set('Cache-Control', cache)
  const at = modified === undefined ? undefined : wholeSecond(modified)
  if (at !== undefined) response.set('Last-Modified', at)
  if (!holds(request, `W/"${tag}"`, at)) return false
  response.status(304).end()
  return true
}

/**
 * A moment as HTTP says it: the end of its second, so that two revisions of one second are told apart; undefined until then, as nothing may be modified in the
 * future (RFC 9110, section 8.8.2.1).
 */
function wholeSecond(moment: string): string | undefined {
  const end = Math.ceil(Date.parse(moment) / 1000) * 1000
  return end <= Date.now() ? new Date(end).toUTCString() : undefined
}

/**
 * Whether a reader says that it holds what has this ETag (weakly compared), or, where it says nothing of any, what was last modified then (RFC 9110, section
 * 13.2.2).
 */
export function holds(request: Request, tag: string, modified?: string): boolean {
  // Not `request.fresh`: it never says yes to Node's fetch, which adds `Cache-Control: no-cache` to every conditional request.
  const held = request.get('If-None-Match')
  if (held === undefined) return modified !== undefined && Date.parse(request.get('If-Modified-Since') ?? '') >= Date.parse(modified)
  const bare = (each: string) => each.trim().replace(/^W\//, '')
  return held.trim() === '*' || held.split(',').some(each => bare(each) === bare(tag))
}

/** Media types of what is packed, a workbook among them: it has no characters. */
const binary = /^application\/(?:gzip$|vnd\.openxmlformats-)/

/** Sends a thing in one representation. What is written in pieces is sent as it is made; a reader who leaves ends it. */
export async function send<Thing>({ site, request, response }: Omit<Exchange, 'route'>, as: Representation<Thing>, page: Page, thing: Thing): Promise<void> {
  const text = await as.write(thing, page)
  response.type(binary.test(as.mediaType) ? as.mediaType : `${as.mediaType}; ${as.parameters ?? 'charset=utf-8'}`)
  if (as.isPage) response.set('Content-Language', page.language)
  if (as.fileName) response.set('Content-Disposition', `attachment; filename="${as.fileName(thing)}"`)
  if (typeof text === 'string') response.send(text)
  // What the answer would be like can be told without writing it.
  else if (request.method === 'HEAD') response.end()
  else
    await pipeline(Readable.from(text), response).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') site.report?.(error)
    })
}

/** Sends a page by itself. */
export function sendPage(page: Page, response: Response, view: VNode, status = 200): void {
  response.vary('Accept').vary('Accept-Language')
  response.set('Content-Language', page.language)
  response.status(status).type('text/html; charset=utf-8').send(htmlText(view))
}

/** Sends JSON by itself. */
export function sendJson(response: Response, value: unknown): void {
  response.vary('Accept')
  response.type('application/json; charset=utf-8').send(jsonText(value))
}
