import { addressesOf } from '../../config/addresses.ts'
import { cluesOf } from '../../ledger/identity/clues.ts'
import type { RecordRow } from '../../ledger/records/records.ts'
import { summarise } from '../../ledger/records/summary.ts'
import { normalise } from '../../normalise/steps.ts'
import { digest } from '../../rdf/digest.ts'
import { slug } from '../../rdf/iri.ts'
import { lines } from '../../rdf/serialise.ts'
import type { Graph } from '../../rdf/graph.ts'
import type { NamedNode } from '../../rdf/terms.ts'
import type { HarvestedRecord } from '../protocol.ts'
import type { State } from './state.ts'
import type { Entry } from '../../ledger/records/entry.ts'

/** A record on its way to the ledger: mapped and normalised, not yet judged. */
export interface Draft extends Omit<Entry, 'admission' | 'findings' | 'measurements' | 'score'> {
  known: RecordRow | undefined
}

/** Payload → triples in the words of DCAT-AP, with their digest. */
export function draftOf(state: State, harvested: HarvestedRecord, known: RecordRow | undefined, payloadDigest: string): Draft {
  const {
    source,
    defaults,
    engine: {
      catalogue: { base },
      vocabulary,
    },
  } = state
  const id = known?.id ?? mintId(state, harvested)
  const addresses = addressesOf(base)
  const record = addresses.record(id)
  const mapped = harvested.map({ base, record, dataset: addresses.dataset(id) })
  const { graph, repairs } = normalise({
    graph: mapped.graph,
    dataset: mapped.dataset,
    record,
    base,
    defaults,
    vocabulary,
    repairs: [...(mapped.repairs ?? [])],
  })
  const text = lines(graph, false)
  return {
    source: source.id,
    key: harvested.key,
    ...(known && known.key !== harvested.key && { formerKey: known.key }),
    id,
    dataset: mapped.dataset.value,
    known,
    repairs,
    ...readOut(state, graph, mapped.dataset),
    payload: { digest: payloadDigest, ...harvested.payload },
    graph: { digest: digest(text), text },
    ...(harvested.modified && { portalModified: harvested.modified }),
  }
}

/** What is kept of a graph beside its text. The graph itself is a hundred times its text: it waits for nothing. */
export const readOut = (
  {
    source,
    engine: {
      catalogue: { base },
      vocabulary,
    },
  }: State,
  graph: Graph,
  dataset: NamedNode,
): Pick<Draft, 'summary' | 'clues'> => ({ summary: summarise(graph, dataset, source.id, vocabulary, base), clues: cluesOf(graph, dataset, base) })

/** A readable id that no other record has; the same for the same key whenever it can be. */
function mintId({ names, source, engine: { ledger } }: State, { key, name }: HarvestedRecord): string {
  const readable = slug(name ?? key)
  const long = digest(key)
    .replace(/[^a-zA-Z0-9]/g, '')
    .toLowerCase()
  const short = long.slice(0, 8)
  const taken = (id: string) => names.has(id) || ledger.get('SELECT 1 FROM record WHERE id = ?', id) !== undefined
  const candidates = [`${source.id}-${readable || short}`, `${source.id}-${readable || 'r'}-${short}`, `${source.id}-${long}`]
  const id = candidates.find(each => !taken(each)) ?? `${source.id}-${long}-${names.size}`
  names.add(id)
  return id
}
