import { rdf, sh as shTerms, xsd } from '../../rdf/namespaces.ts'
import { isLiteral, namedNode, textOf, type NamedNode, type Quad, type Subject, type Term } from '../../rdf/terms.ts'

/** What is asked of a graph, be it data or shapes: a `Graph`, or one with something behind it. */
export interface Data {
  /** The objects of a property of one subject; of a literal, none. */
  objects(subject: Term, property: Term): readonly Term[]
  /** The subjects that have this object of a property. */
  subjects(property: Term, object: Term): readonly Subject[]
  /** Everything that is said of a subject; of all, where none is given. */
  quads(subject?: Term): Iterable<Quad>
}

/** The members of a SHACL list (section 1.4): one first and one rest for each node, up to rdf:nil. Undefined where it is none. */
export function listOf(graph: Data, list: Term): Term[] | undefined {
  const members: Term[] = []
  const nodes = new Set<string>()
  for (let node = list; node.value !== rdf.nil.value; node = graph.objects(node, rdf.rest)[0]!) {
    const first = graph.objects(node, rdf.first)
    if (first.length !== 1 || graph.objects(node, rdf.rest).length !== 1 || nodes.has(textOf(node))) return undefined
    nodes.add(textOf(node))
    members.push(first[0]!)
  }
  return members
}

/** What is asked for with `true` is asked for with nothing else, `"1"^^xsd:boolean` included (so the W3C suite). */
export const isTrue = (term: Term | undefined): boolean => isLiteral(term) && term.value === 'true' && term.datatype.value === xsd.boolean.value

export const shacl = shTerms.iri

const terms = new Map<string, NamedNode>()

/** A term of SHACL. */
export function sh(name: string): NamedNode {
  let term = terms.get(name)
  if (!term) terms.set(name, (term = namedNode(shacl + name)))
  return term
}
