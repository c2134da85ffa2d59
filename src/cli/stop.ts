const signals = ['SIGINT', 'SIGTERM'] as const

/** Ends tidily on Ctrl-C, on the signal of a service manager, and where nobody reads what is printed. */
export function onStop(unread: AbortSignal, stop: () => Promise<void>): void {
  const end = () => void stop().finally(() => process.exit(0))
  for (const signal of signals) process.once(signal, end)
  if (unread.aborted) end()
  else unread.addEventListener('abort', end)
}

/**
 * Does what can be stopped half way. The first Ctrl-C, or signal of a service manager, aborts it and calls `told`; the second ends the process where it
 * stands.
 */
export async function stoppable<Result>(told: () => void, use: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const stop = new AbortController()
  const heard = () => {
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
    told()
  }
  for (const signal of signals) process.on(signal, heard)
  try {
    return await use(stop.signal)
  } finally {
    for (const signal of signals) process.off(signal, heard)
  }
}
