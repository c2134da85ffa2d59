import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { isLegalIri, mendIri } from './iri.ts'
import { deepest, languageTag, type Read } from './reader.ts'
import { isLiteral, isNamed, literal, namedNode, quad, type Quad, type Term } from './terms.ts'

/** RDF/XML (RDF 1.1 XML Syntax). */
export async function readRdfXml(text: string, base: string, mended: Map<string, string>): Promise<Read> {
  if (isDeeper(text)) return { quads: [], error: new Error(`its elements are nested more than ${deepest} deep`) }
  const first = await runRdfXml(text, base)
  const better = first.error ? mendXml(text) : text
  const second = better === text ? first : await runRdfXml(better, base)
  const { quads, ...error } = second.quads.length < first.quads.length ? first : second
  return { quads: quads.map(quad => legal(quad, mended)), ...error }
}

function isDeeper(text: string): boolean {
  let depth = 0
  for (const [tag] of text.matchAll(/<\/?[a-z_][^<>]*>/gi)) {
    if (tag.startsWith('</')) depth--
    else if (!tag.endsWith('/>') && ++depth > deepest) return true
  }
  return false
}

/** Writes `&` as `&amp;` where it begins no entity, and drops the characters that XML may not hold. */
// oxlint-disable-next-line no-control-regex
export const mendXml = (text: string) => text.replace(/&(?!(?:#\d+|#x[\da-f]+|[a-z_][\w.-]*);)/gi, '&amp;').replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')

/** The readers of RDF/XML and RDFa take IRIs and language tags as they are written: mend them. */
export function legal(from: Quad, mended: Map<string, string>): Quad {
  const better = <T extends Term>(term: T): T => {
    if (isLiteral(term)) return (term.language && languageTag(term.language) !== term.language ? literal(term.value, languageTag(term.language) || undefined) : term) as T
    if (!isNamed(term) || isLegalIri(term.value)) return term
    const iri = mendIri(term.value)
    if (iri) mended.set(iri, term.value)
    return (iri ? namedNode(iri) : term) as T
  }
  return quad(better(from.subject) as never, better(from.predicate) as never, better(from.object) as never) as Quad
}

function runRdfXml(text: string, base: string): Promise<Read> {
  const quads: Quad[] = []
  const parser = new RdfXmlParser({ baseIRI: base, validateUri: false })
  return new Promise(resolve => {
    parser.on('data', (quad: Quad) => quads.push(quad))
    parser.on('error', error => resolve({ quads, error }))
    // The parser itself does not ask its XML reader whether the document has come to its end.
    parser.on('end', () => { (parser as unknown as { saxParser: { close(): void } }).saxParser.close() })
    parser.on('end', () => resolve({ quads }))
    parser.end(text)
  })
}
