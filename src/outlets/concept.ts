import { dct, foaf, rdf, skos } from '../rdf/namespaces.ts'
import { isNamed, namedNode, type Quad } from '../rdf/terms.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { Publication } from './publication.ts'

/** What a reader needs to know of a concept that a record names. */
const short = new Set([rdf.type, skos.prefLabel, skos.inScheme, skos.notation, foaf.name, foaf.homepage, dct.type, dct.title].map(term => term.value))

/** Types, labels and lists of the concepts that some statements name, and of the kinds that these are of; of a list its title. */
export function labelled(quads: Iterable<Quad>, vocabulary: Vocabulary): Quad[] {
  const named = new Set<string>()
  for (const { object } of quads) if (isNamed(object) && isListed(vocabulary, object.value)) named.add(object.value)
  return [...named].flatMap(iri => labelsOf(vocabulary, iri))
}

const isListed = ({ concepts, schemes }: Vocabulary, iri: string) => concepts.has(iri) || schemes.has(iri)

/** Classes and titles of the lists that the labels of concepts name: what holds all of a catalogue says of them too. */
export const listsIn = (labels: Iterable<Quad>, vocabulary: Vocabulary): Quad[] =>
  labelled(
    Iterator.from(labels).filter(({ predicate }) => predicate.equals(skos.inScheme)),
    vocabulary,
  )

/** The same for every record that names the concept: read out of the lists once. */
const labels = new WeakMap<Vocabulary, Map<string, Quad[]>>()

function labelsOf(vocabulary: Vocabulary, iri: string): Quad[] {
  const known = labels.get(vocabulary) ?? new Map<string, Quad[]>()
  labels.set(vocabulary, known)
  const found = known.get(iri)
  if (found) return found
  const own = vocabulary.graph.quads(namedNode(iri)).filter(({ predicate }) => short.has(predicate.value))
  known.set(iri, own)
  const kinds = own.filter(({ predicate, object }) => predicate.equals(dct.type) && vocabulary.concepts.has(object.value))
  if (kinds.length > 0) known.set(iri, [...own, ...kinds.flatMap(({ object }) => labelsOf(vocabulary, object.value))])
  return known.get(iri)!
}

/** All that is known of a reference concept or a list under `{base}/id/…`, the members of a list included. Empty where nothing is. */
export function conceptQuads({ vocabulary: { graph } }: Publication, iri: string): Quad[] {
  const self = namedNode(iri)
  const own = graph.quads(self)
  if (own.length === 0) return []
  const members = graph.quads(null, skos.inScheme, self)
  const narrower = graph.quads(null, skos.broader, self)
  const labels = members.flatMap(member => graph.quads(member.subject, skos.prefLabel))
  return [...own, ...members, ...narrower, ...labels]
}
