import type { Source } from '../../config/sources.ts'
import {
  changesOf,
  countChanges,
  countPlaces,
  findingTallies,
  findingsIn,
  recordsIn,
  repairTallies,
  repairsIn,
  scopeOf,
  type Change,
  type ChangeCounts,
  type Named,
  type ReportedFinding,
  type ReportedRepair,
  type Scope,
  type Tally,
  type Window,
} from '../../ledger/runs/report.ts'
import type { Run } from '../../ledger/runs/runs.ts'
import { formerly, hidePeople, lastPart, locator, type Locate } from './excerpt.ts'
import type { Publication } from '../publication.ts'
import { outcomeNames, type RecordOutcome } from '../../ledger/records/entry.ts'
import { findingsOf, repairsOf } from '../../ledger/records/judgement.ts'
import type { Repair } from '../../normalise/draft.ts'
import { payloadOf } from '../../ledger/records/payloads.ts'
import { problemTallies, type ReportedProblem, problemsIn, countProblems } from '../../ledger/runs/problems.ts'

/** The kinds of what a report lists, in the order in which a technician reads them. */
export const parts = ['problems', 'findings', 'repairs', 'changes'] as const
export type Part = (typeof parts)[number]

/** What a problem, a rule or a repair is called, and how it is mended at the portal, by language. */
export interface Remedy {
  title: Record<string, string>
  mend: Record<string, string>
}
export type Remedies = (part: Part, name: string) => Remedy

/** The report on one run, to the people of its portal. */
export interface Report {
  publication: Publication
  remedies: Remedies
  source: Source
  run: Run
  scope: Scope
}

export const openReport = (publication: Publication, remedies: Remedies, source: Source, run: Run): Report => ({
  publication,
  remedies,
  source,
  run,
  scope: scopeOf(publication.ledger, run),
})

/** One line of a report, the same in every format. */
export interface Line {
  part: Part
  /** The code of a problem, the rule of a finding (an IRI) or of a repair, what became of a record. */
  name: string
  severity?: 'violation' | 'warning' | 'info'
  profile?: string
  /** It keeps the record from being published. */
  blocking?: true
  /** The sentence of a problem, and its language. */
  message?: string
  language?: string
  /** Ours, as far as it is known. */
  record?: Partial<Named> & { key: string }
  /** The number of the version that a run wrote. */
  version?: number
  url?: string
  /** The node that a finding is about. */
  focus?: string
  property?: string
  /** What a finding is about, or what stood there before a repair. */
  value?: string
  after?: string
  /** What the portal sent, raw. */
  excerpt?: string
}

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

/** What the payload of a record shows, opened once for all its lines. */
interface Excerpts {
  locate: Locate
  repairs: Repair[]
}

function locators({ publication: { ledger, catalogue } }: Report): (record: number) => Excerpts {
  let last: [number, Excerpts] | undefined
  return record => {
    if (last?.[0] !== record)
      last = [record, { locate: locator(payloadOf(ledger, record), catalogue.contacts?.replacePersonal), repairs: repairsOf(ledger, record) }]
    return last[1]
  }
}

/** Nothing where nothing is known. */
const known = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as { [key in keyof T]?: NonNullable<T[key]> }

const changeLine = ({ outcome, version, record }: Change): Line => ({ part: 'changes', name: outcome, record, ...known({ version }) })

const problemLine = ({ code, message, language, record, held, url, excerpt }: ReportedProblem): Line => ({
  part: 'problems',
  name: code,
  message,
  language,
  ...(record && { record: { key: record, ...known({ id: held }) } }),
  ...known({ url, excerpt: excerpt && hidePeople(excerpt) }),
})

function findingLine(
  { publication: { catalogue } }: Report,
  { rule, profile, severity, focus, path, value, record }: ReportedFinding,
  { locate, repairs }: Excerpts,
): Line {
  const other = focus === record.dataset ? undefined : lastPart(focus)
  return {
    part: 'findings',
    name: rule,
    severity,
    profile,
    record,
    focus,
    ...(severity === 'violation' && catalogue.blocking.includes(profile) && { blocking: true as const }),
    ...known({ property: path, value, excerpt: locate(...formerly(value, repairs), other) }),
  }
}

const repairLine = ({ rule, property, before, after, record }: ReportedRepair, { locate }: Excerpts): Line => ({
  part: 'repairs',
  name: rule,
  record,
  property,
  ...known({ value: before || undefined, after: after || undefined, excerpt: locate(before, ...before.split(' | '), before.replace(/^@/, '')) }),
})
