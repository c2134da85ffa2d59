import { setTimeout as pause } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import { systemClock, type Clock } from '../../clock.ts'
import type { HttpRules } from '../../config/catalogue.ts'
import type { Source } from '../../config/sources.ts'
import { Problem } from '../../problem.ts'
import { addressRule, guardedLookup, hostOf, refusal, type AddressRule, type Resolve } from './addresses.ts'
import type { Page, Stream } from './answer.ts'
import { openConnections } from './connections.ts'
import { exchange, type Asking, type Channel, type Exchange } from './exchange.ts'
import { openQueue } from './queue.ts'
import { waitBefore } from './retry.ts'
import { noRobots, readRobots, type Robots } from './robots.ts'

export type { Page, Stream } from './answer.ts'
export type { Asking } from './exchange.ts'

/** An answer, whole. */
export type Fetch = (url: string, accept: string, asking?: Asking) => Promise<Page>
/** An answer as it comes, for what is larger than memory or of which the head is enough. The next question is not put before its head has come. */
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
  /** What is said beside the address to one origin, and to no other that it leads to. */
  key?: { origin: string; headers: Record<string, string> } | undefined
  /** What asks for the addresses of a name: the system, unless a test knows better. */
  resolve?: Resolve
  /** By which a date in `Retry-After` is told from now. */
  now?: Clock
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
  { signal, random = Math.random, retry = true, robots = false, ca, key, resolve, now = systemClock }: FetchOptions = {},
): { fetch: Fetch; open: Open } {
  const rule = addressRule(http.allowAddresses)
  const lookup = guardedLookup(rule, resolve)
  const channel: Channel = { limits, http, connections: openConnections({ lookup, ca, proxy: http.proxy }), lookup, signal, now }
  const inTurn = openQueue(signal)

  /** Asks once, and follows where the answer leads to. */
  const once = async <T>(address: string, accept: string, asking: Asking, allowed: Robots, read: Read<T>): Promise<T> => {
    let url = checked(address, rule)
    for (let hop = 0; hop <= mostRedirects; hop++) {
      const wait = await allowed.pauseMs(url)
      const answer = await inTurn<{ read: T } | { location: string }>(hop === 0 ? Math.max(limits.delayMs, wait) : 0, async () => {
        const answered = await exchange(
          url,
          accept,
          url.origin === key?.origin ? { ...asking, headers: { ...asking.headers, ...key.headers } } : asking,
          channel,
        )
        const location = answered.redirect()
        return location === undefined ? { read: await read(answered) } : { location }
      })
      if ('read' in answer) return answer.read
      url = checked(answer.location, rule)
    }
    throw new Problem('too-many-redirects', `${address} redirects more than ${mostRedirects} times. Put the address it ends at into the source's url.`, {
      url: address,
    })
  }
  const rules = robots
    ? readRobots(url => once(url, 'text/plain, */*;q=0.1', {}, noRobots, answer => answer.whole(mostOfRobots)), http.userAgent, signal)
    : noRobots

  /** Asks again after failures that pass. */
  const again = async <T>(url: string, accept: string, asking: Asking, read: Read<T>): Promise<T> => {
    for (let tries = 0; ; tries++) {
      try {
        return await once(url, accept, asking, rules, read)
      } catch (error) {
        const isFinal = error instanceof Problem && asking.isFinal?.(error)
        const wait = retry && !isFinal ? waitBefore(error as Error, tries, random) : undefined
        if (wait === undefined) throw error
        await pause(wait, undefined, signal && { signal })
      }
    }
  }
  return {
    fetch: (url, accept, asking = {}) => again(url, accept, asking, answer => answer.whole(limits.maxBytes)),
    open: (url, accept, asking = {}) => again(url, accept, asking, answer => answer.stream()),
  }
}

/** `politeHttp`, for who wants answers whole. */
export const politeFetch = (...rules: Parameters<typeof politeHttp>): Fetch => politeHttp(...rules).fetch

/** Makes of an answer what was asked for. */
type Read<T> = (answer: Exchange) => Promise<T>

function checked(address: string, rule: AddressRule): URL {
  if (!URL.canParse(address)) throw new Problem('page-link', `"${address.slice(0, 200)}" is no address.`, { url: address })
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new Problem('page-link', `The link ${address.slice(0, 200)} is not followed: only http and https are.`, { url: address })
  const host = hostOf(url)
  if (ipaddr.isValid(host) && !rule(host)) throw refusal(url.host, host)
  if (url.username || url.password) {
    const bare = Object.assign(new URL(url), { username: '', password: '' }).href
    throw new Problem('page-link', `The link to ${bare} holds a user and a password, and is not followed: ask the portal for an address without them.`, {
      url: bare,
    })
  }
  return url
}
