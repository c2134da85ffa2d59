import type { Ledger } from '../file/ledger.ts'
import type { Dimension } from './search.ts'

/** When a revision was written. */
export const momentOf = (ledger: Ledger, revision: number): string | undefined =>
  ledger.get<{ at: string }>('SELECT at FROM revision WHERE id = ?', revision)?.at

/** The values of the facets of one record. */
export function facetsOf(ledger: Ledger, n: number): Partial<Record<Dimension, string[]>> {
  const found: Partial<Record<Dimension, string[]>> = {}
  for (const { dimension, value } of ledger.all<{ dimension: Dimension; value: string }>(
    'SELECT dimension, value FROM facet WHERE record = ? ORDER BY dimension, value',
    n,
  ))
    (found[dimension] ??= []).push(value)
  return found
}

/** How often a rule is broken in one source, and in how many records. */
export interface RuleTally {
  rule: string
  severity: 'violation' | 'warning' | 'info'
  findings: number
  records: number
}

/** The rules that the records of a source break, the worst and most frequent first. */
export function rulesBroken(ledger: Ledger, source: string, most = 12): RuleTally[] {
  return ledger.all<RuleTally>(
    `SELECT rule, severity, count(*) AS findings, count(DISTINCT finding.record) AS records FROM finding JOIN record ON record.n = finding.record
     WHERE source = ? AND admission <> 'removed' GROUP BY rule, severity
     ORDER BY CASE severity WHEN 'violation' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, records DESC, rule LIMIT ?`,
    source,
    most,
  )
}
