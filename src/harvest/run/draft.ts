import { addressesOf } from '../../config/addresses.ts'
import type { Source } from '../../config/sources.ts'
import { cluesOf } from '../../ledger/identity/clues.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { summarise } from '../../ledger/records/summary.ts'
import type { Defaults } from '../../normalise/draft.ts'
import { normalise } from '../../normalise/steps.ts'
import { digest } from '../../rdf/digest.ts'
import type { Graph } from '../../rdf/graph.ts'
import { lines } from '../../rdf/serialise.ts'
import type { NamedNode } from '../../rdf/terms.ts'
import type { Vocabulary } from '../../vocabulary/vocabulary.ts'
import type { HarvestedRecord } from '../protocol.ts'
import { defaultsOf, type Engine } from './engine.ts'
import type { Judged } from './keeper.ts'

/** A record on its way to the ledger: mapped and normalised, not yet judged. */
export type Draft = Omit<Judged, 'admission' | 'findings' | 'measurements' | 'score'>

/** What the records of one source are mapped and normalised with. All of it is part of the source's `mappingDigest`. */
export interface Mapping {
  source: Source
  base: string
  vocabulary: Vocabulary
  defaults: Defaults
}

/** Throws `configuration` where the source names a publisher or a licence that no list knows. */
export const mappingOf = (source: Source, { catalogue, vocabulary }: Pick<Engine, 'catalogue' | 'vocabulary'>): Mapping => ({
  source,
  base: catalogue.base,
  vocabulary,
  defaults: defaultsOf(source, catalogue, vocabulary),
})

/** Payload → triples in the words of DCAT-AP, with their digest. `id` is ours for the record: that of the one we know, or a new one. */
export function draftOf(mapping: Mapping, id: string, harvested: HarvestedRecord, payloadDigest: string, known: RecordRow | undefined): Draft {
  const { source, base, vocabulary, defaults } = mapping
  const addresses = addressesOf(base)
  const record = addresses.record(id)
  const mapped = harvested.map({ base, record, dataset: addresses.dataset(id) })
  const { dataset } = mapped
  const { graph, repairs } = normalise({ graph: mapped.graph, dataset, record, base, defaults, vocabulary, repairs: [...(mapped.repairs ?? [])] })
  const text = lines(graph, false)
  return {
    source: source.id,
    key: harvested.key,
    ...(known && known.key !== harvested.key && { formerKey: known.key }),
    id,
    dataset: dataset.value,
    known,
    repairs,
    ...readOut(mapping, graph, dataset),
    payload: { digest: payloadDigest, ...harvested.payload },
    graph: { digest: digest(text), text },
    ...(harvested.modified && { portalModified: harvested.modified }),
  }
}

/** What is kept of a graph beside its text. The graph itself is a hundred times its text: it waits for nothing. */
export const readOut = ({ source, base, vocabulary }: Omit<Mapping, 'defaults'>, graph: Graph, dataset: NamedNode): Pick<Draft, 'summary' | 'clues'> => ({
  summary: summarise(graph, dataset, source.id, vocabulary, base),
  clues: cluesOf(graph, dataset, base),
})
