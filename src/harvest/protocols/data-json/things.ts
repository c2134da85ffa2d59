import { isObject, items, text, type JsonObject } from '../../readers/json/values.ts'
import { identifiersOf } from './identifiers.ts'

/** What a catalogue lists as records of their own. */
export type Kind = 'Dataset' | 'DatasetSeries' | 'DataService'

/** The lists of a catalogue: what stands in each; catalogues lie within each other (DCAT-US 3.0: `hasPart`, and `catalog` of those that are related). */
export const lists: Record<string, Kind | 'Catalog'> = {
  dataset: 'Dataset',
  datasetSeries: 'DatasetSeries',
  service: 'DataService',
  catalog: 'Catalog',
  hasPart: 'Catalog',
}

/** How deep catalogues may lie in each other; deeper ones are an attack. */
const maxDepth = 50

/** A thing of a catalogue; `within` another one, or in its list. What is no object stays what it is: it is told as a record that cannot be read. */
export interface Thing {
  item: unknown
  within: boolean
}

/**
 * A member of a list of a catalogue, and what is described within it: members of a series, datasets that a service embeds, all of a catalogue. What stands in
 * a record's place within another is left there by its name alone.
 */
export function* thingsIn(value: unknown, list: Kind | 'Catalog', within = false, depth = 0): Generator<Thing> {
  if (!isObject(value)) return yield { item: value, within }
  const kind = kindOf(value) ?? list
  if (kind === 'Catalog') {
    if (depth < maxDepth) for (const [name, of] of Object.entries(lists)) for (const each of listed(value[name])) yield* thingsIn(each, of, within, depth + 1)
    return
  }
  const typed = kind === 'Dataset' || kindOf(value) ? value : { ...value, '@type': kind }
  if (kind === 'DatasetSeries') {
    const { seriesMember, first, last, ...series } = typed
    const name = nameOf(series)
    yield { item: series, within }
    for (const each of [...listed(seriesMember), ...listed(first), ...listed(last)])
      if (isDescribed(each))
        yield* thingsIn(isObject(each) && name ? { ...each, inSeries: each['inSeries'] ?? [{ '@id': name }] } : each, 'Dataset', true, depth + 1)
    return
  }
  yield { item: withoutInner(typed), within }
  for (const [name, of] of inner) for (const each of listed(typed[name])) if (isDescribed(each)) yield* thingsIn(each, of, true, depth + 1)
}

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : value === undefined || value === null ? [] : [value])

/** Fields in which a record may describe another one. */
const inner: [field: string, kind: Kind][] = [
  ['servesDataset', 'Dataset'],
  ['inSeries', 'DatasetSeries'],
]

/** True of what is told in more words than those that lead to it. */
const isDescribed = (value: unknown) =>
  isObject(value) && text(value['title']) !== '' && Object.keys(value).some(name => !/^(@id|@type|title|identifier)$/.test(name))

function withoutInner(item: JsonObject): JsonObject {
  const named = inner.flatMap(([field]) =>
    listed(item[field]).some(isDescribed)
      ? [[field, listed(item[field]).map(each => (isObject(each) ? { '@id': nameOf(each), title: each['title'] } : each))]]
      : [],
  )
  return named.length > 0 ? { ...item, ...Object.fromEntries(named) } : item
}

const nameOf = (item: JsonObject) => text(item['@id']) || (identifiersOf(item)[0] ?? '')

/** The kind that a thing says it is, with or without a prefix. */
const kindOf = (item: JsonObject): Kind | 'Catalog' | undefined =>
  items(item['@type'])
    .map(type => type.split(/[/#:]/).pop()!)
    .find((type): type is Kind | 'Catalog' => ['Dataset', 'DatasetSeries', 'DataService', 'Catalog'].includes(type))

export const isKind = (item: JsonObject, kind: Kind): boolean => kindOf(item) === kind
