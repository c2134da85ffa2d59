import type { Ledger } from '../file/ledger.ts'
import { settleClusters, type Touched } from '../identity/clusters.ts'
import { beginRevision } from '../records/revisions.ts'

/**
 * Remembers the order of the sources as their YAML gives it; where it has changed, another record of a dataset may become canonical,
 * in a revision of its own. Costs one query where nothing has.
 */
export function rankSources(ledger: Ledger, sources: { id: string; priority: number }[], at = new Date().toISOString()): void {
  const known = new Map(ledger.all<{ id: string; priority: number }>('SELECT id, priority FROM source').map(({ id, priority }) => [id, priority]))
  const changed = sources.filter(({ id, priority }) => known.get(id) !== priority)
  if (changed.length === 0) return
  ledger.transaction(() => {
    const touched: Touched = new Set()
    for (const { id, priority } of changed) {
      ledger.run('INSERT INTO source (id, priority) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET priority = excluded.priority', id, priority)
      const grouped = 'SELECT n FROM record WHERE source = ? AND (canonical IS NOT NULL OR n IN (SELECT canonical FROM record WHERE canonical IS NOT NULL))'
      for (const { n } of ledger.all<{ n: number }>(grouped, id)) touched.add(n)
    }
    settleClusters(ledger, touched, undefined, () => beginRevision(ledger, at))
  })
}
