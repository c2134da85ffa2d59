import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Request, Response } from 'express'
import { LRUCache } from 'lru-cache'
import type { Answer, Asked } from './asked.ts'
import { holds } from './send.ts'

/** Bytes of answers that are kept; one alone may take a sixteenth of them. */
const mostBytes = 64 * 1024 * 1024
/** Bytes from which on a body is worth compressing. */
const worthwhile = 1024

type Coding = 'br' | 'gzip'
const compress: Record<Coding, (body: Uint8Array) => Promise<Uint8Array>> = {
  // As good as gzip at its best, in half the time.
  br: body => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: promisify<Uint8Array, Uint8Array>(gzip),
}

/** An answer that is kept, as it was first compressed for each that can read it. */
export interface Kept extends Answer {
  coded: Map<Coding, Promise<Uint8Array>>
}

/** How an answer may be kept: what tells it apart, and for how many seconds at most, where what it says depends on the time of day too. */
export interface Keeping {
  key: string
  seconds?: number | undefined
}

/** Tells what is answered; undefined where it is sent in pieces. */
export type Answers = (asked: Asked, keeping: Keeping) => Promise<Kept | undefined>

/**
 * Answers are kept until anybody writes to the ledger, those asked for last within a bound. Who asks for one that is being made waits for that one.
 * `markOf` tells another text whenever something was written; `make` makes an answer, or nothing where it is sent in pieces.
 */
export function openAnswers(markOf: () => string, make: (asked: Asked) => Promise<Answer | undefined>): Answers {
  const kept = new LRUCache<string, Kept>({ maxSize: mostBytes, maxEntrySize: mostBytes / 16, sizeCalculation: sizeOf })
  const underWay = new Map<string, Promise<Kept | undefined>>()
  let mark = ''

  const begin = async (asked: Asked, { key, seconds }: Keeping): Promise<Kept | undefined> => {
    const then = mark
    const answer = await make(asked)
    const whole = answer && { ...answer, coded: new Map() }
    if (whole && mark === then && mayBeKept(whole)) kept.set(key, whole, seconds === undefined ? {} : { ttl: seconds * 1000 })
    return whole
  }

  return (asked, keeping) => {
    const now = markOf()
    if (now !== mark) {
      mark = now
      kept.clear()
      underWay.clear()
    }
    const { key } = keeping
    const known = kept.get(key)
    if (known) return Promise.resolve(known)
    const waiting = underWay.get(key)
    if (waiting) return waiting
    const made = begin(asked, keeping).finally(() => underWay.get(key) === made && underWay.delete(key))
    underWay.set(key, made)
    return made
  }
}

/** With room for what it becomes when it is compressed in each way. */
const sizeOf = ({ body }: Kept): number => Math.ceil(body.length * 1.5) + 1024

const mayBeKept = ({ status, headers }: Answer): boolean => status < 500 && headers['cache-control'] !== 'no-store'

/** Sends an answer, in a coding that the reader reads; only that it holds, where the reader holds it. */
export async function sendAnswer(request: Request, response: Response, answer: Kept): Promise<void> {
  const { status, headers, body } = answer
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  const tag = headers['etag']
  if (status === 200 && typeof tag === 'string' && holds(request, tag)) {
    for (const name of ['Content-Type', 'Content-Language', 'Content-Disposition']) response.removeHeader(name)
    return void response.status(304).end()
  }
  const coding = body.length < worthwhile ? undefined : codingFor(request)
  const bytes = coding ? await codedAs(answer, coding) : body
  if (coding) response.setHeader('Content-Encoding', coding)
  response.setHeader('Content-Length', bytes.length)
  response.status(status)
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

function codingFor(request: Request): Coding | undefined {
  const read = request.acceptsEncodings()
  return (['br', 'gzip'] as const).find(each => read.includes(each))
}

function codedAs({ coded, body }: Kept, coding: Coding): Promise<Uint8Array> {
  const known = coded.get(coding) ?? compress[coding](body)
  coded.set(coding, known)
  return known
}
