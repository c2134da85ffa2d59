import { lookup } from 'node:dns'
import fetch from 'node-fetch'
import { openConnections } from './connections.ts'

/**
 * `fetch` by way of the proxy of the edition, for addresses that the edition itself names and that are no portal's: no rule is asked, and nothing is tried
 * again.
 */
export function proxied(proxy: string): typeof globalThis.fetch {
  const connections = openConnections({ lookup, proxy })
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const { method = 'GET', headers, body, redirect, signal } = init
    const answer = await fetch(url, {
      method,
      headers: [...new Headers(headers)],
      ...(body !== undefined && body !== null && { body: await new Response(body).text() }),
      ...(redirect && { redirect }),
      signal: signal ?? null,
      agent: connections[url.protocol as keyof typeof connections],
    })
    const { status, statusText } = answer
    return new Response(status === 204 || status === 304 ? null : await answer.arrayBuffer(), { status, statusText, headers: [...answer.headers] })
  }
}
