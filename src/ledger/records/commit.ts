import type { Ledger } from '../file/ledger.ts'
import { noteClues, settleClusters, type Touched } from '../identity/clusters.ts'
import type { Entry, RecordOutcome, Seen } from './entry.ts'
import { writePayload } from './payloads.ts'
import { beginRevision, currentRevision } from './revisions.ts'
import { write } from './write.ts'

/**
 * Writes one batch in one transaction and returns the revision; the current one where nothing visible or kept has changed.
 * A version is written only where the graph differs from the last; what the public sees moves only to an admitted version.
 */
export function commit(ledger: Ledger, run: number, at: string, entries: Entry[], seen: Seen[]): number {
  return ledger.transaction(() => {
    const revision = entries.length > 0 ? beginRevision(ledger, at, run) : currentRevision(ledger)
    const touched: Touched = new Set()
    for (const entry of entries) {
      const { n, before } = write(ledger, { run, at, revision }, entry)
      noteClues(ledger, touched, n, entry.clues)
      writeOutcome(ledger, run, n, before === undefined || before === 'removed' ? 'added' : 'updated')
    }
    for (const { n, payload } of seen) {
      // A record that had gone missing and is there again takes back the admission of what is shown of it.
      ledger.run(
        `UPDATE record SET seen_run = ?, seen_at = ?, missing_since = NULL, admission = iif(admission = 'missing', ${formerAdmission}, admission) WHERE n = ?`,
        run,
        at,
        n,
      )
      if (payload) {
        ledger.run('UPDATE record SET payload_digest = ? WHERE n = ?', payload.digest, n)
        writePayload(ledger, run, n, payload)
      }
    }
    if (entries.length > 0) settleClusters(ledger, touched, revision, () => revision)
    return revision
  })
}

/** What a record was before it went missing: quarantined where its newest version was never shown. */
const formerAdmission = `(SELECT iif(shown_from IS NULL, 'quarantined', 'published') FROM version WHERE record = record.n ORDER BY id DESC LIMIT 1)`

/** What a run did to a record that it did not find unchanged. */
export const writeOutcome = (ledger: Ledger, run: number, record: number, outcome: RecordOutcome): void => {
  ledger.run('INSERT OR REPLACE INTO outcome (run, record, outcome) VALUES (?, ?, ?)', run, record, outcome)
}
