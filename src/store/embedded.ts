import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreConfiguration } from '../config/catalogue.ts'
import { version } from '../files.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import type { Publication } from '../outlets/publication.ts'
import type { Problem } from '../problem.ts'
import { digest } from '../rdf/digest.ts'
import { packVocabulary } from '../vocabulary/packed.ts'
import { saidProblem } from '../words/said.ts'
import { openCopies, type Tell } from './copies.ts'
import { isReading, spentBy, standingOf, tell as send, type Replica } from './copy.ts'
import type { Answered, Refused } from './messages.ts'
import { quickS } from './pace.ts'
import type { Store } from './store.ts'
import { clientLeft, openTurns, type Job } from './turns.ts'

type Configuration = Extract<StoreConfiguration, { kind: 'oxigraph' }>

/** Milliseconds that a query whose client has left may go on. */
const graceMs = 500
const megabyte = 1e6

/**
 * Oxigraph in worker threads, each with its own copy of the published graphs, each following the ledger by itself. A worker that a query breaks or outlasts is
 * ended, and another takes its place. One copy at least is kept for queries that are known to be quick.
 */
export function openEmbedded(configuration: Configuration, publication: Publication, data: string, tell: Tell = () => {}, replacedAtLeast = 20_000): Store {
  const { replicas: count, timeoutS, queryMB } = configuration
  const { catalogue, sources, ledger } = publication
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
  let next = 0

  const copies = openCopies({
    count,
    given: {
      data,
      catalogue,
      sources,
      lists: packVocabulary(publication.vocabulary),
      image: join(data, 'store.image'),
      key,
      bounds: { rows: configuration.rows, most: configuration.answerMB * megabyte },
    },
    queryBytes: queryMB * megabyte,
    replacedAtLeast,
    tell,
    idle: () => turns.waiting.length === 0,
    answered: (replica, message) => settle(replica, message),
    broken: (replica, reason) => end(replica, saidProblem('query-memory', 'query_problem.memory', { most: queryMB, reason }), 'memory'),
    free: () => dispatch(),
  })

  const busy = () => [...copies.all].flatMap(({ job }) => job ?? [])
  /** Nobody has all copies: what others ask is answered meanwhile. */
  const mayHaveMore = ({ client }: Job) => client === '' || busy().filter(job => job.client === client).length < Math.max(1, count - 1)

  const turns = openTurns({
    count,
    free(job) {
      if (![...copies.all].some(({ serving, job: other }) => serving && !other) || !mayHaveMore(job)) return false
      if (count === 1 || job.pace === 'quick') return true
      // One copy is left to those that are known to be quick.
      const others = busy().filter(({ pace }) => pace !== 'quick')
      // What may end its copy is asked of one at a time, when all others answer.
      if (job.pace === 'harmful' && (!copies.allServe() || others.some(({ pace }) => pace === 'harmful'))) return false
      return others.length < count - 1
    },
    begin(job) {
      const idle = [...copies.all].filter(each => each.serving && !each.job)
      // One that reads the ledger just now would let the query wait for that.
      const replica = idle.find(each => !isReading(each)) ?? idle[0]!
      const { client: _client, signal: _signal, timeoutS: asked = timeoutS, ...wanted } = job.wanted
      const seconds = Math.min(asked, timeoutS)
      Object.assign(replica, {
        job,
        started: performance.now(),
        timers: [setTimeout(() => end(replica, saidProblem('query-timeout', 'query_problem.time', { seconds }), 'time'), seconds * 1000)],
      })
      watch(replica, job, quickS)
      send(replica, { id: next++, sparql: job.sparql, ...wanted })
    },
    left(job) {
      const replica = [...copies.all].find(each => each.job === job)
      if (replica)
        setTimeout(() => {
          if (replica.job === job) end(replica, clientLeft(), 'left')
        }, graceMs).unref()
    },
  })

  /** Looks whether a query that was thought to be quick is so. */
  const watch = (replica: Replica, job: Job, seconds: number) => {
    replica.timers[1] = setTimeout(async () => {
      const spent = await spentBy(replica)
      if (replica.job !== job) return
      if (spent < quickS) return watch(replica, job, Math.max(0.1, quickS - spent))
      if (job.pace === 'quick' || job.pace === 'new') turns.slow(job)
      takeBack()
    }, seconds * 1000)
  }

  const dispatch = () => {
    turns.next()
    takeBack()
  }

  /** Where queries that take long have all copies, and one waits that may be quick, the last of them is begun again when its turn comes. */
  const takeBack = () => {
    if (count === 1 || !copies.allServe() || busy().length < count || busy().some(({ pace }) => pace === 'quick')) return
    if (!turns.waiting.some(job => job.pace === 'quick' && mayHaveMore(job))) return
    const last = [...copies.all].toSorted((a, b) => b.started - a.started)[0]!
    const job = release(last)
    copies.remove(last)
    if (job) turns.again(job)
  }

  const release = (replica: Replica): Job | undefined => {
    const { job, timers } = replica
    timers.forEach(clearTimeout)
    delete replica.job
    replica.idleSince = performance.now()
    return job
  }

  const settle = (replica: Replica, message: Answered | Refused) => {
    const job = release(replica)
    if (!job) return
    turns.over(job, { clock: (performance.now() - replica.started) / 1000, cpu: message.seconds })
    if ('code' in message) return job.reject(saidProblem(message.code, 'query_problem.engine', { reason: message.message.slice(0, 300) }))
    const { revision, pieces, cut } = message
    job.resolve({ revision, pieces, ...(cut && { cut }) })
  }

  /** Ends a copy, and its query with it. */
  const end = (replica: Replica, problem: Problem, harm: 'memory' | 'time' | 'left') => {
    const job = release(replica)
    const clock = (performance.now() - replica.started) / 1000
    // One that was still thought to be quick has waited for the processor.
    if (job) turns.over(job, { clock, cpu: job.pace === 'quick' || job.pace === 'new' ? 0 : clock }, harm)
    tell(
      `A copy of the store was ended (${harm}), ${job ? `after ${clock.toFixed(1)} s of a query (${job.pace})` : 'idle'}; ` +
        `${copies.all.size - 1} of ${count} are left.`,
    )
    job?.reject(problem)
    copies.remove(replica)
  }

  return {
    query: turns.ask,
    get revision() {
      return Math.max(-1, ...[...copies.all].map(({ told }) => told?.revision ?? -1))
    },
    get waiting() {
      return turns.waiting.length
    },
    learn(sources) {
      for (const replica of copies.all) send(replica, { sources })
    },
    async copies() {
      const all = await Promise.all([...copies.all].map(standingOf))
      const problem = copies.failure()?.message
      if (!problem) return all
      // One that could not load is gone until it is tried again.
      return (all.length > 0 ? all : [{ revision: -1, ready: false }]).map(copy => (copy.ready ? copy : { ...copy, problem }))
    },
    async ready() {
      const target = currentRevision(ledger)
      for (const replica of copies.all) send(replica, { follow: true })
      await copies.ready(({ told }) => told !== undefined && told.overview >= target)
    },
    async close() {
      turns.close()
      await copies.close()
    },
  }
}
