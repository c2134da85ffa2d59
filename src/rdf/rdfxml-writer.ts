import type { Part } from './format.ts'
import { xsd } from './namespaces.ts'
import { lines } from './serialise.ts'
import type { Quad } from './terms.ts'

// Oxigraph turns numbers and dates into values and forgets how they were written: `nonNegativeInteger` would come out as `integer`.
// Under another name it leaves them alone.
const disguise = 'urn:xsd:'

/** RDF/XML by Oxigraph, which is loaded where RDF/XML is written. */
export async function writeRdfXml(quads: Quad[]): Promise<string> {
  const { default: oxigraph } = await import('oxigraph')
  const store = new oxigraph.Store()
  const disguised = lines(quads).replace(/"\^\^<http:\/\/www\.w3\.org\/2001\/XMLSchema#(\w+)> \.$/gm, `"^^<${disguise}$1> .`)
  store.load(disguised, { format: 'application/n-triples', no_transaction: true, lenient: true })
  return store
    .dump({ format: 'application/rdf+xml', from_graph_name: oxigraph.defaultGraph() })
    .replaceAll(` rdf:datatype="${disguise}`, ` rdf:datatype="${xsd.iri}`)
}

/** One root element around the descriptions of every graph. */
export async function* rdfXmlParts(parts: Iterable<Part>): AsyncGenerator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
  for (const { quads } of parts) yield (await writeRdfXml(quads)).replace(/^<\?xml[^>]*\?>\s*<rdf:RDF[^>]*>\n?|<\/rdf:RDF>\s*$/g, '')
  yield '</rdf:RDF>\n'
}
