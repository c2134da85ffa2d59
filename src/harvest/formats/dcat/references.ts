import { codedProperties } from '../../../normalise/concepts.ts'
import type { Repair } from '../../../normalise/draft.ts'
import { mentionsAnother } from '../../../rdf/describe.ts'
import { add, type Graph } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { compact, foaf, owl, prov, rdf, rdfs } from '../../../rdf/namespaces.ts'
import { isNamed, literal, namedNode, type NamedNode, type Quad } from '../../../rdf/terms.ts'

/** Properties that may well lead to the document itself in which they stand. */
const ofDocument = new Set(
  [rdf.type, rdfs.isDefinedBy, rdfs.seeAlso, owl.sameAs, foaf.isPrimaryTopicOf, prov.wasDerivedFrom, prov.hadPrimarySource].map(({ value }) => value),
)

const isRelative = (written: string) => !/^[a-z][a-z0-9+.-]*:\S/i.test(written)

/** True of an IRI that only had to be resolved, and not mended. */
export const isResolved = (iri: string, written: string): boolean => isRelative(written) && iri.endsWith(written)

/** An address without its scheme, or words between blanks that are no name of a file, or that hold an address. */
const isNoReference = (written: string) =>
  /^\s*www\./i.test(written) || (/\S\s+\S/.test(written.trim()) && (/https?:\/\//i.test(written) || !/\/|\.[a-z0-9]{2,5}$/i.test(written)))

/**
 * Whether something stands in the place of an IRI that may be none, though it was resolved as one: a relative reference, as it was written, that leads to
 * nothing the record describes.
 */
export const isDoubtful = ({ predicate, object }: Quad, written: string | undefined, described: Graph): boolean =>
  written !== undefined &&
  isRelative(written) &&
  isNamed(object) &&
  !described.has(object) &&
  (written === '' ? !mentionsAnother(predicate) && !ofDocument.has(predicate.value) : codedProperties.has(predicate.value) || isNoReference(written))

/**
 * Puts right what was resolved against the address of the feed and is no reference: a word of a list becomes the text it is, a text with an address that
 * address; an empty field of a template goes. `written` tells how IRIs were written before they were resolved.
 */
export function readReferences(graph: Graph, written: Map<string, string>): Repair[] {
  const repairs: Repair[] = []
  for (const [iri, before] of written) {
    for (const quad of graph.quads(null, null, namedNode(iri))) {
      if (!isDoubtful(quad, before, graph)) continue
      const better = mendIri(before)
      const after = better ? namedNode(better) : literal(before)
      graph.remove(quad)
      if (before) add(graph, quad.subject, quad.predicate, after)
      repairs.push({
        rule: !before ? 'iri-dropped' : better ? 'iri-mended' : 'iri-to-text',
        property: compact(quad.predicate.value),
        before: before || (quad.object as NamedNode).value,
        after: before && after.value,
      })
    }
  }
  return repairs
}
