import { isLegalIri, mendIri } from '../rdf/iri.ts'
import { dcat, foaf, isLiteral, isNamed, literal, namedNode, vcard, type Quad } from '../rdf/terms.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

/** Mends illegal IRIs; a value that cannot be mended becomes the literal it is, so that nothing is lost and nothing is broken. */
export function mendIris(draft: Draft): void {
  const told = new Set<string>()
  for (const quad of [...draft.graph] as Quad[]) {
    const bad = [quad.subject, quad.predicate, quad.object].some(term => isNamed(term) && !isLegalIri(term.value))
    if (!bad) continue
    draft.graph.removeQuad(quad as never)
    const subject = isLegalIri(quad.subject.value) || !isNamed(quad.subject) ? quad.subject : mended(quad.subject.value)
    if (!subject || !isLegalIri(quad.predicate.value)) {
      repair(draft, 'iri-dropped', quad.predicate, `${quad.subject.value} ${quad.object.value}`, '')
      continue
    }
    if (!subject.equals(quad.subject) && !told.has(subject.value)) repair(draft, 'iri-mended', quad.predicate, quad.subject, subject)
    told.add(subject.value)
    const object = isNamed(quad.object) && !isLegalIri(quad.object.value) ? (mended(quad.object.value) ?? literal(quad.object.value)) : quad.object
    if (!object.equals(quad.object)) repair(draft, isLiteral(object) ? 'iri-to-text' : 'iri-mended', quad.predicate, quad.object, object)
    draft.graph.addQuad(subject as never, quad.predicate as never, object as never)
  }
}

const mended = (iri: string) => {
  const better = mendIri(iri)
  return better === undefined ? undefined : namedNode(better)
}

const links = [dcat.accessURL, dcat.downloadURL, dcat.landingPage, dcat.endpointURL, dcat.endpointDescription, foaf.page, foaf.homepage, vcard.hasURL]

/** Turns addresses written as text into IRIs. */
export function literalLinks(draft: Draft): void {
  for (const quad of statements(draft, ...links)) {
    if (!isLiteral(quad.object)) continue
    const iri = mended(quad.object.value)
    if (!iri) continue
    swap(draft, quad, iri)
    repair(draft, 'text-to-iri', quad.predicate, quad.object, iri)
  }
}
