import type { Ledger } from '../file/ledger.ts'
import { noteClues, settleClusters, type Touched } from '../identity/clusters.ts'
import { recordByNumber } from './records.ts'
import { beginRevision } from './revisions.ts'
import { withhold } from './withhold.ts'

/** What a steward decided of a record, against what the rules say of it: it outlives every harvest. */
export interface Decision {
  what: 'withhold' | 'release'
  reason: string
  /** Who decided, by name; or by what rule of the edition. */
  name: string
  at: string
}

export const decisionOf = (ledger: Ledger, n: number): Decision | undefined =>
  ledger.get<Decision>('SELECT what, reason, name, at FROM decision WHERE record = ?', n)

/**
 * Withholds a record at once: nobody is shown anything of it any more, and what stood back for it is seen in its place. Or releases it: whatever the gate says,
 * the next run of its source, even one that finds the portal away, judges it again and shows it.
 */
export function decide(ledger: Ledger, n: number, { what, reason, name, at }: Decision): void {
  ledger.transaction(() => {
    ledger.run('INSERT OR REPLACE INTO decision (record, what, reason, name, at) VALUES (?, ?, ?, ?, ?)', n, what, reason, name, at)
    const record = recordByNumber(ledger, n)!
    if (what === 'release') return void ledger.run('UPDATE source SET rules = NULL WHERE id = ?', record.source)
    if (record.admission === 'withheld' || record.admission === 'removed') return
    const revision = beginRevision(ledger, at)
    const touched: Touched = new Set()
    ledger.run(`UPDATE record SET admission = 'withheld', modified = ?, modified_revision = ? WHERE n = ?`, at, revision, n)
    withhold(ledger, revision, n)
    noteClues(ledger, touched, n, [])
    settleClusters(ledger, touched, revision, () => revision)
  })
}
