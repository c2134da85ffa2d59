import type { OutgoingHttpHeader, OutgoingHttpHeaders } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { Request, RequestHandler, Response } from 'express'
import { LRUCache } from 'lru-cache'
import type { Answer, Asked } from './asked.ts'
import { codedAs, codingFor, type Coded } from './coding.ts'
import type { Moment } from './moments.ts'
import { holds } from './send.ts'

/** Bytes that are kept of answers, and of what was sent of them; one alone may take a sixteenth. */
const mostBytes = { made: 48 * 1024 * 1024, sent: 32 * 1024 * 1024 }

/** What an answer holds for. */
interface Holding {
  /** The state of the ledger it was made from, or one before it. */
  moment: Moment
  /** The instant (ms) until which it holds, where what it says depends on the time of day too. */
  until: number
}

/** An answer that was made. */
export interface Made extends Answer, Coded, Holding {}

/** What tells an answer from others; and for how many seconds it may be sent, where what it says depends on the time of day too. */
export interface Keeping {
  key: string
  seconds?: number | undefined
}

/** What was sent of an answer to a reader, with all of its headers. */
interface Sent extends Holding {
  headers: OutgoingHttpHeaders
  body: Uint8Array
  tag: string | undefined
}

/**
 * Answers that are made once, whoever asks, and sent until this process writes to the ledger, or others do. What others write makes an answer old: it is made
 * anew behind those who ask for it, who wait for it a moment and have the old one otherwise, for half a minute at most.
 */
export interface Answers {
  /** Answers who asks in words that were answered before, byte for byte. It comes before everything else: nothing that was looked at is looked at again. */
  repeat: RequestHandler
  /** What is kept under a key, or is being made, or is made now; undefined where it is sent in pieces. */
  of(asked: Asked, keeping: Keeping): Promise<Made | undefined>
  /** Sends an answer in a coding that the reader reads; or that it holds it already, where it does. */
  send(request: Request, response: Response, made: Made): Promise<void>
}

/** Milliseconds for which an answer may be sent after it was last known to hold; and those that a reader waits for a newer one while he could have it. */
export const [mostOldMs, patienceMs] = [30_000, 200]

/** How an answer is made: of this moment of the ledger, or of a later one. */
export type Make = (asked: Asked, moment: number) => Promise<Answer | undefined>

/** An answer that is being made, and that it is, or that who could have an old one has waited long enough. */
interface UnderWay {
  made: Promise<Made | undefined>
  soon: Promise<Made | undefined>
}

/** `momentOf` tells the state of the ledger; `wordsOf` is all of a request that an answer may depend on. */
export function openAnswers(momentOf: () => Moment, wordsOf: (request: Request) => string, make: Make): Answers {
  // With room for what a body becomes when it is compressed.
  const kept = bounded<Made>(mostBytes.made, 1.5)
  const sent = bounded<Sent>(mostBytes.sent, 1)
  const underWay = new Map<string, UnderWay>()
  let moment: Moment = { n: 0, sure: -Infinity }

  /** Nothing is looked up before it is sure that it is not of before what we wrote ourselves. */
  const look = () => {
    const before = moment
    moment = momentOf()
    if (before.sure === -Infinity) for (const all of [kept, sent, underWay]) all.clear()
  }
  /** The last instant at which an answer was known to hold. */
  const heldAt = (of: Holding) => Math.min(of.until, of.moment === moment ? Infinity : of.moment.sure)
  const isCurrent = (of: Holding) => heldAt(of) > performance.now()
  const isKept = ({ moment: { sure }, headers }: Made) => sure > -Infinity && headers['cache-control'] !== 'no-store'

  const begin = async (asked: Asked, { key, seconds }: Keeping): Promise<Made | undefined> => {
    const then = { moment, until: seconds === undefined ? Infinity : performance.now() + seconds * 1000 }
    const answer = await make(asked, moment.n)
    const made: Made | undefined = answer && { ...answer, ...then, coded: new Map() }
    if (made && isKept(made)) kept.set(key, made)
    // What is an error now is none that is old.
    else if (then.moment.sure > -Infinity) kept.delete(key)
    return made
  }
  /** One is made for all who ask for it meanwhile. */
  const making = (asked: Asked, keeping: Keeping): UnderWay => {
    const { key } = keeping
    const known = underWay.get(key)
    if (known) return known
    const made = begin(asked, keeping)
    const begun = { made, soon: Promise.race([made, wait(patienceMs, undefined, { ref: false })]) }
    underWay.set(key, begun)
    const over = () => void (underWay.get(key) === begun && underWay.delete(key))
    made.then(over, over)
    begun.soon.catch(() => {})
    return begun
  }

  return {
    repeat(request, response, next) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return next()
      look()
      const known = sent.get(wordsOf(request))
      if (!known || !isCurrent(known)) return next()
      if (known.tag !== undefined && holds(request, known.tag, textOf(known.headers['last-modified'])))
        return void response.writeHead(304, withoutBody(known.headers)).end()
      response.writeHead(200, known.headers).end(request.method === 'HEAD' ? undefined : known.body)
    },
    async of(asked, keeping) {
      look()
      const known = kept.get(keeping.key)
      if (known && isCurrent(known)) return known
      const { made, soon } = making(asked, keeping)
      return known && performance.now() - heldAt(known) < mostOldMs ? ((await soon) ?? known) : made
    },
    async send(request, response, made) {
      const { status, headers, body } = made
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
      const tag = textOf(headers['etag'])
      if (status === 200 && tag !== undefined && holds(request, tag, textOf(headers['last-modified']))) {
        for (const name of Object.keys(response.getHeaders())) if (isOfBody(name)) response.removeHeader(name)
        return void response.status(304).end()
      }
      const age = performance.now() - heldAt(made)
      if (age > 0) response.setHeader('Age', Math.ceil(age / 1000))
      const coding = codingFor(request, body)
      const bytes = coding ? await codedAs(made, coding) : body
      if (coding) response.setHeader('Content-Encoding', coding)
      response.setHeader('Content-Length', bytes.length)
      response.status(status).end(request.method === 'HEAD' ? undefined : bytes)
      if (status !== 200 || !isKept(made) || !isCurrent(made)) return
      sent.set(wordsOf(request), { moment: made.moment, until: made.until, headers: { ...response.getHeaders() }, body: bytes, tag })
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
