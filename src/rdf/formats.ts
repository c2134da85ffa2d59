import { entry } from '../table.ts'
/** One RDF format we read or write. Add a format: one line here, its reader in a file of its own that parse.ts names, its writer in serialise.ts. */
export interface Format {
  /** The name on the command line and in URLs. */
  name: 'turtle' | 'jsonld' | 'rdfxml' | 'ntriples' | 'nquads' | 'trig'
  mediaType: string
  extension: string
  label: string
  /** Other media types portals send for it. */
  aliases: string[]
  /** Can hold named graphs. */
  quads: boolean
}

export const formats: Format[] = [
  {
    name: 'turtle',
    mediaType: 'text/turtle',
    extension: 'ttl',
    label: 'Turtle',
    quads: false,
    aliases: ['application/x-turtle', 'text/n3', 'text/rdf+n3', 'application/turtle', 'application/n3'],
  },
  {
    name: 'jsonld',
    mediaType: 'application/ld+json',
    extension: 'jsonld',
    label: 'JSON-LD',
    quads: false,
    aliases: ['application/json', 'text/json', 'application/x-json+ld'],
  },
  { name: 'rdfxml', mediaType: 'application/rdf+xml', extension: 'rdf', label: 'RDF/XML', quads: false, aliases: ['application/xml', 'text/xml', 'text/rdf'] },
  { name: 'ntriples', mediaType: 'application/n-triples', extension: 'nt', label: 'N-Triples', quads: false, aliases: ['text/ntriples'] },
  { name: 'nquads', mediaType: 'application/n-quads', extension: 'nq', label: 'N-Quads', quads: true, aliases: ['text/x-nquads'] },
  { name: 'trig', mediaType: 'application/trig', extension: 'trig', label: 'TriG', quads: true, aliases: ['application/x-trig'] },
]

/** The formats that one resource or one page is published in. */
export const graphFormats = formats.filter(format => !format.quads)

export function formatByName(name: string): Format | undefined {
  return formats.find(format => format.name === name || format.extension === name)
}

/** The format that a content type names; generic ones such as `application/xml` included. */
export function formatByMediaType(mediaType: string): Format | undefined {
  const bare = mediaType.split(';')[0]!.trim().toLowerCase()
  return formats.find(format => format.mediaType === bare || format.aliases.includes(bare))
}

const otherExtensions: Record<string, Format['name']> = { xml: 'rdfxml', owl: 'rdfxml', json: 'jsonld', n3: 'turtle' }

export function formatByExtension(path: string): Format | undefined {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase()
  if (!extension) return undefined
  return formats.find(format => format.extension === extension) ?? formatByName(entry(otherExtensions, extension) ?? '')
}

/**
 * The format of a text by its first characters, for portals that send `text/plain` or nothing.
 * Undefined for HTML and for what looks like no RDF at all.
 */
export function sniff(text: string): Format | undefined {
  const start = text.slice(0, 4000).trimStart()
  if (/^<(!doctype html|html)/i.test(start)) return undefined
  if (/^(<\?xml|<!--[\s\S]*?-->\s*<|<rdf:RDF|<[a-z]+:?RDF\b)/i.test(start)) return formatByName('rdfxml')
  if (/^[{[]/.test(start)) return formatByName('jsonld')
  if (/^(#.*\n|\s)*(@prefix|@base|prefix\s|base\s)/i.test(start)) return /\{\s*[<\w_[]/.test(start) ? formatByName('trig') : formatByName('turtle')
  if (/^(#.*\n|\s)*(<[^>\s]*>|_:\S+)\s+<[^>\s]*>\s+(<[^>\s]*>|_:\S+|"[^\n]*)\s+(<[^>\s]*>|_:\S+)\s*\.\s*$/m.test(start)) return formatByName('nquads')
  if (/^(#.*\n|\s)*(<[^>\s]*>|_:\S+|\w*:\w+|\[)\s/.test(start)) return formatByName('turtle')
  return undefined
}
