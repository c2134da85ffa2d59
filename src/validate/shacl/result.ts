import type { NamedNode, Term } from '../../rdf/terms.ts'
import type { Path } from './paths.ts'

/** One constraint of one shape (SHACL, section 2.1): what all its results have in common. */
export interface Constraint {
  /** sh:sourceConstraintComponent. */
  component: NamedNode
  /** sh:sourceShape. */
  shape: Term
  /** sh:resultSeverity: Violation, Warning, Info, or one of somebody's own. */
  severity: NamedNode
  /** The path of a property shape. */
  path?: Path
  /** What messages may name: parameter → the value that the shape gives it. */
  parameters: Readonly<Record<string, Term>>
}

/** What fails a constraint at one focus node: a value, none where the whole set of values fails; a path where it is not that of the shape. */
export interface Failure {
  value?: Term
  path?: Path
  /** What SPARQL selected beside them. */
  selected?: Readonly<Record<string, Term>>
}

/** Is told each validation result (SHACL, section 3.6.2): the constraint that failed, the focus node, and what failed there. */
export type Report = (constraint: Constraint, focus: Term, failure: Failure) => void

/** The component that a parameter makes: of sh:minCount, MinCountConstraintComponent. */
export const componentOf = (parameter: string): string =>
  `${parameter === 'sparql' ? 'SPARQL' : parameter[0]!.toUpperCase() + parameter.slice(1)}ConstraintComponent`
