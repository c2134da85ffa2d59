import type { Readable } from 'node:stream'
import type { Response } from 'node-fetch'
import { Problem } from '../../problem.ts'
import { unpack } from './content-coding.ts'

/** What an answer says of itself. */
export interface Head {
  /** Where it came from after redirects. */
  url: string
  mediaType: string
  /** What tells this content from others (RFC 9110, 8.8): a later request may name it, and is answered 304 where nothing has changed. */
  etag?: string
  modified?: string
  /** Bytes of the whole, where the answer says so: of a piece, those of what it is a piece of. */
  bytes?: number
  /** Nothing has changed since the answer whose `etag` or `modified` was named: the body did not come again. */
  same?: true
  /** The portal says that it will never change (RFC 8246). */
  immutable?: true
}

/** One answer of a portal, whole. */
export interface Page extends Head {
  body: Uint8Array
}

/** One answer of a portal, read as it comes; who stops reading hangs up. */
export interface Stream extends Head {
  body: AsyncIterable<Uint8Array>
}

/** An answer that is an error, with how long the portal asks us to wait. */
export class StatusProblem extends Problem {
  readonly answered: number
  readonly waitMs: number | undefined
  constructor(message: string, url: string, excerpt: string, answered: number, waitMs: number | undefined) {
    super('http-status', message, { url, excerpt })
    this.answered = answered
    this.waitMs = waitMs
  }
}

/** True of an answer that says that there is nothing at this address: an API, or an edition of one, that the portal does not have. */
export const isAbsent = (error: unknown) => error instanceof StatusProblem && (error.answered === 404 || error.answered === 410)

/** Reads an answer to its end, and no further than the limit. Throws a Problem for one that is too large, or an error. */
export async function readAnswer(response: Response, url: string, maxBytes: number, heard: () => void, now: Date): Promise<Page> {
  if (response.status === 304) return { ...headOf(response, url), body: Buffer.alloc(0), same: true }
  const chunks: Buffer[] = []
  for await (const chunk of bytesOf(response, url, maxBytes, heard)) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  if (response.ok) return { ...headOf(response, url), body }
  throw statusProblem(response, url, body.subarray(0, 300).toString('utf8'), now)
}

/** What an answer that is an error says of itself. */
export const statusProblem = ({ status, statusText, headers }: Response, url: string, excerpt: string, now: Date): StatusProblem =>
  new StatusProblem(
    `${url} answered ${status} ${statusText.slice(0, 100)}. ${advice(status)}`,
    url,
    excerpt,
    status,
    retryAfter(headers.get('retry-after'), now.getTime()),
  )

/** The body as it comes, no further than the limit, and as much as was announced. */
export async function* bytesOf(response: Response, url: string, maxBytes: number, heard: () => void): AsyncGenerator<Buffer> {
  let size = 0
  const coding = response.headers.get('content-encoding')?.trim().toLowerCase()
  for await (const chunk of coding ? unpack(response.body as Readable, coding) : (response.body as Readable)) {
    heard()
    size += chunk.length
    if (size > maxBytes)
      throw new Problem('too-large', `${url} is larger than ${maxBytes} bytes. Publish it in pages, or raise limits.maxBytes of the source.`, { url })
    yield chunk as Buffer
  }
  const announced = coding ? null : response.headers.get('content-length')
  // The library takes a connection that breaks at the wrong moment for the end of the body.
  if (announced !== null && Number(announced) !== size)
    throw new Problem(
      'unreachable',
      `${url} announced ${announced} bytes, and ${size} could be read. Ask the portal what breaks its answers off, or miscounts them.`,
      { url },
    )
}

export function headOf({ headers }: Response, url: string): Head {
  const [etag, modified] = [headers.get('etag'), headers.get('last-modified')]
  const size = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] ?? (headers.get('content-encoding') ? null : headers.get('content-length'))
  return {
    url,
    mediaType: headers.get('content-type') ?? '',
    ...(etag && { etag }),
    ...(modified && { modified }),
    ...(size && /^\d{1,15}$/.test(size) && { bytes: Number(size) }),
    ...(/\bimmutable\b/i.test(headers.get('cache-control') ?? '') && { immutable: true as const }),
  }
}

/** Milliseconds that `Retry-After` asks for, in seconds or as a date; undefined where it says nothing that can be read. */
export function retryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim()
  if (!text) return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function advice(status: number): string {
  if (status === 401 || status === 403) return 'Ask the portal to let this address through.'
  return status === 404 || status === 410 ? "Check the source's url, or ask the portal where the page is now." : 'Ask the portal what is wrong there.'
}
