import { LRUCache } from 'lru-cache'
import { saidProblem } from '../../words/said.ts'

/** How often who guesses may be wrong within a quarter of an hour: for one person from one address, from one address, and for one person. */
const most = { both: 5, from: 30, who: 50 }
const windowMs = 15 * 60_000

const wrong = new LRUCache<string, number>({ max: 50_000, ttl: windowMs })
const keysOf = (who: string, from: string): [keyof typeof most, string][] => [
  ['both', `both ${who} ${from}`],
  ['from', `from ${from}`],
  ['who', `who ${who}`],
]

/** Throws `too-many-requests` for who has guessed too often, whether there is such a person or not. */
export function refuseGuesses(who: string, from: string): void {
  const over = keysOf(who, from).some(([kind, key]) => (wrong.get(key) ?? 0) >= most[kind])
  if (over) throw saidProblem('too-many-requests', 'steward.too_many_guesses', { minutes: windowMs / 60_000 }, { retryS: windowMs / 1000 })
}

export function countGuess(who: string, from: string): void {
  for (const [, key] of keysOf(who, from)) wrong.set(key, (wrong.get(key) ?? 0) + 1, { noUpdateTTL: true })
}

/** Who was right is wrong no more. */
export const forgetGuesses = (who: string, from: string): void => void wrong.delete(`both ${who} ${from}`)
