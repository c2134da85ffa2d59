import type { Term } from '../../rdf/terms.ts'
import type { Subclasses } from './classes.ts'
import type { Data } from './data.ts'
import type { Path } from './paths.ts'
import type { Failure, Report } from './result.ts'

/** One validation of one graph. */
export interface Run {
  data: Data
  subclasses: Subclasses
  /** Whether a node conforms to a shape that a constraint names. */
  conforms(shape: Shape, node: Term): boolean
  /** What a SPARQL constraint says of a focus node. */
  selected(constraint: Term, shape: Term, focus: Term): readonly Failure[]
}

/** A shape as it is run. */
export interface Shape {
  term: Term
  /** A property shape has one, a node shape none. */
  path?: Path
  /** It asks for more than the node itself. */
  looksFurther: boolean
  /** It may fail where there is no value node. */
  judgesAbsence: boolean
  /** Whether a node conforms to it, where it says something of the node itself alone. */
  holds?(value: Term, run: Run): boolean
  /** Checks the value nodes that a focus node has. Without a report it stops at the first failure; a report is told all of them. */
  check(run: Run, focus: Term, values: readonly Term[], report?: Report): boolean
  /** The value nodes of a focus node. */
  values(data: Data, focus: Term): readonly Term[]
}

/** A shape as its constraints are compiled. */
export interface Declared {
  term: Term
  shapes: Data
  /** The shape that a parameter names. */
  shape(term: Term): Shape
}

/** What fails among the value nodes of a focus node. */
export type FailuresOf = (values: readonly Term[], focus: Term, run: Run) => readonly Failure[]

/** A constraint as it is run: on each value node alone, or on all that a focus node has. */
export type Test = { each: (value: Term, run: Run) => boolean } | { all: FailuresOf }
