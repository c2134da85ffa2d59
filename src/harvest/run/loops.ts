import { addressesOf } from '../../config/addresses.ts'
import { instances, values, type Graph } from '../../rdf/graph.ts'
import { dcat, dct, foaf } from '../../rdf/namespaces.ts'
import { isNamed, type NamedNode, type Term } from '../../rdf/terms.ts'
import type { HarvestedRecord } from '../protocol.ts'
import { probeMint } from './probe-mint.ts'

/**
 * The IRI by which a record shows that it came from us: a portal that re-publishes our feed gives back a dataset that we minted, or our own record of it.
 * Undefined for what is the portal's. A text that only mentions an address of ours says nothing.
 */
export function ourIriIn({ key, payload, map }: HarvestedRecord, base: string): string | undefined {
  const bare = withoutScheme(base)
  if (!payload.body.includes(bare)) return undefined
  const ours = addressesOf(bare)
  const isOurs = (iri: string) => ours.isOurs(withoutScheme(iri))
  if (isOurs(key)) return key
  try {
    const { dataset, graph } = map(probeMint)
    return [dataset, ...namesOf(graph, dataset)].map(({ value }) => value).find(isOurs)
  } catch {
    // Why it cannot be mapped is said where it is mapped for good.
    return undefined
  }
}

/** A portal may know us by http where we go by https. */
const withoutScheme = (iri: string) => iri.replace(/^https?:\/\//, '')

/** Identifiers of the dataset, and the entries of catalogues about it with those they were made of. */
function namesOf(graph: Graph, dataset: NamedNode): Term[] {
  const entries = instances(graph, dcat.CatalogRecord).filter(entry => values(graph, entry, foaf.primaryTopic).some(topic => topic.equals(dataset)))
  return [...values(graph, dataset, dct.identifier), ...entries.filter(isNamed), ...entries.flatMap(entry => values(graph, entry, dct.source))]
}
