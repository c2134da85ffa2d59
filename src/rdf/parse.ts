import jsonld from 'jsonld'
import { Parser } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { Problem, sentence } from '../problem.ts'
import { loadContext } from './contexts.ts'
import { formatByExtension, formatByMediaType, sniff, type Format } from './formats.ts'
import { isLegalIri, mendIri } from './iri.ts'
import { decode } from './decode.ts'
import type { Quad } from './terms.ts'

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
  const text = typeof body === 'string' ? body : decode(body, origin.mediaType)
  const format = origin.format ?? formatOf(text, origin)
  const mended = new Map<string, string>()
  const { quads, error } = await readers[format.name](text, origin.url, mended)
  if (!error) return { quads, format, mended }
  const problem = error instanceof Problem ? error : new Problem('unreadable-rdf', `${origin.url} is not whole ${format.label}: ${sentence(error)}. ${excerptAdvice(quads.length)}`, { url: origin.url, excerpt: near(text, error) }, error)
  if (quads.length === 0) throw problem
  return { quads, format, mended, problem }
}

function formatOf(text: string, origin: Origin): Format {
  const stated = origin.mediaType ? formatByMediaType(origin.mediaType) : undefined
  const seen = sniff(text)
  // Portals often send XML as text/turtle or JSON-LD as text/plain: what the text looks like wins over what is said of it.
  const found = seen && stated && sameFamily(seen, stated) ? stated : (seen ?? (looksLikeHtml(text) ? undefined : (stated ?? formatByExtension(new URL(origin.url).pathname))))
  if (found) return found
  const what = looksLikeHtml(text) ? 'an HTML page' : 'no RDF that we know'
  throw new Problem('unknown-format', `${origin.url} answered with ${what}${origin.mediaType ? ` (${origin.mediaType})` : ''}. Send Turtle, JSON-LD, RDF/XML, N-Triples, N-Quads or TriG with its own content type.`, { url: origin.url, excerpt: text.slice(0, 200) })
}

const looksLikeHtml = (text: string) => /^\s*(<!doctype html|<html)/i.test(text)
const turtleFamily = new Set<Format['name']>(['turtle', 'ntriples', 'nquads', 'trig'])
const sameFamily = (a: Format, b: Format) => a === b || (turtleFamily.has(a.name) && turtleFamily.has(b.name))

type Reader = (text: string, base: string, mended: Map<string, string>) => Promise<{ quads: Quad[]; error?: unknown }>

const readers: Record<Format['name'], Reader> = {
  turtle: readTurtle, ntriples: readTurtle, nquads: readTurtle, trig: readTurtle, rdfxml: readRdfXml, jsonld: readJsonLd,
}

async function readTurtle(text: string, base: string, mended: Map<string, string>): Promise<{ quads: Quad[]; error?: unknown }> {
  const first = runTurtle(text, base)
  if (!first.error) return first
  const better = mendTurtle(text, mended)
  const second = better === text ? first : runTurtle(better, base)
  return second.quads.length >= first.quads.length ? second : first
}

/** n3 without a format reads a superset of Turtle, TriG, N-Triples and N-Quads. */
function runTurtle(text: string, base: string): { quads: Quad[]; error?: unknown } {
  const quads: Quad[] = []
  let failure: unknown
  new Parser({ baseIRI: base }).parse(text, (error, quad) => {
    if (error) failure = error
    else if (quad) quads.push(quad as Quad)
  })
  return failure ? { quads, error: failure } : { quads }
}

/** Encodes what an IRI may not hold and drops empty language tags, outside of strings and comments. */
function mendTurtle(text: string, mended: Map<string, string>): string {
  const token = /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(@(?=[\s;,.\])]))?|(#[^\n]*)|<([^<>\n]*)>/g
  return text.replace(token, (whole, string: string | undefined, emptyTag: string | undefined, comment: string | undefined, iri: string | undefined) => {
    if (string !== undefined) return emptyTag ? string : whole
    if (comment !== undefined || iri === undefined) return whole
    // oxlint-disable-next-line no-control-regex
    const better = iri.trim().replace(/[\u0000-\u0020"{}|^`]/g, encodeURIComponent).replace(/\\(?![uU])/g, '%5C')
    if (better !== iri) mended.set(better, iri)
    return `<${better}>`
  })
}

function readRdfXml(text: string, base: string): Promise<{ quads: Quad[]; error?: unknown }> {
  const quads: Quad[] = []
  const parser = new RdfXmlParser({ baseIRI: base, validateUri: false })
  return new Promise(resolve => {
    parser.on('data', (quad: Quad) => quads.push(quad))
    parser.on('error', error => resolve({ quads, error }))
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
        return { contextUrl: undefined, documentUrl: url, document: loadContext(url) }
      } catch (error) {
        refused = error as Problem
        throw error
      }
    }
    const expanded = await jsonld.expand(document, { base, documentLoader: documentLoader as never }).catch(error => { throw refused ?? error })
    mendIds(expanded, mended)
    return { quads: (await jsonld.toRDF(expanded as never, {})) as Quad[] }
  } catch (error) {
    return { quads: [], error }
  }
}

/** jsonld leaves out every statement whose IRI is illegal: mend them first. */
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
    Object.values(object).forEach(each => mendIds(each, mended))
  }
}

const excerptAdvice = (read: number) => (read > 0 ? `The ${read} statements before that place were read; mend it there so that the rest can be read too.` : 'Nothing could be read of it; mend it there.')

function near(text: string, error: unknown): string {
  const line = Number(/line (\d+)|^(\d+):\d+/i.exec(sentence(error))?.slice(1).find(Boolean))
  if (!line) return text.slice(0, 200)
  return text.split('\n').slice(Math.max(0, line - 1), line + 1).join('\n').slice(0, 300)
}
