import { isWellFormed } from '../../rdf/datatypes.ts'
import { distinct } from '../../rdf/graph.ts'
import { rdf } from '../../rdf/namespaces.ts'
import { isBlank, isLiteral, isNamed, textOf, type Term } from '../../rdf/terms.ts'
import { bound, differing, lessThan, shared } from './comparisons.ts'
import { isTrue, listOf, sh, shacl } from './data.ts'
import type { Failure } from './result.ts'
import type { Declared, FailuresOf, Run, Shape, Test } from './shape.ts'
import { languageMatches, lengthOf, regex, repeatedLanguages } from './texts.ts'

const holds: readonly Failure[] = []
const fails: readonly Failure[] = [{}]
const each = (holds: (value: Term, run: Run) => boolean): Test => ({ each: holds })
const onAll = (holdsFor: (values: readonly Term[], run: Run) => boolean): Test => ({ all: (values, _focus, run) => (holdsFor(values, run) ? holds : fails) })
const beside = (failures: FailuresOf): Test => ({ all: failures })

function counted({ value }: Term, holdsFor: (values: readonly Term[], number: number) => boolean): Test {
  const number = Number(value)
  return onAll(values => holdsFor(values, number))
}

/**
 * The constraint components of SHACL Core (section 4), by the parameter that declares them: sh:minCount makes a sh:MinCountConstraintComponent. A row compiles
 * the value of that parameter. sh:property is not here: its results are those of the shape it names. Add a component: a row.
 */
export const constraints: Record<string, (argument: Term, declared: Declared) => Test> = {
  // 4.1 Value types
  class: wanted =>
    each((value, { data, subclasses }) => {
      const classes = subclasses(wanted)
      return data.objects(value, rdf.type).some(type => classes.has(textOf(type)))
    }),
  datatype: ({ value: datatype }) => each(value => isLiteral(value) && value.datatype.value === datatype && isWellFormed(value)),
  nodeKind({ value: kind }) {
    const allowed = nodeKinds[kind.slice(shacl.length)]!
    return each(value => allowed.includes(value.termType))
  },

  // 4.2 Cardinality
  minCount: least => counted(least, (values, number) => values.length >= number),
  maxCount: most => counted(most, (values, number) => values.length <= number),

  // 4.3 Value range
  minExclusive: bound(difference => difference > 0),
  minInclusive: bound(difference => difference >= 0),
  maxExclusive: bound(difference => difference < 0),
  maxInclusive: bound(difference => difference <= 0),

  // 4.4 String-based
  minLength: least => each(value => !isBlank(value) && lengthOf(value.value) >= Number(least.value)),
  maxLength: most => each(value => !isBlank(value) && lengthOf(value.value) <= Number(most.value)),
  pattern(pattern, declared) {
    const expression = regex(pattern.value, parameter(declared, 'flags')?.value)
    return each(value => !isBlank(value) && expression.test(value.value))
  },
  languageIn(list, { shapes }) {
    const ranges = listOf(shapes, list)!.map(range => range.value)
    return each(value => isLiteral(value) && ranges.some(range => languageMatches(value.language, range)))
  },
  uniqueLang: asked => beside(isTrue(asked) ? repeatedLanguages : () => holds),

  // 4.5 Property pairs
  equals: property => beside((values, focus, { data }) => differing(values, data.objects(focus, property))),
  disjoint: property => beside((values, focus, { data }) => shared(values, data.objects(focus, property))),
  lessThan: lessThan(difference => difference < 0),
  lessThanOrEquals: lessThan(difference => difference <= 0),

  // 4.6 Logical
  not(term, declared) {
    const shape = declared.shape(term)
    return each((value, run) => !run.conforms(shape, value))
  },
  and: logical((shapes, value, run) => shapes.every(shape => run.conforms(shape, value))),
  or: logical((shapes, value, run) => shapes.some(shape => run.conforms(shape, value))),
  xone: logical((shapes, value, run) => shapes.filter(shape => run.conforms(shape, value)).length === 1),

  // 4.7 Shape-based
  node(term, declared) {
    const shape = declared.shape(term)
    return each((value, run) => run.conforms(shape, value))
  },
  qualifiedMinCount(least, declared) {
    const count = qualified(declared)
    return onAll((values, run) => count(values, run) >= Number(least.value))
  },
  qualifiedMaxCount(most, declared) {
    const count = qualified(declared)
    return onAll((values, run) => count(values, run) <= Number(most.value))
  },

  // 4.8 Other
  closed: (asked, declared) => beside(isTrue(asked) ? closed(declared) : () => holds),
  hasValue: wanted => onAll(values => values.some(value => value.equals(wanted))),
  in(list, { shapes }) {
    const members = new Set(listOf(shapes, list)!.map(textOf))
    return each(value => members.has(textOf(value)))
  },

  // 5 SPARQL-based constraints
  sparql: (constraint, { shapes, term }) =>
    beside(isTrue(shapes.objects(constraint, sh('deactivated'))[0]) ? () => holds : (_values, focus, run) => run.selected(constraint, term, focus)),
}

/** Those that have a meaning in property shapes alone (sections 4.2, 4.4.5, 4.5.3, 4.5.4 and 4.7.3). */
export const ofPropertyShapes = new Set(['minCount', 'maxCount', 'uniqueLang', 'lessThan', 'lessThanOrEquals', 'qualifiedMinCount', 'qualifiedMaxCount'])

/** Those that can fail where there is no value node: all others say something of values, or that there are not too many. */
export const failsWithoutValues = new Set(['minCount', 'qualifiedMinCount', 'equals', 'hasValue', 'sparql'])

/** The kinds of terms that each value of sh:nodeKind allows (section 4.1.3). */
export const nodeKinds: Record<string, Term['termType'][]> = {
  IRI: ['NamedNode'],
  BlankNode: ['BlankNode'],
  Literal: ['Literal'],
  BlankNodeOrIRI: ['NamedNode', 'BlankNode'],
  BlankNodeOrLiteral: ['BlankNode', 'Literal'],
  IRIOrLiteral: ['NamedNode', 'Literal'],
}

const parameter = ({ shapes, term }: Declared, name: string): Term | undefined => shapes.objects(term, sh(name))[0]

function logical(holdsFor: (shapes: Shape[], value: Term, run: Run) => boolean) {
  return (list: Term, declared: Declared): Test => {
    const shapes = listOf(declared.shapes, list)!.map(member => declared.shape(member))
    return each((value, run) => holdsFor(shapes, value, run))
  }
}

/** How many values conform to sh:qualifiedValueShape and, where they are to be disjoint, to none of its siblings (section 4.7.3). */
function qualified(declared: Declared): (values: readonly Term[], run: Run) => number {
  const { shapes, term } = declared
  const wanted = parameter(declared, 'qualifiedValueShape')!
  const shape = declared.shape(wanted)
  const siblings = isTrue(parameter(declared, 'qualifiedValueShapesDisjoint'))
    ? distinct(
        shapes
          .subjects(sh('property'), term)
          .flatMap(parent => shapes.objects(parent, sh('property')).flatMap(each => shapes.objects(each, sh('qualifiedValueShape')))),
      )
        .filter(sibling => !sibling.equals(wanted))
        .map(sibling => declared.shape(sibling))
    : []
  return (values, run) => values.filter(value => run.conforms(shape, value) && !siblings.some(sibling => run.conforms(sibling, value))).length
}

/** One result for each statement about a value node whose property the shape does not name (section 4.8.1). */
function closed(declared: Declared): FailuresOf {
  const { shapes, term } = declared
  const ignored = parameter(declared, 'ignoredProperties')
  const named = shapes.objects(term, sh('property')).flatMap(property => shapes.objects(property, sh('path')))
  const allowed = new Set([...named, ...(ignored ? listOf(shapes, ignored)! : [])].filter(isNamed).map(property => property.value))
  return (values, _focus, { data }) =>
    values.flatMap(value =>
      [...data.quads(value)]
        .filter(({ predicate }) => !allowed.has(predicate.value))
        .map(({ predicate, object }) => ({ value: object, path: { kind: 'predicate', property: predicate } as const })),
    )
}
