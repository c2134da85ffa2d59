import { setTimeout as wait } from 'node:timers/promises'
import { LRUCache } from 'lru-cache'
import { currentRevision } from '../../ledger/records/revisions.ts'
import { Problem } from '../../problem.ts'
import type { Answer } from '../../store/store.ts'
import { mostOldMs, patienceMs } from '../http/answers.ts'
import { leastMs } from '../http/moments.ts'
import type { Site } from '../site/site.ts'

/** Bytes of answers that are kept, of all and of one. */
const [mostOfAll, mostOfOne] = [64e6, 4e6]

/** What is wrong with a query whoever asks it: those who asked the same need not ask it again to hear that. */
const ofQuery = new Set(['query-malformed', 'query-refused', 'query-timeout', 'query-memory'])

/** An answer, and the last instant (ms) at which the store was known to hold nothing newer. */
export interface Kept {
  answer: Answer
  heldAt: number
}

/**
 * Answers that were given before; and those that are under way, which are asked for once for all who want them meanwhile. Where the store holds a newer
 * revision, an answer is sent for two seconds more, and then made anew behind those who ask for it, who wait for it a moment and have the old one otherwise,
 * as they have pages: it says of which revision it is, and is never of one before what this process has written itself.
 */
export function keptAnswers({ store, publication: { ledger } }: Pick<Site, 'store' | 'publication'>) {
  const kept = new LRUCache<string, Kept>({
    maxSize: mostOfAll,
    maxEntrySize: mostOfOne,
    sizeCalculation: ({ answer }, key) => answer.pieces.reduce((sum, piece) => sum + piece.length, 2 * key.length + 1),
  })
  const underWay = new Map<string, Promise<Kept>>()
  let [{ own }, written] = [ledger.marks(), -1]

  /** The revision of what this process has written last. */
  const oldest = (): number => {
    const marks = ledger.marks()
    if (marks.own !== own) [own, written] = [marks.own, currentRevision(ledger)]
    return written
  }
  const make = async (key: string, ask: () => Promise<Answer>): Promise<Kept> => {
    const made = { answer: await ask(), heldAt: performance.now() }
    // A copy that is behind another may answer later.
    if (made.answer.revision >= (kept.get(key)?.answer.revision ?? -1)) kept.set(key, made)
    return made
  }
  /** An answer that somebody waits for already, or is asked for now. Where who asked first has left, or was sent away, the others ask themselves. */
  const shared = async (name: string, make: () => Promise<Kept>): Promise<Kept> => {
    const known = underWay.get(name)
    if (known)
      try {
        return await known
      } catch (error) {
        if (error instanceof Problem && ofQuery.has(error.code)) throw error
      }
    const made = make()
    if (!underWay.has(name)) underWay.set(name, made)
    try {
      return await made
    } finally {
      if (underWay.get(name) === made) underWay.delete(name)
    }
  }

  /** The answer that a key tells from others: kept, or asked for, within so many seconds where somebody says so. */
  return async (key: string, timeoutS: number | undefined, ask: () => Promise<Answer>): Promise<Kept> => {
    const known = kept.get(key)
    if (known && known.answer.revision >= store.revision) {
      known.heldAt = performance.now()
      return known
    }
    const mayBeSent = known !== undefined && known.answer.revision >= oldest() && performance.now() - known.heldAt < mostOldMs
    if (mayBeSent && performance.now() - known.heldAt < leastMs) return known
    const made = shared(JSON.stringify([store.revision, timeoutS, key]), () => make(key, ask))
    return mayBeSent ? Promise.race([made.catch(() => known), wait(patienceMs, known, { ref: false })]) : made
  }
}
