import { mendIri } from '../../rdf/iri.ts'
import {
  add, adms, dcat, dct, foaf, geo, graph, isLiteral, isNamed, literal, namedNode, org, owl, rdf, schema, skos, value, values, vcard, type Graph, type NamedNode, type Quad, type Subject, type Term, type Value,
} from '../../rdf/terms.ts'
import { date } from './ckan-values.ts'

/** Kinds of nodes that a dataset of schema.org leads to. */
type Role = 'dataset' | 'file' | 'agent' | 'contact' | 'place' | 'licence' | 'identifier'
type Kind = 'text' | 'list' | 'link' | 'date' | 'words' | Role
type Row = [names: string[], property: NamedNode, kind: Kind]

export const datasetFields: Row[] = [
  [['name', 'headline'], dct.title, 'text'],
  [['alternateName'], dct.alternative, 'text'],
  [['description', 'abstract'], dct.description, 'text'],
  [['identifier'], dct.identifier, 'identifier'],
  [['url', 'mainEntityOfPage'], dcat.landingPage, 'link'],
  [['sameAs'], owl.sameAs, 'link'],
  [['keywords'], dcat.keyword, 'list'],
  [['about', 'genre'], dcat.theme, 'words'],
  [['publisher', 'provider', 'sourceOrganization'], dct.publisher, 'agent'],
  [['creator', 'author'], dct.creator, 'agent'],
  [['contributor'], dct.contributor, 'agent'],
  [['copyrightHolder'], dct.rightsHolder, 'agent'],
  [['contactPoint', 'maintainer'], dcat.contactPoint, 'contact'],
  [['dateCreated'], dct.created, 'date'],
  [['datePublished'], dct.issued, 'date'],
  [['dateModified'], dct.modified, 'date'],
  [['inLanguage'], dct.language, 'words'],
  [['license'], dct.license, 'licence'],
  [['conditionsOfAccess'], dct.accessRights, 'words'],
  [['version'], dcat.version, 'text'],
  [['temporalCoverage'], dct.temporal, 'words'],
  [['spatialCoverage'], dct.spatial, 'place'],
  [['isBasedOn'], dct.source, 'link'],
  [['isPartOf'], dct.isPartOf, 'link'],
  [['hasPart'], dct.hasPart, 'link'],
  [['distribution'], dcat.distribution, 'file'],
]

export const distributionFields: Row[] = [
  [['name'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['contentUrl'], dcat.downloadURL, 'link'],
  [['url'], dcat.accessURL, 'link'],
  [['encodingFormat', 'fileFormat'], dcat.mediaType, 'words'],
  [['contentSize'], dcat.byteSize, 'words'],
  [['datePublished', 'uploadDate'], dct.issued, 'date'],
  [['dateModified'], dct.modified, 'date'],
  [['inLanguage'], dct.language, 'words'],
  [['license'], dct.license, 'licence'],
]

const fields: Record<Role, { type?: NamedNode, rows: Row[] }> = {
  dataset: { type: dcat.Dataset, rows: datasetFields },
  file: { type: dcat.Distribution, rows: distributionFields },
  agent: { type: foaf.Agent, rows: [[['name', 'legalName'], foaf.name, 'text'], [['email'], foaf.mbox, 'words'], [['url'], foaf.homepage, 'link'], [['parentOrganization'], org.subOrganizationOf, 'agent']] },
  contact: { type: vcard.Kind, rows: [[['name'], vcard.fn, 'text'], [['email'], vcard.hasEmail, 'words'], [['telephone'], vcard.hasTelephone, 'words'], [['url'], vcard.hasURL, 'link']] },
  place: { type: dct.Location, rows: [[['name'], skos.prefLabel, 'text']] },
  licence: { type: dct.LicenseDocument, rows: [[['name'], dct.title, 'text'], [['url'], foaf.page, 'link']] },
  identifier: { type: adms.Identifier, rows: [[['value'], skos.notation, 'text']] },
}

const bases = [schema.iri, 'https://schema.org/']

/** A dataset in the words of schema.org (http or https) in those of DCAT, before normalising; what has no place there stays as it was said. */
export function fromSchemaOrg(from: Graph, dataset: Subject): Graph {
  const to = graph(from as Iterable<Quad>)
  rewrite(to, dataset, 'dataset', new Set())
  for (const quad of [...to] as Quad[]) if (quad.predicate.equals(rdf.type) && bases.some(base => quad.object.value.startsWith(base))) to.removeQuad(quad as never)
  return to
}

function rewrite(to: Graph, subject: Subject, role: Role, seen: Set<string>): void {
  if (seen.has(subject.value)) return
  seen.add(subject.value)
  const { type, rows } = fields[role]
  if (type) add(to, subject, rdf.type, type)
  if (role === 'place') shapes(to, subject)
  for (const [names, property, kind] of rows) {
    const all = names.map(name => taken(to, subject, name)).find(found => found.length > 0) ?? []
    for (const each of all) for (const [as, term] of terms(to, each, property, kind, seen)) add(to, subject, as, term)
  }
}

/** The values of a property, which is taken away; the members of a list are values too. */
function taken(to: Graph, subject: Subject, name: string): Value[] {
  return bases.flatMap(base => {
    const property = namedNode(base + name)
    const all = values(to, subject, property)
    for (const each of all) to.removeQuad(subject as never, property as never, each as never)
    return all.flatMap(each => members(to, each))
  })
}

function members(from: Graph, list: Value): Value[] {
  const all: Value[] = []
  for (let at: Value | undefined = list; at && !isLiteral(at) && all.length < 10_000; at = value(from, at as Subject, rdf.rest)) {
    const first = value(from, at as Subject, rdf.first)
    if (!first) break
    all.push(first)
  }
  return all.length > 0 ? all : [list]
}

const labelOf = (from: Graph, node: Subject) => bases.flatMap(base => values(from, node, namedNode(`${base}name`)))

function terms(to: Graph, each: Value, property: NamedNode, kind: Kind, seen: Set<string>): [NamedNode, Value][] {
  const as = (...found: Value[]): [NamedNode, Value][] => found.map(term => [property, term])
  if (kind in fields && !isLiteral(each)) {
    if (kind === 'identifier' && isNamed(each)) return as(literal(each.value))
    if (to.countQuads(each as never, null, null, null) > 0) rewrite(to, each as Subject, kind as Role, seen)
    return kind === 'identifier' ? [[adms.identifier, each]] : as(each)
  }
  if (kind === 'list') return as(...(isLiteral(each) ? each.value.split(/[,;\n]/).map(word => word.trim()).filter(Boolean).map(word => literal(word, each.language || undefined)) : labelOf(to, each as Subject)))
  if (!isLiteral(each)) return as(each)
  if (kind === 'date') return as(date(each.value))
  if ((kind === 'link' || kind === 'licence') && /^https?:/i.test(each.value) && mendIri(each.value)) return as(namedNode(each.value))
  return as(each.language ? each : literal(each.value))
}

const wkt = (text: string) => literal(text, geo.wktLiteral)

/** A box (south, west, north, east) or a point of a place, as WKT. */
function shapes(to: Graph, place: Subject): void {
  for (const shape of taken(to, place, 'geo').filter(each => !isLiteral(each)) as Term[]) {
    const one = (name: string) => taken(to, shape as Subject, name)[0]?.value ?? ''
    const [south, west, north, east] = one('box').split(/[\s,]+/).map(Number)
    const [latitude, longitude] = [one('latitude'), one('longitude')]
    if ([south, west, north, east].every(each => each !== undefined && Number.isFinite(each)) && south !== undefined) add(to, place, dcat.bbox, wkt(`POLYGON((${west} ${south},${east} ${south},${east} ${north},${west} ${north},${west} ${south}))`))
    else if (latitude && longitude && Number.isFinite(Number(latitude)) && Number.isFinite(Number(longitude))) add(to, place, dcat.centroid, wkt(`POINT(${longitude} ${latitude})`))
    for (const quad of to.getQuads(shape as never, null, null, null)) if (quad.predicate.equals(rdf.type as never)) to.removeQuad(quad)
  }
}
