import { xsd } from '../rdf/namespaces.ts'
import { isBlank, isLiteral, blankNode, literal, namedNode, type Term } from '../rdf/terms.ts'

/** One SHACL result (SHACL, section 3.6). */
export interface Finding {
  profile: string
  /** IRI of the shape: messages and advice are read from it. */
  rule: string
  severity: 'violation' | 'warning' | 'info'
  /** sh:sourceConstraintComponent, without its namespace; not known of what a former version of the program judged. */
  constraint?: string
  /** An IRI; `_:label` of a blank node. */
  focus: string
  /** The IRI of a property, or a path as SPARQL writes it. */
  path?: string
  value?: string
  /** What kind of term the value is, as JSON-LD says it: `@id`, `@fr` of a text in French, a datatype; a plain string where nothing is said. */
  valueType?: string
  /** The number of results that this one stands for, where there are several. */
  count?: number
}

/** How many results some findings stand for. */
export const resultsIn = (findings: Pick<Finding, 'count'>[]): number => findings.reduce((sum, { count }) => sum + (count ?? 1), 0)

/** So many findings of one rule on one record are told one by one; what lies beyond is folded into one with a count. */
export const mostOfOneRule = 100

/** Characters of a value that are kept of a record. */
const longestValue = 500

/** A finding as it is kept: of a long value the beginning, which is a text and no longer the term. */
export function shortened<F extends Finding>(finding: F): F {
  if (finding.value === undefined || finding.value.length <= longestValue) return finding
  const { valueType: _, ...rest } = finding
  return { ...rest, value: finding.value.slice(0, longestValue) } as F
}

/** A node as findings name it. */
export const nodeText = (node: Term): string => (isBlank(node) ? `_:${node.value}` : node.value)

/** The node that findings name so. */
export const nodeOf = (text: string) => (text.startsWith('_:') ? blankNode(text.slice(2)) : namedNode(text))

/** A term as findings tell it. */
export function valueText(term: Term): Pick<Finding, 'value' | 'valueType'> {
  if (!isLiteral(term)) return { value: nodeText(term), valueType: '@id' }
  const type = term.language ? `@${term.language}` : term.datatype.value
  return { value: term.value, ...(type !== xsd.string.value && { valueType: type }) }
}

/** The term that findings tell so; undefined where none is told. */
export function valueOf({ value, valueType }: Pick<Finding, 'value' | 'valueType'>): Term | undefined {
  if (value === undefined) return undefined
  if (valueType === undefined) return literal(value)
  if (valueType === '@id') return nodeOf(value)
  return valueType.startsWith('@') ? literal(value, valueType.slice(1)) : literal(value, namedNode(valueType))
}
