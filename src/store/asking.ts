import { Problem } from '../problem.ts'
import { quickS } from './pace.ts'
import type { Answer, Store, Wanted } from './store.ts'
import { openTurns, type Job } from './turns.ts'

/** Queries of a server, a few at once: nobody has more than half of the places, nor have those that take long. */
export function openAsking(
  atOnce: number,
  ask: (sparql: string, wanted: Wanted) => Promise<Answer>,
): {
  query: Store['query']
  waiting: readonly unknown[]
  close(): void
} {
  const running = new Set<Job>()
  const half = Math.max(1, Math.floor(atOnce / 2))
  const count = (is: (job: Job) => boolean) => [...running].filter(is).length

  const turns = openTurns({
    count: atOnce,
    free: job =>
      running.size < atOnce &&
      (job.client === '' || count(({ client }) => client === job.client) < half) &&
      (job.pace === 'quick' || count(({ pace }) => pace !== 'quick') < half),
    begin(job) {
      running.add(job)
      const began = performance.now()
      const watch = setTimeout(() => turns.slow(job), quickS * 1000)
      const over = (harm?: 'time' | 'left') => {
        clearTimeout(watch)
        running.delete(job)
        const clock = (performance.now() - began) / 1000
        turns.over(job, { clock, cpu: clock }, harm)
        turns.next()
      }
      ask(job.sparql, job.wanted).then(
        answer => {
          over()
          job.resolve(answer)
        },
        (error: unknown) => {
          over(job.wanted.signal?.aborted ? 'left' : error instanceof Problem && error.code === 'query-timeout' ? 'time' : undefined)
          job.reject(error)
        },
      )
    },
    // Its request ends by the same signal.
    left: () => {},
  })
  return { query: turns.ask, waiting: turns.waiting, close: turns.close }
}
