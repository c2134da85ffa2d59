import { addressesOf } from '../config/addresses.ts'
import { add } from '../rdf/graph.ts'
import { isLegalIri, isPublicIri, isSoundIri, mendIri } from '../rdf/iri.ts'
import { dcat, foaf, vcard } from '../rdf/namespaces.ts'
import { isLiteral, isNamed, literal, namedNode, type NamedNode, type Term } from '../rdf/terms.ts'
import { remembering } from '../remembering.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

const isSoundText = remembering(isSoundIri)
const isSound = (term: Term) => !isNamed(term) || isSoundText(term.value)

/**
 * Mends illegal IRIs and those that are sure to be misspelt; a value that cannot be mended becomes the literal it is, so that nothing is lost and nothing is
 * broken.
 */
export function mendIris(draft: Draft): void {
  const told = new Set<string>()
  const bad = draft.graph.quads().filter(({ subject, predicate, object }) => !isSound(subject) || !isSound(predicate) || !isSound(object))
  for (const quad of bad) {
    draft.graph.remove(quad)
    const subject = isSound(quad.subject) ? quad.subject : (mended(draft, quad.subject.value) ?? kept(quad.subject.value))
    if (!subject || !isLegalIri(quad.predicate.value)) {
      repair(draft, 'iri-dropped', quad.predicate, `${quad.subject.value} ${quad.object.value}`, '')
      continue
    }
    if (!subject.equals(quad.subject) && !told.has(subject.value)) repair(draft, 'iri-mended', quad.predicate, quad.subject, subject)
    told.add(subject.value)
    const object = isSound(quad.object) ? quad.object : (mended(draft, quad.object.value) ?? kept(quad.object.value) ?? literal(quad.object.value))
    if (!object.equals(quad.object))
      repair(draft, isLiteral(object) ? 'iri-to-text' : 'iri-mended', { subject, predicate: quad.predicate }, quad.object, object)
    add(draft.graph, subject, quad.predicate, object)
  }
}

/** What is odd but legal, and cannot be mended, stays an IRI. */
const kept = (iri: string) => (isLegalIri(iri) ? namedNode(iri) : undefined)

/** An IRI as it was meant; an address that begins with `/` is one of the portal that the dataset is named by. */
function mended(draft: Draft, iri: string): NamedNode | undefined {
  const path = /^\s*\/[^/\\\s]/.test(iri) && isPublicIri(draft.dataset.value) && !draft.dataset.value.startsWith(draft.base)
  const better = mendIri((path && URL.parse(iri.trim(), draft.dataset.value)?.href) || iri)
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

/** What a portal says of things that are the catalogue's own – its records, its graphs, itself – is not the portal's to say: only links to them stay. */
export function leaveOurs(draft: Draft): void {
  const { base, record, dataset } = draft
  const addresses = addressesOf(base)
  const own = [record, addresses.dataset(addresses.idIn(record)!), dataset.value]
  const isOwn = (iri: string) => own.some(each => iri.startsWith(each) && /^(?:$|[#/])/.test(iri.slice(each.length)))
  for (const subject of draft.graph.subjects()) {
    if (!isNamed(subject) || !addresses.isOurs(subject.value) || isOwn(subject.value)) continue
    for (const quad of draft.graph.quads(subject)) {
      draft.graph.remove(quad)
      repair(draft, 'own-iri', quad.predicate, `${subject.value} ${quad.object.value}`, '')
    }
  }
}
