import { isSilence, Problem } from '../../problem.ts'
import { StatusProblem } from './answer.ts'

const retries = 3
/** Answers after which it is worth asking again. */
const passing = new Set([408, 425, 429, 500, 502, 503, 504])
/** A portal may ask us to wait, but not for ever. */
export const longestWaitMs = 120_000

/**
 * Milliseconds to wait before the next try, twice as long each time, with jitter (half to the whole of it) so that those a portal turned away
 * together do not come back together; or what `Retry-After` said. Undefined where another try would be no better.
 */
export function waitBefore(problem: Problem | Error, tries: number, random: () => number): number | undefined {
  if (tries >= retries) return undefined
  const backoff = (500 * 2 ** tries * (1 + random())) / 2
  if (problem instanceof StatusProblem) return passing.has(problem.answered) ? Math.min(problem.waitMs ?? backoff, longestWaitMs) : undefined
  // What did not come as a whole in all its time would not come the next time either.
  return problem instanceof Problem && isSilence(problem) && problem.code !== 'timeout-total' ? backoff : undefined
}
