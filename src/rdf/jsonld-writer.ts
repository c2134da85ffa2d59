import type { ContextDefinition, NodeObject } from 'jsonld'
import { ownContext } from './contexts.ts'
import type { About, Part } from './format.ts'
import { loadJsonld } from './jsonld.ts'
import { dcat, foaf } from './namespaces.ts'
import { lines } from './serialise.ts'
import type { NamedNode, Quad } from './terms.ts'

/** The nodes of a graph as expanded JSON-LD (JSON-LD 1.1 API, section 8). */
const expandedNodes = async (quads: Iterable<Quad>): Promise<NodeObject[]> => (await loadJsonld()).fromRDF(lines(quads), { format: 'application/n-quads' })

/**
 * JSON-LD framed by what the text is about (JSON-LD 1.1 Framing): the resource with all it leads to nested in it, and with the record and the services that
 * lead to it. Where that would leave something out, or the text is about no one thing, all nodes stand side by side.
 */
export async function writeJsonLd(quads: Quad[], { subject, contextUrl }: About): Promise<string> {
  const jsonld = await loadJsonld()
  const flat = await expandedNodes(quads)
  const context: ContextDefinition = ownContext['@context']
  const result =
    subject && reachesAll(quads, subject)
      ? // The dataset is nested in our record of it, not in the portal's, which comes first in the order of properties.
        await jsonld.frame(
          flat,
          { '@context': context, '@id': subject.value, isPrimaryTopicOf: {}, isServedBy: {}, source: { primaryTopic: { '@embed': '@never' } } },
          { omitGraph: true, omitDefault: true },
        )
      : await jsonld.compact(flat, context, { graph: true })
  return `${JSON.stringify({ ...result, '@context': contextUrl ?? context }, null, 2)}\n`
}

/** Expanded JSON-LD: one array of the nodes of every graph. */
export async function* jsonLdParts(parts: Iterable<Part>): AsyncGenerator<string> {
  let separator = '[\n'
  for (const { quads } of parts) {
    for (const node of await expandedNodes(quads)) {
      yield separator + JSON.stringify(node)
      separator = ',\n'
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
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
