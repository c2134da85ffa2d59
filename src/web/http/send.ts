import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { VNode } from 'preact'
import type { Page } from '../page/page.ts'
import type { Site } from '../site/site.ts'
import { htmlText, jsonText, type Representation } from './forms.ts'

/** True when the reader holds this very answer already; then it has been told so, and nothing more is to be done. */
export function unchanged(request: Request, response: Response, tag: string, cache = 'no-cache'): boolean {
  response.set('ETag', `W/"${tag}"`).set('Cache-Control', cache)
  if (!holds(request, `W/"${tag}"`)) return false
  response.status(304).end()
  return true
}

/** Whether a reader says that it holds what has this ETag (RFC 9110, section 13.1.2: weakly compared). */
export function holds(request: Request, tag: string): boolean {
  // Not `request.fresh`: it never says yes to Node's fetch, which adds `Cache-Control: no-cache` to every conditional request.
  const held = request.get('If-None-Match')
  if (held === undefined) return false
  const bare = (each: string) => each.trim().replace(/^W\//, '')
  return held.trim() === '*' || held.split(',').some(each => bare(each) === bare(tag))
}

/** Sends a thing in one representation. What is written in pieces is sent as it is made; a reader who leaves ends it. */
export async function send<Thing>({ site, response }: { site: Site; response: Response }, as: Representation<Thing>, page: Page, thing: Thing): Promise<void> {
  const text = await as.write(thing, page)
  response.type(`${as.mediaType}; ${as.parameters ?? 'charset=utf-8'}`)
  if (as.isPage) response.set('Content-Language', page.language)
  if (as.fileName) response.set('Content-Disposition', `attachment; filename="${as.fileName(thing)}"`)
  if (typeof text === 'string') response.send(text)
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
