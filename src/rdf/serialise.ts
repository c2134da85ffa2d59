import { Writer } from 'n3'
import { ownContext } from './contexts.ts'
import { formatByName, type Format } from './formats.ts'
import { loadJsonld } from './jsonld.ts'
import { dcat, foaf, prefixes, xsd } from './namespaces.ts'
import type { NamedNode, Quad } from './terms.ts'

/** What a text is about, and where its JSON-LD context is found. */
export interface About {
  subject?: NamedNode
  contextUrl?: string
}

type Write = (quads: Quad[], about: About) => string | Promise<string>

const writers: Record<Format['name'], Write> = {
  turtle: quads => pretty(quads, 'Turtle'),
  trig: quads => pretty(quads, 'TriG'),
  ntriples: quads => lines(quads, false),
  nquads: quads => lines(quads, true),
  rdfxml: writeRdfXml,
  jsonld: writeJsonLd,
}

/** Writes statements in one format; in all formats but N-Quads and TriG the graph names are left out. */
export async function serialise(quads: Iterable<Quad>, format: Format, about: About = {}): Promise<string> {
  return writers[format.name](ordered(quads), about)
}

/** Statements as sorted lines: the same graph is the same text, whatever its origin. */
export function lines(quads: Iterable<Quad>, withGraph = false): string {
  const writer = new Writer({ format: withGraph ? 'N-Quads' : 'N-Triples' })
  const all: string[] = []
  for (const { subject, predicate, object, graph } of quads) {
    all.push(writer.quadToString(subject, predicate, object, withGraph ? graph : undefined))
  }
  return all.sort().join('')
}

/** Subjects together, in code point order, so that equal graphs give equal text. */
function ordered(quads: Iterable<Quad>): Quad[] {
  const key = (quad: Quad) =>
    `${quad.graph.value}\n${quad.subject.value}\n${quad.predicate.value}\n${quad.object.value}\n${'language' in quad.object ? quad.object.language : ''}`
  return [...quads]
    .map(quad => [key(quad), quad] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, quad]) => quad)
}

function pretty(quads: Quad[], format: 'Turtle' | 'TriG'): string {
  const used = new Set(
    quads
      .flatMap(quad => [quad.subject, quad.predicate, quad.object, 'datatype' in quad.object ? quad.object.datatype : undefined])
      .map(term => term?.value ?? ''),
  )
  const needed = Object.fromEntries(Object.entries(prefixes).filter(([, iri]) => used.values().some(value => value.startsWith(iri))))
  const writer = new Writer({ format, prefixes: needed })
  for (const quad of quads) writer.addQuad(quad.subject, quad.predicate, quad.object, format === 'TriG' ? quad.graph : undefined)
  let text = ''
  writer.end((_error, result: string) => {
    text = result
  })
  return text
}

// Oxigraph turns numbers and dates into values and forgets how they were written: `nonNegativeInteger` would come out as `integer`.
// Under another name it leaves them alone.
const disguise = 'urn:xsd:'

async function writeRdfXml(quads: Quad[]): Promise<string> {
  const { default: oxigraph } = await import('oxigraph')
  const store = new oxigraph.Store()
  const disguised = lines(quads, false).replace(/"\^\^<http:\/\/www\.w3\.org\/2001\/XMLSchema#(\w+)> \.$/gm, `"^^<${disguise}$1> .`)
  store.load(disguised, { format: 'application/n-triples', no_transaction: true, lenient: true })
  return store
    .dump({ format: 'application/rdf+xml', from_graph_name: oxigraph.defaultGraph() })
    .replaceAll(` rdf:datatype="${disguise}`, ` rdf:datatype="${xsd.iri}`)
}

/** The nodes of a graph as expanded JSON-LD (JSON-LD 1.1 API, section 8). */
export async function expandedNodes(quads: Iterable<Quad>): Promise<object[]> {
  return (await (await loadJsonld()).fromRDF(lines(quads), { format: 'application/n-quads' })) as object[]
}

/**
 * JSON-LD framed by what the text is about (JSON-LD 1.1 Framing): the resource with all it leads to nested in it, and with the record and the services that
 * lead to it. Where that would leave something out, or the text is about no one thing, all nodes stand side by side.
 */
async function writeJsonLd(quads: Quad[], { subject, contextUrl }: About): Promise<string> {
  const jsonld = await loadJsonld()
  const flat = await expandedNodes(quads)
  const context = ownContext['@context']
  const result =
    subject && reachesAll(quads, subject)
      ? // The dataset is nested in our record of it, not in the portal's, which comes first in the order of properties.
        await jsonld.frame(
          flat as never,
          { '@context': context, '@id': subject.value, isPrimaryTopicOf: {}, isServedBy: {}, source: { primaryTopic: { '@embed': '@never' } } } as never,
          { embed: '@once', omitGraph: true, omitDefault: true } as never,
        )
      : await jsonld.compact(flat as never, context as never, { graph: true })
  return `${JSON.stringify({ ...result, '@context': contextUrl ?? context }, null, 2)}\n`
}

/** True where every subject is found by going from one of them along its statements, or back from a record or a service of it. */
function reachesAll(quads: Quad[], from: NamedNode): boolean {
  const next = Map.groupBy(quads, quad => quad.subject.value)
  const backwards = quads.filter(
    ({ predicate, object }) => object.equals(from) && (predicate.equals(foaf.primaryTopic) || predicate.equals(dcat.servesDataset)),
  )
  const reached = new Set([from.value, ...backwards.map(quad => quad.subject.value)])
  for (const node of reached) for (const { object } of next.get(node) ?? []) if (next.has(object.value)) reached.add(object.value)
  return [...next.keys()].every(subject => reached.has(subject))
}

/** The formats by their names in code. */
export const turtle = formatByName('turtle')!
export const ntriples = formatByName('ntriples')!
