const signals = ['SIGINT', 'SIGTERM'] as const

/** Ends tidily on Ctrl-C and on the signal of a service manager. */
export function onStop(stop: () => Promise<void>): void {
  for (const signal of signals) process.once(signal, () => void stop().finally(() => process.exit(0)))
}

/** Aborts on the first Ctrl-C, or signal of a service manager, and calls `told`; the second ends the process where it stands. */
export function stopSignal(told: () => void): AbortSignal {
  const stop = new AbortController()
  for (const signal of signals) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(130)
      stop.abort()
      told()
    })
  }
  return stop.signal
}
