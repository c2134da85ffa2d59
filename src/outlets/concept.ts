import { dct, foaf, rdf, skos } from '../rdf/namespaces.ts'
import { isNamed, namedNode, type Quad } from '../rdf/terms.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { Publication } from './publication.ts'

/** What a reader needs to know of a concept that a record names. */
const short = new Set([rdf.type, skos.prefLabel, skos.inScheme, skos.notation, foaf.name, foaf.homepage, dct.type, dct.title].map(term => term.value))

/** Types, labels and lists of the concepts that some statements name. */
export function* labelled(quads: Quad[], { graph, concepts }: Vocabulary): Generator<Quad> {
  const named = new Set(
    quads
      .map(quad => quad.object)
      .filter(isNamed)
      .map(object => object.value)
      .filter(iri => concepts.has(iri)),
  )
  for (const iri of named) {
    for (const quad of graph.quads(namedNode(iri))) if (short.has(quad.predicate.value)) yield quad
  }
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
