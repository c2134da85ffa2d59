import { DataFactory, Store, termFromId, termToId } from 'n3'
import type { Literal, NamedNode, Quad, Term } from '@rdfjs/types'
import { entry } from '../table.ts'

/** The one data factory of the project. */
export const { namedNode, blankNode, literal, defaultGraph, quad } = DataFactory

/** The triples of one record, one page or one list, in memory and indexed. */
export type Graph = Store
export type { BlankNode, Literal, NamedNode, Quad, Term } from '@rdfjs/types'
export type Subject = Quad['subject']
export type Value = Quad['object']

export function graph(quads: Iterable<Quad> = []): Graph {
  const store = new Store()
  for (const each of quads) store.addQuad(each as never)
  return store
}

/** Triples that can be asked for the objects of a property: a graph, or something lighter. */
export type Readable = { getObjects(subject: never, property: never, graph: null): Term[] }

/** The objects of one property of one subject. */
export function values(from: Readable, subject: Subject, property: NamedNode): Value[] {
  return from.getObjects(subject as never, property as never, null) as Value[]
}

/** One object of a property: the first in code point order, so that the choice does not depend on the order of the feed. */
export function value(from: Readable, subject: Subject, property: NamedNode): Value | undefined {
  const all = values(from, subject, property)
  return all.length < 2 ? all[0] : all.sort((a, b) => (a.value < b.value ? -1 : 1))[0]
}

/** All subjects that have one of these classes. */
export function instances(from: Graph, ...classes: NamedNode[]): Subject[] {
  const found = new Map<string, Subject>()
  for (const each of classes) {
    for (const subject of from.getSubjects(rdf.type as never, each as never, null)) found.set(subject.id, subject as Subject)
  }
  return [...found.values()]
}

export function add(to: Graph, subject: Subject, property: NamedNode, object: Value): void {
  to.addQuad(subject as never, property as never, object as never)
}

export function remove(from: Graph, subject: Subject, property: NamedNode, object: Value): void {
  from.removeQuad(subject as never, property as never, object as never)
}

/** Puts `next` in the place of one value of a property. */
export function replace(inGraph: Graph, subject: Subject, property: NamedNode, old: Value, ...next: Value[]): void {
  remove(inGraph, subject, property, old)
  for (const each of next) add(inGraph, subject, property, each)
}

/** A graph in which one node has another name. */
export function renamed(from: Graph, before: Subject, after: NamedNode): Graph {
  const to = graph()
  const own = (term: Term) => (term.equals(before as Term) ? after : term)
  for (const each of from as Iterable<Quad>) to.addQuad(own(each.subject) as never, each.predicate as never, own(each.object) as never)
  return to
}

/** A term as one text, and back: for keeping many where they are looked up by it. */
export const textOf = (term: Term | Subject): string => termToId(term as never)
export const termOf = (text: string): Term => termFromId(text, DataFactory) as Term

export const isNamed = (term: Term | undefined): term is NamedNode => term?.termType === 'NamedNode'
export const isLiteral = (term: Term | undefined): term is Literal => term?.termType === 'Literal'
export const isBlank = (term: Term | undefined): boolean => term?.termType === 'BlankNode'

type Terms<T extends string> = { readonly [term in T]: NamedNode } & { readonly iri: string }

/** A namespace that knows its terms: a misspelt one does not compile. */
function namespace<const T extends string>(iri: string, terms: readonly T[]): Terms<T> {
  const entries: [string, unknown][] = terms.map(term => [term, namedNode(iri + term)])
  return Object.fromEntries([...entries, ['iri', iri]]) as Terms<T>
}

export const rdf = namespace('http://www.w3.org/1999/02/22-rdf-syntax-ns#', ['type', 'value', 'first', 'rest', 'nil', 'langString', 'Property', 'HTML'])
export const rdfs = namespace('http://www.w3.org/2000/01/rdf-schema#', ['label', 'comment', 'seeAlso', 'isDefinedBy', 'Literal', 'Resource'])
export const owl = namespace('http://www.w3.org/2002/07/owl#', ['versionInfo', 'sameAs', 'deprecated'])
export const xsd = namespace('http://www.w3.org/2001/XMLSchema#', [
  'string',
  'boolean',
  'integer',
  'decimal',
  'double',
  'nonNegativeInteger',
  'date',
  'dateTime',
  'gYear',
  'gYearMonth',
  'duration',
  'anyURI',
  'hexBinary',
])
export const dcat = namespace('http://www.w3.org/ns/dcat#', [
  'Catalog',
  'CatalogRecord',
  'Dataset',
  'DatasetSeries',
  'DataService',
  'Distribution',
  'Relationship',
  'Resource',
  'accessService',
  'accessURL',
  'bbox',
  'byteSize',
  'catalog',
  'centroid',
  'compressFormat',
  'contactPoint',
  'dataset',
  'distribution',
  'downloadURL',
  'endDate',
  'endpointDescription',
  'endpointURL',
  'hasVersion',
  'inSeries',
  'keyword',
  'landingPage',
  'mediaType',
  'packageFormat',
  'record',
  'servesDataset',
  'service',
  'spatialResolutionInMeters',
  'startDate',
  'temporalResolution',
  'theme',
  'themeTaxonomy',
  'version',
])
export const dct = namespace('http://purl.org/dc/terms/', [
  'FileFormat',
  'Frequency',
  'IMT',
  'LicenseDocument',
  'LinguisticSystem',
  'Location',
  'MediaType',
  'MediaTypeOrExtent',
  'PeriodOfTime',
  'ProvenanceStatement',
  'RightsStatement',
  'Standard',
  'accessRights',
  'accrualPeriodicity',
  'alternative',
  'available',
  'conformsTo',
  'contributor',
  'created',
  'creator',
  'description',
  'format',
  'hasPart',
  'hasVersion',
  'identifier',
  'isPartOf',
  'isReferencedBy',
  'isReplacedBy',
  'isVersionOf',
  'issued',
  'language',
  'license',
  'modified',
  'provenance',
  'publisher',
  'relation',
  'rights',
  'rightsHolder',
  'source',
  'spatial',
  'subject',
  'temporal',
  'title',
  'type',
])
export const foaf = namespace('http://xmlns.com/foaf/0.1/', [
  'Agent',
  'Document',
  'Organization',
  'Person',
  'depiction',
  'homepage',
  'mbox',
  'name',
  'page',
  'primaryTopic',
])
export const vcard = namespace('http://www.w3.org/2006/vcard/ns#', ['Kind', 'Organization', 'Individual', 'fn', 'hasEmail', 'hasTelephone', 'hasURL'])
export const skos = namespace('http://www.w3.org/2004/02/skos/core#', [
  'Concept',
  'ConceptScheme',
  'altLabel',
  'broadMatch',
  'broader',
  'closeMatch',
  'exactMatch',
  'hiddenLabel',
  'inScheme',
  'notation',
  'prefLabel',
  'relatedMatch',
  'definition',
  'topConceptOf',
])
export const adms = namespace('http://www.w3.org/ns/adms#', ['Identifier', 'identifier', 'representationTechnique', 'sample', 'status', 'versionNotes'])
export const dcatap = namespace('http://data.europa.eu/r5r/', ['applicableLegislation', 'availability', 'hvdCategory'])
export const geodcatap = namespace('http://data.europa.eu/930/', [
  'custodian',
  'distributor',
  'originator',
  'principalInvestigator',
  'processor',
  'purpose',
  'referenceSystem',
  'resourceProvider',
  'resourceType',
  'serviceCategory',
  'serviceProtocol',
  'serviceType',
  'spatialResolutionAsScale',
  'topicCategory',
  'user',
])
export const spdx = namespace('http://spdx.org/rdf/terms#', ['Checksum', 'algorithm', 'checksum', 'checksumValue'])
export const schema = namespace('http://schema.org/', ['Dataset', 'startDate', 'endDate'])
export const locn = namespace('http://www.w3.org/ns/locn#', ['geometry', 'Geometry'])
export const geo = namespace('http://www.opengis.net/ont/geosparql#', ['wktLiteral'])
export const prov = namespace('http://www.w3.org/ns/prov#', [
  'Activity',
  'Entity',
  'Organization',
  'SoftwareAgent',
  'actedOnBehalfOf',
  'atLocation',
  'endedAtTime',
  'generatedAtTime',
  'hadPrimarySource',
  'invalidatedAtTime',
  'qualifiedAttribution',
  'specializationOf',
  'startedAtTime',
  'used',
  'wasAssociatedWith',
  'wasDerivedFrom',
  'wasGeneratedBy',
  'wasInformedBy',
  'wasRevisionOf',
])
export const dqv = namespace('http://www.w3.org/ns/dqv#', [
  'Dimension',
  'Metric',
  'QualityMeasurement',
  'computedOn',
  'hasQualityMeasurement',
  'inDimension',
  'isMeasurementOf',
  'value',
])
export const qb = namespace('http://purl.org/linked-data/cube#', [
  'AttributeProperty',
  'DataStructureDefinition',
  'DimensionProperty',
  'MeasureProperty',
  'codeList',
  'concept',
  'structure',
])
/** StatDCAT-AP 1.0.1. */
export const stat = namespace('http://data.europa.eu/m8g/', ['attribute', 'dimension', 'numSeries', 'statUnitMeasure'])
export const pv = 'https://piveau.eu/ns/voc#'
export const hydra = namespace('http://www.w3.org/ns/hydra/core#', [
  'Collection',
  'PagedCollection',
  'PartialCollectionView',
  'first',
  'firstPage',
  'itemsPerPage',
  'last',
  'lastPage',
  'next',
  'nextPage',
  'previous',
  'previousPage',
  'totalItems',
  'view',
])
export const sh = namespace('http://www.w3.org/ns/shacl#', [
  'ValidationReport',
  'ValidationResult',
  'Violation',
  'Warning',
  'Info',
  'NodeShape',
  'PropertyShape',
  'conforms',
  'datatype',
  'focusNode',
  'message',
  'path',
  'result',
  'resultMessage',
  'resultPath',
  'resultSeverity',
  'name',
  'description',
  'severity',
  'sourceConstraintComponent',
  'sourceShape',
  'value',
  'property',
  'targetClass',
  'targetNode',
  'targetObjectsOf',
  'targetSubjectsOf',
])
export const org = namespace('http://www.w3.org/ns/org#', ['Organization', 'subOrganizationOf'])
export const sd = namespace('http://www.w3.org/ns/sparql-service-description#', [
  'Service',
  'SPARQL11Query',
  'UnionDefaultGraph',
  'endpoint',
  'feature',
  'resultFormat',
  'supportedLanguage',
  'defaultDataset',
  'Dataset',
  'defaultGraph',
  'Graph',
])
export const fihrist = namespace('https://w3id.org/fihrist#', [
  'Problem',
  'Repair',
  'Run',
  'address',
  'advice',
  'after',
  'alternate',
  'before',
  'canonical',
  'collectionFrequency',
  'continues',
  'disaggregationLevel',
  'excerpt',
  'family',
  'key',
  'languageTag',
  'lastCompleteRun',
  'lastRun',
  'late',
  'machineReadable',
  'mode',
  'nonProprietary',
  'openLicence',
  'period',
  'problem',
  'property',
  'record',
  'repair',
  'report',
  'revision',
  'rule',
  'shownFrom',
  'shownUntil',
  'startMonth',
  'state',
  'territoryLevel',
])

/** The prefixes we write, and those that source files may use in their options (`dct:spatial`). */
export const prefixes: Record<string, string> = {
  adms: adms.iri,
  dcat: dcat.iri,
  dcatap: dcatap.iri,
  dct: dct.iri,
  dqv: dqv.iri,
  fihrist: fihrist.iri,
  foaf: foaf.iri,
  geo: geo.iri,
  geodcatap: geodcatap.iri,
  hydra: hydra.iri,
  locn: locn.iri,
  org: org.iri,
  owl: owl.iri,
  prov: prov.iri,
  qb: qb.iri,
  rdf: rdf.iri,
  rdfs: rdfs.iri,
  schema: schema.iri,
  sh: sh.iri,
  skos: skos.iri,
  spdx: spdx.iri,
  stat: stat.iri,
  vcard: vcard.iri,
  xsd: xsd.iri,
  pv,
}

/** `dct:spatial` → the term; undefined where the prefix is not one of ours. */
export function expand(curie: string): NamedNode | undefined {
  const at = curie.indexOf(':')
  const namespaceIri = entry(prefixes, curie.slice(0, at))
  if (namespaceIri) return namedNode(namespaceIri + curie.slice(at + 1))
  return /^https?:\/\//.test(curie) ? namedNode(curie) : undefined
}

const namespaces = Object.entries(prefixes)

/** The shortest name of an IRI that people read: `dct:title`, or the IRI itself. */
export function compact(iri: string): string {
  for (const [prefix, start] of namespaces) {
    if (iri.startsWith(start) && iri.length > start.length) return `${prefix}:${iri.slice(start.length)}`
  }
  return iri
}
