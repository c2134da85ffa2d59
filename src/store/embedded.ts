import { Worker } from 'node:worker_threads'
import type { Catalogue, StoreConfiguration } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { workerBeside } from '../files.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import type { Publication } from '../outlets/publication.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import { packVocabulary, type PackedVocabulary } from '../vocabulary/packed.ts'
import type { Store, Wanted } from './store.ts'

/** What a worker is told, and what it tells. */
export type ToAnswer = { id: number; sparql: string } & Wanted
export type ToWorker = ToAnswer | { follow: true }
export type FromWorker = { revision: number } | { id: number; text: string } | { id: number; code: ProblemCode; message: string }

/** What a worker is given to begin with. */
export interface Given {
  data: string
  catalogue: Catalogue
  sources: Source[]
  lists: PackedVocabulary
  stop: Int32Array
}

interface Job {
  sparql: string
  wanted: Wanted
  resolve(text: string): void
  reject(problem: Problem): void
  waiting: NodeJS.Timeout
}
interface Replica {
  worker: Worker
  revision: number
  job?: Job
  timer?: NodeJS.Timeout
}

/** Queries that may wait for a free replica. */
const mostWaiting = 100
/** Milliseconds before a copy that could not load is tried again. */
const reloadMs = 2000

/**
 * Oxigraph in worker threads, each with its own copy of the published graphs, each following the ledger by itself. A query past its time is
 * ended by ending its worker; the others go on answering while a new one loads from the ledger.
 */
export function openEmbedded({ replicas: count, timeoutS }: Extract<StoreConfiguration, { kind: 'oxigraph' }>, publication: Publication, data: string): Store {
  const { catalogue, sources, ledger } = publication
  const lists = packVocabulary(publication.vocabulary)
  const replicas = new Set<Replica>()
  const queue: Job[] = []
  let awaiting: (() => void)[] = []
  /** Set to 1 when the copies are to end; each looks at it between two graphs. */
  const stop = new Int32Array(new SharedArrayBuffer(4))
  let failure: Problem | undefined
  let closed = false
  let next = 0

  const spawn = () => {
    if (closed) return
    const worker = new Worker(workerBeside(import.meta.url, 'worker'), { workerData: { data, catalogue, sources, lists, stop } satisfies Given })
    const replica: Replica = { worker, revision: -1 }
    replicas.add(replica)
    worker.on('message', (message: FromWorker) => {
      if ('revision' in message) {
        replica.revision = message.revision
        failure = undefined
        for (const wake of awaiting.splice(0)) wake()
      } else settle(replica, message)
      dispatch()
    })
    worker.on('error', error => {
      if (replica.revision < 0) return failToLoad(replica, error)
      // Most often the memory of one query: WebAssembly ends at 4 GB, and the worker with it.
      end(replica, new Problem('query-refused', `The query needed more than the store has: ${error.message}. Ask for less, with LIMIT.`))
    })
  }

  /** A copy that cannot load is no matter of a query: who waits for the store is told why, and it is tried again, but not in a rush. */
  const failToLoad = (replica: Replica, error: Error) => {
    replicas.delete(replica)
    failure = new Problem('store-busy', `The SPARQL store cannot be loaded: ${error.message}`, {}, error)
    for (const wake of awaiting.splice(0)) wake()
    setTimeout(spawn, reloadMs).unref()
  }

  const settle = (replica: Replica, message: Exclude<FromWorker, { revision: number }>) => {
    const { job } = replica
    clearTimeout(replica.timer)
    delete replica.job
    if ('text' in message) job?.resolve(message.text)
    else job?.reject(new Problem(message.code, message.message))
  }

  const end = (replica: Replica, problem: Problem) => {
    clearTimeout(replica.timer)
    replicas.delete(replica)
    replica.job?.reject(problem)
    void replica.worker.terminate()
    spawn()
  }

  const dispatch = () => {
    for (const replica of replicas) {
      if (replica.job || replica.revision < 0) continue
      const job = queue.shift()
      if (!job) return
      clearTimeout(job.waiting)
      replica.job = job
      replica.timer = setTimeout(
        () =>
          end(replica, new Problem('query-timeout', `The query ran longer than ${timeoutS} s and was ended. Ask for less: name a graph, a type or a LIMIT.`)),
        timeoutS * 1000,
      )
      replica.worker.postMessage({ id: next++, sparql: job.sparql, ...job.wanted } satisfies ToWorker)
    }
  }

  for (let at = 0; at < count; at++) spawn()
  return {
    query: (sparql, wanted) =>
      new Promise((resolve, reject) => {
        const busy = () => new Problem('store-busy', 'All copies of the store are busy. Ask again in some seconds.')
        if (closed || queue.length >= mostWaiting) return reject(busy())
        const job: Job = {
          sparql,
          wanted,
          resolve,
          reject,
          waiting: setTimeout(() => {
            queue.splice(queue.indexOf(job), 1)
            reject(busy())
          }, timeoutS * 1000),
        }
        queue.push(job)
        dispatch()
      }),
    get revision() {
      return Math.max(-1, ...[...replicas].map(replica => replica.revision))
    },
    async ready() {
      const target = currentRevision(ledger)
      for (const { worker } of replicas) worker.postMessage({ follow: true } satisfies ToWorker)
      while (!closed && (replicas.size === 0 || [...replicas].some(replica => replica.revision < target))) {
        if (failure) throw failure
        await new Promise<void>(resolve => awaiting.push(resolve))
      }
    },
    async close() {
      closed = true
      for (const job of queue.splice(0)) clearTimeout(job.waiting)
      for (const { timer } of replicas) clearTimeout(timer)
      for (const wake of awaiting.splice(0)) wake()
      Atomics.store(stop, 0, 1)
      await Promise.all([...replicas].map(ended))
    },
  }
}

/** Ends a copy. One that is reading the ledger ends by itself: Node does not survive that a thread is ended while it unpacks. */
async function ended({ worker, job }: Replica): Promise<void> {
  if (job) return void (await worker.terminate())
  const exit = new Promise(resolve => worker.once('exit', resolve))
  worker.postMessage({ follow: true } satisfies ToWorker)
  await exit
}
