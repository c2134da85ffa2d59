import { sh, type NamedNode, type Term } from '../rdf/terms.ts'

/** The parts of shacl-engine that an own compilation of sh:property meets. */
interface Pointer extends Iterable<Pointer> { term: Term, dataset: { match(subject: Term, predicate: Term): { size: number } }, out(properties: NamedNode[]): Pointer & { terms: Term[] } }
interface Context { valueOrNode: Pointer, create(more: object): Context }
interface Shape { ptr: Pointer, validator: { shape(ptr: Pointer): Shape }, validate(context: Context): Promise<unknown> }

/** Constraints that can fail where there is no value at all. */
const needValues = [sh.minCount, sh.hasValue, sh.qualifiedMinCount, sh.equals]

/** The one property that a shape looks at, if without a value of it the shape has nothing to say. */
function soleProperty({ ptr }: Shape): Term | undefined {
  const path = ptr.out([sh.path]).term
  return path?.termType === 'NamedNode' && ptr.out(needValues).terms.length === 0 ? path : undefined
}

/**
 * sh:property (SHACL, section 4.7.2), compiled so that the rules about properties a record does not have cost one look-up each:
 * most records have few of the properties that DCAT-AP knows.
 */
export const presentProperties: [key: NamedNode, compile: (shape: Shape) => object] = [sh.property, shape => {
  const rules = [...shape.ptr.out([sh.property])].map(ptr => shape.validator.shape(ptr)).map(rule => ({ rule, property: soleProperty(rule) }))
  return {
    generic: async (context: Context) => {
      const { dataset, term } = context.valueOrNode
      const inner = context.create({ focusNode: context.valueOrNode })
      for (const { rule, property } of rules) {
        if (!property || dataset.match(term, property).size > 0) await rule.validate(inner)
      }
    },
  }
}]
