import { distinct } from '../../rdf/graph.ts'
import { rdf } from '../../rdf/namespaces.ts'
import { isBlank, isLiteral, isNamed, textOf, type Term } from '../../rdf/terms.ts'
import { isTrue, listOf, sh, shacl } from './data.ts'
import { isWellFormed } from './datatypes.ts'
import { compare, leastOf, rankOf } from './order.ts'
import { regex } from './patterns.ts'
import type { Failure } from './result.ts'
import type { Declared, Run, Shape, Test } from './shape.ts'

const holds: readonly Failure[] = []
const fails: readonly Failure[] = [{}]
const each = (holds: (value: Term, run: Run) => boolean): Test => ({ each: holds })
const onAll = (holdsFor: (values: readonly Term[], run: Run) => boolean): Test => ({ all: (values, _focus, run) => (holdsFor(values, run) ? holds : fails) })
const beside = (failures: Extract<Test, { all: unknown }>['all']): Test => ({ all: failures })

/**
 * The constraint components of SHACL Core (section 4), by the parameter that declares them: sh:minCount makes a sh:MinCountConstraintComponent. A row compiles the
 * value of that parameter. sh:property is not here: its results are those of the shape it names. Add a component: a row.
 */
export const constraints: Record<string, (argument: Term, declared: Declared) => Test> = {
  // 4.1 Value types
  class: wanted => each((value, { data, subclasses }) => data.objects(value, rdf.type).some(type => subclasses(wanted).has(textOf(type)))),
  datatype: ({ value: datatype }) => each(value => isLiteral(value) && value.datatype.value === datatype && isWellFormed(value)),
  nodeKind: ({ value: kind }) => each(value => nodeKinds[kind.slice(shacl.length)]!.includes(value.termType)),

  // 4.2 Cardinality
  minCount: least => onAll(values => values.length >= Number(least.value)),
  maxCount: most => onAll(values => values.length <= Number(most.value)),

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
  equals: property =>
    beside((values, focus, { data }) => {
      const others = data.objects(focus, property)
      return [...without(values, others), ...without(others, values)]
    }),
  disjoint: property =>
    beside((values, focus, { data }) => {
      const others = new Set(data.objects(focus, property).map(textOf))
      return others.size === 0 ? holds : values.filter(value => others.has(textOf(value))).map(value => ({ value }))
    }),
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

/** As SPARQL counts (STRLEN): characters, not the halves of those that JavaScript makes two of. */
const lengthOf = (text: string) => (/[\uD800-\uDBFF]/.test(text) ? [...text].length : text.length)

/** SPARQL's langMatches (RFC 4647, section 3.3.1): the same tag, or one that begins with it and a hyphen. */
function languageMatches(tag: string, range: string): boolean {
  if (range === '*') return tag !== ''
  const start = tag.slice(0, range.length).toLowerCase()
  return start !== '' && start === range.toLowerCase() && (tag.length === range.length || tag[range.length] === '-')
}

/** One result for each language that several values are in (section 4.4.5). */
function repeatedLanguages(values: readonly Term[]): readonly Failure[] {
  if (values.length < 2) return holds
  const tags = values.flatMap(value => (isLiteral(value) && value.language ? [value.language.toLowerCase()] : []))
  const [once, twice] = [new Set<string>(), new Set<string>()]
  for (const tag of tags) (once.has(tag) ? twice : once).add(tag)
  return [...twice].map(() => ({}))
}

const without = (values: readonly Term[], others: readonly Term[]): Failure[] => {
  const known = new Set(others.map(textOf))
  return values.filter(value => !known.has(textOf(value))).map(value => ({ value }))
}

function bound(within: (difference: number) => boolean) {
  return (limit: Term): Test => {
    const rank = rankOf(limit)
    return each(value => {
      const difference = compare(rankOf(value), rank)
      return difference !== undefined && within(difference)
    })
  }
}

/** More failing pairs than these are told at one focus node by their value alone: ten thousand dates beside ten thousand others would be a hundred million. */
const mostPairs = 1000

/** One result for each value and each other that it is not less than, or cannot be compared with (sections 4.5.3 and 4.5.4). */
function lessThan(within: (difference: number) => boolean) {
  return (property: Term): Test =>
    beside((values, focus, { data }) => {
      const others = values.length === 0 ? [] : data.objects(focus, property).map(rankOf)
      const least = leastOf(others)
      const failures: Failure[] = []
      for (const value of values) {
        const rank = rankOf(value)
        const isLess = (other: (typeof others)[number]) => {
          const difference = compare(rank, other)
          return difference !== undefined && within(difference)
        }
        if (least.every(isLess)) continue
        if (failures.length > mostPairs) failures.push({ value })
        else for (const other of others) if (!isLess(other)) failures.push({ value })
      }
      return failures
    })
}

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
function closed(declared: Declared): Extract<Test, { all: unknown }>['all'] {
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
