import { setTimeout as pause } from 'node:timers/promises'

/** Waits for its turn and for so many milliseconds after the last one began, then asks. */
export type InTurn = <T>(pauseMs: number, ask: () => Promise<T>) => Promise<T>

/** One question at a time, in the order in which they are put; one that fails does not hold up the next. */
export function openQueue(signal?: AbortSignal): InTurn {
  let last = -Infinity
  let before: Promise<unknown> = Promise.resolve()
  return (pauseMs, ask) => {
    const turn = before.then(async () => {
      await pause(Math.max(0, last + pauseMs - performance.now()), undefined, signal && { signal })
      last = performance.now()
      return ask()
    })
    before = turn.catch(() => {})
    return turn
  }
}
