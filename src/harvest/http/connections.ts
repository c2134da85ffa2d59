import { Agent as HttpAgent, type ClientRequest } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { LookupFunction } from 'node:net'
import { getCACertificates } from 'node:tls'
import { HttpProxyAgent } from 'http-proxy-agent'
import { HttpsProxyAgent } from 'https-proxy-agent'

/** What requests of one source go through. */
export interface Connections {
  'http:': HttpAgent
  'https:': HttpAgent
}

export interface ConnectionOptions {
  lookup: LookupFunction
  /** Certificates (PEM) that are believed besides the system's authorities. */
  ca?: string | undefined
  /** The HTTP proxy that everything goes through: its own address is the edition's word, and asks no rule. */
  proxy?: string | undefined
}

/** Connections to addresses that the lookup lets through, kept open between requests; `made` hears of every request. */
export function openConnections({ lookup, ca, proxy }: ConnectionOptions, made: (request: ClientRequest) => void): Connections {
  if (proxy) {
    const tunnel = new HttpsProxyAgent(proxy, { keepAlive: true })
    // What its constructor is given is for the proxy; this is for the portal behind it.
    Object.assign(tunnel.options, trust(ca))
    return { 'http:': heard(new HttpProxyAgent(proxy, { keepAlive: true }), made), 'https:': heard(tunnel, made) }
  }
  const direct = { lookup, keepAlive: true } as object
  return { 'http:': heard(new HttpAgent(direct), made), 'https:': heard(new HttpsAgent({ ...direct, ...trust(ca) }), made) }
}

/** An intermediate certificate in the file is enough: it was put there to be believed. */
const trust = (ca?: string) => (ca ? { ca: [...getCACertificates('default'), ca], allowPartialTrustChain: true } : {})

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
