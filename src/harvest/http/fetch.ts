import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import fetch, { type Response } from 'node-fetch'
import type { HttpRules } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import { Problem, sentence } from '../../problem.ts'
import { addressRule, checkName, guardedLookup, refusal, type AddressRule, type Resolve } from './addresses.ts'
import { bytesOf, headOf, readAnswer, type Page, type Stream } from './answer.ts'
import { certificateProblem } from './certificate.ts'
import { openConnections } from './connections.ts'
import { startPatience, type Patience } from './timeouts.ts'
import { waitBefore } from './retry.ts'
import { noRobots, readRobots, type Robots } from './robots.ts'

export type { Page, Stream } from './answer.ts'

/** What a request says beside its address. */
export interface Asking {
  /** Sent by POST, where there is one. */
  body?: { type: string; text: string }
  headers?: Record<string, string>
  /** Of the answer we have: where nothing has changed since, none is sent again (`same`). */
  etag?: string | undefined
  modified?: string | undefined
}

/** An answer, whole. */
export type Fetch = (url: string, accept: string, asking?: Asking) => Promise<Page>
/** An answer as it comes, for what is larger than memory or of which the head is enough. */
export type Open = (url: string, accept: string, asking?: Asking) => Promise<Stream>

export interface FetchOptions {
  /** Stops waiting and asking. */
  signal?: AbortSignal | undefined
  /** Of the jitter between tries. */
  random?: () => number
  /** Whether a request is made anew after a passing failure. */
  retry?: boolean
  /** Whether robots.txt is heeded. */
  robots?: boolean
  /** Certificates (PEM) that are believed besides the system's authorities. */
  ca?: string | undefined
  /** What asks for the addresses of a name: the system, unless a test knows better. */
  resolve?: Resolve
}

const mostRedirects = 10
/** What RFC 9309 asks a robot to read at least. */
const mostOfRobots = 500 * 1024

/**
 * Polite, safe HTTP for one source: only http and https, no private address on any hop unless listed, nothing that robots.txt disallows, one
 * request at a time with the source's pause between them, limits of time and size, and a new try after passing failures (`Retry-After` is
 * honoured). Throws a Problem with the address and what to do about it.
 */
export function politeHttp(
  limits: Source['limits'],
  http: HttpRules,
  { signal, random = Math.random, retry = true, robots = false, ca, resolve }: FetchOptions = {},
): { fetch: Fetch; open: Open } {
  const rule = addressRule(http.allowAddresses)
  let patience: Patience | undefined
  const lookup = guardedLookup(rule, resolve)
  const connections = openConnections({ lookup, ca, proxy: http.proxy }, request => patience?.watch(request))
  let last = 0

  /** One request: what `read` makes of its answer, or where it is said to be. `read` ends the patience it is given. */
  const ask = async <T>(url: URL, accept: string, { body, headers, etag, modified }: Asking, read: Read<T>): Promise<T | URL> => {
    const mine = (patience = startPatience(limits, signal))
    const failure = (error: unknown) => {
      mine.end()
      return mine.lost(url.href) ?? (signal?.aborted ? error : named(error, url.href, http.proxy))
    }
    try {
      if (http.proxy) await checkName(hostOf(url), lookup)
      const response = await fetch(url.href, {
        redirect: 'manual',
        compress: false,
        agent: connections[url.protocol as 'http:'],
        signal: mine.signal as never,
        headers: {
          accept,
          'user-agent': http.userAgent,
          'accept-encoding': 'gzip, deflate, br',
          ...(body && { 'content-type': body.type }),
          ...(etag && { 'if-none-match': etag }),
          ...(modified && { 'if-modified-since': modified }),
          ...headers,
        },
        ...(body && { method: 'POST', body: body.text }),
      })
      mine.heard()
      const location = response.status !== 304 && response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (!location) return await read(response, url.href, mine, failure)
      mine.end()
      response.body?.resume()
      if (!URL.canParse(location, url.href))
        throw new Problem('page-link', `${url.href} redirects to "${location.slice(0, 200)}", which is no address.`, { url: url.href })
      return new URL(location, url)
    } catch (error) {
      throw failure(error)
    }
  }

  const once = async <T>(address: string, accept: string, asking: Asking, allowed: Robots, read: Read<T>): Promise<T> => {
    let url = checked(address, rule)
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const wait = await allowed.pauseMs(url)
      if (hop === 0) await pause(Math.max(0, last + Math.max(limits.delayMs, wait) - Date.now()), undefined, signal && { signal })
      last = Date.now()
      const answer = await ask(url, accept, asking, read)
      if (!(answer instanceof URL)) return answer
      url = checked(answer.href, rule)
    }
    throw new Problem('too-many-redirects', `${address} redirects more than ${mostRedirects} times. Put the address it ends at into the source's url.`, {
      url: address,
    })
  }

  const whole =
    (maxBytes: number): Read<Page> =>
    async (response, url, mine) => {
      const page = await readAnswer(response, url, maxBytes, mine.heard)
      mine.end()
      return page
    }
  const streamed: Read<Stream> = async (response, url, mine, failure) => {
    if (!response.ok) {
      const page = await whole(limits.maxBytes)(response, url, mine, failure)
      return { ...page, body: Readable.from([page.body]) }
    }
    return { ...headOf(response, url), body: patiently(bytesOf(response, url, limits.maxBytes, mine.heard), mine, failure) }
  }
  const rules = robots ? readRobots(url => once(url, 'text/plain, */*;q=0.1', {}, noRobots, whole(mostOfRobots)), http.userAgent, signal) : noRobots
  const again =
    <T>(read: Read<T>) =>
    async (url: string, accept: string, asking: Asking = {}): Promise<T> => {
      for (let tries = 0; ; tries++) {
        try {
          return await once(url, accept, asking, rules, read)
        } catch (error) {
          const wait = retry ? waitBefore(error as Error, tries, random) : undefined
          if (wait === undefined) throw error
          await pause(wait, undefined, signal && { signal })
        }
      }
    }
  return { fetch: again(whole(limits.maxBytes)), open: again(streamed) }
}

/** `politeHttp`, for who wants answers whole. */
export const politeFetch = (...rules: Parameters<typeof politeHttp>): Fetch => politeHttp(...rules).fetch

/** Makes of an answer what was asked for, and ends its patience; `failure` says what an error of the connection means. */
type Read<T> = (response: Response, url: string, patience: Patience, failure: (error: unknown) => unknown) => Promise<T>

/** The time that the reader takes for what came is not the portal's. */
async function* patiently(body: AsyncIterable<Buffer>, patience: Patience, failure: (error: unknown) => unknown): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) {
      patience.rest()
      yield chunk
      patience.heard()
    }
  } catch (error) {
    throw failure(error)
  } finally {
    patience.end()
  }
}

function checked(address: string, rule: AddressRule): URL {
  if (!URL.canParse(address)) throw new Problem('page-link', `"${address.slice(0, 200)}" is no address.`, { url: address })
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Problem('page-link', `The link ${address.slice(0, 200)} is not followed: only http and https are.`, { url: address })
  const host = hostOf(url)
  if (ipaddr.isValid(host) && !rule(host)) throw refusal(url.host, host)
  return url
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '')

/** What went wrong with a request, as a Problem. */
function named(error: unknown, url: string, proxy?: string): Problem {
  if (error instanceof Problem) return error
  const inner = (error as { cause?: unknown }).cause
  if (inner instanceof Problem) return inner
  // node-fetch hides the refusal of our lookup behind its own message.
  const refused = /The address of .* is private\. .*/.exec(sentence(error))
  if (refused) return new Problem('address-refused', refused[0], { url }, error)
  return (
    certificateProblem(error, url) ??
    new Problem(
      'unreachable',
      `${url} cannot be reached${proxy ? ` through the proxy ${new URL(proxy).host}` : ''}: ${sentence(error)}. Check ${proxy ? 'http.proxy of catalogue.yaml and ' : ''}the source's url, or ask the portal.`,
      { url },
      error,
    )
  )
}
