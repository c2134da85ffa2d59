import type { Repair } from '../../normalise/draft.ts'
import type { Finding } from '../../validate/finding.ts'
import type { Measured } from '../../validate/quality/measure.ts'
import { fileNames, readSigns, signsOf } from '../../validate/quality/signs.ts'

/** What is said of the newest version of a record, in the order in which it was found. */
export interface Judgement extends Pick<Measured, 'measurements'>, Partial<Pick<Measured, 'files' | 'rhythm'>> {
  findings: Finding[]
  repairs: Repair[]
}

/** As it is kept: without the names of what is the same in every line. */
interface Kept {
  /** The last two are wanting in what a former version wrote. */
  findings: [string, string, Finding['severity'], string, string | null, string | null, number | null, (string | null)?, (string | null)?][]
  repairs: [string, string, string, string][]
  measurements: Measured['measurements']
  /** Signs by the IRI of a file. */
  files?: Record<string, string>
  rhythm?: Measured['rhythm']
}

/** A judgement as the text that is kept, packed. */
export function judgementText({ findings, repairs, measurements, files, rhythm }: Judgement): string {
  const kept: Kept = {
    findings: findings.map(({ profile, rule, severity, focus, path, value, count, constraint, valueType }) => [
      profile,
      rule,
      severity,
      focus,
      path ?? null,
      value ?? null,
      count ?? null,
      constraint ?? null,
      valueType ?? null,
    ]),
    repairs: repairs.map(({ rule, property, before, after }) => [rule, property, before, after]),
    measurements: Object.fromEntries(Object.entries(measurements).sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(files && { files: mapped(files, each => signsOf(each, fileNames)) }),
    ...(rhythm && { rhythm }),
  }
  return JSON.stringify(kept)
}

export function readJudgement(text: string): Judgement {
  const { findings, repairs, measurements, files, rhythm } = JSON.parse(text) as Kept
  return {
    findings: findings.map(([profile, rule, severity, focus, path, value, count, constraint, valueType]) => ({
      ...({ profile, rule, severity, focus, path, value } as Finding),
      ...(count !== null && { count }),
      ...(typeof constraint === 'string' && { constraint }),
      ...(typeof valueType === 'string' && { valueType }),
    })),
    repairs: repairs.map(([rule, property, before, after]) => ({ rule, property, before, after }) as Repair),
    measurements,
    ...(files && { files: mapped(files, each => readSigns(each, fileNames)) }),
    ...(rhythm && { rhythm }),
  }
}

const mapped = <From, To>(all: Record<string, From>, change: (each: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(all).map(([name, each]) => [name, change(each)]))
