import { Problem } from '../problem.ts'
import { saidProblem } from '../words/said.ts'
import { keep, openPaces, quickS, type Pace } from './pace.ts'
import { fairQueue } from './queue.ts'
import type { Answer, Wanted } from './store.ts'

/** A query that waits for its turn, or has it. */
export interface Job {
  client: string
  sparql: string
  wanted: Wanted
  pace: Pace
  /** Its client was told to come at this time, and goes before others. */
  awaited: boolean
  resolve(answer: Answer): void
  reject(problem: unknown): void
  patience?: NodeJS.Timeout
}

/** Where queries are answered: a few at a time. */
export interface Places {
  /** How many. */
  count: number
  /** Whether there is a place for a query now. */
  free(job: Job): boolean
  /** Has it answered, and calls `over` when that is done. */
  begin(job: Job): void
  /** Is told that the client of a query that is being answered has left. */
  left(job: Job): void
}

/** Queries that may wait, of all and of one client. */
const mostWaiting = 100
const mostOfOne = 10
/** Milliseconds that a query waits for its turn: longer than a copy takes to be replaced. */
const patienceMs = 20_000
/** Seconds for which a client that was told to come back is expected, and how many of them. */
const expectedS = 60
const mostExpected = 1000

/** What clients hear who have to wait. */
export const clientLeft = () => new Problem('store-busy', 'The client left.')

/**
 * Whose turn it is. Nobody has more of the store than others who wait, nor more than ten queries waiting. Who is sent away is told when to come back
 * (`Retry-After`), and is let in then before all others.
 */
export function openTurns(places: Places, patience = patienceMs) {
  const queue = fairQueue<Job>()
  const paces = openPaces()
  const expected = new Map<string, number>()
  /** Seconds that a query takes, of late. */
  const meanS: Record<Pace, number> = { quick: 0.1, new: 0.5, long: quickS, harmful: quickS }
  let closed = false
  const now = () => performance.now() / 1000

  const next = () => {
    if (closed) return
    for (let job; (job = queue.take(each => each.awaited && places.free(each)) ?? queue.take(each => places.free(each)));) {
      clearTimeout(job.patience)
      places.begin(job)
    }
  }

  /** Sends a client away, and expects it back: at the time that it was told before, where it was. */
  const refusal = (code: 'store-busy' | 'too-many-queries', { client, pace }: Pick<Job, 'client' | 'pace'>): Problem => {
    const ahead = queue.waiting.reduce((sum, job) => sum + (pace === 'harmful' || job.pace !== 'harmful' ? meanS[job.pace] : 0), meanS[pace])
    const told = expected.get(client) ?? -Infinity
    const at = told > now() ? told : now() + Math.ceil(ahead / (pace === 'harmful' ? 1 : places.count))
    if (client !== '') keep(expected, client, at, mostExpected)
    const retryS = Math.max(1, Math.ceil(at - now()))
    const key = code === 'store-busy' ? 'query_problem.busy' : 'query_problem.waiting'
    return saidProblem(code, key, { most: mostOfOne }, { retryS })
  }

  const isExpected = (client: string): boolean => {
    const at = expected.get(client)
    if (at === undefined || now() < at - 0.1) return false
    expected.delete(client)
    return now() < at + expectedS
  }

  const wait = (job: Job) => {
    job.patience = setTimeout(() => {
      if (queue.remove(job)) job.reject(refusal('store-busy', job))
    }, patience)
    queue.add(job)
    next()
  }

  /** What is asked for when its client has left: it waits no longer, or its place is told. */
  const leave = (job: Job) => {
    clearTimeout(job.patience)
    if (queue.remove(job)) job.reject(clientLeft())
    else places.left(job)
  }

  return {
    waiting: queue.waiting,
    /** Answers a query when its turn comes. Rejects with `store-busy` or `too-many-queries` where that would take too long. */
    ask: (sparql: string, wanted: Wanted): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const { client = '', suspect, signal } = wanted
        const pace = paces.of(client, sparql, suspect)
        const awaited = isExpected(client)
        if (signal?.aborted) return reject(clientLeft())
        if (closed || (!awaited && queue.waiting.length >= mostWaiting)) return reject(refusal('store-busy', { client, pace }))
        if (client !== '' && !awaited && queue.waiting.filter(job => job.client === client).length >= mostOfOne)
          return reject(refusal('too-many-queries', { client, pace }))
        const job: Job = { client, sparql, wanted, pace, awaited, resolve, reject }
        signal?.addEventListener('abort', () => leave(job), { once: true })
        wait(job)
      }),
    /** Begins what there is a place for. */
    next,
    /** A query has taken so many seconds; `harm`: why it had to be ended. */
    over({ client, sparql, pace: thought }: Job, { clock, cpu }: { clock: number; cpu: number }, harm?: 'memory' | 'time' | 'left'): void {
      queue.charge(client, clock)
      const pace = harm === 'memory' || (harm === 'time' && cpu >= quickS) ? 'harmful' : cpu >= quickS ? 'long' : 'quick'
      meanS[thought] += (clock - meanS[thought]) / 20
      // One that was ended early might have been quick.
      if (!harm || pace !== 'quick') paces.went(sparql, pace)
      if (harm) paces.blame(client)
    },
    /** A query takes long. */
    slow(job: Job): void {
      job.pace = 'long'
      paces.went(job.sparql, 'long')
    },
    /** A query has lost its place, and waits anew. */
    again: wait,
    close(): void {
      closed = true
      for (const job of queue.waiting) clearTimeout(job.patience)
    },
  }
}
