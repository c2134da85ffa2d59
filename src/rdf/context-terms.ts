import { ownContext } from './contexts.ts'
import { dcat, foaf, hydra, vcard, xsd } from './namespaces.ts'
import { isLiteral, type Term } from './terms.ts'

/** How the values of one property are written under a key of our context: each key has one JSON type, wherever it is met. */
export interface Key {
  name: string
  /**
   * What stands under it: addresses are strings, nodes objects, texts objects of strings by language; a moment an object with its datatype; numbers and flags
   * are those of JSON, all other values strings. What is none of these stands under the prefixed name of the property.
   */
  of: 'addresses' | 'nodes' | 'texts' | 'moments' | 'numbers' | 'flags' | 'strings'
  /** Always an array, however many values there are (`@container: @set`). */
  isSet: boolean
  /** The datatype that a value under this key has. */
  datatype: string
}

/** The words of our context for IRIs. */
export interface ContextTerms {
  /** The key of a property; undefined for one that has none. */
  keyOf(property: string): Key | undefined
  /** A property by its prefixed name: under it stands whatever does not fit its key, always an array. */
  prefixed(property: string): string
  /** A class or datatype. */
  named(iri: string): string
  /** An IRI in full. One such as `geo:34,-6.8` would be read as a prefixed name: its prefix is added to `clashes`. */
  whole(iri: string): string
  clashes: Set<string>
}

/** Properties that lead to a page, a file or a mailbox rather than to something that is described. */
const addresses = new Set(
  [
    [dcat.accessURL, dcat.downloadURL, dcat.landingPage, dcat.endpointURL, dcat.endpointDescription, foaf.page, foaf.homepage, foaf.mbox, foaf.phone],
    [vcard.hasEmail, vcard.hasTelephone, vcard.hasURL, vcard.url],
    [hydra.first, hydra.last, hydra.next, hydra.previous, hydra.firstPage, hydra.lastPage, hydra.nextPage, hydra.previousPage],
  ]
    .flat()
    .map(property => property.value),
)
const numbers = new Set([xsd.integer, xsd.nonNegativeInteger].map(type => type.value))

type Definition = string | { '@id'?: string; '@reverse'?: string; '@type'?: string; '@container'?: string | string[] }
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
    typeof definition === 'object' && definition['@id'] !== undefined && !definition['@id'].startsWith('@')
      ? [[inFull(definition['@id']), keyFor(name, inFull(definition['@id']), definition)] as const]
      : [],
  ),
)

function keyFor(name: string, property: string, { '@type': type, '@container': container = [] }: Exclude<Definition, string>): Key {
  const datatype = type === undefined || type.startsWith('@') ? xsd.string.value : inFull(type)
  const containers = [container].flat()
  const of = containers.includes('@language')
    ? 'texts'
    : type === '@id'
      ? addresses.has(property)
        ? 'addresses'
        : 'nodes'
      : type === '@none'
        ? 'moments'
        : numbers.has(datatype)
          ? 'numbers'
          : datatype === xsd.boolean.value
            ? 'flags'
            : 'strings'
  return { name, of, isSet: containers.includes('@set'), datatype }
}

/** Whether a value is what stands under a key, so that it is read back as it was. */
export function fits(value: Term, { of, datatype: wanted }: Key): boolean {
  if (!isLiteral(value)) return of === 'nodes' || of === 'addresses'
  const { language, datatype, direction } = value
  // Readers of JSON-LD write tags in small letters.
  if (of === 'texts') return !direction && (language ? language === language.toLowerCase() : datatype.value === xsd.string.value)
  if (language) return false
  if (of === 'moments') return true
  if (datatype.value !== wanted) return false
  if (of === 'numbers') return /^(?:0|-?[1-9]\d{0,14})$/.test(value.value)
  if (of === 'flags') return value.value === 'true' || value.value === 'false'
  return of === 'strings'
}

/** Names IRIs in the words of our context, of which some prefixes may be left out. */
export function contextTerms(without: ReadonlySet<string> = new Set()): ContextTerms {
  const clashes = new Set(without)
  const whole = (iri: string) => {
    const colon = iri.indexOf(':')
    if (prefixes.has(iri.slice(0, colon)) && !iri.startsWith('//', colon + 1)) clashes.add(iri.slice(0, colon))
    return iri
  }
  const prefixed = (iri: string) => {
    const end = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1
    const prefix = prefixOf.get(iri.slice(0, end))
    return prefix !== undefined && !without.has(prefix) && end < iri.length ? `${prefix}:${iri.slice(end)}` : whole(iri)
  }
  return { clashes, whole, prefixed, named: iri => classes.get(iri) ?? prefixed(iri), keyOf: property => keys.get(property) }
}
