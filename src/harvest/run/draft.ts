import { addressesOf } from '../../config/addresses.ts'
import { cluesOf } from '../../ledger/identity/clues.ts'
import { identifiersIn } from '../../ledger/identity/identifiers.ts'
import type { Entry } from '../../ledger/records/entry.ts'
import { summarise } from '../../ledger/records/summary.ts'
import type { Correction, Repair } from '../../normalise/draft.ts'
import { normalise } from '../../normalise/steps.ts'
import type { Graph } from '../../rdf/graph.ts'
import type { NamedNode } from '../../rdf/terms.ts'
import type { Kept } from '../protocol.ts'
import { replayed } from './duplicates.ts'
import type { Mapping } from './mapping.ts'

/** A record in the words of DCAT-AP: mapped and normalised, not yet judged. */
export interface Draft {
  dataset: NamedNode
  graph: Graph
  repairs: Repair[]
}

/**
 * Payload → draft, the same for what a portal has just sent and for what was kept of it. `id` is ours for the record: that of the one we know, or a new one.
 * Throws where the payload cannot be mapped.
 */
export function draftOf({ source, base, vocabulary, defaults }: Mapping, id: string, kept: Kept, corrections?: Correction[]): Draft {
  const addresses = addressesOf(base)
  const record = addresses.record(id)
  const { dataset, graph, repairs = [] } = replayed(kept, source).map({ base, record, dataset: addresses.dataset(id) })
  return normalise({ graph, dataset, record, base, defaults, vocabulary, repairs: [...repairs], ...(corrections && { corrections }) })
}

/** What is kept of a draft beside its text. */
export const readOut = ({ source, base, vocabulary }: Mapping, { graph, dataset }: Draft): Required<Pick<Entry, 'summary' | 'clues' | 'identifiers'>> => ({
  summary: summarise(graph, dataset, source.id, vocabulary, base),
  clues: cluesOf(graph, dataset, base),
  identifiers: identifiersIn(graph, dataset),
})
