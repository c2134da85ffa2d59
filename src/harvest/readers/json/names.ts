import { mendIri } from '../../../rdf/iri.ts'
import { namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { text, type JsonObject } from './values.ts'

/** True of the id of an account or a record, which names nobody: a UUID, or as many digits of a digest. */
export const isId = (words: string): boolean =>
  /^(?:urn:uuid:)?(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{32}|[0-9a-f]{40})$/i.test(words.trim())

/** The text of the first of these fields that has one. */
export const first = (from: JsonObject, ...names: string[]) => names.map(name => text(from[name])).find(Boolean) ?? ''

/** The IRI that something goes by: its own, or its name where that is an address. */
export function iriOf(from: JsonObject): NamedNode | undefined {
  const iri = [first(from, '@id', 'uri', 'iri'), text(from['name'])].find(each => /^https?:/i.test(each))
  return iri !== undefined && mendIri(iri) ? namedNode(mendIri(iri)!) : undefined
}
