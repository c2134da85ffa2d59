import { RdfXmlParser } from 'rdfxml-streaming-parser'
import type { Read } from './format.ts'
import { isLegalIri, legallyWritten, mendIri } from './iri.ts'
import { rdf } from './namespaces.ts'
import { deepest, languageTag, ownStatements } from './reader.ts'
import { asIri, isMarked } from './relative.ts'
import { streamPieces, type PieceReader } from './stream-pieces.ts'
import { isLiteral, isNamed, literal, namedNode, quad, type Literal, type Quad, type Subject } from './terms.ts'

/** Any XML looks like RDF/XML: that it is none is told of the whole text. */
export const looksLikeXml = (start: string): number => (/^(<\?xml|<!--[\s\S]*?-->\s*<|<rdf:RDF|<[a-z]+:?RDF\b)/i.test(start) ? 1 : 0)
export const isNoRdf = (text: string): string | undefined => (text.includes(rdf.iri) ? undefined : 'XML that is no RDF')

/** RDF/XML (RDF 1.1 XML Syntax). */
export async function readRdfXml(text: string, base: string, mended: Map<string, string>): Promise<Read> {
  const first = await runRdfXml(text, base)
  const better = first.error ? mendXml(text) : text
  const second = better === text ? first : await runRdfXml(better, base)
  const { quads, ...rest } = second.quads.length < first.quads.length ? first : second
  return { quads: quads.map(quad => legal(quad, mended)), ...rest }
}

async function runRdfXml(text: string, base: string): Promise<Read> {
  const quads: Quad[] = []
  const lines: number[] = []
  const reader = rdfXmlReader(base, (quad, line) => {
    quads.push(quad)
    lines.push(line)
  })
  await reader.read(text)
  await reader.end()
  return { quads, lines, ...(reader.error !== undefined && { error: reader.error }) }
}

/** What XML says of its own documents, and of links in them: in RDF/XML these are statements of nothing (RDF 1.1 XML Syntax, 6.1.2 takes `xml:` out alone). */
const ofXml = new Set(['http://www.w3.org/2001/XMLSchema-instance', 'http://www.w3.org/1999/xlink', 'http://www.w3.org/2001/XInclude'])

class Parser extends RdfXmlParser {
  /** The line on which each statement ends. */
  readonly lineOf = new WeakMap<object, number>()

  override push(statement: object | null): boolean {
    if (statement) this.lineOf.set(statement, (this as unknown as { saxParser: { line: number } }).saxParser.line)
    return super.push(statement)
  }

  protected override onTag(tag: Parameters<RdfXmlParser['onTag']>[0]): void {
    for (const [name, { uri }] of Object.entries(tag.attributes)) if (ofXml.has(uri)) delete tag.attributes[name]
    super.onTag(tag)
  }
}

/** Reads RDF/XML in pieces, none of which ends within a tag. After an error nothing more is read. */
function rdfXmlReader(base: string, onQuad: (quad: Quad, line: number) => void): PieceReader {
  const own = ownStatements()
  const parser = new Parser({ baseIRI: base, validateUri: false })
  const ended = new Promise<void>(resolve => {
    parser.on('data', each => onQuad(own(each), parser.lineOf.get(each)!))
    parser.on('error', error => {
      reader.error ??= error
      resolve()
    })
    // The parser itself does not ask its XML reader whether the document has come to its end.
    parser.on('end', () => {
      ;(parser as unknown as { saxParser: { close(): void } }).saxParser.close()
    })
    parser.on('end', resolve)
  })
  let depth = 0
  const isDeeper = (text: string) => {
    for (const [tag] of text.matchAll(/<\/?[a-z_][^<>]*>/gi)) {
      if (tag.startsWith('</')) depth--
      else if (!tag.endsWith('/>') && ++depth > deepest) return true
    }
    return false
  }
  const reader: PieceReader = {
    async read(text) {
      if (reader.error) return
      if (isDeeper(text)) reader.error = new Error(`its elements are nested more than ${deepest} deep`)
      else
        await new Promise<void>(resolve => {
          parser.write(text, () => resolve())
        })
    },
    async end() {
      if (reader.error) return
      parser.end()
      await ended
    },
  }
  return reader
}

/** Reads RDF/XML as it comes. */
export const streamRdfXml = streamPieces(rdfXmlReader, wholeTags)

/** Characters after which a tag or a CDATA section that does not end is cut all the same. */
const longestTag = 1_000_000

/** XML in pieces that break no tag, entity or CDATA section, mended. */
async function* wholeTags(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  let defines = false
  for await (const chunk of text) {
    rest += chunk
    defines ||= /<!ENTITY\s/.test(rest)
    const open = unfinished(rest)
    const end = rest.length - open > longestTag ? rest.length : open
    if (end > 0) yield mendXml(rest.slice(0, end), defines)
    rest = rest.slice(end)
  }
  yield mendXml(rest, defines)
}

/** Where a CDATA section, a tag or an entity begins that the text does not end; its length where none does. */
function unfinished(text: string): number {
  const [section, tag, entity] = [text.lastIndexOf('<![CDATA['), text.lastIndexOf('<'), text.lastIndexOf('&')]
  if (section > text.lastIndexOf(']]>')) return section
  if (tag > text.lastIndexOf('>')) return tag
  return entity >= 0 && entity > text.length - 30 && !text.includes(';', entity) ? entity : text.length
}

/**
 * Writes `&` as `&amp;` where it begins no entity of XML, nor one that the document `defines` itself: `&nbsp;` becomes a text, as HTML in texts is one. Drops
 * the characters that XML may not hold, and references to them (XML 1.0, 2.2).
 */
export const mendXml = (text: string, defines = /<!ENTITY\s/.test(text)) =>
  text
    .replace(/<!\[CDATA\[.*?\]\]>|&(?:#(\d+|x[\da-f]+);|([a-z_][\w.-]*);)?/gis, (found, code?: string, name?: string) => {
      if (!found.startsWith('&')) return found
      if (code) return isCharacter(Number(code.replace(/^x/i, '0x'))) ? found : ''
      return name && (defines || /^(?:amp|lt|gt|quot|apos)$/.test(name)) ? found : `&amp;${found.slice(1)}`
    })
    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')

const isCharacter = (code: number) =>
  [0x9, 0xa, 0xd].includes(code) || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x1_0000 && code <= 0x10_ffff)

/** The readers of RDF/XML and RDFa take IRIs and language tags as they are written: mend them. A text in the place of an IRI is held by one. */
export function legal(from: Quad, mended: Map<string, string>): Quad {
  const better = <T extends Subject>(term: T) => {
    if (!isNamed(term) || isLegalIri(term.value)) return term
    const iri = isMarked(term.value) ? legallyWritten(term.value) : mendIri(term.value)
    if (iri) mended.set(iri, term.value)
    return iri ? namedNode(iri) : term
  }
  const tagged = (text: Literal) =>
    text.language && languageTag(text.language) !== text.language ? literal(text.value, languageTag(text.language) || undefined) : text
  const object = isLiteral(from.object) ? tagged(from.object) : better(from.object)
  return quad(better(from.subject), better(from.predicate), isNamed(object) && !isLegalIri(object.value) ? namedNode(asIri(object.value)) : object)
}
