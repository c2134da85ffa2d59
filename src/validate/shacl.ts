import { Graph } from '../rdf/graph.ts'
import { fihrist, sh } from '../rdf/namespaces.ts'
import { textOf, type Quad, type Term } from '../rdf/terms.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import { withLists } from './background.ts'
import { nodeText, valueText, type Finding } from './finding.ts'
import { onceEach, type Met } from './once.ts'
import { depthOf, filesOf, refuseBroken, withAbove, type Profile } from './profiles.ts'
import { compile } from './shacl/compile.ts'
import { pathText } from './shacl/path-text.ts'
import type { Constraint, Failure, Report } from './shacl/result.ts'
import { hasSparql, withSparql } from './shacl/sparql.ts'

export type Found = Finding & { constraint: string }

/** How profiles are run. */
export interface Running {
  /** Findings of one rule beyond so many are folded into one that counts them. */
  most?: number
  /** Profiles whose findings go before those of others that say no worse of the same thing. */
  first?: string[]
  /** Nodes that nobody is to be told of: those that the catalogue makes of itself. */
  passes?: (iri: string) => boolean
}

/** What profiles say of a graph. */
export interface Judged {
  /** One for one thing: of several profiles that find something at one property of one node, the gravest is heard; of equals, the most special. */
  findings: Found[]
  /** The names of the profiles, and of those above them, that nothing violates, the most special one last. */
  conforms: string[]
}

/**
 * Profiles behind one function: graph in, what they say of it out (SHACL, section 3). All profiles are compiled together with those that they are profiles of,
 * and each record is indexed once for all of them; a finding belongs to the profile whose file says something of its shape.
 */
export function judging(profiles: Profile[], lists: Lists, running: Running = {}): (data: Iterable<Quad>) => Promise<Judged> {
  const rules = together(profiles)
  const validate = hasSparql(rules.shapes) ? withSparql(rules.shapes, compile(rules.shapes)) : compile(rules.shapes)
  return async data => {
    const { report, judged } = collect(rules, lists, running)
    await validate(behind(data, lists), report)
    return judged()
  }
}

/** Profiles made ready to be run many times. */
export type Validate = (data: Iterable<Quad>) => Promise<Found[]>

/** The findings alone. */
export function validator(profiles: Profile[], lists: Lists, running?: Running): Validate {
  const judge = judging(profiles, lists, running)
  return async data => (await judge(data)).findings
}

/** The same without waiting, for profiles in which nothing is written in SPARQL. */
export function atOnce(profiles: Profile[], lists: Lists, running: Running = {}): (data: Iterable<Quad>) => Found[] {
  const rules = together(profiles)
  const validate = compile(rules.shapes)
  return data => {
    const { report, judged } = collect(rules, lists, running)
    validate(behind(data, lists), report)
    return judged().findings
  }
}

const behind = (data: Iterable<Quad>, lists: Lists) => withLists(data instanceof Graph ? data : new Graph(data), lists)

/** The shapes of all profiles, and whose each is. */
interface Rules {
  shapes: Graph
  /** All that are run, those above included, the general ones first. */
  profiles: Profile[]
  /** The same, the one with the most others above it last. */
  bySpecialty: Profile[]
  /** The profile to which the findings of a shape belong. */
  profileOf: Map<string, string>
  /** The profiles that ask for what a shape says. */
  askedBy: Map<string, string[]>
}

/** Throws a Problem `configuration` where something in the profiles is broken. */
function together(named: Profile[]): Rules {
  refuseBroken(named)
  const profiles = withAbove(named)
  const run = new Set(profiles.map(({ name }) => name))
  const profileOf = new Map<string, string>()
  const askedBy = new Map<string, string[]>()
  const asks = (rule: string, name: string) => askedBy.set(rule, [...new Set([...(askedBy.get(rule) ?? []), name])])
  for (const { name, shapes, uses } of profiles) {
    // What it uses of a file that is not run itself is its own.
    const theirs = filesOf(uses).flatMap(file => (run.has(file.name) ? [] : [...file.shapes].map(({ subject }) => subject.value)))
    for (const rule of theirs) if (!profileOf.has(rule)) profileOf.set(rule, name)
    for (const { subject, predicate, object } of shapes) {
      profileOf.set(subject.value, name)
      asks(subject.value, name)
      if (predicate.equals(sh.property)) asks(object.value, name)
    }
  }
  return { profiles, bySpecialty: profiles.toSorted((a, b) => depthOf(a) - depthOf(b)), profileOf, askedBy, shapes: runnable(profiles) }
}

/** What is run of profiles: their shapes, and those that they use of others, which are asked about nothing by themselves. */
export function runnable(profiles: Profile[]): Graph {
  const used = filesOf(profiles.flatMap(({ uses }) => uses)).filter(file => !profiles.some(({ name }) => name === file.name))
  return new Graph([
    ...profiles.flatMap(({ shapes }) => [...shapes].filter(({ predicate }) => !forPeople.has(predicate.value))),
    ...used.flatMap(({ shapes }) => [...shapes].filter(({ predicate }) => !forPeople.has(predicate.value) && !targets.has(predicate.value))),
  ])
}

/** Writes results down as findings. */
function collect(
  { profiles, bySpecialty, profileOf, askedBy }: Rules,
  lists: Lists,
  { most = Infinity, first = [], passes }: Running,
): { report: Report; judged(): Judged } {
  const met: (Met & { finding: Found })[] = []
  const found = new Map<string, number>()
  const folding = new Map<string, Found>()
  const violated = new Set<string>()
  const known = new Map<Constraint, OfConstraint>()
  const ofConstraint = (constraint: Constraint) => {
    const said = toldOf(constraint, profileOf.get(constraint.shape.value)!)
    known.set(constraint, said)
    if (said.severity === 'violation') for (const asking of askedBy.get(said.rule) ?? [said.profile]) violated.add(asking)
    return said
  }
  return {
    report(constraint, focus, failure) {
      // What the lists say of their entries, and the catalogue of itself, is none of the portal's doing.
      if (lists.concepts.has(focus.value) || passes?.(focus.value)) return
      const said = known.get(constraint) ?? ofConstraint(constraint)
      const nth = (found.get(said.rule) ?? 0) + 1
      found.set(said.rule, nth)
      if (nth > most + 1) return fold(folding.get(said.rule)!, nth - most)
      const finding = findingOf(said, focus, failure)
      met.push({ finding, about: failure.value && textOf(failure.value) })
      if (nth > most) folding.set(said.rule, finding)
    },
    judged: () => ({
      findings: onceEach(met, [...first, ...profiles.map(({ name }) => name).reverse()]),
      conforms: bySpecialty.filter(profile => !withAbove([profile]).some(({ name }) => violated.has(name))).map(({ name }) => name),
    }),
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

const targets = new Set([sh.target, sh.targetWhere, sh.targetClass, sh.targetNode, sh.targetObjectsOf, sh.targetSubjectsOf].map(({ value }) => value))

const severities: Record<string, Finding['severity']> = { [sh.Violation.value]: 'violation', [sh.Warning.value]: 'warning', [sh.Info.value]: 'info' }

// A severity of somebody's own (SHACL, section 2.1.4) is none of ours; what has it is not to be taken lightly for that.
const severityOf = ({ severity }: Constraint) => severities[severity.value] ?? 'violation'

/** What all findings of a constraint have in common. */
type OfConstraint = Pick<Found, 'profile' | 'rule' | 'severity' | 'constraint' | 'path'>

const toldOf = (constraint: Constraint, profile: string): OfConstraint => ({
  profile,
  rule: constraint.shape.value,
  severity: severityOf(constraint),
  constraint: constraint.component.value.slice(sh.iri.length),
  ...(constraint.path && { path: pathText(constraint.path) }),
})

function findingOf(said: OfConstraint, focus: Term, { value, path }: Failure): Found {
  const finding: Found = { ...said, focus: nodeText(focus) }
  if (path) finding.path = pathText(path)
  return value ? Object.assign(finding, valueText(value)) : finding
}
