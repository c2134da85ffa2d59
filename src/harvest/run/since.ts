import type { Source } from '../../config/sources.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { unpack } from '../../ledger/file/pack.ts'
import type { SourceMemory } from '../../ledger/sources/memory.ts'
import type { Pace } from '../protocols/incremental.ts'
import { payloadDigest } from './mapping-digest.ts'

const day = 86_400_000

/**
 * From when on an incremental run asks; undefined where everything is due, and where the source or its protocol asks for everything always. A day is asked for twice: what changed while the last run
 * was reading, a clock that is wrong and a date without a zone are covered, and what has not changed costs no more than being read.
 */
export function startOf(source: Source, ledger: Ledger, memory: SourceMemory, mapping: string, now: Date): string | undefined {
  const { watermark, last_full: lastFull } = memory
  if (!(source.options as Pace).incremental || !watermark || !lastFull || fullRunDue(source, lastFull, now) || !mappedAlike(source, ledger, mapping))
    return undefined
  const newest = Date.parse(watermark)
  return Number.isNaN(newest) ? undefined : new Date(newest - day).toISOString()
}

/** What the protocol noted at the end of the last complete run; nothing where all is due, as then there is nothing to go on from. */
export function notesFor(source: Source, ledger: Ledger, { notes, last_full: lastFull }: SourceMemory, mapping: string, now: Date): unknown {
  const everyDays = (source.options as Pace).fullEveryDays !== undefined
  if (!notes || !lastFull || (everyDays && fullRunDue(source, lastFull, now)) || !mappedAlike(source, ledger, mapping)) return undefined
  return JSON.parse(notes)
}

function fullRunDue(source: Source, last: string, now: Date): boolean {
  const days = (source.options as Pace).fullEveryDays ?? 0
  return now.getTime() - Date.parse(last) > days * day
}

/** False where a list, an option or the program has changed since the oldest payload was mapped: then all are mapped anew. */
function mappedAlike(source: Source, ledger: Ledger, mapping: string): boolean {
  const oldest = ledger.get<{ payload_digest: string; body: Uint8Array }>(
    `SELECT payload_digest, body FROM record JOIN payload ON payload.record = record.n WHERE source = ? AND admission <> 'removed' ORDER BY payload.run LIMIT 1`,
    source.id,
  )
  return oldest !== undefined && oldest.payload_digest === payloadDigest(mapping, unpack(oldest.body).toString('utf8'))
}
