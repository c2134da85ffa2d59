import { outcomeNames, type RecordOutcome } from '../../ledger/records/entry.ts'
import { findingsOf } from '../../ledger/records/judgement.ts'
import { changesOf, countChanges, type Window } from '../../ledger/runs/outcomes.ts'
import { countProblems, problemsIn } from '../../ledger/runs/problems.ts'
import { countPlaces, findingsIn, repairsIn } from '../../ledger/runs/report.ts'
import { recordsIn } from '../../ledger/runs/scope.ts'
import { changeLine, findingLine, locators, problemLine, repairLine, type Line } from './line.ts'
import type { Part, Report } from './report.ts'

/** Some lines of one part, of one name only where that is asked for. */
export function linesOf(report: Report, part: Part, window: Window, name?: string): Line[] {
  const {
    run,
    scope,
    publication: { ledger },
  } = report
  const excerpts = locators(report)
  if (part === 'problems') return problemsIn(ledger, run.id, window, name).map(problemLine)
  if (part === 'findings') return findingsIn(ledger, scope, window, name).map(finding => findingLine(report, finding, excerpts(finding.record.n)))
  if (part === 'repairs') return repairsIn(ledger, scope, window, name).map(repair => repairLine(repair, excerpts(repair.record.n)))
  return changesOf(
    ledger,
    run.id,
    window,
    outcomeNames.find(each => each === name),
  ).map(changeLine)
}

/** How many lines a part has, of one name only where that is asked for; undefined for a name that the report does not have. */
export function countLines({ run, scope, publication: { ledger } }: Report, part: Part, name?: string): number | undefined {
  if (part === 'changes') {
    const counts = countChanges(ledger, run.id)
    return name === undefined
      ? Object.values(counts).reduce((sum, each) => sum + each, 0)
      : outcomeNames.includes(name as RecordOutcome)
        ? counts[name as RecordOutcome]
        : undefined
  }
  const count = part === 'problems' ? countProblems(ledger, run.id, name) : countPlaces(ledger, scope, part === 'findings' ? 'finding' : 'repair', name)
  return name !== undefined && count === 0 ? undefined : count
}

/** Every line, one record after the other: memory does not grow with the source. */
export function* allLines(report: Report): Generator<Line> {
  const {
    scope,
    publication: { ledger },
  } = report
  for (const part of ['problems', 'changes'] as const) yield* pageByPage(window => linesOf(report, part, window))
  for (const record of recordsIn(ledger, scope)) {
    const excerpts = locators(report)(record.n)
    for (const finding of findingsOf(ledger, record.n)) yield findingLine(report, { ...finding, record }, excerpts)
    for (const repair of excerpts.repairs) yield repairLine({ ...repair, record }, excerpts)
  }
}

function* pageByPage(read: (window: Window) => Line[], most = 200): Generator<Line> {
  for (let offset = 0; ; offset += most) {
    const lines = read({ most, offset })
    yield* lines
    if (lines.length < most) return
  }
}
