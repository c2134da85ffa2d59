import { Parser } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { Problem, sentence } from '../problem.ts'
import { loadContext } from './contexts.ts'
import { formatByExtension, formatByMediaType, sniff, type Format } from './formats.ts'
import { isLegalIri, mendIri } from './iri.ts'
import { loadJsonld } from './jsonld.ts'
import { decode } from './decode.ts'
import { isLiteral, isNamed, literal, namedNode, quad, rdf, type Quad, type Term } from './terms.ts'

/** What could be read of one RDF text. */
export interface Parsed {
  quads: Quad[]
  format: Format
  /** IRIs that had to be mended before the text could be read: mended → as it was written. */
  mended: Map<string, string>
  /** What could not be read; the quads before it are kept. Undefined when all was read. */
  problem?: Problem
}

/** Where a text comes from: its address resolves relative IRIs; its media type, if it is to be believed, tells the format. */
export interface Origin {
  url: string
  mediaType?: string
  format?: Format
}

/**
 * Reads RDF in any format we know, as forgivingly as can be: wrong or missing content types, BOMs, legacy encodings, illegal IRIs.
 * Throws a Problem only where nothing can be read: `unknown-format`, `unreadable-rdf`, `unknown-context`.
 */
export async function parse(body: Uint8Array | string, origin: Origin): Promise<Parsed> {
  const text = (typeof body === 'string' ? body : decode(body, origin.mediaType)).replace(/^\uFEFF/, '')
  const format = origin.format ?? formatOf(text, origin)
  const mended = new Map<string, string>()
  const { quads, error } = await readers[format.name](text, origin.url, mended)
  if (!error) return { quads, format, mended }
  const problem = error instanceof Problem ? error : new Problem('unreadable-rdf', `${origin.url} is not whole ${format.label}: ${sentence(error).replace(/\.$/, '')}. ${excerptAdvice(quads.length)}`, { url: origin.url, ...near(text, error) }, error)
  if (quads.length === 0) throw problem
  return { quads, format, mended, problem }
}

/** Reads back N-Triples that we wrote ourselves: nothing in them needs forgiving. */
export function readLines(text: string): Quad[] {
  return new Parser({ format: 'N-Triples' }).parse(text) as Quad[]
}

function formatOf(text: string, origin: Origin): Format {
  const stated = origin.mediaType ? formatByMediaType(origin.mediaType) : undefined
  const seen = sniff(text)
  // Portals often send XML as text/turtle or JSON-LD as text/plain: what the text looks like wins over what is said of it.
  const found = seen && stated && sameFamily(seen, stated) ? stated : (seen ?? (looksLikeHtml(text) ? undefined : (stated ?? formatByExtension(new URL(origin.url).pathname))))
  if (found && !(found.name === 'rdfxml' && !text.includes(rdf.iri))) return found
  const what = looksLikeHtml(text) ? 'an HTML page' : found ? 'XML that is no RDF' : 'no RDF that we know'
  throw new Problem('unknown-format', `${origin.url} answered with ${what}${origin.mediaType ? ` (${origin.mediaType})` : ''}. Send Turtle, JSON-LD, RDF/XML, N-Triples, N-Quads or TriG with its own content type.`, { url: origin.url, excerpt: text.slice(0, 200) })
}

const looksLikeHtml = (text: string) => /^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)*<(?:!doctype html|html)\b/i.test(text)
const turtleFamily = new Set<Format['name']>(['turtle', 'ntriples', 'nquads', 'trig'])
const sameFamily = (a: Format, b: Format) => a === b || (turtleFamily.has(a.name) && turtleFamily.has(b.name))

type Reader = (text: string, base: string, mended: Map<string, string>) => Promise<{ quads: Quad[]; error?: unknown }>

const readers: Record<Format['name'], Reader> = {
  turtle: readTurtle, ntriples: readTurtle, nquads: readTurtle, trig: readTurtle, rdfxml: readRdfXml, jsonld: readJsonLd,
}

async function readTurtle(text: string, base: string, mended: Map<string, string>): Promise<{ quads: Quad[]; error?: unknown }> {
  const first = runTurtle(text, base)
  if (!first.error) return first
  const changes = new Map<string, string>()
  const better = mendTurtle(text, changes)
  const second = better === text ? first : runTurtle(better, base)
  if (second.quads.length < first.quads.length) return first
  for (const [now, before] of changes) mended.set(now, before)
  return second
}

/**
 * n3 without a format reads a superset of Turtle, TriG, N-Triples and N-Quads. Given a stream it hands over each statement
 * at once, so that those before an error are kept; this stream is the whole text, and read when `parse` is called.
 */
function runTurtle(text: string, base: string): { quads: Quad[]; error?: unknown } {
  const quads: Quad[] = []
  const listeners = new Map<string, (chunk?: string) => void>()
  let failure: unknown
  let depth = 0
  const onQuad = (error: Error | null, quad: unknown) => {
    if (error) failure ??= error
    else if (quad) quads.push(quad as Quad)
  }
  const onToken = ({ type, line }: { type: string, line: number }) => {
    if (opening.has(type) && ++depth > deepest) throw new Error(`its lists and blank nodes are nested more than ${deepest} deep on line ${line}`)
    if (closing.has(type)) depth--
  }
  try {
    new Parser({ baseIRI: base }).parse({ on: (event: string, listener: (chunk?: string) => void) => listeners.set(event, listener) } as never, { onQuad, onToken } as never)
    listeners.get('data')!(text)
    listeners.get('end')!()
  } catch (error) {
    failure = error
  }
  return failure ? { quads, error: failure } : { quads }
}

/** Elements, lists or blank nodes within each other that a feed may have: no description needs more, and a reader's time grows with them, for some with their square. */
const deepest = 1000
const opening = new Set(['(', '[', '{'])
const closing = new Set([')', ']', '}'])

/** Encodes what an IRI may not hold, drops empty language tags and writes `@fr_FR` as `@fr-FR`, outside of strings and comments. */
export function mendTurtle(text: string, mended: Map<string, string>): string {
  const token = /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(@[\w-]*)?|(#[^\n]*)|<([^<>\n]*)>/g
  return text.replace(token, (whole, string: string | undefined, tag: string | undefined, comment: string | undefined, iri: string | undefined) => {
    if (string !== undefined) return tag === undefined ? whole : tagged(string, languageTag(tag.slice(1)))
    if (comment !== undefined || iri === undefined) return whole
    // oxlint-disable-next-line no-control-regex
    const better = iri.trim().replace(/[\u0000-\u0020"{}|^`]/g, encodeURIComponent).replace(/\\(?![uU])/g, '%5C')
    if (better !== iri) mended.set(better, iri)
    return `<${better}>`
  })
}

const tagged = (string: string, tag: string) => (tag ? `${string}@${tag}` : string)

/** A legal language tag (BCP 47, as RDF asks), or nothing: `fr_FR` → `fr-FR`. */
const languageTag = (tag: string): string => /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.exec(tag.replaceAll('_', '-'))?.[0] ?? ''

async function readRdfXml(text: string, base: string, mended: Map<string, string>): Promise<{ quads: Quad[]; error?: unknown }> {
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

function runRdfXml(text: string, base: string): Promise<{ quads: Quad[]; error?: unknown }> {
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

async function readJsonLd(text: string, base: string, mended: Map<string, string>): Promise<{ quads: Quad[]; error?: unknown }> {
  try {
    const document = JSON.parse(text) as object
    let refused: Problem | undefined
    const documentLoader = async (url: string) => {
      try {
        return { contextUrl: undefined, documentUrl: url, document: loadContext(url, base) }
      } catch (error) {
        refused = error as Problem
        throw error
      }
    }
    const jsonld = await loadJsonld()
    const expanded = await jsonld.expand(document, { base, documentLoader: documentLoader as never }).catch(error => { throw refused ?? error })
    mendIds(expanded, mended)
    return { quads: (await jsonld.toRDF(expanded as never, {})) as Quad[] }
  } catch (error) {
    return { quads: [], error }
  }
}

/** jsonld leaves out every statement whose IRI is illegal, and lets language tags be as they are: mend them first. */
function mendIds(node: unknown, mended: Map<string, string>): void {
  if (Array.isArray(node)) node.forEach(each => mendIds(each, mended))
  else if (node && typeof node === 'object') {
    const object = node as Record<string, unknown>
    const id = object['@id']
    if (typeof id === 'string' && !id.startsWith('_:') && !isLegalIri(id)) {
      const better = mendIri(id)
      if (better) {
        mended.set(better, id)
        object['@id'] = better
      }
    }
    const tag = object['@language']
    if (typeof tag === 'string') {
      if (languageTag(tag)) object['@language'] = languageTag(tag)
      else delete object['@language']
    }
    Object.values(object).forEach(each => mendIds(each, mended))
  }
}

const excerptAdvice = (read: number) => (read > 0 ? `What stands before that place was read (statements: ${read}); mend it there so that the rest can be read too.` : 'Nothing could be read of it; mend it there.')

/** The line that a reader complains of, and what stands there; the beginning of the text where it names none. */
function near(text: string, error: unknown): { line?: number, excerpt: string } {
  const line = Number(/line (\d+)|^(\d+):\d+/i.exec(sentence(error))?.slice(1).find(Boolean))
  if (!line) return { excerpt: text.slice(0, 200) }
  return { line, excerpt: text.split('\n').slice(Math.max(0, line - 1), line + 1).join('\n').slice(0, 300) }
}
