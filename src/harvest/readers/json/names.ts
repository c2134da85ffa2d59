import { mendIri } from '../../../rdf/iri.ts'
import { namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { text, type JsonObject } from './values.ts'

/** The text of the first of these fields that has one. */
export const first = (from: JsonObject, ...names: string[]) => names.map(name => text(from[name])).find(Boolean) ?? ''

/** The IRI that something goes by: its own, or its name where that is an address. */
export function iriOf(from: JsonObject): NamedNode | undefined {
  const iri = [first(from, '@id', 'uri', 'iri'), text(from['name'])].find(each => /^https?:/i.test(each))
  return iri !== undefined && mendIri(iri) ? namedNode(mendIri(iri)!) : undefined
}
