import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Catalogue, StoreConfiguration } from '../config/catalogue.ts'
import type { Source } from '../config/sources.ts'
import { version, workerBeside } from '../files.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import type { Publication } from '../outlets/publication.ts'
import { Problem, type ProblemCode } from '../problem.ts'
import { digest } from '../rdf/digest.ts'
import { packVocabulary, type PackedVocabulary } from '../vocabulary/packed.ts'
import { saidProblem } from '../words/said.ts'
import type { Question } from './ask.ts'
import { mostMemory } from './engine.ts'
import { imageBytes } from './image.ts'
import { fairQueue } from './queue.ts'
import type { Standing } from './replica.ts'
import type { Answer, Copy, Store, Wanted } from './store.ts'
import type { Bounds, Cut } from './written.ts'

/** What a worker is told, and what it tells. */
export type ToAnswer = { id: number } & Question
export type ToWorker = ToAnswer | { follow: true } | { alive: number }
type Told = Standing & { bytes: number; behindS: number }
type Answered = { id: number; revision: number; pieces: Uint8Array[]; bytes: number; cut?: Cut }
type Refused = { id: number; code: ProblemCode; message: string }
type Broken = { id: number; broken: string }
export type FromWorker =
  | { standing: Told }
  | { serving: true }
  | { discard: true }
  | { image: number; failure?: string }
  | { alive: number; ready: boolean }
  | Answered
  | Refused
  | Broken

/** What a worker is given to begin with. */
export interface Given {
  data: string
  catalogue: Catalogue
  sources: Source[]
  lists: PackedVocabulary
  gate: Int32Array
  /** The file of the image, and what it must be of. */
  image: string
  key: string
  /** To answer; to write a newer image; to write one that is made from the ledger alone. */
  task: 'serve' | 'refresh' | 'renew'
  /** Bytes of its memory at most. */
  most: number
  bounds: Bounds
}

interface Job {
  client: string
  sparql: string
  wanted: Wanted
  resolve(answer: Answer): void
  reject(problem: Problem): void
  waiting?: NodeJS.Timeout
}
interface Thread {
  worker: Worker
  gate: Int32Array
}
interface Replica extends Thread {
  /** Undefined while it loads. */
  told?: Told
  serving: boolean
  /** Bytes of its memory before it had answered anything. */
  clean: number
  job?: Job
  started: number
  timer?: NodeJS.Timeout
  /** It is to be replaced when its query is over. */
  worn?: boolean
  alive: Map<number, (ready: boolean) => void>
}

type Configuration = Extract<StoreConfiguration, { kind: 'oxigraph' }>

/** Queries that may wait for a free copy, of all and of one client. */
const mostWaiting = 100
const mostOfOne = 10
/** Milliseconds before a copy that could not load is tried again; and that a query whose client has left may go on. */
const reloadMs = 2000
const graceMs = 500
/** Milliseconds that a query waits for its turn: longer than a copy takes to be replaced. */
const patienceMs = 20_000
/** Milliseconds in which a copy that is idle says that it lives. */
const aliveMs = 2000
const megabyte = 1e6

/** Told of what happens to the copies: a line of a log. */
export type Tell = (line: string) => void

/**
 * Oxigraph in worker threads, each with its own copy of the published graphs, each following the ledger by itself. A worker that a query breaks or outlasts is ended,
 * and another takes its place from the image: a file with the memory of a copy.
 */
export function openEmbedded(configuration: Configuration, publication: Publication, data: string, tell: Tell = () => {}): Store {
  const { replicas: count, timeoutS } = configuration
  const { catalogue, sources, ledger } = publication
  const lists = packVocabulary(publication.vocabulary)
  const image = join(data, 'store.image')
  // What a record's graph is made of beside the ledger; the program as it was built.
  const { mtimeMs } = statSync(new URL(import.meta.url))
  const key = digest(
    JSON.stringify([
      version,
      mtimeMs,
      process.versions.node,
      catalogue.base,
      catalogue.store.findings,
      catalogue.store.metrics,
      sources.map(({ id, url }) => [id, url]),
    ]),
  )
  const replicas = new Set<Replica>()
  const queue = fairQueue<Job>()
  let awaiting: (() => void)[] = []
  let failure: Problem | undefined
  let closed = false
  let next = 0
  /** Seconds that a query takes, of late. */
  let meanS = 0.1
  /** The worker that writes an image, and seconds that the last one took. */
  let writer: Thread | undefined
  let writingS = 1

  const wake = () => {
    for (const each of awaiting.splice(0)) each()
  }

  const thread = (task: Given['task']): Thread => {
    const gate = new Int32Array(new SharedArrayBuffer(8))
    const held = imageBytes(image, key)
    const most = held > 0 && task === 'serve' ? Math.min(mostMemory, held + configuration.queryMB * megabyte) : mostMemory
    const bounds = { rows: configuration.rows, most: configuration.answerMB * megabyte }
    const worker = new Worker(workerBeside(import.meta.url, 'worker'), {
      workerData: { data, catalogue, sources, lists, gate, image, key, task, most, bounds } satisfies Given,
    })
    return { worker, gate }
  }

  /** As many copies as there are to be. The first of all makes the image, and the others begin with it. */
  const fill = () => {
    const loading = [...replicas].some(({ told }) => !told)
    while (!closed && replicas.size < count && (imageBytes(image, key) > 0 || (!loading && replicas.size === 0) || (!loading && isLoaded()))) {
      spawn()
      if (imageBytes(image, key) === 0) break
    }
  }
  const isLoaded = () => [...replicas].every(({ serving }) => serving)

  const spawn = () => {
    const began = performance.now()
    const { worker, gate } = thread('serve')
    const replica: Replica = { worker, gate, serving: false, clean: 0, started: 0, alive: new Map() }
    replicas.add(replica)
    worker.on('message', (message: FromWorker) => {
      if ('standing' in message) {
        if (!replica.told) {
          const { revision, records, bytes } = message.standing
          replica.clean = bytes
          tell(
            `A copy of the store holds revision ${revision} (${records} records) in ${Math.round(bytes / megabyte)} MB, after ${((performance.now() - began) / 1000).toFixed(1)} s.`,
          )
        }
        replica.told = message.standing
        failure = undefined
        wake()
        refreshIfWorn(message.standing)
      } else if ('serving' in message) {
        replica.serving = true
        wake()
        fill()
      } else if ('image' in message) imageWritten(message)
      else if ('discard' in message) discard()
      else if ('alive' in message) replica.alive.get(message.alive)?.(message.ready)
      else if ('broken' in message) {
        if (replica.job) end(replica, needsMemory(message.broken))
      } else settle(replica, message)
      dispatch()
    })
    worker.on('error', error => {
      if (!replica.told) return failToLoad(replica, error)
      // Memory of the thread itself: its heap has a bound too.
      end(replica, needsMemory(error.message))
    })
    worker.on('exit', () => {
      if (!replicas.has(replica) || closed) return
      end(replica, needsMemory('its copy ended'))
    })
  }

  const needsMemory = (why: string) => saidProblem('query-memory', 'query_problem.memory', { most: configuration.queryMB, reason: why })

  const discard = () => rmSync(image, { force: true })

  const imageWritten = ({ image: bytes, failure: why }: { image: number; failure?: string }) => {
    if (why !== undefined) tell(`The image of the store cannot be written to ${image}: ${why}. Copies load from the ledger, which takes longer.`)
    else if (bytes > 0.85 * mostMemory)
      tell(
        `A copy of the store takes ${Math.round(bytes / megabyte)} MB of the ${Math.round(mostMemory / megabyte)} MB that it can have: set store.kind: sparql in catalogue.yaml, and run a server.`,
      )
  }

  /**
   * A new image where changes since the last would keep a new copy busy for long; one made from the ledger where more graphs were replaced than are held: the engine
   * keeps what it no longer shows.
   */
  const refreshIfWorn = ({ behindS, records, replaced }: Told) => {
    if (writer || closed) return
    const renew = replaced > 2 * (records - replaced) + 20_000
    if (!renew && behindS < Math.max(5, 4 * writingS)) return
    const began = performance.now()
    writer = thread(renew ? 'renew' : 'refresh')
    writer.worker.on('message', (message: FromWorker) => {
      if ('image' in message) {
        writingS = (performance.now() - began) / 1000
        imageWritten(message)
        if (message.image > 0) for (const each of replicas) each.worn = true
      } else if ('discard' in message) discard()
    })
    writer.worker.on('error', error => tell(`The image of the store cannot be renewed: ${error.message}`))
    writer.worker.on('exit', () => {
      writer = undefined
      replaceWorn()
    })
  }

  /** Replaces one copy that is worn, if all others answer. */
  const replaceWorn = () => {
    if (closed || [...replicas].some(({ serving }) => !serving)) return
    const worn = [...replicas].find(each => each.worn && !each.job)
    if (worn && (count === 1 ? queue.waiting.length === 0 : true)) {
      replicas.delete(worn)
      void ended(worn)
      fill()
    }
  }

  /** A copy that cannot load is no matter of a query: who waits for the store is told why, and it is tried again, but not in a rush. */
  const failToLoad = (replica: Replica, error: Error) => {
    replicas.delete(replica)
    const full = /unreachable|out of bounds|memory/.test(error.message)
    failure = new Problem(
      'store-busy',
      full
        ? `The catalogue is larger than a copy of the store can be (${error.message}): set store.kind: sparql in catalogue.yaml, and run a server.`
        : `The SPARQL store cannot be loaded: ${error.message}`,
      {},
      error,
    )
    tell(failure.message)
    wake()
    setTimeout(fill, reloadMs).unref()
  }

  const release = (replica: Replica): Job | undefined => {
    const { job } = replica
    clearTimeout(replica.timer)
    delete replica.job
    if (job) {
      const seconds = (performance.now() - replica.started) / 1000
      queue.charge(job.client, seconds)
      meanS += (seconds - meanS) / 20
    }
    return job
  }

  const settle = (replica: Replica, message: Answered | Refused) => {
    const job = release(replica)
    if ('code' in message) return job?.reject(saidProblem(message.code, 'query_problem.engine', { reason: message.message.slice(0, 300) }))
    const { revision, pieces, cut, bytes } = message
    // Its memory does not come back: a copy that has grown by half of what it may is replaced.
    if (bytes > replica.clean + (configuration.queryMB * megabyte) / 2) replica.worn = true
    job?.resolve({ revision, pieces, ...(cut && { cut }) })
    if (replica.worn) replaceWorn()
  }

  const end = (replica: Replica, problem: Problem) => {
    release(replica)?.reject(problem)
    for (const tellAlive of replica.alive.values()) tellAlive(false)
    replicas.delete(replica)
    void ended(replica)
    fill()
  }

  const dispatch = () => {
    const running = (client: string) => [...replicas].filter(({ job }) => job?.client === client).length
    for (const replica of replicas) {
      if (replica.job || !replica.serving) continue
      // Nobody has all copies: what others ask is answered meanwhile.
      const job = queue.take(({ client }) => client === '' || running(client) < Math.max(1, count - 1))
      if (!job) return
      clearTimeout(job.waiting)
      const { client: _client, signal: _signal, timeoutS: asked = timeoutS, ...wanted } = job.wanted
      const seconds = Math.min(asked, timeoutS)
      Object.assign(replica, {
        job,
        started: performance.now(),
        timer: setTimeout(() => end(replica, saidProblem('query-timeout', 'query_problem.time', { seconds })), seconds * 1000),
      })
      replica.worker.postMessage({ id: next++, sparql: job.sparql, ...wanted } satisfies ToWorker)
    }
  }

  /** Seconds after which a copy will be free for another. */
  const freeInS = () => Math.max(1, Math.ceil(((queue.waiting.length + 1) * meanS) / count))

  /** Ends what is asked for when its client has left: at once where it waits; where it is being answered, if that is not over in a moment. */
  const leave = (job: Job) => {
    const left = new Problem('store-busy', 'The client left.')
    clearTimeout(job.waiting)
    if (queue.remove(job)) return job.reject(left)
    const replica = [...replicas].find(each => each.job === job)
    if (replica)
      setTimeout(() => {
        if (replica.job === job) end(replica, left)
      }, graceMs).unref()
  }

  fill()
  return {
    query: (sparql, wanted) =>
      new Promise((resolve, reject) => {
        const client = wanted.client ?? ''
        const busy = () => saidProblem('store-busy', 'query_problem.busy', {}, { retryS: freeInS() })
        if (closed || queue.waiting.length >= mostWaiting) return reject(busy())
        if (client !== '' && queue.waiting.filter(job => job.client === client).length >= mostOfOne)
          return reject(saidProblem('too-many-queries', 'query_problem.waiting', { most: mostOfOne }, { retryS: freeInS() }))
        const job: Job = { client, sparql, wanted, resolve, reject }
        job.waiting = setTimeout(() => {
          if (queue.remove(job)) reject(busy())
        }, patienceMs)
        wanted.signal?.addEventListener('abort', () => leave(job), { once: true })
        if (wanted.signal?.aborted) return leave(job)
        queue.add(job)
        dispatch()
      }),
    get revision() {
      return Math.max(-1, ...[...replicas].map(({ told }) => told?.revision ?? -1))
    },
    copies: () => Promise.all([...replicas].map(replica => asked(replica))),
    async ready() {
      const target = currentRevision(ledger)
      for (const { worker } of replicas) worker.postMessage({ follow: true } satisfies ToWorker)
      while (!closed && (replicas.size < count || [...replicas].some(({ serving, told }) => !serving || !told || told.overview < target))) {
        if (failure) throw failure
        await new Promise<void>(resolve => awaiting.push(resolve))
      }
    },
    async close() {
      closed = true
      for (const job of queue.waiting) clearTimeout(job.waiting)
      for (const { timer } of replicas) clearTimeout(timer)
      wake()
      await Promise.all([...replicas, ...(writer ? [writer] : [])].map(ended))
    },
  }

  /** Asks a copy whether it answers; one that is answering does. */
  function asked(replica: Replica): Promise<Copy> {
    const { told, serving, worker, job, alive } = replica
    const copy = { revision: told?.revision ?? -1, ...(told && { bytes: told.bytes }) }
    if (!serving) return Promise.resolve({ ...copy, ready: false })
    if (job) return Promise.resolve({ ...copy, ready: true, busy: true })
    const id = next++
    return new Promise(resolve => {
      const timer = setTimeout(() => alive.get(id)?.(false), aliveMs)
      alive.set(id, ready => {
        clearTimeout(timer)
        alive.delete(id)
        resolve({ ...copy, ready })
      })
      worker.postMessage({ alive: id } satisfies ToWorker)
    })
  }
}

/**
 * Ends a thread: at once where it computes; one that is reading the ledger by itself, between two graphs. Node does not survive that a thread is ended while it
 * unpacks. The first number of the gate asks it to end, the second says that it reads.
 */
async function ended({ worker, gate }: Thread): Promise<void> {
  const exit = new Promise(resolve => worker.once('exit', resolve))
  Atomics.store(gate, 0, 1)
  if (Atomics.load(gate, 1) === 0) await worker.terminate()
  else await exit
}
