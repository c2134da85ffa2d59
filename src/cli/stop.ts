/** Milliseconds that a stop may take. */
const longestMs = 30_000

const signals = ['SIGINT', 'SIGTERM'] as const

/** Ends tidily on Ctrl-C, on the signal of a service manager, and where nobody reads what is printed. */
export function onStop(unread: AbortSignal, stop: () => Promise<void>): void {
  const end = () => {
    // What cannot be ended tidily in that time is ended: nothing that was committed is lost.
    setTimeout(() => process.exit(0), longestMs)
    void stop().finally(() => process.exit(0))
  }
  for (const signal of signals) process.once(signal, end)
  if (unread.aborted) end()
  else unread.addEventListener('abort', end)
}

/**
 * Does what can be stopped half way. The first Ctrl-C, or signal of a service manager, aborts it and calls `told`; the second ends the process where it
 * stands. It is aborted too where nobody reads what is printed.
 */
export async function stoppable<Result>(unread: AbortSignal, told: () => void, use: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController()
  const heard = () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
    told()
  }
  const closed = () => stop.abort()
  for (const signal of signals) process.on(signal, heard)
  unread.addEventListener('abort', closed)
  try {
    return await use(stop.signal)
  } finally {
    for (const signal of signals) process.off(signal, heard)
    unread.removeEventListener('abort', closed)
  }
}
