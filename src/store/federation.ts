import { Worker } from 'node:worker_threads'
import { workerBeside } from '../files.ts'
import { Problem, sentence } from '../problem.ts'
import { saidProblem } from '../words/said.ts'
import { readQuery } from './query.ts'
import { answerOf, textOf, type Answer, type Store, type Wanted } from './store.ts'
import { clientLeft } from './turns.ts'
import type { Cut } from './written.ts'

/**
 * Asks another endpoint, safely: no private addresses but those that are allowed, and limits of time and size. Rejects with a Problem (`endpoint-failed`)
 * that tells readers why in their language.
 */
export type AskOutside = (url: string, accept: string, asking: { body: { type: string; text: string } }) => Promise<{ mediaType: string; body: Uint8Array }>

/** What a thread is given, told, and tells. */
export interface Federated {
  sparql: string
  mediaType: string
  /** The name by which it asks our own store. */
  own: string
  base: string
  rows: number
  most: number
}
export type ToFederation = { id: number } & ({ mediaType: string; body: Uint8Array } | { failed: string })
export type FromFederation = { loaded: true } | { ask: { id: number; url: string; query: string } } | { text: string; cut?: Cut } | { failed: string }

export interface Federation {
  base: string
  timeoutS: number
  rows: number
  answerMB: number
  /** Makes what asks for one query, until the signal ends it. */
  outside(signal: AbortSignal): AskOutside
}

/** Queries that are joined at once, of all and of one client, and megabytes that each may take. */
const atOnce = 2
const atOnceOfOne = 1
const mostMB = 512
/** Seconds that Comunica may take to load, before those of the query begin: one where nothing else is done, ten on a machine that has much to do. */
const loadingS = 20
const own = 'http://own.invalid/sparql'
const json = 'application/sparql-results+json'

/** A store that asks other endpoints too, where a query names them: those that `readQuery` lets through. */
export function federated(store: Store, { base, timeoutS, rows, answerMB, outside }: Federation): Store {
  /** Who asks, and when that will be over at the latest. */
  const running = new Set<{ client: string; endsAt: number }>()
  /** Seconds until one of them is over. */
  const untilOver = (some: { endsAt: number }[]) => Math.max(1, Math.ceil((Math.min(...some.map(({ endsAt }) => endsAt)) - performance.now()) / 1000))

  const query = async (sparql: string, wanted: Wanted): Promise<Answer> => {
    if (!wanted.services?.length) return store.query(sparql, wanted)
    const { client = '' } = wanted
    const own = [...running].filter(each => client !== '' && each.client === client)
    if (own.length >= atOnceOfOne) throw saidProblem('too-many-queries', 'query_problem.services_own', {}, { retryS: untilOver(own) })
    const retryS = untilOver([...running])
    if (running.size >= atOnce) throw saidProblem('store-busy', 'query_problem.services_busy', { seconds: retryS }, { retryS })
    const seconds = Math.min(wanted.timeoutS ?? timeoutS, timeoutS)
    const end = () => performance.now() + seconds * 1000
    const now = { client, endsAt: end() }
    running.add(now)
    const over = new AbortController()
    try {
      return await joined(sparql, { ...wanted, seconds }, over, () => (now.endsAt = end()))
    } finally {
      running.delete(now)
      over.abort()
    }
  }

  /** `begun` is told when Comunica is there, and the time of the query begins. */
  const joined = (sparql: string, { seconds, ...wanted }: Wanted & { seconds: number }, over: AbortController, begun: () => void) =>
    new Promise<Answer>((resolve, reject) => {
      const { revision } = store
      const worker = new Worker(workerBeside(import.meta.url, 'federation-worker'), {
        workerData: { sparql, mediaType: wanted.mediaType, own, base, rows, most: answerMB * 1e6 } satisfies Federated,
        resourceLimits: { maxOldGenerationSizeMb: mostMB },
      })
      const ask = outside(over.signal)
      /** Why one of the endpoints did not answer: Comunica tells it in its own words. */
      let cause: Problem | undefined
      const tooLate = () => end(() => reject(saidProblem('query-timeout', 'query_problem.services_time', { seconds })))
      let late = setTimeout(tooLate, (loadingS + seconds) * 1000)
      const leave = () => end(() => reject(clientLeft()))
      wanted.signal?.addEventListener('abort', leave, { once: true })
      const end = (tell: () => void) => {
        clearTimeout(late)
        wanted.signal?.removeEventListener('abort', leave)
        over.abort()
        void worker.terminate()
        tell()
      }

      /** What our own store says to a part of the query. */
      const ourselves = async (part: string) => {
        const { form, suspect } = await readQuery(part)
        const mediaType = form === 'select' || form === 'ask' ? json : 'application/n-triples'
        const { dataset, client } = wanted
        const answer = await store.query(part, {
          mediaType,
          form,
          timeoutS: seconds,
          signal: over.signal,
          ...(suspect && { suspect }),
          ...(dataset && { dataset }),
          ...(client && { client }),
        })
        return { mediaType, body: Buffer.from(textOf(answer)) }
      }
      const others = async (url: string, part: string) => {
        const { form } = await readQuery(part, [url])
        const accept = form === 'select' || form === 'ask' ? json : 'application/n-triples, text/turtle;q=0.8'
        return ask(url, accept, {
          body: { type: 'application/x-www-form-urlencoded', text: new URLSearchParams({ query: part }).toString() },
        })
      }

      worker.on('message', (message: FromFederation) => {
        if ('loaded' in message) {
          clearTimeout(late)
          late = setTimeout(tooLate, seconds * 1000)
          begun()
        } else if ('ask' in message) {
          const { id, url, query: part } = message.ask
          const told = url === own ? ourselves(part) : others(url, part)
          void told
            .catch((error: unknown) => {
              if (error instanceof Problem) cause ??= error
              return { failed: sentence(error) }
            })
            .then(answer => worker.postMessage({ id, ...answer } satisfies ToFederation))
        } else if ('failed' in message)
          end(() => reject(cause ?? saidProblem('query-malformed', 'query_problem.engine', { reason: message.failed.slice(0, 500) })))
        else end(() => resolve({ ...answerOf(revision, message.text), ...(message.cut && { cut: message.cut }) }))
      })
      worker.on('error', error =>
        end(() => reject(saidProblem('query-memory', 'query_problem.services_memory', { most: mostMB, reason: error.message }, {}, error))),
      )
    })

  return Object.create(store, { query: { value: query } }) as Store
}
