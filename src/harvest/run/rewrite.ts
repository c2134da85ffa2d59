import { commitRebuilt } from '../../ledger/records/rebuilt.ts'
import type { Engine } from './engine.ts'
import type { Keeper } from './keeper.ts'

/** Where records go that no run has brought: those that are rebuilt, or judged anew. Counts those that the public sees otherwise from then on. */
export function rewrite({ ledger, now }: Engine, problem: Keeper['problem']): Keeper & { counts: { updated: number; unchanged: number } } {
  const counts = { updated: 0, unchanged: 0 }
  return {
    counts,
    problem,
    entries: entries => {
      const written = commitRebuilt(
        ledger,
        now().toISOString(),
        entries.map(entry => ({ entry, was: entry.known?.payload_digest ?? '' })),
      )
      counts.updated += written.updated
      counts.unchanged += written.unchanged
    },
  }
}
