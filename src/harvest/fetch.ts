import { setTimeout as pause } from 'node:timers/promises'
import ipaddr from 'ipaddr.js'
import fetch from 'node-fetch'
import type { HttpRules } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { Problem, sentence } from '../problem.ts'
import { addressRule, guardedLookup, refusal, type AddressRule } from './addresses.ts'
import { readAnswer, type Page } from './answer.ts'
import { openConnections } from './connections.ts'
import { startPatience, type Patience } from './patience.ts'
import { waitBefore } from './retry.ts'

export type { Page } from './answer.ts'
export type Fetch = (url: string, accept: string) => Promise<Page>

export interface FetchOptions {
  /** Stops waiting and asking. */
  signal?: AbortSignal | undefined
  /** Of the jitter between tries. */
  random?: () => number
}

const mostRedirects = 10

/**
 * Polite, safe HTTP for one source: only http and https, no private address on any hop unless listed, one request at a time with the
 * source's pause between them, limits of time and size, and a new try after passing failures (`Retry-After` is honoured).
 * Throws a Problem with the address and what to do about it.
 */
export function politeFetch(limits: Source['limits'], http: HttpRules, { signal, random = Math.random }: FetchOptions = {}): Fetch {
  const rule = addressRule(http.allowAddresses)
  let patience: Patience | undefined
  const connections = openConnections(guardedLookup(rule), request => patience?.watch(request))
  let last = 0

  const once = async (address: string, accept: string): Promise<Page> => {
    await pause(Math.max(0, last + limits.delayMs - Date.now()), undefined, signal && { signal })
    last = Date.now()
    const mine = patience = startPatience(limits, signal)
    let url = checked(address, rule)
    try {
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const response = await fetch(url.href, {
          redirect: 'manual', agent: connections[url.protocol as 'http:'], signal: mine.signal as never,
          headers: { accept, 'user-agent': http.userAgent, 'accept-encoding': 'gzip, deflate, br' },
        })
        mine.heard()
        const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
        if (!location) return await readAnswer(response, url.href, limits.maxBytes, mine.heard)
        response.body?.resume()
        if (!URL.canParse(location, url.href)) throw new Problem('page-link', `${url.href} redirects to "${location.slice(0, 200)}", which is no address.`, { url: url.href })
        url = checked(new URL(location, url).href, rule)
      }
      throw new Problem('too-many-redirects', `${address} redirects more than ${mostRedirects} times. Put the address it ends at into the source's url.`, { url: address })
    } catch (error) {
      throw mine.lost(url.href) ?? (signal?.aborted ? error : named(error, url.href))
    } finally {
      mine.end()
    }
  }

  return async (url, accept) => {
    for (let tries = 0; ; tries++) {
      try {
        return await once(url, accept)
      } catch (error) {
        const wait = waitBefore(error as Error, tries, random)
        if (wait === undefined) throw error
        await pause(wait, undefined, signal && { signal })
      }
    }
  }
}

function checked(address: string, rule: AddressRule): URL {
  if (!URL.canParse(address)) throw new Problem('page-link', `"${address.slice(0, 200)}" is no address.`, { url: address })
  const url = new URL(address)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Problem('page-link', `The link ${address.slice(0, 200)} is not followed: only http and https are.`, { url: address })
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (ipaddr.isValid(host) && !rule(host)) throw refusal(url.host, host)
  return url
}

/** What went wrong with a request, as a Problem. */
function named(error: unknown, url: string): Problem {
  if (error instanceof Problem) return error
  const inner = (error as { cause?: unknown }).cause
  if (inner instanceof Problem) return inner
  // node-fetch hides the refusal of our lookup behind its own message.
  const refused = /The address of .* is private\. .*/.exec(sentence(error))
  if (refused) return new Problem('address-refused', refused[0], { url }, error)
  return new Problem('unreachable', `${url} cannot be reached: ${sentence(error)}. Check the source's url, or ask the portal.`, { url }, error)
}
