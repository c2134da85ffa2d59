import { repairsOf } from '../../ledger/records/judgement.ts'
import { payloadOf } from '../../ledger/records/payloads.ts'
import type { Change, Named } from '../../ledger/runs/outcomes.ts'
import type { ReportedProblem } from '../../ledger/runs/problems.ts'
import type { ReportedFinding, ReportedRepair } from '../../ledger/runs/report.ts'
import type { Repair } from '../../normalise/draft.ts'
import { formerly, hidePeople, lastPart, locator, type Locate } from './excerpt.ts'
import type { Part, Report } from './report.ts'

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
  /** Of what kind the value of a finding is (validate/finding.ts), and the component of its constraint. */
  valueType?: string
  constraint?: string
  /** How many findings of its rule a line stands for, where it is more than one. */
  count?: number
  after?: string
  /** What the portal sent, raw. */
  excerpt?: string
}

/** What the payload of a record shows, opened once for all its lines. */
export interface Excerpts {
  locate: Locate
  repairs: Repair[]
}

/** Opens the payload of a record, and keeps it for as long as the same one is asked for. */
export function locators({ publication: { ledger, catalogue } }: Report): (record: number) => Excerpts {
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

export const changeLine = ({ outcome, version, record }: Change): Line => ({ part: 'changes', name: outcome, record, ...known({ version }) })

export const problemLine = ({ code, message, language, record, held, url, excerpt }: ReportedProblem): Line => ({
  part: 'problems',
  name: code,
  message,
  language,
  ...(record && { record: { key: record, ...known({ id: held }) } }),
  ...known({ url, excerpt: excerpt && hidePeople(excerpt) }),
})

export function findingLine(
  { publication: { catalogue } }: Report,
  { rule, profile, severity, focus, path, value, valueType, constraint, count, record }: ReportedFinding,
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
    ...known({ property: path, value, valueType, constraint, count, excerpt: locate(...formerly(value, repairs), other) }),
  }
}

export const repairLine = ({ rule, property, before, after, record }: ReportedRepair, { locate }: Excerpts): Line => ({
  part: 'repairs',
  name: rule,
  record,
  property,
  ...known({ value: before || undefined, after: after || undefined, excerpt: locate(before, ...before.split(' | '), before.replace(/^@/, '')) }),
})
