import { mendIri } from '../../../rdf/iri.ts'
import { add, type Graph } from '../../../rdf/graph.ts'
import { adms, dcat, dct, foaf, qb, rdf, rdfs, skos, spdx, xsd } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Term } from '../../../rdf/terms.ts'
import type { Package } from '../../protocols/ckan/api.ts'
import { items, objects, term, text, texts } from './values.ts'
import type { Around } from './fields.ts'
import { keywords } from './keywords.ts'
import { first, iriOf, own } from './names.ts'
import { agent, contact } from './parties.ts'
import { period, periodsIn } from './periods.ts'
import { places } from './places.ts'

/** Makes the nodes that a value of a record describes: an object, a list of them, or no more than a name. */
type Make = (to: Graph, value: unknown, around: Around) => Term[]

/** Kinds of values that DCAT-AP wants as nodes. The names that portals give their parts are tried in turn. */
export const nodes = {
  agent: (to, value, around) => objects(value).flatMap(each => agent(to, each, around)),
  contact: (to, value, around) => objects(value).flatMap(each => contact(to, each, around)),
  place: places,
  keywords: (_to, value, around) => keywords(value, around),
  reference: (_to, value) => objects(value).flatMap(each => iriOf(each) ?? (text(each['name']) ? literal(text(each['name'])) : [])),
  service: (to, value, around) => objects(value).flatMap(each => service(to, each, around)),
  period: (to, value, around) => periodsIn(value, around.language).flatMap(each => period(to, each, around)),
  concept: labelled('concept', skos.Concept, skos.prefLabel),
  rights: labelled('statement', dct.RightsStatement, rdfs.label),
  provenance: labelled('statement', dct.ProvenanceStatement, rdfs.label),
  dimension: component('dimension', qb.DimensionProperty),
  attribute: component('attribute', qb.AttributeProperty),
  standard: labelled('standard', dct.Standard, dct.title),
  page: labelled('page', foaf.Document, dct.title),
  licence: (to, value, around) => labelled('licence', dct.LicenseDocument, dct.title)(to, isStated(value) ? value : [], around),
  identifier: (to, value, { mint }) => objects(value).flatMap(each => identifier(to, first(each, 'notation', '@id', 'name', 'value', 'id'), mint.record)),
  checksum: (to, value, { mint }) => objects(value).flatMap(each => checksum(to, each, mint.record)),
} satisfies Record<string, Make>
export type NodeKind = keyof typeof nodes

/** A thing with a label: its own IRI, or one made of its words. */
function labelled(kind: string, type: NamedNode, property: NamedNode): (...of: Parameters<Make>) => NamedNode[] {
  return (to, value, { mint, language }) =>
    objects(fromTexts(value)).flatMap(each => {
      const tongue = { language, stated: true }
      const field =
        ['prefLabel', 'title', 'label', 'name', 'description'].find(name => texts(each, name, tongue).length > 0 && !/^https?:/i.test(text(each[name]))) ?? ''
      const words = texts(each, field, tongue)
      const stated = iriOf(each)
      // The name of a node that had none says less than an address.
      const iri = stated?.value.startsWith(`${mint.record}#`) ? (addressOf(each) ?? stated) : (stated ?? addressOf(each))
      if (!iri && words.length === 0) return []
      const node = iri ?? own(mint.record, kind, words.map(word => word.value).join('\n'))
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
  return (to, value, around) =>
    objects(value).flatMap(each => {
      const id = text(each['id'])
      const nodes = make(to, id ? { ...each, '@id': `${around.mint.record}#${kind}-${encodeURIComponent(id)}` } : each, around)
      const concept = mendIri(text(each['concept']))
      for (const node of nodes) if (concept) add(to, node, qb.concept, namedNode(concept))
      return nodes
    })
}

const addressOf = (from: Package) => {
  const iri = mendIri(first(from, 'url', 'accessURL', 'downloadURL', 'href'))
  return iri && /^https?:/i.test(iri) ? namedNode(iri) : undefined
}

/** A list of texts written as one text of JSON. */
const fromTexts = (value: unknown) => (typeof value === 'string' ? items(value) : value)

function service(to: Graph, stated: Package, around: Around): NamedNode[] {
  const endpoints = items(stated['endpointURL'] ?? stated['url'])
  const title = texts(stated, 'title', around)
  const iri = iriOf(stated)
  if (!iri && endpoints.length === 0) return []
  const node = iri ?? own(around.mint.record, 'service', endpoints.join('\n'))
  if (endpoints.length === 0 && title.length === 0) return [node]
  add(to, node, rdf.type, dcat.DataService)
  for (const each of title) add(to, node, dct.title, each)
  for (const each of texts(stated, 'description', around)) add(to, node, dct.description, each)
  for (const each of endpoints) add(to, node, dcat.endpointURL, term(each, 'link', around))
  for (const each of items(stated['endpointDescription'])) add(to, node, dcat.endpointDescription, term(each, 'link', around))
  for (const each of items(stated['conformsTo'])) add(to, node, dct.conformsTo, term(each, 'link', around))
  return [node]
}

/** Words by which portals say that they state no licence. */
const isStated = (value: unknown) => !/^(not ?specified|none|other.*|unknown|no se especific.*|non sp[ée]cifi[ée]e?|غير محدد)$/i.test(text(value))

function identifier(to: Graph, notation: string, record: string): NamedNode[] {
  if (!notation) return []
  const node = own(record, 'identifier', notation)
  add(to, node, rdf.type, adms.Identifier)
  add(to, node, skos.notation, literal(notation))
  return [node]
}

const algorithms: Record<number, string> = { 32: 'md5', 40: 'sha1', 64: 'sha256', 96: 'sha384', 128: 'sha512' }

/** A checksum in hexadecimal digits; its length says by which algorithm. */
function checksum(to: Graph, stated: Package, record: string): NamedNode[] {
  const hash = first(stated, 'checksumValue', 'value', 'name').toLowerCase()
  const algorithm = /^[0-9a-f]+$/.test(hash) ? algorithms[hash.length] : undefined
  if (!algorithm) return []
  const node = own(record, 'checksum', hash)
  add(to, node, rdf.type, spdx.Checksum)
  add(to, node, spdx.algorithm, namedNode(`${spdx.iri}checksumAlgorithm_${algorithm}`))
  add(to, node, spdx.checksumValue, literal(hash, xsd.hexBinary))
  return [node]
}
