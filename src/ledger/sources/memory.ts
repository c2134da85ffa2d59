import type { Ledger } from '../file/ledger.ts'

/** What the next run of a source goes on from. */
export interface SourceMemory {
  /** The newest date of the portal that a complete run met. */
  watermark: string | null
  last_full: string | null
  catalogue: Uint8Array | null
  /** What the protocol noted for its next run, as JSON. */
  notes: string | null
  /** The digest of the rules by which its records were judged. */
  rules: string | null
}

/** What is remembered of a source that was never read. */
export const nothing: SourceMemory = { watermark: null, last_full: null, catalogue: null, notes: null, rules: null }

export function sourceMemory(ledger: Ledger, source: string): SourceMemory {
  return ledger.get<SourceMemory>('SELECT watermark, last_full, catalogue, notes, rules FROM source WHERE id = ?', source) ?? nothing
}

export function rememberSource(ledger: Ledger, source: string, memory: Partial<SourceMemory>): void {
  const next = { ...sourceMemory(ledger, source), ...memory }
  ledger.run(
    'UPDATE source SET watermark = ?, last_full = ?, catalogue = ?, notes = ?, rules = ? WHERE id = ?',
    next.watermark,
    next.last_full,
    next.catalogue,
    next.notes,
    next.rules,
    source,
  )
}

/** All sources that the ledger has ever met, in the order of the alphabet. */
export const metSources = (ledger: Ledger): string[] => ledger.all<{ id: string }>('SELECT id FROM source ORDER BY id').map(({ id }) => id)
