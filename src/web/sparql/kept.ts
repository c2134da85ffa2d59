import { LRUCache } from 'lru-cache'
import { Problem } from '../../problem.ts'
import type { Answer } from '../../store/store.ts'

/** Bytes of answers that are kept, of all and of one. */
const [mostOfAll, mostOfOne] = [64e6, 4e6]

/** What is wrong with a query whoever asks it: those who asked the same need not ask it again to hear that. */
const ofQuery = new Set(['query-malformed', 'query-refused', 'query-timeout', 'query-memory'])

/** Answers that were given before, by what they depend on; and those that are under way, which are asked for once for all who want them meanwhile. */
export function keptAnswers() {
  const kept = new LRUCache<string, Answer>({
    maxSize: mostOfAll,
    maxEntrySize: mostOfOne,
    sizeCalculation: ({ pieces }, key) => pieces.reduce((sum, piece) => sum + piece.length, 2 * key.length + 1),
  })
  const underWay = new Map<string, Promise<Answer>>()
  return {
    get: (key: string): Answer | undefined => kept.get(key),
    keep: (key: string, answer: Answer): void => void kept.set(key, answer),
    /** An answer that somebody waits for already, or is asked for now. Where who asked first has left, or was sent away, the others ask themselves. */
    async shared(key: string, ask: () => Promise<Answer>): Promise<Answer> {
      const known = underWay.get(key)
      if (known)
        try {
          return await known
        } catch (error) {
          if (error instanceof Problem && ofQuery.has(error.code)) throw error
        }
      const asked = ask()
      if (!underWay.has(key)) underWay.set(key, asked)
      try {
        return await asked
      } finally {
        if (underWay.get(key) === asked) underWay.delete(key)
      }
    },
  }
}
