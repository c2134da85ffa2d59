import { Agent as HttpAgent, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'

/** What requests of one source go through. */
export interface Connections { 'http:': HttpAgent, 'https:': HttpAgent }

/** Connections to addresses that the lookup lets through, kept open between requests; `made` hears of every request. */
export function openConnections(lookup: LookupFunction, made: (request: ClientRequest) => void): Connections {
  const options = { lookup, keepAlive: true } as object
  return { 'http:': heard(new HttpAgent(options), made), 'https:': heard(new HttpsAgent(options), made) }
}

/** node-fetch keeps its request to itself; the agent is the one place that sees it. */
function heard<A extends HttpAgent>(agent: A, made: (request: ClientRequest) => void): A {
  const inner = agent as unknown as { addRequest(request: ClientRequest, ...more: unknown[]): void }
  const add = inner.addRequest.bind(agent)
  inner.addRequest = (request, ...more) => {
    made(request)
    add(request, ...more)
  }
  return agent
}
