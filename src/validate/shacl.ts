import { Graph } from '../rdf/graph.ts'
import { fihrist, sh } from '../rdf/namespaces.ts'
import type { Quad, Term } from '../rdf/terms.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { withLists } from './background.ts'
import { nodeText, valueText, type Finding } from './finding.ts'
import { refuseBroken, type Profile } from './profiles.ts'
import { compile } from './shacl/compile.ts'
import { pathText } from './shacl/path-text.ts'
import type { Constraint, Failure, Report } from './shacl/result.ts'
import { hasSparql, withSparql } from './shacl/sparql.ts'

export type Found = Finding & { constraint: string }

/** Profiles made ready to be run many times. */
export type Validate = (data: Iterable<Quad>) => Promise<Found[]>

/**
 * Profiles behind one function: graph in, findings out (SHACL, section 3). All profiles are compiled together, and each record is indexed once for all of them;
 * a finding belongs to the profile whose file says something of its shape. Findings of one rule beyond `most` are folded into one that counts them.
 */
export function validator(profiles: Profile[], lists: Lists, most = Infinity): Validate {
  const { shapes, profileOf } = together(profiles)
  const validate = hasSparql(shapes) ? withSparql(shapes, compile(shapes)) : compile(shapes)
  return async data => {
    const { findings, report } = collect(profileOf, most)
    await validate(behind(data, lists), report)
    return findings
  }
}

/** The same without waiting, for profiles in which nothing is written in SPARQL. */
export function atOnce(profiles: Profile[], lists: Lists, most = Infinity): (data: Iterable<Quad>) => Found[] {
  const { shapes, profileOf } = together(profiles)
  const validate = compile(shapes)
  return data => {
    const { findings, report } = collect(profileOf, most)
    validate(behind(data, lists), report)
    return findings
  }
}

const behind = (data: Iterable<Quad>, lists: Lists) => withLists(data instanceof Graph ? data : new Graph(data), lists)

/** The shapes of all profiles, and the profile of each. Throws a Problem `configuration` where something in them is broken. */
function together(profiles: Profile[]): { shapes: Graph; profileOf: Map<string, string> } {
  refuseBroken(profiles)
  return {
    shapes: new Graph(profiles.flatMap(profile => [...profile.shapes].filter(({ predicate }) => !forPeople.has(predicate.value)))),
    profileOf: new Map(profiles.flatMap(({ name, shapes }) => [...shapes].map(({ subject }) => [subject.value, name] as const))),
  }
}

/** Writes results down as findings. */
function collect(profileOf: Map<string, string>, most: number): { findings: Found[]; report: Report } {
  const findings: Found[] = []
  const found = new Map<string, number>()
  const folding = new Map<string, Found>()
  return {
    findings,
    report(constraint, focus, failure) {
      const rule = constraint.shape.value
      const nth = (found.get(rule) ?? 0) + 1
      found.set(rule, nth)
      if (nth > most + 1) return fold(folding.get(rule)!, nth - most)
      const finding = findingOf(profileOf.get(rule)!, constraint, focus, failure)
      findings.push(finding)
      if (nth > most) folding.set(rule, finding)
    },
  }
}

/** A finding that stands for several is about none of their values. */
function fold(finding: Found, count: number): void {
  finding.count = count
  delete finding.value
  delete finding.valueType
}

/** What shapes say to people decides nothing, and would be held once more by every worker. */
const forPeople = new Set([sh.message.value, sh.name.value, sh.description.value, fihrist.advice.value])

const severities: Record<string, Finding['severity']> = { [sh.Violation.value]: 'violation', [sh.Warning.value]: 'warning', [sh.Info.value]: 'info' }

function findingOf(profile: string, constraint: Constraint, focus: Term, { value, path = constraint.path }: Failure): Found {
  return {
    profile,
    rule: constraint.shape.value,
    // A severity of somebody's own (SHACL, section 2.1.4) is none of ours; what has it is not to be taken lightly for that.
    severity: severities[constraint.severity.value] ?? 'violation',
    focus: nodeText(focus),
    constraint: constraint.component.value.slice(sh.iri.length),
    ...(path && { path: pathText(path) }),
    ...(value && valueText(value)),
  }
}
