import type { Clue } from '../../ledger/identity/clues.ts'
import { twinOf } from '../../ledger/identity/twins.ts'
import type { Run } from './begin.ts'

/** The record (n) that one with a new key may have been until now: the one that has its clues, where its own key has not passed by. */
export function renamedFrom({ held, source, options, progress: { seenKeys, unreadable }, engine: { ledger } }: Run, clues: Clue[]): number | null {
  // --accept-removals takes the portal's identifiers as they are: a record with a new one is a new record.
  if (held === 0 || options.acceptRemovals) return null
  return twinOf(ledger, source.id, clues, key => !seenKeys.has(key) && !unreadable.has(key))?.n ?? null
}
