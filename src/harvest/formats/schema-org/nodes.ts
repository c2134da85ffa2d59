import { entry } from '../../../table.ts'
import { isObject, isValueObject, items, text, type JsonObject } from '../../readers/json/values.ts'

/** The namespace of schema.org as it is written. */
const namespaces = ['http', 'https'].flatMap(scheme => [`${scheme}://schema.org/`, `${scheme}://www.schema.org/`])

/** What an IRI is called in schema.org; undefined for one of another vocabulary. */
export const nameIn = (iri: string): string | undefined => namespaces.filter(each => iri.startsWith(each)).map(each => iri.slice(each.length))[0]

/** Vocabularies whose names are kept with a prefix, as datasets described by schema.org use them beside it. */
const beside: Record<string, string> = { 'http://purl.org/dc/terms/': 'dct:' }

/** Properties that lead from a dataset to others: these are mentioned, and no part of it. */
const mentions = new Set(['isPartOf', 'hasPart', 'isBasedOn', 'isBasedOnUrl', 'includedInDataCatalog', 'predecessorOf', 'successorOf', 'subjectOf', 'dataset'])
/** The deepest nesting of nodes in a description; deeper ones are an attack. */
const maxDepth = 12
/** Values that one dataset may embed of nodes that it has embedded before: references in a circle of large lists would grow without end. */
const maxRepeated = 20_000

/**
 * The datasets of a JSON-LD document in the words of schema.org, each as one object: names without prefix, references to other nodes of the document
 * filled in. Contexts are only asked for their prefixes, and never fetched. Relative addresses are read from `base`.
 */
export function datasetsIn(documents: unknown[], base: string): JsonObject[] {
  const index = new Map<string, JsonObject>()
  const found: JsonObject[] = []
  for (const document of documents) for (const node of nodesOf(document)) collect(named(node, prefixesOf(document), 0), index, found, 0)
  const datasets = found.map(each => absoluteId(filled(each, index), base))
  // On the page of a catalogue, or beside a dataset, others are named with no more than what leads to them.
  const whole = datasets.filter(each => Object.keys(each).some(name => !/^(@id|@type|name|url)$/.test(name)))
  return whole.length > 0 || datasets.length > 1 ? whole : datasets
}

/** A node with what it refers to filled in, by the identifiers of the index. Names that only hold within their document (`_:b0`) are left out. */
export function filled(node: JsonObject, index: Map<string, JsonObject>): JsonObject {
  const met = new Set<string>()
  let left = maxRepeated
  const fill = (value: unknown, path: Set<string>, again: boolean, name = ''): unknown => {
    if (path.size > maxDepth || (again && left-- <= 0)) return undefined
    if (Array.isArray(value)) return value.map(each => fill(each, path, again, name)).filter(each => each !== undefined)
    const reference =
      typeof value === 'string' && /^(distribution|publisher|creator|author|provider|contributor)$/.test(name)
        ? value
        : isObject(value)
          ? text(value['@id'])
          : ''
    const known = reference && !path.has(reference) ? index.get(reference) : undefined
    const node = known ?? value
    if (!isObject(node) || isValueObject(node)) return node
    if (name === 'url' && Object.keys(node).length === 1 && text(node['@id'])) return node['@id']
    if (mentions.has(name))
      return bare(Object.fromEntries(['@id', '@type', 'name', 'url'].filter(field => node[field] !== undefined).map(field => [field, node[field]])))
    const repeated = again || (known !== undefined && met.has(reference))
    met.add(reference)
    const inner = new Set(path).add(reference || `#${path.size}`)
    return bare(Object.fromEntries(Object.entries(node).map(([field, each]) => [field, field.startsWith('@') ? each : fill(each, inner, repeated, field)])))
  }
  return fill(node, new Set(), false) as JsonObject
}

const bare = (node: JsonObject): JsonObject => (text(node['@id']).startsWith('_:') ? { ...node, '@id': undefined } : node)

export const isDataset = (node: JsonObject) => items(node['@type']).some(type => type === 'Dataset' || type === 'DataFeed')

const nodesOf = (document: unknown): unknown[] =>
  Array.isArray(document)
    ? document.flatMap(nodesOf)
    : isObject(document) && document['@graph'] !== undefined
      ? [...nodesOf(document['@graph']), ...(Object.keys(document).length > 2 ? [{ ...document, '@graph': undefined }] : [])]
      : [document]

/** The prefixes that stand for schema.org or for what we know beside it: prefix → what it becomes. */
function prefixesOf(document: unknown): [prefix: string, becomes: string][] {
  const contexts = [document]
    .flat()
    .flatMap(each => (isObject(each) ? [each['@context']].flat() : []))
    .filter(isObject)
  const stated = contexts
    .flatMap(context => Object.entries(context))
    .flatMap(([name, iri]): [string, string][] => {
      const place = typeof iri === 'string' ? iri.replace(/^https:/, 'http:') : ''
      return name.startsWith('@') ? [] : place === 'http://schema.org/' ? [[`${name}:`, '']] : entry(beside, place) ? [[`${name}:`, beside[place]!]] : []
    })
  return [...stated, ['schema:', ''], ['sdo:', ''], ...namespaces.map((each): [string, string] => [each, '']), ...Object.entries(beside)]
}

/** Names and types without their prefixes; `@list` as a plain list, and `@value` without a language as a plain value. */
function named(value: unknown, prefixes: [string, string][], depth: number): unknown {
  if (depth > maxDepth) return undefined
  const short = (name: string) => {
    const [prefix, becomes] = prefixes.find(([prefix]) => name.startsWith(prefix)) ?? ['', '']
    return becomes + name.slice(prefix.length)
  }
  if (Array.isArray(value)) return value.map(each => named(each, prefixes, depth + 1)).filter(each => each !== undefined)
  if (!isObject(value)) return value
  if (value['@value'] !== undefined) return text(value['@language']) ? { '@value': value['@value'], '@language': value['@language'] } : value['@value']
  if (value['@list'] !== undefined || value['@set'] !== undefined) return named(value['@list'] ?? value['@set'], prefixes, depth)
  const names = Object.entries(value)
    .filter(([name]) => name !== '@context' && name !== '@graph')
    .map(([name, each]): [string, unknown] => {
      if (name === '@type' || name === 'type') return ['@type', items(each).map(short)]
      return name === '@id' || name === 'id' ? ['@id', each] : [short(name), named(each, prefixes, depth + 1)]
    })
  return Object.fromEntries(names)
}

/** Every node with an identifier, and the datasets that do not only lie in another. */
function collect(value: unknown, index: Map<string, JsonObject>, found: JsonObject[], depth: number, mentioned = false): void {
  if (depth > maxDepth) return
  if (Array.isArray(value)) for (const each of value) collect(each, index, found, depth + 1, mentioned)
  if (!isObject(value)) return
  const id = text(value['@id'])
  if (id && Object.keys(value).length > (Object.keys(index.get(id) ?? {}).length || 1)) index.set(id, value)
  const own = isDataset(value)
  if (own && !mentioned) found.push(value)
  for (const [name, each] of Object.entries(value))
    if (!name.startsWith('@')) collect(each, index, found, depth + 1, mentioned || (own && name !== 'mainEntity') || (mentions.has(name) && name !== 'dataset'))
}

function absoluteId(dataset: JsonObject, base: string): JsonObject {
  const id = text(dataset['@id'])
  return id && !id.startsWith('_:') && URL.canParse(id, base) ? { ...dataset, '@id': new URL(id, base).href } : { ...dataset, '@id': undefined }
}
