import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Ledger } from '../file/ledger.ts'
import type { RecordOutcome } from '../records/entry.ts'
import { judgementOf } from '../records/judgement.ts'
import { selectRecords, type RecordRow } from '../records/records.ts'
import type { Said } from '../records/tallies.ts'
import type { Run } from './runs.ts'

/**
 * The records that a report speaks of: of the newest run of a source, all that the source has; of an earlier run, those it added or updated
 * and that no later run has changed, since repairs and findings are kept of what a record is now.
 */
export interface Scope {
  /** All that the source has. */
  whole: boolean
  source: string
  run: number
}

export function scopeOf(ledger: Ledger, { id, source, mode }: Run): Scope {
  const newest = ledger.get<{ id: number }>(`SELECT max(id) AS id FROM run WHERE source = ? AND mode <> 'record'`, source)?.id
  return { whole: mode !== 'record' && newest === id, source, run: id }
}

const reported = `record.admission NOT IN ('removed', 'withheld')`

/** How the records of a report are found: by their source, or by the run that wrote their newest version. */
const within = ({ whole, source, run }: Scope): { from: string; where: string; by: string | number } =>
  whole
    ? // The plus keeps SQLite to the order of the records, in which they are read page by page.
      { from: 'record', where: `+record.source = ? AND ${reported}`, by: source }
    : {
        from: 'outcome JOIN record ON record.n = outcome.record',
        where: `outcome.run = ? AND outcome.outcome IN ('added', 'updated') AND ${reported} AND outcome.run = (SELECT run FROM version WHERE version.record = record.n ORDER BY version.id DESC LIMIT 1)`,
        by: run,
      }

export function countScope(ledger: Ledger, scope: Scope): number {
  const { from, where, by } = within(scope)
  return ledger.get<{ c: number }>(`SELECT count(*) AS c FROM ${from} WHERE ${where}`, by)!.c
}

/** The records of a report one by one, page by page: memory does not grow with the source. */
export function* recordsIn(ledger: Ledger, scope: Scope, page = 100): Generator<RecordRow> {
  const { from, where, by } = within(scope)
  const next = (after: number) =>
    ledger.all<{ n: number }>(`SELECT record.n FROM ${from} WHERE ${where} AND record.n > ? ORDER BY record.n LIMIT ?`, by, after, page)
  for (let rows = next(0); rows.length > 0; rows = next(rows.at(-1)!.n)) for (const { n } of rows) yield* selectRecords(ledger, 'WHERE n = ?', n)
}

/** A piece of a list. */
export interface Window {
  most: number
  offset: number
}

/** A record by what people know it by. */
export interface Named {
  n: number
  id: string
  key: string
  dataset: string
  title: Record<string, string>
}
type RawNamed<T> = T & Omit<Named, 'title'> & { title: string }
const named = 'record.n, record.id, record.key, record.dataset, record.title'
const told = <T>({ n, id, key, dataset, title, ...rest }: RawNamed<T>) => ({
  ...rest,
  record: { n, id, key, dataset, title: JSON.parse(title) as Record<string, string> },
})

/** What a run did to a record; `version` is the number of the version it wrote. */
export interface Change {
  outcome: RecordOutcome
  version: number | null
  record: Named
}
export type ChangeCounts = Record<RecordOutcome, number>

export function countChanges(ledger: Ledger, run: number): ChangeCounts {
  const counts: ChangeCounts = { added: 0, updated: 0, missing: 0, removed: 0, held: 0 }
  for (const { outcome, c } of ledger.all<{ outcome: RecordOutcome; c: number }>(
    `SELECT outcome, count(*) AS c FROM outcome JOIN record ON record.n = outcome.record WHERE outcome.run = ? AND admission <> 'withheld' GROUP BY outcome`,
    run,
  ))
    counts[outcome] = c
  return counts
}

export function changesOf(ledger: Ledger, run: number, { most, offset }: Window, outcome?: RecordOutcome): Change[] {
  return ledger
    .all<RawNamed<Omit<Change, 'record'>>>(
      `SELECT outcome.outcome, ${named},
       (SELECT max(number) FROM version WHERE version.record = record.n AND version.run = outcome.run) AS version
     FROM outcome JOIN record ON record.n = outcome.record WHERE outcome.run = ? AND admission <> 'withheld' AND (? IS NULL OR outcome.outcome = ?) ORDER BY outcome.record LIMIT ? OFFSET ?`,
      run,
      outcome ?? null,
      outcome ?? null,
      most,
      offset,
    )
    .map(told<Omit<Change, 'record'>>)
}

/** One line of a summary: a problem code, a repair rule or a rule of a profile; how often, in how many records, and the first place. */
export interface Tally<Example> {
  name: string
  places: number
  records: number
  example: Example
}
export type RepairTally = Tally<ReportedRepair>
export type FindingTally = Tally<ReportedFinding>

export interface ReportedRepair extends Repair {
  record: Named
}
export interface ReportedFinding extends Finding {
  record: Named
}

/** A rule in the records of a report: over its tallies, of which each is of one record. */
const ofRule = (from: string) => `${from} JOIN tally ON tally.record = record.n JOIN rule ON rule.id = tally.rule`

/** What the records of a report break, or what was repaired in them, by rule: the rule that concerns most records first. */
function tallies<T extends Line>(ledger: Ledger, scope: Scope, said: Said): Tally<T & { record: Named }>[] {
  const { from, where, by } = within(scope)
  type Row = { name: string; places: number; records: number; first: number }
  return ledger
    .all<Row>(
      `SELECT rule.name, sum(tally.places) AS places, count(DISTINCT tally.record) AS records, min(tally.record) AS first FROM ${ofRule(from)}
       WHERE ${where} AND rule.said = ? GROUP BY rule.name ORDER BY records DESC, places DESC, rule.name`,
      by,
      said,
    )
    .map(({ first, ...row }) => ({ ...row, example: linesOf<T>(ledger, said, first, row.name)[0]! }))
}

type Line = Finding | Repair

/** What is said of one record, in the order in which it was found; of one rule where that is named. */
function linesOf<T extends Line>(ledger: Ledger, said: Said, n: number, rule?: string): (T & { record: Named })[] {
  const { record } = told(ledger.get<RawNamed<object>>(`SELECT ${named} FROM record WHERE n = ?`, n)!)
  const { findings, repairs } = judgementOf(ledger, n)
  const lines = (said === 'finding' ? findings : repairs) as T[]
  return lines.filter(line => rule === undefined || line.rule === rule).map(line => ({ ...line, record }))
}

/** A piece of what is said of the records of a report, record after record. */
function places<T extends Line>(ledger: Ledger, scope: Scope, said: Said, { most, offset }: Window, rule?: string): (T & { record: Named })[] {
  const { from, where, by } = within(scope)
  const records = ledger.all<{ record: number; before: number }>(
    `SELECT record, upto - lines AS before FROM (
       SELECT tally.record, sum(tally.lines) AS lines, sum(sum(tally.lines)) OVER (ORDER BY tally.record) AS upto FROM ${ofRule(from)}
       WHERE ${where} AND rule.said = ?2 AND (?3 IS NULL OR rule.name = ?3) GROUP BY tally.record)
     WHERE upto > ?4 AND upto - lines < ?4 + ?5 ORDER BY record`,
    by,
    said,
    rule ?? null,
    offset,
    most,
  )
  const [first] = records
  if (!first) return []
  return records.flatMap(({ record }) => linesOf<T>(ledger, said, record, rule)).slice(offset - first.before, offset - first.before + most)
}

export const findingTallies = (ledger: Ledger, scope: Scope): FindingTally[] => tallies<Finding>(ledger, scope, 'finding')
export const repairTallies = (ledger: Ledger, scope: Scope): RepairTally[] => tallies<Repair>(ledger, scope, 'repair')
export const findingsIn = (ledger: Ledger, scope: Scope, window: Window, rule?: string): ReportedFinding[] =>
  places<Finding>(ledger, scope, 'finding', window, rule)
export const repairsIn = (ledger: Ledger, scope: Scope, window: Window, rule?: string): ReportedRepair[] =>
  places<Repair>(ledger, scope, 'repair', window, rule)

export function countPlaces(ledger: Ledger, scope: Scope, said: Said, rule?: string): number {
  const { from, where, by } = within(scope)
  return ledger.get<{ c: number }>(
    `SELECT ifnull(sum(tally.lines), 0) AS c FROM ${ofRule(from)} WHERE ${where} AND rule.said = ? AND (? IS NULL OR rule.name = ?)`,
    by,
    said,
    rule ?? null,
    rule ?? null,
  )!.c
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
    `SELECT rule.name AS rule, rule.severity, sum(tally.places) AS findings, count(*) AS records FROM ${ofRule('record')}
     WHERE record.source = ? AND record.admission <> 'removed' AND rule.said = 'finding' GROUP BY rule.name, rule.severity
     ORDER BY CASE rule.severity WHEN 'violation' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, records DESC, rule.name LIMIT ?`,
    source,
    most,
  )
}
