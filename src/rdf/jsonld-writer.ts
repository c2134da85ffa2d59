import { contextTerms, fits, reverseKeys, type ContextTerms, type Key } from './context-terms.ts'
import { ownContext } from './contexts.ts'
import type { About, Part } from './format.ts'
import { rdf, xsd } from './namespaces.ts'
import { isLiteral, isNamed, textOf, type Literal, type Quad, type Subject, type Term } from './terms.ts'

type Json = Record<string, unknown>

/** Nodes within each other that a document may have; those below stand under `included`. Readers of JSON go no deeper than their stack. */
const deepest = 50

/**
 * JSON-LD 1.1 in the words of our context: the resource that the text is about with all it leads to nested in it, and with the record and the services that
 * lead to it; what neither reaches stands under `included`. Where the text is about no one thing, all nodes stand side by side. A key has one JSON type
 * wherever it is met (context-terms.ts): texts are an object of strings by language, a node an object with its `id`, which says more where it is met first, an
 * address a string. The time that this takes grows with the statements.
 */
export function writeJsonLd(quads: Quad[], about: About, terms: ContextTerms = contextTerms()): string {
  const { subject, contextUrl } = about
  const without = [...terms.clashes]
  const nodes = Map.groupBy(quads, quad => textOf(quad.subject))
  const written = subject && nodes.has(textOf(subject)) ? nested(nodes, subject, terms) : { '@graph': sideBySide(nodes, terms) }
  // A prefix that an IRI of the document could be taken to have is no prefix in it (JSON-LD 1.1, section 4.1).
  if (terms.clashes.size > without.length) return writeJsonLd(quads, about, contextTerms(terms.clashes))
  const context = contextUrl ?? ownContext['@context']
  const none = Object.fromEntries(without.map(prefix => [prefix, null]))
  return `${JSON.stringify({ '@context': without.length > 0 ? [context, none] : context, ...written }, null, 2)}\n`
}

type Nodes = Map<string, Quad[]>

const sideBySide = (nodes: Nodes, terms: ContextTerms): Json[] =>
  [...nodes.values()].map(quads => filled({ id: idOf(quads[0]!.subject, terms) }, quads, terms, node => ({ id: idOf(node, terms) })))

/** Goes through the nodes by their distance from the first, so that each stands where the way to it is shortest. */
function nested(nodes: Nodes, first: Subject, terms: ContextTerms): Json {
  const backwards = Map.groupBy(
    [...nodes.values()].flat().filter(({ predicate }) => reverseKeys.has(predicate.value)),
    ({ object }) => textOf(object),
  )
  const placed = new Set<string>()
  const queue: { node: Subject; json: Json; depth: number }[] = []
  const place = (node: Subject, depth: number): Json => {
    const json = { id: idOf(node, terms) }
    const name = textOf(node)
    if (depth <= deepest && nodes.has(name) && !placed.has(name)) {
      placed.add(name)
      queue.push({ node, json, depth })
    }
    return json
  }
  const follow = () => {
    for (const { node, json, depth } of queue) {
      filled(json, nodes.get(textOf(node))!, terms, to => place(to, depth + 1))
      for (const { subject, predicate } of backwards.get(textOf(node)) ?? [])
        if (!placed.has(textOf(subject)) && depth < deepest) append(json, reverseKeys.get(predicate.value)!, place(subject, depth + 1), true)
    }
    queue.length = 0
  }
  const root = place(first, 0)
  follow()
  for (const [name, [quad]] of nodes) {
    if (placed.has(name)) continue
    append(root, 'included', place(quad!.subject, 1), true)
    follow()
  }
  return root
}

/** Says of a node what is said of it: each value under the key of its property where it fits, else under the prefixed name of the property. */
function filled(json: Json, quads: Quad[], terms: ContextTerms, toNode: (node: Subject) => Json): Json {
  for (const { predicate, object } of quads) {
    if (predicate.value === rdf.type.value && isNamed(object)) {
      append(json, 'type', terms.named(object.value), true)
      continue
    }
    const key = terms.keyOf(predicate.value)
    if (key && fits(object, key) && put(json, key, object, terms, toNode)) continue
    append(json, terms.prefixed(predicate.value), isLiteral(object) ? valueObject(object, terms) : toNode(object), true)
  }
  return json
}

/** Writes a value that fits its key; false where the key holds one already and takes no more. */
function put(json: Json, { name, of, isSet }: Key, object: Term, terms: ContextTerms, toNode: (node: Subject) => Json): boolean {
  const texts = of === 'texts' && isLiteral(object) ? ((json[name] as Json | undefined) ?? {}) : undefined
  const language = texts && isLiteral(object) ? object.language || '@none' : ''
  if (!isSet && (texts ? language in texts : name in json)) return false
  if (texts) append((json[name] = texts), language, object.value, isSet)
  else append(json, name, isLiteral(object) ? plain(object, of, terms) : of === 'addresses' ? idOf(object, terms) : toNode(object), isSet)
  return true
}

function append(json: Json, key: string, value: unknown, isSet: boolean): void {
  const known = json[key]
  if (Array.isArray(known)) known.push(value)
  else json[key] = isSet ? [value] : value
}

const idOf = (node: Subject, terms: ContextTerms) => (isNamed(node) ? terms.whole(node.value) : `_:${node.value}`)

const plain = (value: Literal, of: Key['of'], terms: ContextTerms): unknown =>
  of === 'moments' ? valueObject(value, terms) : of === 'numbers' ? Number(value.value) : of === 'flags' ? value.value === 'true' : value.value

function valueObject({ value, language, datatype }: Literal, terms: ContextTerms): Json {
  if (language) return { '@language': language, '@value': value }
  return datatype.value === xsd.string.value ? { '@value': value } : { '@type': terms.named(datatype.value), '@value': value }
}

/** Expanded JSON-LD: one array of the nodes of every graph. */
export function* jsonLdParts(parts: Iterable<Part>): Generator<string> {
  let separator = '[\n'
  for (const { quads } of parts) {
    for (const said of Map.groupBy(quads, quad => textOf(quad.subject)).values()) {
      yield separator + JSON.stringify(expanded(said))
      separator = ',\n'
    }
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

/** What is said of one node, without a context (JSON-LD 1.1, section 5.2). */
function expanded(quads: Quad[]): Json {
  const id = (node: Subject) => (isNamed(node) ? node.value : `_:${node.value}`)
  const valueOf = (object: Term) => {
    if (!isLiteral(object)) return { '@id': id(object) }
    const { value, language, datatype } = object
    return { ...(language ? { '@language': language } : datatype.value !== xsd.string.value && { '@type': datatype.value }), '@value': value }
  }
  const json: Json = { '@id': id(quads[0]!.subject) }
  for (const { predicate, object } of quads) {
    if (predicate.value === rdf.type.value && isNamed(object)) append(json, '@type', object.value, true)
    else append(json, predicate.value, valueOf(object), true)
  }
  return json
}
