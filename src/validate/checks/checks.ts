import { Piscina } from 'piscina'
import { workerBeside } from '../../files.ts'
import { Problem } from '../../problem.ts'
import { packVocabulary } from '../../vocabulary/packed.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import { saidProblem } from '../../words/said.ts'
import type { Request } from './asked.ts'
import type { Done, Fetched, Given } from './worker.ts'

/** Gets a feed from an address that somebody named. Throws a Problem where it may not, or cannot. */
export type FetchFeed = (url: string, signal: AbortSignal) => Promise<{ url: string; mediaType: string; body: Uint8Array }>

/** Bytes of a feed that is looked at. */
export const largestFeed = 20e6
/** Seconds that a feed may take, from its fetching to its verdict. */
export const longestS = 30
/** Feeds that may wait for their turn. */
const mostWaiting = 8
/** Megabytes that the thread may hold: a feed of 20 MB takes some 600. */
const mostMB = 1024

/** Looks at feeds, one after the other, in a thread of its own. */
export interface Checks {
  /** Throws a Problem: nothing to look at, no RDF, too much at once, too long. */
  check(request: Request): Promise<Exclude<Done, { problem: unknown } | { fetch: string }>>
  close(): Promise<void>
}

export function openChecks({
  shapes,
  base,
  profile,
  words,
  vocabulary,
  fetch,
}: Omit<Given, 'lists'> & { vocabulary: Vocabulary; fetch: FetchFeed | undefined }): Checks {
  let pool: Piscina<Request | Fetched, Done> | undefined
  const thread = () =>
    (pool ??= new Piscina<Request | Fetched, Done>({
      filename: workerBeside(import.meta.url, 'worker').href,
      workerData: { shapes, base, profile, words, lists: packVocabulary(vocabulary) } satisfies Given,
      minThreads: 0,
      maxThreads: 1,
      maxQueue: mostWaiting,
      idleTimeout: 600_000,
      resourceLimits: { maxOldGenerationSizeMb: mostMB },
    }))
  const run = async (task: Request | Fetched, signal: AbortSignal): Promise<Done> => {
    try {
      return await thread().run(task, { signal })
    } catch (error) {
      if (signal.aborted) throw saidProblem('check-timeout', 'validate_problem.check-timeout', { seconds: longestS })
      if (/queue/i.test(String(error))) throw saidProblem('too-many-checks', 'validate_problem.too-many-checks', {}, { retryS: longestS })
      if (/memory|exit/i.test(String(error))) throw saidProblem('too-large', 'validate_problem.memory', {}, {}, error)
      throw error
    }
  }
  return {
    async check(request) {
      // A thread that runs past its time is ended, whatever it is at; the next feed gets a new one.
      const signal = AbortSignal.timeout(longestS * 1000)
      const first = await run(request, signal)
      const done = 'fetch' in first ? await run({ ...(await fetched(fetch, first.fetch, signal)), asked: first.asked }, signal) : first
      if ('problem' in done) {
        const { code, message, place, said } = done.problem
        throw new Problem(code, message, { ...place, ...(said && { said }) })
      }
      if ('fetch' in done) throw new Error('What was fetched is a feed.')
      return done
    },
    close: async () => pool?.destroy(),
  }
}

async function fetched(fetch: FetchFeed | undefined, url: string, signal: AbortSignal) {
  if (!fetch) throw saidProblem('forbidden', 'validate_problem.no_addresses')
  try {
    return await fetch(url, signal)
  } catch (error) {
    if (signal.aborted) throw saidProblem('check-timeout', 'validate_problem.check-timeout', { seconds: longestS })
    if (!(error instanceof Problem)) throw error
    const key = error.code === 'address-refused' || error.code === 'too-large' ? error.code : 'unfetched'
    throw saidProblem(
      error.code,
      `validate_problem.${key}`,
      { url: url.slice(0, 200), detail: error.message, code: error.code, megabytes: largestFeed / 1e6 },
      error.place,
      error,
    )
  }
}
