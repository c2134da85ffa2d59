import { sentence } from '../problem.ts'
import { hear, type Thread } from './copy.ts'
import type { Given, Told, Written } from './messages.ts'

/** What the renewal of the image begins, and tells. */
export interface Renewing {
  start(task: Given['task']): Thread
  written(image: Written): void
  discard(): void
  failed(why: string): void
  /** The thread has ended. */
  over(renewed: boolean): void
  /** Graphs that are replaced before an image is made from the ledger, beside twice as many as are held. */
  replacedAtLeast: number
}

/**
 * Whether what the engine keeps unseen is more than what it shows, by twice: it never frees a statement that was replaced, and an image of it holds them all.
 * Only one that is made from the ledger is rid of them.
 */
const isOvergrown = ({ records, replaced }: Told, atLeast: number): boolean => replaced > 2 * (records - replaced) + atLeast

/** Writes a newer image, in a thread that answers nothing, where the changes since the last one would keep a new copy busy for long. */
export function openRenewal({ start, written, discard, failed, over, replacedAtLeast }: Renewing) {
  let writer: Thread | undefined
  /** Seconds that the last one took. */
  let writingS = 1
  return {
    writer: () => writer,
    /** Looks at how a copy stands. */
    look(told: Told): void {
      const overgrown = isOvergrown(told, replacedAtLeast)
      if (writer || (!overgrown && told.behindS < Math.max(5, 4 * writingS))) return
      const began = performance.now()
      let renewed = false
      writer = start(overgrown ? 'renew' : 'refresh')
      hear(writer, message => {
        if ('image' in message) {
          writingS = (performance.now() - began) / 1000
          renewed = message.image > 0
          written(message)
        } else if ('discard' in message) discard()
      })
      writer.worker.on('error', error => failed(sentence(error)))
      writer.worker.on('exit', () => {
        writer = undefined
        over(renewed)
      })
    },
  }
}
