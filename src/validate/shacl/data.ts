import { isLiteral, namedNode, rdf, textOf, xsd, type Quad, type Term } from '../../rdf/terms.ts'

/** What is asked of a graph, be it data or shapes. Each statement stands in it once. */
export interface Data {
  /** The objects of a property of one subject; of a literal, none. */
  objects(subject: Term, property: Term): readonly Term[]
  /** The subjects that have this object of a property. */
  subjects(property: Term, object: Term): readonly Term[]
  /** Everything that is said of a subject; of all, where none is given. */
  quads(subject?: Term): Iterable<Quad>
}

const none: readonly never[] = []

/** Statements as shapes ask them: by subject and property; and, from the first time that somebody asks so, by object. */
export function indexed(statements: Iterable<Quad>): Data {
  const quads = [...statements]
  const objects = new Map<string, Map<string, Term[]>>()
  for (const { subject, predicate, object } of quads) {
    let properties = objects.get(textOf(subject))
    if (!properties) objects.set(textOf(subject), (properties = new Map<string, Term[]>()))
    const known = properties.get(predicate.value)
    if (known) known.push(object)
    else properties.set(predicate.value, [object])
  }
  let bySubject: Map<string, Quad[]> | undefined
  let byObject: Map<string, Quad[]> | undefined
  return {
    objects: (subject, property) => (isLiteral(subject) ? none : (objects.get(textOf(subject))?.get(property.value) ?? none)),
    subjects(property, object) {
      byObject ??= Map.groupBy(quads, quad => textOf(quad.object))
      return (byObject.get(textOf(object)) ?? none).filter(quad => quad.predicate.value === property.value).map(quad => quad.subject)
    },
    quads(subject) {
      if (!subject) return quads
      bySubject ??= Map.groupBy(quads, quad => textOf(quad.subject))
      return isLiteral(subject) ? none : (bySubject.get(textOf(subject)) ?? none)
    },
  }
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

/** Terms, each once. */
export function distinct(terms: Term[]): Term[] {
  return terms.length < 2 ? terms : [...new Map(terms.map(term => [textOf(term), term])).values()]
}

/** What is asked for with `true` is asked for with nothing else, `"1"^^xsd:boolean` included (so the W3C suite). */
export const isTrue = (term: Term | undefined): boolean => isLiteral(term) && term.value === 'true' && term.datatype.value === xsd.boolean.value

export const shacl = 'http://www.w3.org/ns/shacl#'

const terms = new Map<string, ReturnType<typeof namedNode>>()

/** A term of SHACL. */
export function sh(name: string): ReturnType<typeof namedNode> {
  let term = terms.get(name)
  if (!term) terms.set(name, (term = namedNode(shacl + name)))
  return term
}
