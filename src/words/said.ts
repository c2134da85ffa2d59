import { Problem, type Place, type ProblemCode } from '../problem.ts'
import { wordsIn } from './words.ts'

/** A problem whose sentence stands in the locale files, under `key`: it is in English for logs, and in the language of the reader for whom it is answered. */
export function saidProblem(
  code: ProblemCode,
  key: string,
  values: Record<string, string | number> = {},
  place: Place & { retryS?: number } = {},
  cause?: unknown,
): Problem {
  return new Problem(code, wordsIn('en').t(key, values), { ...place, said: { key, values } }, cause)
}
