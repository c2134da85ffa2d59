import { fihrist, rdf, skos, xsd } from '../rdf/namespaces.ts'
import { isNamed, literal, namedNode, quad, type Quad, type Term } from '../rdf/terms.ts'
import type { Concept } from '../vocabulary/concepts.ts'
import type { Lists } from '../vocabulary/vocabulary.ts'
import type { Data } from './shacl/data.ts'

/**
 * A graph together with what the reference lists say of the concepts that it names: their list, classes, names and flags, and what they come close to. Shapes
 * ask for these; the graph itself stays as it is. A class that the lists alone know makes no node a target: it is told where it is asked for by its subject or
 * object.
 */
export function withLists(data: Data, lists: Lists): Data {
  // One node is asked for many properties in a row.
  let [last, ofLast]: [Term | undefined, readonly Quad[]] = [undefined, none]
  const beside = (node: Term): readonly Quad[] => {
    if (node === last) return ofLast
    const concept = isNamed(node) && lists.concepts.get(node.value)
    last = node
    return (ofLast = concept ? factsOf(concept, lists) : none)
  }
  const named = new Map<string, Term>()
  for (const { object } of data.quads()) if (isNamed(object) && lists.concepts.has(object.value)) named.set(object.value, object)
  if (named.size === 0) return data
  const isNew = ({ subject, predicate, object }: Quad) => !data.objects(subject, predicate).some(said => said.equals(object))
  const all = [...named.values()].flatMap(beside).filter(isNew)
  return {
    objects(subject, property) {
      const said = data.objects(subject, property)
      const facts = beside(subject)
      if (facts.length === 0) return said
      const more = facts.filter(({ predicate, object }) => predicate.value === property.value && !said.some(each => each.equals(object)))
      return more.length === 0 ? said : [...said, ...more.map(({ object }) => object)]
    },
    subjects: (property, object) => [
      ...data.subjects(property, object),
      ...all.filter(each => each.predicate.value === property.value && each.object.equals(object)).map(({ subject }) => subject),
    ],
    quads: subject => (subject ? [...data.quads(subject), ...beside(subject).filter(isNew)] : [...data.quads(), ...all.filter(isNoClass)]),
  }
}

const none: readonly Quad[] = []
const isNoClass = ({ predicate }: Quad) => predicate.value !== rdf.type.value
const flags = [fihrist.nonProprietary, fihrist.machineReadable, fihrist.openLicence]

const facts = new WeakMap<Concept, readonly Quad[]>()

function factsOf(concept: Concept, lists: Lists): readonly Quad[] {
  let said = facts.get(concept)
  if (!said) {
    const subject = namedNode(concept.iri)
    said = [
      quad(subject, skos.inScheme, namedNode(concept.scheme)),
      ...concept.classes.map(each => quad(subject, rdf.type, namedNode(each))),
      ...concept.closeMatch.map(each => quad(subject, skos.closeMatch, namedNode(each))),
      ...Object.entries(concept.labels).map(([language, text]) => quad(subject, skos.prefLabel, literal(text, language))),
      ...flags.filter(flag => lists.flag(concept.iri, flag)).map(flag => quad(subject, flag, literal('true', xsd.boolean))),
    ]
    facts.set(concept, said)
  }
  return said
}
