import { sentence } from '../../problem.ts'
import { xsd } from '../../rdf/namespaces.ts'
import { isLiteral, isNamed, isNode, type Term } from '../../rdf/terms.ts'
import { entry } from '../../table.ts'
import { nodeKinds } from './constraints.ts'
import { listOf, sh, shacl, type Data } from './data.ts'
import { rankOf } from './order.ts'
import { readPath } from './paths.ts'
import { regex } from './texts.ts'

/** What a parameter takes: in words, and whether a value is that. A check may tell more exactly what is wrong. */
interface Taken {
  what: string
  isOne(value: Term, shapes: Data, of: Term): boolean | string
}

const isText = (term: Term) => isLiteral(term) && term.datatype.value === xsd.string.value
const isInteger = (term: Term) => isLiteral(term) && term.datatype.value === xsd.integer.value && /^\+?\d+$/.test(term.value)
const list = (what: string, isMember: (term: Term) => boolean): Taken => ({
  what: `a list ${what}`,
  isOne: (value, shapes) => (listOf(shapes, value) ?? [undefined]).every(member => member !== undefined && isMember(member)),
})

const iri: Taken = { what: 'an IRI', isOne: isNamed }
const count: Taken = { what: 'a whole number, such as 1', isOne: isInteger }
const boolean: Taken = {
  what: 'true or false',
  isOne: term => isLiteral(term) && term.datatype.value === xsd.boolean.value && /^(true|false)$/.test(term.value),
}
const limit: Taken = { what: 'a number, a date, a text or a boolean, written as its datatype asks', isOne: term => rankOf(term) !== undefined }
const text: Taken = { what: 'a text without a language', isOne: isText }
const shape: Taken = { what: 'a shape', isOne: isNode }
const shapeList: Taken = list('of shapes', isNode)
const term: Taken = { what: 'a term', isOne: () => true }
const pattern: Taken = {
  what: 'a regular expression',
  isOne(value, shapes, of) {
    try {
      return isText(value) && Boolean(regex(value.value, shapes.objects(of, sh('flags'))[0]?.value.replace(/[^smixq]/g, '')))
    } catch (error) {
      return sentence(error)
    }
  },
}

/** What SHACL allows of a parameter (the syntax rules of its sections 2 and 4). */
export interface Parameter {
  takes: Taken
  /** A shape has one value of it at most. */
  once?: true
  /** Its values are shapes, or lists of them. */
  names?: 'shapes' | 'lists of shapes'
  /** It means nothing without this other one. */
  needs?: string
}

const once = (takes: Taken): Parameter => ({ takes, once: true })

/** The parameters of shapes, and what each takes. Add a parameter: a row. */
export const parameters: Record<string, Parameter> = {
  path: once({ what: 'a property path', isOne: (value, shapes) => readPath(shapes, value) !== undefined }),
  severity: once(iri),
  deactivated: once(boolean),
  message: { takes: { what: 'a text', isOne: isLiteral } },
  targetClass: { takes: iri },
  targetNode: { takes: { what: 'an IRI or a literal', isOne: value => isNamed(value) || isLiteral(value) } },
  targetSubjectsOf: { takes: iri },
  targetObjectsOf: { takes: iri },
  targetWhere: { takes: shape, names: 'shapes' },

  class: { takes: iri },
  datatype: once(iri),
  nodeKind: once({
    what: `one of ${Object.keys(nodeKinds)
      .map(kind => `sh:${kind}`)
      .join(', ')}`,
    isOne: value => isNamed(value) && value.value.startsWith(shacl) && entry(nodeKinds, value.value.slice(shacl.length)) !== undefined,
  }),
  minCount: once(count),
  maxCount: once(count),
  minExclusive: once(limit),
  minInclusive: once(limit),
  maxExclusive: once(limit),
  maxInclusive: once(limit),
  minLength: once(count),
  maxLength: once(count),
  pattern: once(pattern),
  flags: { ...once({ what: 'letters of s, m, i, x and q', isOne: value => isText(value) && /^[smixq]*$/.test(value.value) }), needs: 'pattern' },
  languageIn: once(list('of language tags, such as ( "fr" "ar" )', isText)),
  uniqueLang: once(boolean),
  equals: { takes: iri },
  disjoint: { takes: iri },
  lessThan: { takes: iri },
  lessThanOrEquals: { takes: iri },
  not: { takes: shape, names: 'shapes' },
  and: { takes: shapeList, names: 'lists of shapes' },
  or: { takes: shapeList, names: 'lists of shapes' },
  xone: { takes: shapeList, names: 'lists of shapes' },
  node: { takes: shape, names: 'shapes' },
  property: { takes: shape, names: 'shapes' },
  qualifiedValueShape: { ...once(shape), names: 'shapes' },
  qualifiedMinCount: { ...once(count), needs: 'qualifiedValueShape' },
  qualifiedMaxCount: { ...once(count), needs: 'qualifiedValueShape' },
  qualifiedValueShapesDisjoint: once(boolean),
  closed: once(boolean),
  ignoredProperties: once(list('of properties', isNamed)),
  hasValue: { takes: term },
  in: once(list('of values', () => true)),
  sparql: { takes: { what: 'a SPARQL constraint with its sh:select', isOne: (value, shapes) => shapes.objects(value, sh('select')).length === 1 } },
  target: { takes: { what: 'a sh:SPARQLTarget with its sh:select', isOne: (value, shapes) => shapes.objects(value, sh('select')).length === 1 } },
  select: once(text),
}
