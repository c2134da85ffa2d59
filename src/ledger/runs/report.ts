import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Ledger } from '../file/ledger.ts'
import { columnsOf } from '../records/columns.ts'
import { judgementOf } from '../records/judgement.ts'
import { selectRecords } from '../records/records.ts'
import type { Judged } from '../records/traits.ts'
import type { Named, Window } from './outcomes.ts'
import { alikeIn, membersOf, type Scope } from './scope.ts'

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

/** What is said of a record, line by line, and the place of its counts among those of the record. */
interface Said<T> {
  of(ledger: Ledger, n: number): T[]
  at: 1 | 2
}
const finding: Said<Finding> = { of: (ledger, n) => judgementOf(ledger, n).findings, at: 1 }
const repair: Said<Repair> = { of: (ledger, n) => judgementOf(ledger, n).repairs, at: 2 }

/** What the records of a report break, or what was repaired in them, by rule: the rule that concerns most records first. */
function tallies<T extends { rule: string }>(ledger: Ledger, scope: Scope, said: Said<T>): Tally<T & { record: Named }>[] {
  const tallies = new Map<string, { name: string; places: number; records: number; first: number }>()
  for (const { judged, records, first } of alikeIn(ledger, scope)) {
    const met = new Set<string>()
    for (const [rule, , , places] of judged[said.at]) {
      const tally = tallies.get(rule) ?? { name: rule, places: 0, records: 0, first }
      tally.places += places * records
      if (!met.has(rule)) tally.records += records
      tally.first = Math.min(tally.first, first)
      tallies.set(rule, tally)
      met.add(rule)
    }
  }
  return [...tallies.values()]
    .sort((a, b) => b.records - a.records || b.places - a.places || (a.name < b.name ? -1 : 1))
    .map(({ first, ...tally }) => ({ ...tally, example: read(ledger, said, [first], { most: 1, offset: 0 }, tally.name)[0]! }))
}

/** A piece of what is said of the records of a report, of one rule only where that is asked for. */
function places<T extends { rule: string }>(ledger: Ledger, scope: Scope, said: Said<T>, { most, offset }: Window, rule?: string): (T & { record: Named })[] {
  const { judgedOf, judged } = columnsOf(ledger)
  const counts = new Map<number, number>()
  const records: number[] = []
  let [passed, lines] = [0, 0]
  for (const n of membersOf(ledger, scope)) {
    const trait = judgedOf[n]!
    const own = counts.get(trait) ?? countLines(judged(trait), said, rule)
    counts.set(trait, own)
    if (lines === 0 && passed + own <= offset) passed += own
    else if (own > 0) {
      records.push(n)
      lines += own
    }
    if (passed + lines >= offset + most) break
  }
  return read(ledger, said, records, { most, offset: offset - passed }, rule)
}

const countLines = (judged: Judged, said: Said<unknown>, rule?: string): number =>
  judged[said.at].reduce((sum, [name, , lines]) => sum + (rule === undefined || name === rule ? lines : 0), 0)

/** What is said of some records, one after the other. */
function read<T extends { rule: string }>(
  ledger: Ledger,
  said: Said<T>,
  records: number[],
  { most, offset }: Window,
  rule?: string,
): (T & { record: Named })[] {
  const lines = records.flatMap(n => {
    const { id, key, dataset, title } = selectRecords(ledger, 'WHERE n = ?', n)[0]!
    return said
      .of(ledger, n)
      .filter(line => rule === undefined || line.rule === rule)
      .map(line => ({ ...line, record: { n, id, key, dataset, title } }))
  })
  return lines.slice(offset, offset + most)
}

export const findingTallies = (ledger: Ledger, scope: Scope): FindingTally[] => tallies(ledger, scope, finding)
export const repairTallies = (ledger: Ledger, scope: Scope): RepairTally[] => tallies(ledger, scope, repair)
export const findingsIn = (ledger: Ledger, scope: Scope, window: Window, rule?: string): ReportedFinding[] => places(ledger, scope, finding, window, rule)
export const repairsIn = (ledger: Ledger, scope: Scope, window: Window, rule?: string): ReportedRepair[] => places(ledger, scope, repair, window, rule)

/** How many lines say what the records of a report break, or what was repaired in them. */
export const countPlaces = (ledger: Ledger, scope: Scope, said: 'finding' | 'repair', rule?: string): number =>
  alikeIn(ledger, scope).reduce((sum, { judged, records }) => sum + records * countLines(judged, said === 'finding' ? finding : repair, rule), 0)

/** How often a rule is broken in one source, and in how many records. */
export interface RuleTally {
  rule: string
  severity: 'violation' | 'warning' | 'info'
  findings: number
  records: number
}

/** The rules that the records of a source break, the worst and most frequent first. */
export function rulesBroken(ledger: Ledger, source: string, most = 12): RuleTally[] {
  const rules = new Map<string, RuleTally>()
  for (const { judged, records } of alikeIn(ledger, { whole: true, source, run: 0 }))
    for (const [rule, severity, , places] of judged[finding.at]) {
      const tally = rules.get(`${rule} ${severity}`) ?? { rule, severity: severity!, findings: 0, records: 0 }
      tally.findings += places * records
      tally.records += records
      rules.set(`${rule} ${severity}`, tally)
    }
  const rank = ({ severity }: RuleTally) => ['violation', 'warning', 'info'].indexOf(severity)
  return [...rules.values()].sort((a, b) => rank(a) - rank(b) || b.records - a.records || (a.rule < b.rule ? -1 : 1)).slice(0, most)
}
