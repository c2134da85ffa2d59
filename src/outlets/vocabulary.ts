import { dct, fihrist, owl, rdf, rdfs, skos } from '../rdf/namespaces.ts'
import { namedNode, type Quad } from '../rdf/terms.ts'
import { textsOf } from '../rdf/texts.ts'
import type { Vocabulary } from '../vocabulary/vocabulary.ts'

/** A term of our own vocabulary: a class, a property, a metric, an entry of a list. */
interface OwnTerm {
  /** What stands after the hash of its IRI. */
  name: string
  label: Record<string, string>
  comment: Record<string, string>
  /** The IRIs of its classes. */
  kinds: string[]
}

/** The vocabulary itself: its terms are named by a hash, so that one document describes all of them. */
const ontology = namedNode(fihrist.iri.slice(0, -1))

/** What our own vocabulary (`ontologies/fihrist.ttl`) says: of itself, and of each of its terms. */
export const ownVocabulary = ({ graph }: Pick<Vocabulary, 'graph'>): Quad[] =>
  graph.quads().filter(({ subject }) => subject.equals(ontology) || subject.value.startsWith(fihrist.iri))

/** The same for people: its title and what it is for, and its terms in the order of their names. */
export function ownTerms({ graph }: Pick<Vocabulary, 'graph'>): {
  title: Record<string, string>
  description: Record<string, string>
  version?: string
  terms: OwnTerm[]
} {
  const names = [...new Set(ownVocabulary({ graph }).map(({ subject }) => subject.value))].filter(iri => iri.startsWith(fihrist.iri)).sort()
  const version = graph.objects(ontology, owl.versionInfo)[0]?.value
  return {
    title: textsOf(graph, ontology, dct.title),
    description: textsOf(graph, ontology, dct.description),
    ...(version !== undefined && { version }),
    terms: names.map(iri => {
      const term = namedNode(iri)
      return {
        name: iri.slice(fihrist.iri.length),
        label: { ...textsOf(graph, term, skos.prefLabel), ...textsOf(graph, term, dct.title), ...textsOf(graph, term, rdfs.label) },
        comment: { ...textsOf(graph, term, skos.definition), ...textsOf(graph, term, rdfs.comment) },
        kinds: graph.objects(term, rdf.type).map(({ value }) => value),
      }
    }),
  }
}
