import type { Ledger } from '../../ledger/file/ledger.ts'

/** A state of the ledger, as who answers goes by it. */
export interface Moment {
  /** Of those of one process, the first is 1. */
  readonly n: number
  /** The last instant (ms) at which it was known to be the latest; -Infinity once this process itself has written. */
  sure: number
}

/** Milliseconds for which a moment lasts, however often other processes write: what is made of the ledger is not made anew with each commit of a harvest. */
export const leastMs = 2000

/** Tells the moment of now: another at once where this process has written, and every two seconds at most where others have. */
export function openMoments(ledger: Pick<Ledger, 'marks'>, clock = () => performance.now()): () => Moment {
  let now: Moment = { n: 0, sure: -Infinity }
  let [marks, begun] = [{ own: -1, others: -1 }, -Infinity]
  return () => {
    const [instant, found] = [clock(), ledger.marks()]
    const isOwn = found.own !== marks.own
    if (isOwn || (found.others !== marks.others && instant - begun >= leastMs)) {
      if (isOwn) now.sure = -Infinity
      now = { n: now.n + 1, sure: instant }
      ;[marks, begun] = [found, instant]
    } else if (found.others === marks.others) now.sure = instant
    return now
  }
}
