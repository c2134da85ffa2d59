import type { Format } from './format.ts'
import { jsonLdParts, writeJsonLd } from './jsonld-writer.ts'
import { readJsonLd } from './jsonld.ts'
import { prettyParts, pretty } from './pretty.ts'
import { rdfXmlParts, writeRdfXml } from './rdfxml-writer.ts'
import { isNoRdf, looksLikeXml, readRdfXml, streamRdfXml } from './rdfxml.ts'
import { inGraph, lines } from './serialise.ts'
import { streamLines } from './stream-lines.ts'
import { streamPieces } from './stream-pieces.ts'
import { looksLikeNQuads, looksLikeTriG, looksLikeTurtle, readTurtle, turtleReader, wholeTokens } from './turtle.ts'

/** The RDF formats we read and write, in the order in which they are offered. Add a format: a row here, its reader and its writer in files of their own. */
export const formats: Format[] = [
  {
    name: 'turtle',
    label: 'Turtle',
    mediaType: 'text/turtle',
    extension: 'ttl',
    aliases: ['application/x-turtle', 'text/n3', 'text/rdf+n3', 'application/turtle', 'application/n3'],
    otherExtensions: ['n3'],
    w3c: 'Turtle',
    quads: false,
    sniff: looksLikeTurtle,
    read: readTurtle,
    stream: streamPieces(turtleReader, wholeTokens),
    write: quads => pretty(quads, 'Turtle'),
    writeParts: parts => prettyParts(parts, 'Turtle'),
  },
  {
    name: 'jsonld',
    label: 'JSON-LD',
    mediaType: 'application/ld+json',
    extension: 'jsonld',
    aliases: ['application/json', 'text/json', 'application/x-json+ld'],
    otherExtensions: ['json'],
    w3c: 'JSON-LD',
    quads: false,
    sniff: start => (/^[{[]/.test(start) ? 1 : 0),
    read: readJsonLd,
    write: writeJsonLd,
    writeParts: jsonLdParts,
  },
  {
    name: 'rdfxml',
    label: 'RDF/XML',
    mediaType: 'application/rdf+xml',
    extension: 'rdf',
    aliases: ['application/xml', 'text/xml', 'text/rdf'],
    otherExtensions: ['xml', 'owl'],
    w3c: 'RDF_XML',
    quads: false,
    sniff: looksLikeXml,
    noRdf: isNoRdf,
    read: readRdfXml,
    stream: streamRdfXml,
    write: writeRdfXml,
    writeParts: rdfXmlParts,
  },
  {
    name: 'ntriples',
    label: 'N-Triples',
    mediaType: 'application/n-triples',
    extension: 'nt',
    aliases: ['text/ntriples'],
    otherExtensions: [],
    w3c: 'N-Triples',
    quads: false,
    // It is Turtle as well: which of them it is, the portal says.
    sniff: () => 0,
    read: readTurtle,
    stream: streamLines,
    write: quads => lines(quads),
    writeParts: parts => Iterator.from(parts).map(({ quads }) => lines(quads)),
  },
  {
    name: 'nquads',
    label: 'N-Quads',
    mediaType: 'application/n-quads',
    extension: 'nq',
    aliases: ['text/x-nquads'],
    otherExtensions: [],
    w3c: 'N-Quads',
    quads: true,
    sniff: looksLikeNQuads,
    read: readTurtle,
    stream: streamLines,
    write: quads => lines(quads, true),
    writeParts: parts => Iterator.from(parts).map(part => lines(inGraph(part), true)),
  },
  {
    name: 'trig',
    label: 'TriG',
    mediaType: 'application/trig',
    extension: 'trig',
    aliases: ['application/x-trig'],
    otherExtensions: [],
    w3c: 'TriG',
    quads: true,
    sniff: looksLikeTriG,
    read: readTurtle,
    stream: streamPieces(turtleReader, wholeTokens),
    write: quads => pretty(quads, 'TriG'),
    writeParts: parts => prettyParts(parts, 'TriG'),
  },
]

/** The formats that one graph is published in. */
export const graphFormats = formats.filter(format => !format.quads)

export const formatByName = (name: string): Format | undefined => formats.find(format => format.name === name || format.extension === name)

/** The formats by their names in code. */
export const turtle = formatByName('turtle')!
export const ntriples = formatByName('ntriples')!

/** The format that a content type names; generic ones such as `application/xml` included. */
export function formatByMediaType(mediaType: string): Format | undefined {
  const bare = mediaType.split(';')[0]!.trim().toLowerCase()
  return formats.find(format => format.mediaType === bare || format.aliases.includes(bare))
}

export function formatByExtension(path: string): Format | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase()
  return extension === undefined ? undefined : formats.find(format => [format.extension, format.name, ...format.otherExtensions].includes(extension))
}

/** The format of a text by its first characters, for portals that send `text/plain` or nothing. Undefined for HTML and for what looks like no RDF at all. */
export function sniff(text: string): Format | undefined {
  const start = text.slice(0, 4000).trimStart()
  if (/^<(!doctype html|html)/i.test(start)) return undefined
  const sure = new Map(formats.map(format => [format, format.sniff(start)]))
  const surest = formats.reduce((best, next) => (sure.get(next)! > sure.get(best)! ? next : best))
  return sure.get(surest)! > 0 ? surest : undefined
}

/**
 * The format of a text that begins so and is said to be of a media type. Portals often send XML as text/turtle or JSON-LD as text/plain: what the text looks
 * like wins over what is said of it, but between formats that are read alike.
 */
export function formatOf(text: string, mediaType: string | undefined): Format | undefined {
  const seen = sniff(text)
  const stated = mediaType ? formatByMediaType(mediaType) : undefined
  return seen && stated?.read !== seen.read ? seen : stated
}
