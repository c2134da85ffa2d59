import { rdf, sh, xsd } from '../rdf/namespaces.ts'
import type { NamedNode, Quad, Term } from '../rdf/terms.ts'

/** The parts of shacl-engine that an own compilation of sh:property meets. */
interface Pointer extends Iterable<Pointer> {
  term: Term
  dataset: { match(subject: Term, predicate?: Term): Iterable<Quad> }
  out(properties: NamedNode[]): Pointer
}
interface Context {
  valueOrNode: Pointer
  create(more: object): Context
}
interface Shape {
  ptr: Pointer
  validator: { shape(ptr: Pointer): Shape }
  validate(context: Context): Promise<unknown>
}

/** What is said in a shape and constrains nothing. */
const silent = new Set(['path', 'severity', 'message', 'name', 'description', 'order', 'group'])

const kinds: Record<string, string[]> = {
  IRI: ['NamedNode'],
  BlankNode: ['BlankNode'],
  Literal: ['Literal'],
  BlankNodeOrIRI: ['NamedNode', 'BlankNode'],
  BlankNodeOrLiteral: ['BlankNode', 'Literal'],
  IRIOrLiteral: ['NamedNode', 'Literal'],
}
/** Every text is one of these: no value of them is ill-formed. */
const plainText = new Set([xsd.string.value, rdf.langString.value])

/** Constraints whose passing can be seen at a glance. Those that are not here pass surely only where there is no value, unless they need one. */
const glance: Record<string, (argument: Term, values: Term[], ptr: Pointer) => boolean> = {
  minCount: (least, values) => Number(least.value) <= Math.min(1, values.length),
  maxCount: (most, values) => values.length <= Number(most.value),
  nodeKind: (kind, values) => values.every(value => kinds[kind.value.slice(sh.iri.length)]?.includes(value.termType)),
  // A text with a language is not of the datatype that the refused shape asks for: the engine needs a time for this that grows with the square of the values.
  not: (shape, values, { dataset }) =>
    [...dataset.match(shape, sh.datatype)].some(({ object }) => values.every(value => value.termType !== 'Literal' || !value.datatype.equals(object))),
  datatype: (datatype, values) => values.every(value => value.termType === 'Literal' && value.datatype.equals(datatype) && plainText.has(datatype.value)),
}
const needValues = new Set(['hasValue', 'qualifiedMinCount', 'equals', 'deactivated'])

/** True where a rule surely has nothing to say of these values; undefined for a rule that looks further than one property. */
function glanceAt({ ptr }: Shape): { property: Term; passes(values: Term[]): boolean } | undefined {
  const property = ptr.out([sh.path]).term
  if (property?.termType !== 'NamedNode') return undefined
  const constraints = [...ptr.dataset.match(ptr.term)]
    .filter(({ predicate }) => predicate.value.startsWith(sh.iri))
    .map(({ predicate, object }) => ({ kind: predicate.value.slice(sh.iri.length), argument: object }))
    .filter(({ kind }) => !silent.has(kind))
  return {
    property,
    passes: values => constraints.every(({ kind, argument }) => glance[kind]?.(argument, values, ptr) ?? (values.length === 0 && !needValues.has(kind))),
  }
}

/**
 * sh:property (SHACL, section 4.7.2), compiled so that the engine is only asked about rules that may have something to say: most rules pass
 * in most records, and that they do can be seen without it.
 */
export const surePasses: [key: NamedNode, compile: (shape: Shape) => object] = [
  sh.property,
  shape => {
    const rules = [...shape.ptr.out([sh.property])].map(ptr => shape.validator.shape(ptr)).map(rule => ({ rule, seen: glanceAt(rule) }))
    return {
      generic: async (context: Context) => {
        const { dataset, term } = context.valueOrNode
        const values = new Map<string, Term[]>()
        let inner: Context | undefined
        for (const { rule, seen } of rules) {
          if (seen && !values.has(seen.property.value))
            values.set(
              seen.property.value,
              Array.from(dataset.match(term, seen.property), quad => quad.object),
            )
          if (!seen?.passes(values.get(seen.property.value)!)) await rule.validate((inner ??= context.create({ focusNode: context.valueOrNode })))
        }
      },
    }
  },
]
