import { isNamed, namedNode, quad, type Quad, type Subject, type Term } from './terms.ts'

/** A folder that no address has: what is resolved within it was written as a relative reference. */
const mark = '~relative~'

/** What the relative references of a document are resolved against, so that they can be told from IRIs that were written in full. */
export function markedBase(url: string): string {
  const address = /^[a-z]+:\/\//i.test(url) ? URL.parse(url) : null
  return address ? `${rootOf(address)}${mark}${address.pathname}${address.search}` : url
}

/** True of an IRI that was resolved against a marked base. */
export const isMarked = (iri: string): boolean => iri.includes(`/${mark}/`)

/** An IRI without our mark. */
export const plainIri = (iri: string): string => iri.replace(`/${mark}/`, '/')

const rootOf = ({ protocol, host }: URL) => `${protocol}//${host}/`

/**
 * Takes the mark from the statements of a document. References to the document itself and to what lies below its folder are noted in `mended`: as they are
 * now → as they were written, nothing or `ftype/JSON`. In the place of an IRI portals write words, too, and only their property tells those from addresses.
 */
export function unmarking(url: string, mended: Map<string, string>): (each: Quad) => Quad {
  const base = markedBase(url)
  if (base === url) return each => each
  const [root, folder] = [`${rootOf(new URL(url))}${mark}/`, base.replace(/[^/]*(?:\?.*)?$/s, '')]
  const referenceOf = (iri: string) => (iri === base ? '' : iri.startsWith(folder) && !iri.startsWith(`${base}#`) ? iri.slice(folder.length) : undefined)
  const own = <T extends Term>(term: T): T => {
    if (!isNamed(term) || !term.value.startsWith(root)) return term
    const plain = namedNode(plainIri(term.value))
    const reference = referenceOf(term.value)
    const written = mended.get(term.value) ?? (reference && mended.get(reference))
    mended.delete(term.value)
    if (reference !== undefined) mended.set(plain.value, written === undefined ? reference : (referenceOf(written) ?? written))
    return plain as Term as T
  }
  return each => {
    const [subject, predicate, object, graph] = [own(each.subject), own(each.predicate), own(each.object), own(each.graph as Subject)]
    return subject === each.subject && predicate === each.predicate && object === each.object && graph === each.graph
      ? each
      : quad(subject, predicate, object, graph)
  }
}

/** What stands where an IRI belongs and is none, in the form of one that every syntax can hold, until it becomes the text it is. */
export const asIri = (text: string): string => `urn:text:${encodeURIComponent(text.toWellFormed())}`

/** The text that an IRI was made to hold; undefined for every other. */
export const textHeld = (iri: string): string | undefined => (iri.startsWith('urn:text:') ? decodeURIComponent(iri.slice(9)) : undefined)
