import { createHash, randomBytes } from 'node:crypto'
import fetch, { type RequestInit, type Response } from 'node-fetch'

const md5 = (text: string) => createHash('md5').update(text).digest('hex')

/**
 * A fetch that answers the challenges of a server: Basic (RFC 7617), which is sent with all that follows, or Digest with MD5 and qop=auth (RFC 7616), which
 * Virtuoso asks for, at each of its addresses anew. Without a user it is plain fetch.
 */
export function authorisedFetch(user: string | undefined, password = ''): (url: string, init: RequestInit & { method: string }) => Promise<Response> {
  let basic: string | undefined
  const digests = new Map<string, (method: string, url: URL) => string>()

  return async (url, init) => {
    if (!user) return fetch(url, init)
    const at = new URL(url)
    const place = at.origin + at.pathname
    const ask = () => {
      const authorization = digests.get(place)?.(init.method, at) ?? basic
      return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...(authorization && { authorization }) } })
    }
    const first = await ask()
    if (first.status !== 401) return first
    // Virtuoso challenges only who comes without credentials: the first request has none, and a stale nonce is answered with a new one.
    const challenge = first.headers.get('www-authenticate')
    if (!challenge) return first
    await first.arrayBuffer()
    if (/^digest\b/i.test(challenge)) digests.set(place, digest(user, password, challenge))
    else basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    return ask()
  }
}

/** Answers to one challenge (RFC 7616, section 3.4), counting the requests made with its nonce. */
function digest(user: string, password: string, challenge: string): (method: string, url: URL) => string {
  const {
    realm = '',
    nonce = '',
    opaque,
  } = Object.fromEntries([...challenge.matchAll(/(\w+)="?([^",]*)"?/g)].map(match => [match[1]!.toLowerCase(), match[2]!])) as Record<string, string>
  let count = 0
  return (method, { pathname, search }) => {
    const nc = (++count).toString(16).padStart(8, '0')
    const cnonce = randomBytes(8).toString('hex')
    const response = md5(`${md5(`${user}:${realm}:${password}`)}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${pathname}${search}`)}`)
    return (
      `Digest username="${user}", realm="${realm}", nonce="${nonce}", uri="${pathname}${search}", qop=auth, nc=${nc}, cnonce="${cnonce}", ` +
      `response="${response}", algorithm=MD5${opaque ? `, opaque="${opaque}"` : ''}`
    )
  }
}
