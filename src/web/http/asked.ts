import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Express, Request } from 'express'
import { languageOf, originOf } from '../page/page.ts'
import type { Site } from '../site/site.ts'

/** All that an answer may depend on, beside the ledger: never who asks, with what cookie, from where. */
export interface Asked {
  /** The address, from its path on. */
  url: string
  /** What the addresses in the answer begin with. */
  origin: string
  /** The language of pages. */
  language: string
  accept: string | undefined
}

/** What is answered, whole. */
export interface Answer {
  status: number
  headers: Record<string, string | string[]>
  body: Uint8Array
}

export const askedBy = (site: Site, request: Request): Asked => ({
  url: request.originalUrl,
  origin: originOf(site, request),
  language: languageOf(site, request),
  accept: request.get('Accept'),
})

/** All of a request that an answer may depend on, as it stands there. */
export function wordsOf(site: Site, request: Request): string {
  const { accept, 'accept-language': language, 'accept-encoding': encoding } = request.headers
  return `${originOf(site, request)} ${request.originalUrl}\n${accept}\n${language}\n${encoding}`
}

/** Bytes up to which an answer that is written in pieces is taken as a whole: a feed of the newest, and no dump. */
const mostPieces = 1e6

/** Lets an application answer; undefined where it answers in many pieces, which are made as they are read. */
export function answered(app: Express, { url, origin, language, accept }: Asked): Promise<Answer | undefined> {
  const { protocol, host } = new URL(origin)
  const socket = Object.assign(new Socket(), { encrypted: protocol === 'https:' })
  const headers = { host, 'accept-language': language, ...(accept !== undefined && { accept }) }
  const request = Object.assign(new IncomingMessage(socket), { method: 'GET', url, headers })
  const response = new ServerResponse(request)
  return new Promise(resolve => {
    const pieces: Uint8Array[] = []
    let bytes = 0
    const add = (chunk: unknown) => {
      const piece = typeof chunk === 'string' ? Buffer.from(chunk) : chunk instanceof Uint8Array ? chunk : new Uint8Array()
      bytes += piece.length
      return pieces.push(piece)
    }
    response.write = (chunk: unknown) => {
      add(chunk)
      if (bytes <= mostPieces) return true
      resolve(undefined)
      response.destroy()
      return false
    }
    response.end = (chunk?: unknown) => {
      const isWhole = add(chunk) === 1
      resolve({ status: response.statusCode, headers: headersOf(response), body: isWhole ? pieces[0]! : Buffer.concat(pieces) })
      // Who writes in pieces waits until they have gone.
      if (!isWhole) response.destroy()
      return response
    }
    app(request as Request, response as Parameters<Express>[1])
  })
}

/** Those that say how a body is carried are left to who sends it. */
const headersOf = (response: ServerResponse): Answer['headers'] =>
  Object.fromEntries(
    Object.entries(response.getHeaders())
      .filter(([name]) => name !== 'content-length')
      .map(([name, value]) => [name, typeof value === 'number' ? String(value) : value!]),
  )
