import type { Source } from '../../config/sources.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { hasKeysMadeOf, isHeld } from '../../ledger/records/held.ts'
import type { SeenKeys } from '../../ledger/runs/seen-keys.ts'
import { Problem } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import { Graph, renamed, values } from '../../rdf/graph.ts'
import { dct } from '../../rdf/namespaces.ts'
import { namedNode } from '../../rdf/terms.ts'
import type { HarvestedRecord, Kept, Mapped, Mint } from '../protocol.ts'
import { protocols } from '../protocols/index.ts'
import { probeMint } from './probe-mint.ts'

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
function keyApart({ key, map }: HarvestedRecord): string {
  const { dataset, graph: said } = map(probeMint)
  return `${key} #${digest(
    values(said, dataset, dct.title)
      .map(title => title.value)
      .sort()
      .join('\n'),
  ).slice(0, 8)}`
}

const mark = / #[\w-]{8}$/
/** The identifier the portal gives to a record. */
const portalKey = (key: string): string => key.replace(mark, '')

/** The record under a key of its own; its dataset cannot have the IRI that another one has. */
const apart = (record: HarvestedRecord, key: string): HarvestedRecord => ({ ...record, key, map: mint => minted(record.map(mint), mint) })

/** A record under a key of its own where it shares its identifier with another, in this run or in an earlier one. */
export function toldApart(record: HarvestedRecord, { id: source }: Source, ledger: Ledger, seenKeys: SeenKeys): HarvestedRecord {
  const { key } = record
  if (!seenKeys.has(key) && !hasKeysMadeOf(ledger, source, key)) return record
  try {
    const own = keyApart(record)
    return seenKeys.has(key) || isHeld(ledger, source, own) ? apart(record, own) : record
  } catch {
    // Why it cannot be mapped is said where it is mapped for good.
    return record
  }
}

/** Says that two records have one identifier, and what is done about it. */
export const repeated = ({ key, payload }: HarvestedRecord, what: string): Problem =>
  new Problem('duplicate-id', `The portal gives the identifier ${key} to two records: ${what}. Give each dataset its own.`, {
    record: key,
    excerpt: payload.body.slice(0, 300),
  })

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
