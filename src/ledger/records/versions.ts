import { unpacked } from '../file/dictionaries.ts'
import type { Ledger } from '../file/ledger.ts'
import { latest } from './revisions.ts'
import { linked, type Shown } from './shown.ts'

/** One content of a record and the time it was seen; its number counts from the first. */
export interface Version extends Shown {
  number: number
  /** The run that brought what it is made of. */
  run: number
  revision: number
  /** When it was written. */
  at: string
  /** Never shown where it is null: a rule kept it back. */
  shown_from: number | null
  shown_until: number | null
  /** When it stopped being shown. */
  until: string | null
}

type Raw = Omit<Version, 'graph'> & { graph: Uint8Array }
const columns = `version.number, record.n, record.id, record.source, version.dataset, version.graph, version.issued, version.modified,
  version.portal_modified, version.conforms, version.run, version.revision, made.at, version.shown_from, version.shown_until, ended.at AS until`
const joined = `version JOIN record ON record.n = version.record JOIN revision AS made ON made.id = version.revision
  LEFT JOIN revision AS ended ON ended.id = version.shown_until`
const open = (ledger: Ledger, raw: Raw): Version => ({ ...raw, graph: unpacked(ledger, raw.graph) })

/** Every version of a record that is kept, the first first. */
export const versionsOf = (ledger: Ledger, record: number): Version[] =>
  ledger.all<Raw>(`SELECT ${columns} FROM ${joined} WHERE version.record = ? ORDER BY version.id`, record).map(raw => open(ledger, raw))

/** The version of a record that the public sees, with its links to others of the same dataset. */
export function versionInView(ledger: Ledger, record: number): Version | undefined {
  const raw = ledger.get<Raw>(`SELECT ${columns} FROM ${joined} WHERE version.id = (SELECT shown FROM record WHERE n = ?)`, record)
  return raw && linked(ledger, latest, open(ledger, raw))
}

/** Statements, as lines of N-Triples, that a version has and another one before it has not, and the other way round. */
export interface Difference {
  added: string[]
  removed: string[]
}

export function difference(before: Version | undefined, after: Version): Difference {
  const [old, now] = [linesOf(before?.graph ?? ''), linesOf(after.graph)]
  return { added: [...now.difference(old)], removed: [...old.difference(now)] }
}

const linesOf = (graph: string) => new Set(graph.split('\n').filter(Boolean))
