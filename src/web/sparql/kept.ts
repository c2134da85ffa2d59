import type { Answer } from '../../store/store.ts'

/** Bytes of answers that are kept, of all and of one. */
const mostOfAll = 64e6
const mostOfOne = 4e6

/** Answers that were given before, the one that was asked for longest ago first; what there is no room for goes. */
export function keptAnswers() {
  const answers = new Map<string, { answer: Answer; bytes: number }>()
  let held = 0
  return {
    get(key: string): Answer | undefined {
      const found = answers.get(key)
      if (!found) return undefined
      answers.delete(key)
      answers.set(key, found)
      return found.answer
    },
    keep(key: string, answer: Answer): void {
      const bytes = answer.pieces.reduce((sum, piece) => sum + piece.length, 2 * key.length)
      if (bytes > mostOfOne) return
      held += bytes - (answers.get(key)?.bytes ?? 0)
      answers.delete(key)
      answers.set(key, { answer, bytes })
      for (const [oldest, { bytes: freed }] of answers) {
        if (held <= mostOfAll) break
        answers.delete(oldest)
        held -= freed
      }
    },
  }
}
