import { Graph } from '../rdf/graph.ts'
import { fihrist, sh } from '../rdf/namespaces.ts'
import { isBlank, type Quad, type Term } from '../rdf/terms.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { withLists } from './background.ts'
import type { Finding } from './finding.ts'
import { refuseBroken, type Profile } from './profiles.ts'
import { compile } from './shacl/compile.ts'
import { pathText } from './shacl/paths.ts'
import { hasSparql, withSparql } from './shacl/sparql.ts'
import type { Constraint, Failure } from './shacl/result.ts'

/** Profiles made ready to be run many times. */
export type Validate = (data: Iterable<Quad>) => Promise<(Finding & { constraint: string })[]>

/**
 * Profiles behind one function: graph in, findings out (SHACL, section 3). All profiles are compiled together, and each record is indexed once for all of them;
 * a finding belongs to the profile whose file says something of its shape. Findings of one rule beyond `most` are folded into one that counts them.
 */
export function validator(profiles: Profile[], lists: Lists, most = Infinity): Validate {
  refuseBroken(profiles)
  const shapes = profiles.flatMap(profile => [...profile.shapes].filter(({ predicate }) => !forPeople.has(predicate.value)))
  const profileOf = new Map(profiles.flatMap(({ name, shapes }) => [...shapes].map(({ subject }) => [subject.value, name] as const)))
  const graph = new Graph(shapes)
  const core = compile(graph)
  const validate = hasSparql(graph) ? withSparql(graph, core) : core
  return async data => {
    const findings: (Finding & { constraint: string })[] = []
    const found = new Map<string, number>()
    const folding = new Map<string, Finding>()
    await validate(withLists(data instanceof Graph ? data : new Graph(data), lists), (constraint, focus, failure) => {
      const rule = constraint.shape.value
      const nth = (found.get(rule) ?? 0) + 1
      found.set(rule, nth)
      if (nth > most + 1) folding.get(rule)!.count = nth - most
      else {
        const finding = findingOf(profileOf.get(rule)!, constraint, focus, failure)
        findings.push(finding)
        if (nth > most) folding.set(rule, finding)
      }
    })
    return findings
  }
}

/** What shapes say to people decides nothing, and would be held once more by every worker. */
const forPeople = new Set([sh.message.value, sh.name.value, sh.description.value, fihrist.advice.value])

const severities: Record<string, Finding['severity']> = { [sh.Violation.value]: 'violation', [sh.Warning.value]: 'warning', [sh.Info.value]: 'info' }

function findingOf(profile: string, constraint: Constraint, focus: Term, { value, path = constraint.path }: Failure): Finding & { constraint: string } {
  return {
    profile,
    rule: constraint.shape.value,
    // A severity of somebody's own (SHACL, section 2.1.4) is none of ours; what has it is not to be taken lightly for that.
    severity: severities[constraint.severity.value] ?? 'violation',
    focus: focus.value,
    constraint: constraint.component.value.slice(sh.iri.length),
    ...(path && { path: pathText(path) }),
    // The label of a blank node is nobody's word.
    ...(value && !isBlank(value) && { value: value.value.slice(0, 500) }),
  }
}
