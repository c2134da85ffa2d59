import type { Ledger } from '../file/ledger.ts'
import { noteClues, noteNew, settleClusters, type Touched } from '../identity/clusters.ts'
import { noteIdentifiers } from '../identity/identifiers.ts'
import type { Entry, RecordOutcome, Seen } from './entry.ts'
import { meansFor } from './means.ts'
import { writePayload } from './payloads.ts'
import { beginRevision, currentRevision } from './revisions.ts'
import { markAllSeen, markSeen } from './sightings.ts'
import { write } from './write.ts'

/**
 * Writes one batch in one transaction and returns the revision; the current one where nothing visible or kept has changed.
 * A version is written only where the graph differs from the last; what the public sees moves only to an admitted version.
 */
export function commit(ledger: Ledger, run: number, at: string, entries: Entry[], seen: Seen[]): number {
  return ledger.transaction(() => {
    const revision = entries.length > 0 ? beginRevision(ledger, at, run) : currentRevision(ledger)
    const means = meansFor(ledger, entries[0]?.source, entries)
    const touched: Touched = new Set()
    const written = entries.map(entry => ({ entry, ...write(ledger, means, { run, at, revision }, entry) }))
    for (const { n, before } of written) {
      markSeen(ledger, run, at, n)
      writeOutcome(ledger, run, n, before === undefined || before === 'removed' ? 'added' : 'updated')
    }
    for (const { n, before, entry } of written) if (before !== undefined) noteClues(ledger, touched, n, entry.clues)
    noteNew(
      ledger,
      touched,
      written.flatMap(({ n, before, entry: { clues } }) => (before === undefined && clues ? { n, clues } : [])),
    )
    noteIdentifiers(
      ledger,
      touched,
      revision,
      written.map(({ n, entry }) => ({ n, identifiers: entry.identifiers })),
    )
    markAllSeen(
      ledger,
      run,
      at,
      seen.map(({ n }) => n),
    )
    for (const { n, payload } of seen) {
      if (!payload) continue
      ledger.run('UPDATE record SET payload_digest = ? WHERE n = ?', payload.digest, n)
      writePayload(ledger, run, n, payload, means.dictionaries.payload)
    }
    if (entries.length > 0) settleClusters(ledger, touched, revision, () => revision)
    return revision
  })
}

/** What a run did to a record that it did not find unchanged. */
export const writeOutcome = (ledger: Ledger, run: number, record: number, outcome: RecordOutcome): void => {
  ledger.run('INSERT OR REPLACE INTO outcome (run, record, outcome) VALUES (?, ?, ?)', run, record, outcome)
}
