import type Oxigraph from 'oxigraph'
import { limitRows } from './query-text.ts'
import type { Wanted } from './store.ts'
import { written, type Bounds, type Cut } from './written.ts'

/** What is asked of an engine. */
export type Question = { sparql: string } & Pick<Wanted, 'mediaType' | 'form' | 'dataset' | 'ownDataset' | 'typed'>

/**
 * Asks Oxigraph. A table is asked for with one row more than may be sent, so that it is known when it is cut; of a graph, nobody could tell. The graphs that a
 * request names go before those of the query, and where neither names any it is asked of the union of all.
 */
export function ask(
  { namedNode }: Pick<typeof Oxigraph, 'namedNode'>,
  store: Oxigraph.Store,
  base: string,
  { sparql, mediaType, form, dataset, ownDataset, typed }: Question,
  bounds: Bounds,
): { text: string; cut?: Cut } {
  const limited = form === 'select' ? limitRows(sparql, bounds.rows + 1) : sparql
  const result = store.query(limited, {
    base_iri: base,
    results_format: mediaType,
    ...(dataset
      ? { default_graph: dataset.default.map(name => namedNode(name)), named_graphs: dataset.named.map(name => namedNode(name)) }
      : { use_default_graph_as_union: !ownDataset }),
  }) as string
  return written(result, mediaType, bounds, typed)
}
