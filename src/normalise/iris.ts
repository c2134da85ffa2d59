import { isLegalIri, isPublicIri, isSoundIri, mendIri } from '../rdf/iri.ts'
import { dcat, foaf, isLiteral, isNamed, literal, namedNode, vcard, type NamedNode, type Quad } from '../rdf/terms.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

/** Mends illegal IRIs and those that are sure to be misspelt; a value that cannot be mended becomes the literal it is, so that nothing is lost and nothing is broken. */
export function mendIris(draft: Draft): void {
  const told = new Set<string>()
  for (const quad of [...draft.graph] as Quad[]) {
    const bad = [quad.subject, quad.predicate, quad.object].some(term => isNamed(term) && !isSoundIri(term.value))
    if (!bad) continue
    draft.graph.removeQuad(quad as never)
    const subject = isNamed(quad.subject) && !isSoundIri(quad.subject.value) ? (mended(draft, quad.subject.value) ?? kept(quad.subject)) : quad.subject
    if (!subject || !isLegalIri(quad.predicate.value)) {
      repair(draft, 'iri-dropped', quad.predicate, `${quad.subject.value} ${quad.object.value}`, '')
      continue
    }
    if (!subject.equals(quad.subject) && !told.has(subject.value)) repair(draft, 'iri-mended', quad.predicate, quad.subject, subject)
    told.add(subject.value)
    const object = isNamed(quad.object) && !isSoundIri(quad.object.value) ? (mended(draft, quad.object.value) ?? kept(quad.object) ?? literal(quad.object.value)) : quad.object
    if (!object.equals(quad.object)) repair(draft, isLiteral(object) ? 'iri-to-text' : 'iri-mended', { subject, predicate: quad.predicate }, quad.object, object)
    draft.graph.addQuad(subject as never, quad.predicate as never, object as never)
  }
}

/** What is odd but legal, and cannot be mended, stays an IRI. */
const kept = (iri: NamedNode) => (isLegalIri(iri.value) ? iri : undefined)

/** An IRI as it was meant; an address that begins with `/` is one of the portal that the dataset is named by. */
function mended(draft: Draft, iri: string): NamedNode | undefined {
  const site = isPublicIri(draft.dataset.value) && !draft.dataset.value.startsWith(draft.base) ? draft.dataset.value : undefined
  const better = mendIri((site && /^\/[^/\\\s]/.test(iri.trim()) && URL.parse(iri.trim(), site)?.href) || iri)
  return better === undefined ? undefined : namedNode(better)
}

const links = [dcat.accessURL, dcat.downloadURL, dcat.landingPage, dcat.endpointURL, dcat.endpointDescription, foaf.page, foaf.homepage, vcard.hasURL]

/** Turns addresses written as text into IRIs. */
export function literalLinks(draft: Draft): void {
  for (const quad of statements(draft, ...links)) {
    if (!isLiteral(quad.object)) continue
    const iri = mended(draft, quad.object.value)
    if (!iri) continue
    swap(draft, quad, iri)
    repair(draft, 'text-to-iri', quad, quad.object, iri)
  }
}
