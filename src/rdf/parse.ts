import { Problem, sentence } from '../problem.ts'
import { decode } from './decode.ts'
import { formatByExtension, formatByMediaType, sniff, type Format } from './formats.ts'
import { readJsonLd } from './jsonld.ts'
import { readRdfXml } from './rdfxml.ts'
import type { Reader } from './reader.ts'
import { rdf } from './namespaces.ts'
import type { Quad } from './terms.ts'
import { readTurtle } from './turtle.ts'

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
  const problem =
    error instanceof Problem
      ? error
      : new Problem(
          'unreadable-rdf',
          `${origin.url} is not whole ${format.label}: ${sentence(error).replace(/\.$/, '')}. ${excerptAdvice(quads.length)}`,
          { url: origin.url, ...near(text, error) },
          error,
        )
  if (quads.length === 0) throw problem
  return { quads, format, mended, problem }
}

function formatOf(text: string, origin: Origin): Format {
  const stated = origin.mediaType ? formatByMediaType(origin.mediaType) : undefined
  const seen = sniff(text)
  // Portals often send XML as text/turtle or JSON-LD as text/plain: what the text looks like wins over what is said of it.
  const found =
    seen && stated && sameFamily(seen, stated)
      ? stated
      : (seen ?? (looksLikeHtml(text) ? undefined : (stated ?? formatByExtension(new URL(origin.url).pathname))))
  if (found && !(found.name === 'rdfxml' && !text.includes(rdf.iri))) return found
  const what = looksLikeHtml(text) ? 'an HTML page' : found ? 'XML that is no RDF' : 'no RDF that we know'
  throw new Problem(
    'unknown-format',
    `${origin.url} answered with ${what}${origin.mediaType ? ` (${origin.mediaType})` : ''}. Send Turtle, JSON-LD, RDF/XML, N-Triples, N-Quads or TriG with its own content type.`,
    { url: origin.url, excerpt: text.slice(0, 200) },
  )
}

const looksLikeHtml = (text: string) => /^(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)*<(?:!doctype html|html)\b/i.test(text)
const turtleFamily = new Set<Format['name']>(['turtle', 'ntriples', 'nquads', 'trig'])
const sameFamily = (a: Format, b: Format) => a === b || (turtleFamily.has(a.name) && turtleFamily.has(b.name))

const readers: Record<Format['name'], Reader> = {
  turtle: readTurtle,
  ntriples: readTurtle,
  nquads: readTurtle,
  trig: readTurtle,
  rdfxml: readRdfXml,
  jsonld: readJsonLd,
}

const excerptAdvice = (read: number) =>
  read > 0
    ? `What stands before that place was read (statements: ${read}); mend it there so that the rest can be read too.`
    : 'Nothing could be read of it; mend it there.'

/** The line that a reader complains of, and what stands there; the beginning of the text where it names none. */
function near(text: string, error: unknown): { line?: number; excerpt: string } {
  const line = Number(/line (\d+)|^(\d+):\d+/i.exec(sentence(error))?.slice(1).find(Boolean))
  if (!line) return { excerpt: text.slice(0, 200) }
  return {
    line,
    excerpt: text
      .split('\n')
      .slice(Math.max(0, line - 1), line + 1)
      .join('\n')
      .slice(0, 300),
  }
}
