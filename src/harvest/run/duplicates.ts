import type { Source } from '../../config/sources.ts'
import { digest } from '../../rdf/digest.ts'
import { Graph, renamed, values } from '../../rdf/graph.ts'
import { dct } from '../../rdf/namespaces.ts'
import { namedNode } from '../../rdf/terms.ts'
import type { HarvestedRecord, Kept, Mapped, Mint } from '../protocol.ts'
import { protocols } from '../protocols/index.ts'

/** The media type of the payloads of several records that have one identifier and are one dataset by the source's rule. */
const several = 'application/vnd.fihrist.several+json'

/** Records of one identifier as one: every statement of each, in an order that does not depend on the portal's. */
export function merged(records: HarvestedRecord[]): HarvestedRecord {
  const [first, ...others] = records.toSorted((a, b) => (a.payload.body < b.payload.body ? -1 : 1))
  if (others.length === 0) return first!
  const all = [first!, ...others]
  const modified = all
    .map(record => record.modified)
    .filter(each => each !== undefined)
    .sort()
    .at(-1)
  return {
    ...first!,
    ...(modified !== undefined && { modified }),
    cut: all.some(record => record.cut),
    payload: { mediaType: several, body: JSON.stringify(all.map(record => record.payload)) },
    map: mint => union(all.map(record => record.map(mint))),
  }
}

export const isMerged = (mediaType: string): boolean => mediaType === several

/** The key of a record that shares its identifier with another and is kept apart from it by the source's rule: told by its titles. */
export function keyApart({ key, map }: HarvestedRecord): string {
  const { dataset, graph: said } = map({ base: 'urn:fihrist', record: 'urn:fihrist:record', dataset: 'urn:fihrist:dataset' })
  return `${key} #${digest(
    values(said, dataset, dct.title)
      .map(title => title.value)
      .sort()
      .join('\n'),
  ).slice(0, 8)}`
}

const mark = / #[\w-]{8}$/
/** The identifier the portal gives to a record. */
export const portalKey = (key: string): string => key.replace(mark, '')

/** The record under a key of its own; its dataset cannot have the IRI that another one has. */
export const apart = (record: HarvestedRecord, key: string): HarvestedRecord => ({ ...record, key, map: mint => minted(record.map(mint), mint) })

/** Makes a record of a payload that was kept, whatever rule it was kept by. */
export function replayed({ key, payload }: Kept, source: Source): HarvestedRecord {
  const replay = (each: Kept['payload']) => protocols[source.protocol]!.replay({ key: portalKey(key), payload: each }, source)
  const record = isMerged(payload.mediaType) ? merged((JSON.parse(payload.body) as Kept['payload'][]).map(replay)) : replay(payload)
  return mark.test(key) ? apart(record, key) : { ...record, key, payload }
}

function union([first, ...others]: Mapped[]): Mapped {
  const all = new Graph(first!.graph)
  for (const other of others) for (const each of renamed(other.graph, other.dataset, first!.dataset)) all.add(each)
  return { dataset: first!.dataset, graph: all, repairs: [first!, ...others].flatMap(({ repairs }) => repairs ?? []) }
}

const minted = (mapped: Mapped, { dataset }: Mint): Mapped => ({
  ...mapped,
  dataset: namedNode(dataset),
  graph: renamed(mapped.graph, mapped.dataset, namedNode(dataset)),
})
