import { guess } from '../../normalise/text.ts'
import { digest } from '../../rdf/digest.ts'
import { mendIri } from '../../rdf/iri.ts'
import {
  add, adms, dcat, dct, foaf, literal, namedNode, org, qb, rdf, rdfs, skos, spdx, vcard, xsd, type Graph, type NamedNode, type Value,
} from '../../rdf/terms.ts'
import type { Package } from './ckan-api.ts'
import { date, isSaid, items, objects, said, term, text, texts } from './ckan-values.ts'
import type { Around } from './json-fields.ts'
import { keywords } from './json-keywords.ts'
import { places } from './json-places.ts'

/** Makes the nodes that a value of a record describes: an object, a list of them, or no more than a name. */
type Make = (to: Graph, value: unknown, around: Around) => Value[]

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

/** The text of the first of these fields that has one. */
const first = (from: Package, ...names: string[]) => names.map(name => text(from[name])).find(Boolean) ?? ''
const own = (record: string, kind: string, words: string) => namedNode(`${record}#${kind}-${digest(words).slice(0, 12)}`)

/** The IRI that something goes by: its own, or its name where that is an address. */
function iriOf(from: Package): NamedNode | undefined {
  const iri = [first(from, '@id', 'uri', 'iri'), text(from['name'])].find(each => /^https?:/i.test(each))
  return iri !== undefined && mendIri(iri) ? namedNode(mendIri(iri)!) : undefined
}

/** A thing with a label: its own IRI, or one made of its words. */
function labelled(kind: string, type: NamedNode, property: NamedNode): Make {
  return (to, value, { mint, language }) => objects(fromTexts(value)).flatMap(each => {
    const tongue = { language, stated: true }
    const field = ['prefLabel', 'title', 'label', 'name', 'description'].find(name => texts(each, name, tongue).length > 0 && !/^https?:/i.test(text(each[name]))) ?? ''
    const words = texts(each, field, tongue)
    const stated = iriOf(each)
    // The name of a node that had none says less than an address.
    const iri = stated?.value.startsWith(`${mint.record}#`) ? addressOf(each) ?? stated : stated ?? addressOf(each)
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
  return (to, value, around) => objects(value).flatMap(each => {
    const id = text(each['id'])
    const nodes = make(to, id ? { ...each, '@id': `${around.mint.record}#${kind}-${encodeURIComponent(id)}` } : each, around)
    const concept = mendIri(text(each['concept']))
    for (const node of nodes) if (concept) add(to, node as NamedNode, qb.concept, namedNode(concept))
    return nodes
  })
}

const addressOf = (from: Package) => {
  const iri = mendIri(first(from, 'url', 'accessURL', 'downloadURL', 'href'))
  return iri && /^https?:/i.test(iri) ? namedNode(iri) : undefined
}

/** A list of texts written as one text of JSON. */
const fromTexts = (value: unknown) => (typeof value === 'string' ? items(value) : value)

function agent(to: Graph, stated: Package, around: Around, depth = 5): NamedNode[] {
  const { mint } = around
  const names = ['name', 'fn', 'prefLabel', 'title', 'label', 'legalName'].map(name => texts(stated, name, around)).find(found => found.length > 0 && !found.every(each => /^https?:/i.test(each.value))) ?? []
  const iri = iriOf(stated)
  if (!iri && names.length === 0) return []
  const node = iri ?? own(mint.record, 'agent', names[0]!.value)
  if (names.length === 0) return [node]
  add(to, node, rdf.type, foaf.Agent)
  for (const name of names) add(to, node, foaf.name, name)
  const page = mendIri(first(stated, 'homepage', 'url', 'page'))
  if (page) add(to, node, foaf.homepage, namedNode(page))
  const email = first(stated, 'mbox', 'email', 'hasEmail')
  if (email) add(to, node, foaf.mbox, literal(email))
  const known = first(stated, 'identifier', 'notation')
  if (known) add(to, node, dct.identifier, literal(known))
  if (depth > 0) for (const above of objects(stated['subOrganizationOf'] ?? stated['parentOrganization']).flatMap(each => agent(to, each, around, depth - 1))) add(to, node, org.subOrganizationOf, above)
  return [node]
}

function contact(to: Graph, stated: Package, { mint, language }: Around): NamedNode[] {
  const names = ['fn', 'name', 'organization-name'].map(field => texts(stated, field, { language, stated: true })).find(found => found.length > 0) ?? []
  const name = first(stated, 'fn', 'name', 'organization-name') || (names[0]?.value ?? '')
  const email = first(stated, 'hasEmail', 'email', 'mbox').replace(/^mailto:\s*$/i, '')
  const page = mendIri(first(stated, 'hasURL', 'url', 'contact_form'))
  const telephone = first(stated, 'tel', 'hasTelephone', 'phone', 'telephone')
  if (!name && !email && !page && !telephone) return []
  const node = iriOf({ ...stated, name: '' }) ?? own(mint.record, 'contact', name + email)
  add(to, node, rdf.type, vcard.Kind)
  for (const each of names) add(to, node, vcard.fn, each)
  if (email) add(to, node, vcard.hasEmail, literal(email))
  if (page) add(to, node, vcard.hasURL, namedNode(page))
  if (telephone) add(to, node, vcard.hasTelephone, literal(telephone))
  if (text(stated['identifier'])) add(to, node, dct.identifier, literal(text(stated['identifier'])))
  return [node]
}

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

interface Period { start: string, end: string, words?: Value }

/** Periods as objects, as `start/end` (ISO 8601), as two years, as one date; words that say none of these are kept as words. */
function periodsIn(value: unknown, language: string): Period[] {
  if (isSaid(value)) return periodsIn(text(value), language).map(each => (each.words ? { ...each, words: said(value)[0]! } : each))
  if (typeof value === 'object' && value !== null) {
    return [value].flat().flatMap(each => (typeof each === 'object' && each !== null && !isSaid(each)
      ? objects(each).map(part => ({ start: first(part, 'startDate', 'start', 'begin'), end: first(part, 'endDate', 'end') }))
      : periodsIn(each, language)))
  }
  const stated = text(value)
  const [, years, until] = /^\s*(\d{4})\s*[-–]\s*(\d{4})\s*$/.exec(stated) ?? []
  const parts = years ? [years, until!] : stated.split('/').map(part => part.trim())
  const dates = parts.map(part => (/^\d/.test(part) ? part : ''))
  if (parts.length === 2 && (dates[0] || dates[1])) return [{ start: dates[0]!, end: dates[1]! }]
  if (parts.length === 1 && dates[0]) return [{ start: dates[0], end: dates[0] }]
  return stated ? [{ start: '', end: '', words: literal(stated, guess(stated, language) || undefined) }] : []
}

function period(to: Graph, { start, end, words }: Period, { mint }: Around): NamedNode[] {
  const [from, until] = [start, end].map(each => (/^\.*$/.test(each) ? '' : each)) as [string, string]
  if (!from && !until && !words) return []
  const node = own(mint.record, 'period', words?.value ?? `${from}/${until}`)
  add(to, node, rdf.type, dct.PeriodOfTime)
  if (from) add(to, node, dcat.startDate, date(from))
  if (until) add(to, node, dcat.endDate, date(until))
  if (words) add(to, node, rdfs.label, words)
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
