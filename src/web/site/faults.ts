import { isFault } from '../../ledger/file/faults.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { Problem } from '../../problem.ts'

/** What keeps the ledger from being used, as whoever watches over the service is told. */
export interface Faults {
  /** Takes note of what went wrong; true where it is one of the ledger that was not told of in the last minute. */
  note(error: unknown): boolean
  /** What is wrong now: what can be seen, else what was met in the last minutes. */
  current(): Problem | undefined
}

/** Milliseconds before the same is told again; and for which what was met is held for true. */
const [quietMs, keptMs] = [60_000, 300_000]

export function openFaults(ledger: Ledger): Faults {
  let last: { problem: Problem; told: number; met: number } | undefined
  return {
    note(error) {
      if (!(error instanceof Problem) || !isFault(error.code)) return false
      const now = performance.now()
      const known = last?.problem.code === error.code && now - last.told < quietMs ? last : undefined
      last = { problem: error, told: known?.told ?? now, met: now }
      return !known
    },
    current: () => ledger.fault() ?? (last && performance.now() - last.met < keptMs ? last.problem : undefined),
  }
}
