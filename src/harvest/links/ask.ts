import type { Answered } from '../../ledger/links/links.ts'
import { Problem } from '../../problem.ts'
import { StatusProblem, type Head } from '../http/answer.ts'
import type { Open } from '../http/fetch.ts'

/** What a client that reads a page of a portal would take. */
const accept = '*/*'
/** Answers that say nothing of whether there is something for those who may: asking is refused, or asked too often. */
const aboutUs = new Set([401, 403, 407, 429, 451])

/**
 * Asks an address: for its head alone and, where that is refused or comes to nothing, for its first byte, as many servers know no HEAD. What is said of us, and
 * not of the address, is `unknown`: nobody is blamed for it.
 */
export async function ask(open: Open, url: string): Promise<Answered> {
  try {
    return answeredBy(await open(url, accept, { bare: true }), url)
  } catch (error) {
    if (!(error instanceof StatusProblem) || error.answered === 429) return failed(error)
  }
  try {
    const stream = await open(url, accept, { headers: { range: 'bytes=0-0' } })
    await stream.body[Symbol.asyncIterator]().return?.()
    return answeredBy(stream, url)
  } catch (error) {
    return failed(error)
  }
}

const answeredBy = ({ url: last, mediaType, etag, modified, bytes }: Head, url: string): Answered => ({
  outcome: 'answers',
  status: 200,
  mediaType: mediaType.split(';')[0]!.trim().toLowerCase(),
  ...(last !== new URL(url).href && { redirect: last }),
  ...(etag && { etag }),
  ...(modified && { modified }),
  ...(bytes !== undefined && { bytes }),
})

function failed(error: unknown): Answered {
  if (error instanceof StatusProblem) return { outcome: aboutUs.has(error.answered) ? 'unknown' : 'fails', status: error.answered, problem: error.code }
  if (!(error instanceof Problem)) throw error
  return { outcome: error.code === 'robots-disallowed' ? 'unknown' : 'fails', problem: error.code }
}

/** Nobody is there: what was found of one address of the host is so of all. */
export const isSilent = ({ outcome, status, problem }: Answered): boolean =>
  outcome === 'fails' && status === undefined && (problem === 'unreachable' || problem === 'timeout-connect')
