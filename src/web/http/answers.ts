import type { OutgoingHttpHeader, OutgoingHttpHeaders } from 'node:http'
import type { Request, RequestHandler, Response } from 'express'
import { LRUCache } from 'lru-cache'
import type { Answer, Asked } from './asked.ts'
import { codedAs, codingFor, type Coded } from './coding.ts'
import { holds } from './send.ts'

/** Bytes that are kept of answers, and of what was sent of them; one alone may take a sixteenth. */
const mostBytes = { made: 48 * 1024 * 1024, sent: 32 * 1024 * 1024 }

/** An answer that was made. */
export interface Made extends Answer, Coded {
  /** The state of the ledger it was made from, by its mark, and the moment (ms) until which it may be sent again. */
  mark: string
  until: number
}

/** What tells an answer from others; and for how many seconds it may be sent, where what it says depends on the time of day too. */
export interface Keeping {
  key: string
  seconds?: number | undefined
}

/** What was sent of an answer to a reader, with all of its headers. */
interface Sent {
  headers: OutgoingHttpHeaders
  body: Uint8Array
  tag: string | undefined
}

/** Answers that are made once, whoever asks, and sent until anybody writes to the ledger. */
export interface Answers {
  /** Answers who asks in words that were answered before, byte for byte. It comes before everything else: nothing that was looked at is looked at again. */
  repeat: RequestHandler
  /** What is kept under a key, or is being made, or is made now; undefined where it is sent in pieces. */
  of(asked: Asked, keeping: Keeping): Promise<Made | undefined>
  /** Sends an answer in a coding that the reader reads; or that it holds it already, where it does. */
  send(request: Request, response: Response, made: Made): Promise<void>
}

/** `markOf` tells another text whenever something was written; `wordsOf` is all of a request that an answer may depend on; `make` makes an answer. */
export function openAnswers(markOf: () => string, wordsOf: (request: Request) => string, make: (asked: Asked) => Promise<Answer | undefined>): Answers {
  // With room for what a body becomes when it is compressed.
  const kept = bounded<Made>(mostBytes.made, 1.5)
  const sent = bounded<Sent>(mostBytes.sent, 1)
  const underWay = new Map<string, Promise<Made | undefined>>()
  let mark = ''

  /** Nothing is looked up before it is sure that it is of today's ledger. */
  const current = () => {
    const now = markOf()
    if (now === mark) return
    mark = now
    for (const all of [kept, sent, underWay]) all.clear()
  }
  const ttl = (until: number) => (until === Infinity ? {} : { ttl: Math.max(1, until - performance.now()) })
  const isCurrent = (made: Made) => made.mark === mark && made.until > performance.now() && made.headers['cache-control'] !== 'no-store'

  const begin = async (asked: Asked, { key, seconds }: Keeping): Promise<Made | undefined> => {
    const then = { mark, until: seconds === undefined ? Infinity : performance.now() + seconds * 1000 }
    const answer = await make(asked)
    const made = answer && { ...answer, ...then, coded: new Map() }
    if (made && isCurrent(made)) kept.set(key, made, ttl(made.until))
    return made
  }

  return {
    repeat(request, response, next) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return next()
      current()
      const known = sent.get(wordsOf(request))
      if (!known) return next()
      if (known.tag !== undefined && holds(request, known.tag, textOf(known.headers['last-modified'])))
        return void response.writeHead(304, withoutBody(known.headers)).end()
      response.writeHead(200, known.headers).end(request.method === 'HEAD' ? undefined : known.body)
    },
    of(asked, keeping) {
      current()
      const { key } = keeping
      const known = kept.get(key)
      if (known) return Promise.resolve(known)
      const begun = underWay.get(key) ?? begin(asked, keeping)
      underWay.set(key, begun)
      const over = () => void (underWay.get(key) === begun && underWay.delete(key))
      begun.then(over, over)
      return begun
    },
    async send(request, response, made) {
      const { status, headers, body } = made
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      const tag = textOf(headers['etag'])
      if (status === 200 && tag !== undefined && holds(request, tag, textOf(headers['last-modified']))) {
        for (const name of Object.keys(response.getHeaders())) if (isOfBody(name)) response.removeHeader(name)
        return void response.status(304).end()
      }
      const coding = codingFor(request, body)
      const bytes = coding ? await codedAs(made, coding) : body
      if (coding) response.setHeader('Content-Encoding', coding)
      response.setHeader('Content-Length', bytes.length)
      response.status(status).end(request.method === 'HEAD' ? undefined : bytes)
      if (status === 200 && isCurrent(made)) sent.set(wordsOf(request), { headers: { ...response.getHeaders() }, body: bytes, tag }, ttl(made.until))
    },
  }
}

const textOf = (header: OutgoingHttpHeader | undefined) => (typeof header === 'string' ? header : undefined)

const bounded = <Value extends { body: Uint8Array }>(bytes: number, room: number) =>
  new LRUCache<string, Value>({
    maxSize: bytes,
    maxEntrySize: bytes / 16,
    sizeCalculation: ({ body }, key) => Math.ceil(body.length * room) + key.length + 2048,
  })

const isOfBody = (header: string): boolean => header.startsWith('content-') && header !== 'content-security-policy'
const withoutBody = (headers: OutgoingHttpHeaders): OutgoingHttpHeaders => Object.fromEntries(Object.entries(headers).filter(([name]) => !isOfBody(name)))
