import { ownContext } from './contexts.ts'
import { dcat, foaf, hydra, skos, vcard, dct } from './namespaces.ts'

/** How the values of one property are written under a key of our context. */
export interface Key {
  name: string
  /** What it is made for: addresses are strings, nodes and texts objects, other values strings where they have no type that has to be named. */
  of: 'addresses' | 'nodes' | 'texts' | 'values'
  /** Always an array, however many values there are (`@container: @set`). */
  isSet: boolean
  /** The datatype that a string under this key has. */
  datatype: string | undefined
}

/** The words of our context for IRIs. */
export interface ContextTerms {
  keyOf(property: string): Key
  /** A class or datatype. */
  named(iri: string): string
  /** An IRI in full. One such as `geo:34,-6.8` would be read as a prefixed name: its prefix is added to `clashes`. */
  whole(iri: string): string
  clashes: Set<string>
}

/** Properties that lead to a page, a file or a mailbox rather than to something that is described. */
const addresses = new Set(
  [
    [dcat.accessURL, dcat.downloadURL, dcat.landingPage, dcat.endpointURL, dcat.endpointDescription, foaf.page, foaf.homepage],
    [vcard.hasEmail, vcard.hasTelephone, vcard.hasURL],
    [hydra.first, hydra.last, hydra.next, hydra.previous, hydra.firstPage, hydra.lastPage, hydra.nextPage, hydra.previousPage],
  ]
    .flat()
    .map(property => property.value),
)
const texts = new Set([dct.title, dct.description, dcat.keyword, foaf.name, skos.prefLabel, vcard.fn].map(property => property.value))

type Definition = string | { '@id'?: string; '@reverse'?: string; '@type'?: string; '@container'?: string }
const definitions = Object.entries(ownContext['@context'] as Record<string, Definition>).filter(([name]) => !name.startsWith('@'))
const prefixes = new Map(definitions.filter((each): each is [string, string] => typeof each[1] === 'string' && /[#/]$/.test(each[1])))
const prefixOf = new Map(prefixes.entries().map(([prefix, namespace]) => [namespace, prefix]))
const inFull = (name: string) => name.replace(/^(\w+):/, (prefixed, prefix: string) => prefixes.get(prefix) ?? prefixed)

const classes = new Map(definitions.flatMap(([name, definition]) => (typeof definition === 'string' ? [[inFull(definition), name] as const] : [])))
/** The key that leads from the object of a property to its subject. */
export const reverseKeys: ReadonlyMap<string, string> = new Map(
  definitions.flatMap(([name, definition]) =>
    typeof definition === 'object' && definition['@reverse'] !== undefined ? [[inFull(definition['@reverse']), name] as const] : [],
  ),
)
const keys = new Map(
  definitions.flatMap(([name, definition]) =>
    typeof definition === 'object' && definition['@id'] !== undefined
      ? [[inFull(definition['@id']), keyFor(name, inFull(definition['@id']), definition)] as const]
      : [],
  ),
)

function keyFor(name: string, property: string, { '@type': type, '@container': container }: Exclude<Definition, string>): Key {
  return {
    name,
    of: addresses.has(property) ? 'addresses' : type === '@id' ? 'nodes' : texts.has(property) ? 'texts' : 'values',
    isSet: container === '@set',
    datatype: type === undefined || type === '@id' ? undefined : inFull(type),
  }
}

/** Names IRIs in the words of our context, of which some prefixes may be left out. */
export function contextTerms(without: ReadonlySet<string> = new Set()): ContextTerms {
  const clashes = new Set(without)
  const whole = (iri: string) => {
    const colon = iri.indexOf(':')
    if (prefixes.has(iri.slice(0, colon)) && !iri.startsWith('//', colon + 1)) clashes.add(iri.slice(0, colon))
    return iri
  }
  const compact = (iri: string) => {
    const end = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1
    const prefix = prefixOf.get(iri.slice(0, end))
    return prefix !== undefined && !without.has(prefix) && end < iri.length ? `${prefix}:${iri.slice(end)}` : whole(iri)
  }
  return {
    clashes,
    whole,
    named: iri => classes.get(iri) ?? compact(iri),
    keyOf: property => keys.get(property) ?? { name: compact(property), of: 'values', isSet: false, datatype: undefined },
  }
}
