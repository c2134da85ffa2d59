import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import fetch from 'node-fetch'
import type { Clock } from '../../clock.ts'
import type { HttpRules } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import { Problem, sentence } from '../../problem.ts'
import { checkName, hostOf } from './addresses.ts'
import { bytesOf, headOf, readAnswer, statusProblem, type Page, type Stream } from './answer.ts'
import { certificateProblem } from './certificate.ts'
import { watched, type Connections } from './connections.ts'
import { startTimeouts, type Timeouts } from './timeouts.ts'

/** What a request says beside its address. */
export interface Asking {
  /** Sent by POST, where there is one. */
  body?: { type: string; text: string }
  /** The head of the answer is enough (HEAD): its body is empty. */
  bare?: boolean
  headers?: Record<string, string>
  /** Of the answer we have: where nothing has changed since, none is sent again (`same`). */
  etag?: string | undefined
  modified?: string | undefined
  /** Whether an error is the answer to this question, and would come again. */
  isFinal?: (problem: Problem) => boolean
}

/** What all requests of one source go by. */
export interface Channel {
  limits: Source['limits']
  http: HttpRules
  connections: Connections
  lookup: LookupFunction
  /** Stops waiting and asking. */
  signal: AbortSignal | undefined
  now: Clock
}

/** One request and the head of its answer. One of the three ends it. */
export interface Exchange {
  /** Where the answer says that what was asked for is; nothing more is read of it. */
  redirect(): string | undefined
  /** The answer, read to its end and no further than so many bytes. Throws a Problem for an error. */
  whole(maxBytes: number): Promise<Page>
  /** The answer as it comes. */
  stream(): Promise<Stream>
}

/** Makes one request. Throws a Problem where no answer comes. */
export async function exchange(url: URL, accept: string, { body, bare, headers, etag, modified }: Asking, channel: Channel): Promise<Exchange> {
  const { limits, http, connections, lookup, signal, now } = channel
  const { href } = url
  const timeouts = startTimeouts(limits, signal)
  let cause: unknown
  const agent = watched(connections[url.protocol as keyof Connections], request => {
    timeouts.watch(request)
    // node-fetch passes on the message of what broke a request, and not the error itself.
    request.once('error', error => {
      cause = error
    })
  })
  const failed = (error: unknown): unknown => {
    timeouts.end()
    return timeouts.problem(href) ?? (signal?.aborted ? error : problemOf(error, cause, href, http.proxy))
  }

  const ask = async () => {
    try {
      if (http.proxy) await checkName(hostOf(url), lookup)
      return await fetch(href, {
        redirect: 'manual',
        compress: false,
        agent,
        signal: timeouts.signal,
        headers: {
          accept,
          'user-agent': http.userAgent,
          'accept-encoding': 'gzip, deflate, br',
          ...(body && { 'content-type': body.type }),
          ...(etag && { 'if-none-match': etag }),
          ...(modified && { 'if-modified-since': modified }),
          ...headers,
        },
        ...(bare && { method: 'HEAD' }),
        ...(body && { method: 'POST', body: body.text }),
      })
    } catch (error) {
      throw failed(error)
    }
  }
  const response = await ask()
  timeouts.heard()
  const { status } = response

  const whole = async (maxBytes: number): Promise<Page> => {
    try {
      const page = await readAnswer(response, href, maxBytes, timeouts.heard, now())
      timeouts.end()
      return page
    } catch (error) {
      throw failed(error)
    }
  }
  return {
    whole,
    redirect: () => {
      const location = status !== 304 && status >= 300 && status < 400 ? response.headers.get('location') : null
      if (!location) return undefined
      timeouts.end()
      response.body?.resume()
      if (URL.canParse(location, href)) return new URL(location, href).href
      throw new Problem('page-link', `${href} redirects to "${location.slice(0, 200)}", which is no address.`, { url: href })
    },
    stream: async () => {
      if (bare) {
        timeouts.end()
        if (response.ok) return { ...headOf(response, href), body: Readable.from([]) }
        throw statusProblem(response, href, '', now())
      }
      if (!response.ok) {
        const page = await whole(limits.maxBytes)
        return { ...page, body: Readable.from([page.body]) }
      }
      const leave = () => {
        timeouts.end()
        ;(response.body as Readable | null)?.destroy()
      }
      return { ...headOf(response, href), body: readAtLeisure(bytesOf(response, href, limits.maxBytes, timeouts.heard), timeouts, failed, leave) }
    },
  }
}

/** A body of which the time that its reader takes is not the portal's. Who stops reading, or never begins, hangs up. */
function readAtLeisure(bytes: AsyncGenerator<Buffer>, timeouts: Timeouts, failed: (error: unknown) => unknown, leave: () => void): AsyncIterable<Uint8Array> {
  const iterator: AsyncIterator<Uint8Array, undefined> = {
    next: async () => {
      timeouts.heard()
      try {
        const { value, done } = await bytes.next()
        if (!done) {
          timeouts.rest()
          return { value: value as Uint8Array, done: false }
        }
        timeouts.end()
        return { value: undefined, done: true }
      } catch (error) {
        throw failed(error)
      }
    },
    return: async () => {
      leave()
      await bytes.return(undefined)
      return { value: undefined, done: true }
    },
  }
  return { [Symbol.asyncIterator]: () => iterator }
}

/** What went wrong with a request, as a Problem. `cause` is what broke it, where the library only says that it is broken. */
function problemOf(error: unknown, cause: unknown, url: string, proxy?: string): Problem {
  if (error instanceof Problem) return error
  if (cause instanceof Problem) return new Problem(cause.code, cause.message, { url }, error)
  return (
    certificateProblem(error, url) ??
    new Problem(
      'unreachable',
      `${url} cannot be reached${proxy ? ` through the proxy ${new URL(proxy).host}` : ''}: ${sentence(error)}. ` +
        `Check ${proxy ? 'http.proxy of catalogue.yaml and ' : ''}the source's url, or ask the portal.`,
      { url },
      error,
    )
  )
}
