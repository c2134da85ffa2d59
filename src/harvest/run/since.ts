import type { Source } from '../../config/sources.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { oldestPayload } from '../../ledger/records/held.ts'
import type { SourceMemory } from '../../ledger/sources/memory.ts'
import type { Pace } from '../protocols/incremental.ts'
import { payloadDigest } from './mapping-digest.ts'

const day = 86_400_000

/**
 * The date from which on an incremental run asks for changes: a day before the newest date that the last complete run met.
 * The day covers changes made while that run was reading, a portal whose clock is wrong, and dates without a zone.
 * Undefined where a full run is due, and where the source or its protocol asks for everything always.
 */
export function startOf(source: Source, ledger: Ledger, memory: SourceMemory, mapping: string, now: Date): string | undefined {
  const { watermark, last_full: lastFull } = memory
  if (!(source.options as Pace).incremental || !watermark || !lastFull || fullRunDue(source, lastFull, now) || !mappedAlike(source, ledger, mapping))
    return undefined
  const newest = Date.parse(watermark)
  return Number.isNaN(newest) ? undefined : new Date(newest - day).toISOString()
}

/** What the protocol noted at the end of the last complete run; undefined where a full run is due, which goes on from nothing. */
export function notesFor(source: Source, ledger: Ledger, { notes, last_full: lastFull }: SourceMemory, mapping: string, now: Date): unknown {
  const everyDays = (source.options as Pace).fullEveryDays !== undefined
  if (!notes || !lastFull || (everyDays && fullRunDue(source, lastFull, now)) || !mappedAlike(source, ledger, mapping)) return undefined
  return JSON.parse(notes)
}

function fullRunDue(source: Source, last: string, now: Date): boolean {
  const days = (source.options as Pace).fullEveryDays ?? 0
  return now.getTime() - Date.parse(last) > days * day
}

/** False where a list, the source or the program has changed since the oldest payload was mapped: then all are mapped anew. */
function mappedAlike(source: Source, ledger: Ledger, mapping: string): boolean {
  const oldest = oldestPayload(ledger, source.id)
  return oldest !== undefined && oldest.digest === payloadDigest(mapping, oldest.body)
}
