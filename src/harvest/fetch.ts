import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import fetch, { AbortError, type Response } from 'node-fetch'
import type { HttpRules } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { Problem, sentence } from '../problem.ts'
import { addressRule, guardedLookup, refusal } from './addresses.ts'

/** One answer of a portal, whole. */
export interface Page {
  /** Where it came from after redirects. */
  url: string
  mediaType: string
  body: Uint8Array
}

export type Fetch = (url: string, accept: string) => Promise<Page>

const mostRedirects = 10
const retries = 3
/** Answers after which it is worth asking again. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * Polite, safe HTTP for one source: only http and https, no private address on any hop unless listed, one request at a time with the
 * source's pause between them, a time-out and a size limit, and a new try after passing failures (`Retry-After` is honoured).
 * Throws a Problem with the address and what to do about it.
 */
export function politeFetch(limits: Source['limits'], http: HttpRules, signal?: AbortSignal): Fetch {
  const rule = addressRule(http.allowAddresses)
  const lookup = guardedLookup(rule)
  const agents = { 'http:': new HttpAgent({ lookup, keepAlive: true } as never), 'https:': new HttpsAgent({ lookup, keepAlive: true } as never) }
  let last = 0

  const once = async (address: string, accept: string): Promise<Page> => {
    await pause(Math.max(0, last + limits.delayMs - Date.now()), undefined, signal && { signal })
    last = Date.now()
    let url = checked(address, rule)
    const time = AbortSignal.timeout(limits.timeoutS * 1000)
    const stop = signal ? AbortSignal.any([time, signal]) : time
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const response = await fetch(url.href, {
        redirect: 'manual', agent: agents[url.protocol as 'http:'], signal: stop as never,
        headers: { accept, 'user-agent': http.userAgent, 'accept-encoding': 'gzip, deflate, br' },
      })
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (!location) return read(response, url.href, limits.maxBytes)
      response.body?.resume()
      if (!URL.canParse(location, url.href)) throw new Problem('page-link', `${url.href} redirects to "${location.slice(0, 200)}", which is no address.`, { url: url.href })
      url = checked(new URL(location, url).href, rule)
    }
    throw new Problem('too-many-redirects', `${address} redirects more than ${mostRedirects} times. Put the address it ends at into the source's url.`, { url: address })
  }

  return async (url, accept) => {
    for (let tries = 0; ; tries++) {
      try {
        return await once(url, accept)
      } catch (error) {
        const problem = named(error, url, limits.timeoutS, signal)
        const wait = retryAfter(problem, tries)
        if (wait === undefined || tries >= retries) throw problem
        await pause(wait, undefined, signal && { signal })
      }
    }
  }
}

function checked(address: string, rule: (address: string) => boolean): URL {
  if (!URL.canParse(address)) throw new Problem('page-link', `"${address.slice(0, 200)}" is no address.`, { url: address })
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Problem('page-link', `The link ${address.slice(0, 200)} is not followed: only http and https are.`, { url: address })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host) && !rule(host)) throw refusal(url.host, host)
  return url
}

class StatusProblem extends Problem {
  readonly answered: number
  readonly wait: number | undefined
  constructor(message: string, url: string, excerpt: string, answered: number, wait: number | undefined) {
    super('http-status', message, { url, excerpt })
    this.answered = answered
    this.wait = wait
  }
}

async function read(response: Response, url: string, maxBytes: number): Promise<Page> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.length
    if (size > maxBytes) throw new Problem('too-large', `${url} is larger than ${maxBytes} bytes. Publish it in pages, or raise limits.maxBytes of the source.`, { url })
    chunks.push(chunk as Buffer)
  }
  const body = Buffer.concat(chunks)
  if (response.ok) return { url, mediaType: response.headers.get('content-type') ?? '', body }
  const after = response.headers.get('retry-after')
  const seconds = after ? (/^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1000) : undefined
  throw new StatusProblem(`${url} answered ${response.status} ${response.statusText}. ${advice(response.status)}`, url, body.subarray(0, 300).toString('utf8'), response.status, seconds)
}

function advice(status: number): string {
  if (status === 401 || status === 403) return 'Ask the portal to let this address through.'
  return status === 404 || status === 410 ? "Check the source's url, or ask the portal where the page is now." : 'Ask the portal what is wrong there.'
}

function named(error: unknown, url: string, timeoutS: number, signal?: AbortSignal): Problem | Error {
  if (error instanceof Problem) return error
  const inner = (error as { cause?: unknown, erroredSysCall?: string }).cause
  if (inner instanceof Problem) return inner
  if (signal?.aborted) return error as Error
  if (error instanceof AbortError || (error as Error).name === 'TimeoutError') return new Problem('timeout', `${url} did not answer within ${timeoutS} s. Raise limits.timeoutS of the source, or ask the portal.`, { url }, error)
  // node-fetch hides the refusal of our lookup behind its own message.
  const refused = /The address of .* is private\. .*/.exec(sentence(error))
  if (refused) return new Problem('address-refused', refused[0], { url }, error)
  return new Problem('unreachable', `${url} cannot be reached: ${sentence(error)}. Check the source's url, or ask the portal.`, { url }, error)
}

/** Milliseconds to wait before the next try; undefined where another would be no better. */
function retryAfter(problem: Problem | Error, tries: number): number | undefined {
  if (problem instanceof StatusProblem) {
    if (!passing.has(problem.answered)) return undefined
    return Math.min(problem.wait === undefined ? 500 * 2 ** tries : Math.max(0, problem.wait * 1000), 120_000)
  }
  return problem instanceof Problem && (problem.code === 'unreachable' || problem.code === 'timeout') ? 500 * 2 ** tries : undefined
}
