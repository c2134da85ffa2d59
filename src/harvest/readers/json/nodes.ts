import { add } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dct, foaf, qb, rdf, rdfs, skos, spdx, xsd } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Term } from '../../../rdf/terms.ts'
import { mintedIri, type Target } from '../target.ts'
import { keywords } from './keywords.ts'
import { first, iriOf } from './names.ts'
import { agent, contact } from './parties.ts'
import { period, periodsIn } from './periods.ts'
import { places } from './places.ts'
import { items, objects, term, text, texts, type JsonObject } from './values.ts'

/** Makes the nodes that a value of a record describes: an object, a list of them, or no more than a name. */
type Make = (value: unknown, target: Target) => Term[]

/** Kinds of values that DCAT-AP wants as nodes. The names that portals give their parts are tried in turn. */
export const nodes = {
  agent: (value, target) => objects(value).flatMap(each => agent(each, target)),
  contact: (value, target) => objects(value).flatMap(each => contact(each, target)),
  place: places,
  keywords: (value, target) => keywords(value, target),
  reference: value => objects(value).flatMap(each => iriOf(each) ?? (text(each['name']) ? literal(text(each['name'])) : [])),
  service: (value, target) => objects(value).flatMap(each => service(each, target)),
  period: (value, target) => periodsIn(value, target.language).flatMap(each => period(each, target)),
  concept: labelled('concept', skos.Concept, skos.prefLabel),
  rights: labelled('statement', dct.RightsStatement, rdfs.label),
  provenance: labelled('statement', dct.ProvenanceStatement, rdfs.label),
  dimension: component('dimension', qb.DimensionProperty),
  attribute: component('attribute', qb.AttributeProperty),
  standard: labelled('standard', dct.Standard, dct.title),
  page: labelled('page', foaf.Document, dct.title),
  licence: (value, target) => labelled('licence', dct.LicenseDocument, dct.title)(isStated(value) ? value : [], target),
  identifier: (value, target) => objects(value).flatMap(each => identifier(first(each, 'notation', '@id', 'name', 'value', 'id'), target)),
  checksum: (value, target) => objects(value).flatMap(each => checksum(each, target)),
} satisfies Record<string, Make>
export type NodeKind = keyof typeof nodes

/** A thing with a label: its own IRI, or one made of its words. */
function labelled(kind: string, type: NamedNode, property: NamedNode): (...of: Parameters<Make>) => NamedNode[] {
  return (value, { to, mint, language }) =>
    objects(fromTexts(value)).flatMap(each => {
      const rules = { language, stated: true }
      const field =
        ['prefLabel', 'title', 'label', 'name', 'description'].find(name => texts(each, name, rules).length > 0 && !/^https?:/i.test(text(each[name]))) ?? ''
      const words = texts(each, field, rules)
      const stated = iriOf(each)
      // An IRI that we minted for a blank node says less than an address.
      const iri = stated?.value.startsWith(`${mint.record}#`) ? (addressOf(each) ?? stated) : (stated ?? addressOf(each))
      if (!iri && words.length === 0) return []
      const node = iri ?? mintedIri({ mint }, kind, words.map(word => word.value).join('\n'))
      if (words.length === 0) return [node]
      add(to, node, rdf.type, type)
      for (const word of words) add(to, node, property, word)
      const notation = first(each, 'notation', 'id')
      if (notation && field !== 'name') add(to, node, type.equals(skos.Concept) ? skos.notation : dct.identifier, literal(notation))
      return [node]
    })
}

/** A part of the structure of statistics, told from others by its id where it has one. */
function component(kind: string, type: NamedNode): Make {
  const make = labelled(kind, type, rdfs.label)
  return (value, target) =>
    objects(value).flatMap(each => {
      const id = text(each['id'])
      const nodes = make(id ? { ...each, '@id': `${target.mint.record}#${kind}-${encodeURIComponent(id)}` } : each, target)
      const concept = mendIri(text(each['concept']))
      for (const node of nodes) if (concept) add(target.to, node, qb.concept, namedNode(concept))
      return nodes
    })
}

const addressOf = (from: JsonObject) => {
  const iri = mendIri(first(from, 'url', 'accessURL', 'downloadURL', 'href'))
  return iri && /^https?:/i.test(iri) ? namedNode(iri) : undefined
}

/** A list of texts written as one text of JSON. */
const fromTexts = (value: unknown) => (typeof value === 'string' ? items(value) : value)

function service(stated: JsonObject, target: Target): NamedNode[] {
  const { to, mint } = target
  const endpoints = items(stated['endpointURL'] ?? stated['url'])
  const title = texts(stated, 'title', target)
  const iri = iriOf(stated)
  if (!iri && endpoints.length === 0) return []
  const node = iri ?? mintedIri({ mint }, 'service', endpoints.join('\n'))
  if (endpoints.length === 0 && title.length === 0) return [node]
  add(to, node, rdf.type, dcat.DataService)
  for (const each of title) add(to, node, dct.title, each)
  for (const each of texts(stated, 'description', target)) add(to, node, dct.description, each)
  for (const each of endpoints) add(to, node, dcat.endpointURL, term(each, 'link', target))
  for (const each of items(stated['endpointDescription'])) add(to, node, dcat.endpointDescription, term(each, 'link', target))
  for (const each of items(stated['conformsTo'])) add(to, node, dct.conformsTo, term(each, 'link', target))
  return [node]
}

/** Words by which portals say that they state no licence. */
const isStated = (value: unknown) => !/^(not ?specified|none|other.*|unknown|no se especific.*|non sp[ée]cifi[ée]e?|غير محدد)$/i.test(text(value))

function identifier(notation: string, { to, mint }: Target): NamedNode[] {
  if (!notation) return []
  const node = mintedIri({ mint }, 'identifier', notation)
  add(to, node, rdf.type, adms.Identifier)
  add(to, node, skos.notation, literal(notation))
  return [node]
}

const algorithms: Record<number, string> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 96: 'sha384', 128: 'sha512' }

/** A checksum in hexadecimal digits; its length says by which algorithm. */
function checksum(stated: JsonObject, { to, mint }: Target): NamedNode[] {
  const hash = first(stated, 'checksumValue', 'value', 'name').toLowerCase()
  const algorithm = /^[0-9a-f]+$/.test(hash) ? algorithms[hash.length] : undefined
  if (!algorithm) return []
  const node = mintedIri({ mint }, 'checksum', hash)
  add(to, node, rdf.type, spdx.Checksum)
  add(to, node, spdx.algorithm, namedNode(`${spdx.iri}checksumAlgorithm_${algorithm}`))
  add(to, node, spdx.checksumValue, literal(hash, xsd.hexBinary))
  return [node]
}
