import { countChanges, type ChangeCounts } from '../../ledger/runs/outcomes.ts'
import { problemTallies } from '../../ledger/runs/problems.ts'
import { findingTallies, repairTallies, type Tally } from '../../ledger/runs/report.ts'
import { findingLine, locators, problemLine, repairLine, type Line } from './line.ts'
import type { Report } from './report.ts'

/** A rule, a repair or a problem: in how many places and records, and one of them. */
export interface TallyLine {
  name: string
  places: number
  records: number
  example: Line
}

export interface ReportSummary {
  problems: TallyLine[]
  findings: TallyLine[]
  repairs: TallyLine[]
  changes: ChangeCounts
}

/** Everything that the report lists, by rule, with an example of each: what keeps records from being published first, then what concerns most of them. */
export function summaryOf(report: Report): ReportSummary {
  const {
    run,
    scope,
    publication: { ledger },
  } = report
  const excerpts = locators(report)
  const lines = <T>(tallies: Tally<T>[], line: (example: T) => Line): TallyLine[] =>
    tallies.map(({ example, ...tally }) => ({ ...tally, example: line(example) }))
  return {
    problems: lines(problemTallies(ledger, run.id), problemLine),
    findings: lines(findingTallies(ledger, scope), example => findingLine(report, example, excerpts(example.record.n))).sort(
      (a, b) => Number(b.example.blocking ?? false) - Number(a.example.blocking ?? false),
    ),
    repairs: lines(repairTallies(ledger, scope), example => repairLine(example, excerpts(example.record.n))),
    changes: countChanges(ledger, run.id),
  }
}
