import type { Ledger } from './open.ts'
import { unpack } from './pack.ts'
import type { Shown } from './records.ts'

/** One content of a record and the time it was seen; its number counts from the first. */
export interface Version extends Shown {
  number: number
  run: number
  revision: number
  /** Never shown where it is null: a rule kept it back. */
  shown_from: number | null
  shown_until: number | null
}

/** Every version of a record, the first first. */
export function versionsOf(ledger: Ledger, record: number): Version[] {
  type Raw = Omit<Version, 'graph'> & { graph: Uint8Array }
  const rows = ledger.all<Raw>(
    `SELECT row_number() OVER (ORDER BY version.id) AS number, record.n, record.id, record.source, version.dataset, version.graph, version.issued, version.modified, version.portal_modified,
       version.run, version.revision, version.shown_from, version.shown_until
     FROM version JOIN record ON record.n = version.record WHERE version.record = ? ORDER BY version.id`, record)
  return rows.map(row => ({ ...row, graph: unpack(row.graph).toString('utf8') }))
}

/** Statements, as lines of N-Triples, that a version has and the one before it has not, and the other way round. */
export interface Difference { added: string[], removed: string[] }

export function difference(before: Version | undefined, after: Version): Difference {
  const [old, now] = [linesOf(before?.graph ?? ''), linesOf(after.graph)]
  return { added: [...now.difference(old)], removed: [...old.difference(now)] }
}

const linesOf = (graph: string) => new Set(graph.split('\n').filter(Boolean))
