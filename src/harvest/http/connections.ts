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

/** Connections to addresses that the lookup lets through, kept open between requests. */
export function openConnections({ lookup, ca, proxy }: ConnectionOptions): Connections {
  if (proxy) {
    const tunnel = new HttpsProxyAgent(proxy, { keepAlive: true })
    // What its constructor is given is for the proxy; this is for the portal behind it.
    Object.assign(tunnel.options, trust(ca))
    return { 'http:': new HttpProxyAgent(proxy, { keepAlive: true }), 'https:': tunnel }
  }
  const direct = { lookup, keepAlive: true } as object
  return { 'http:': new HttpAgent(direct), 'https:': new HttpsAgent({ ...direct, ...trust(ca) }) }
}

/** An intermediate certificate in the file is enough: it was put there to be believed. */
const trust = (ca?: string) => (ca ? { ca: [...getCACertificates('default'), ca], allowPartialTrustChain: true } : {})

/** The same connections for one request, which `made` is told of: node-fetch keeps its request to itself, and the agent is the one place that sees it. */
export function watched(agent: HttpAgent, made: (request: ClientRequest) => void): HttpAgent {
  const inner = agent as HttpAgent & { addRequest(request: ClientRequest, ...more: unknown[]): void }
  return Object.create(agent, {
    addRequest: {
      value: (request: ClientRequest, ...more: unknown[]) => {
        made(request)
        inner.addRequest(request, ...more)
      },
    },
  }) as HttpAgent
}
