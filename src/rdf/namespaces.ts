import { remembering } from '../remembering.ts'
import { entry } from '../table.ts'
import { namedNode, type NamedNode } from './terms.ts'

/** The words of a text, as types. */
type Words<Text extends string, Known = never> = Text extends `${infer Word} ${infer Rest}` ? Words<Rest, Known | Word> : Known | Text
type Terms<Text extends string> = { readonly [Term in Words<Text> & string]: NamedNode } & { readonly iri: string }

/** A namespace that knows its terms, which are written with a blank between them: a misspelt one does not compile. */
function namespace<const Text extends string>(iri: string, ...terms: Text[]): Terms<Text> {
  const entries: [string, unknown][] = terms.flatMap(each => each.split(' ').map((term): [string, unknown] => [term, namedNode(iri + term)]))
  return Object.fromEntries([...entries, ['iri', iri]]) as Terms<Text>
}

export const rdf = namespace(
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  'type value first rest nil langString Property HTML Statement subject predicate object',
)
export const rdfs = namespace('http://www.w3.org/2000/01/rdf-schema#', 'Class label comment seeAlso isDefinedBy Literal Resource')
export const owl = namespace('http://www.w3.org/2002/07/owl#', 'versionInfo sameAs deprecated imports')
export const xsd = namespace(
  'http://www.w3.org/2001/XMLSchema#',
  'string boolean integer decimal double nonNegativeInteger date dateTime gYear gYearMonth duration anyURI hexBinary',
)
export const dcat = namespace(
  'http://www.w3.org/ns/dcat#',
  'Catalog CatalogRecord Dataset DatasetSeries DataService Distribution Relationship Role Resource accessService accessURL bbox byteSize catalog',
  'centroid compressFormat contactPoint dataset distribution downloadURL endDate endpointDescription endpointURL hadRole hasVersion inSeries keyword',
  'landingPage mediaType packageFormat qualifiedRelation record resource servesDataset service spatialResolutionInMeters startDate temporalResolution',
  'theme themeTaxonomy version',
)
export const dct = namespace(
  'http://purl.org/dc/terms/',
  'FileFormat Frequency IMT LicenseDocument LinguisticSystem Location MediaType MediaTypeOrExtent PeriodOfTime ProvenanceStatement RightsStatement',
  'Standard abstract accessRights accrualPeriodicity alternative available conformsTo contributor created creator date dateAccepted dateCopyrighted',
  'dateSubmitted description format hasPart hasVersion identifier isPartOf isReferencedBy isReplacedBy isVersionOf issued language license modified',
  'provenance publisher relation rights rightsHolder source spatial subject temporal title type valid',
)
export const foaf = namespace(
  'http://xmlns.com/foaf/0.1/',
  'Agent Document Organization Person depiction homepage isPrimaryTopicOf mbox name page phone primaryTopic',
)
export const vcard = namespace(
  'http://www.w3.org/2006/vcard/ns#',
  'Kind Organization Individual Group Location email fn hasEmail hasTelephone hasURL hasValue organization-name tel url',
)
export const skos = namespace(
  'http://www.w3.org/2004/02/skos/core#',
  'Concept ConceptScheme altLabel broadMatch broader closeMatch exactMatch hiddenLabel inScheme notation prefLabel relatedMatch definition',
  'topConceptOf example',
)
export const adms = namespace('http://www.w3.org/ns/adms#', 'Identifier identifier representationTechnique sample status versionNotes')
export const dcatap = namespace('http://data.europa.eu/r5r/', 'applicableLegislation availability hvdCategory')
export const geodcatap = namespace(
  'http://data.europa.eu/930/',
  'custodian distributor originator principalInvestigator processor purpose referenceSystem resourceProvider resourceType serviceCategory',
  'serviceProtocol serviceType spatialResolutionAsScale topicCategory user',
)
export const eli = namespace('http://data.europa.eu/eli/ontology#', 'LegalResource')
export const odrl = namespace('http://www.w3.org/ns/odrl/2/', 'Policy hasPolicy')
export const spdx = namespace('http://spdx.org/rdf/terms#', 'Checksum ChecksumAlgorithm algorithm checksum checksumValue')
export const schema = namespace(
  'http://schema.org/',
  'Answer Article CreativeWork Dataset Question Report SoftwareApplication acceptedAnswer author dateCreated dateModified endDate image inLanguage',
  'isBasedOn name startDate text upvoteCount url',
)
/** Dataset Usage Vocabulary. */
export const duv = namespace('http://www.w3.org/ns/duv#', 'Usage hasUsage refersTo')
export const locn = namespace('http://www.w3.org/ns/locn#', 'geometry Geometry')
export const geo = namespace('http://www.opengis.net/ont/geosparql#', 'wktLiteral')
export const prov = namespace(
  'http://www.w3.org/ns/prov#',
  'Activity Agent Entity Organization Attribution SoftwareAgent actedOnBehalfOf atLocation endedAtTime generatedAtTime hadPrimarySource',
  'invalidatedAtTime qualifiedAttribution specializationOf startedAtTime used wasAssociatedWith wasAttributedTo wasDerivedFrom wasGeneratedBy',
  'wasInformedBy wasRevisionOf',
)
export const dqv = namespace(
  'http://www.w3.org/ns/dqv#',
  'Dimension Metric QualityMeasurement QualityMetadata computedOn expectedDataType hasQualityMeasurement hasQualityMetadata inDimension',
  'isMeasurementOf value',
)
export const qb = namespace(
  'http://purl.org/linked-data/cube#',
  'AttributeProperty DataStructureDefinition DimensionProperty MeasureProperty codeList concept structure',
)
/** StatDCAT-AP 1.0.1. */
export const stat = namespace('http://data.europa.eu/m8g/', 'attribute dimension numSeries statUnitMeasure')
export const pv = 'https://piveau.eu/ns/voc#'
export const hydra = namespace(
  'http://www.w3.org/ns/hydra/core#',
  'Collection PagedCollection PartialCollectionView first firstPage itemsPerPage last lastPage next nextPage previous previousPage totalItems view',
)
/** TREE and LDES (w3id.org/tree, w3id.org/ldes), and the activities of ActivityStreams: what DCAT-AP Feeds are made of. */
export const tree = namespace(
  'https://w3id.org/tree#',
  'GreaterThanOrEqualToRelation LessThanOrEqualToRelation LessThanRelation Node member node path relation shape value view',
)
export const ldes = namespace(
  'https://w3id.org/ldes#',
  'EventStream LatestVersionSubset amount immutable retentionPolicy timestampPath versionAmount versionCreateObject versionDeleteObject versionKey',
  'versionOfPath versionUpdateObject',
)
export const as = namespace('https://www.w3.org/ns/activitystreams#', 'Create Delete Update object published')
export const sh = namespace(
  'http://www.w3.org/ns/shacl#',
  'ValidationReport ValidationResult Violation Warning Info NodeShape PropertyShape conforms datatype focusNode message minCount path',
  'qualifiedMinCount result resultMessage resultPath resultSeverity name description severity sourceConstraintComponent sourceShape value property',
  'targetClass targetNode targetObjectsOf targetSubjectsOf targetWhere target',
)
export const prof = namespace('http://www.w3.org/ns/dx/prof/', 'Profile isProfileOf')
export const org = namespace('http://www.w3.org/ns/org#', 'Organization subOrganizationOf')
/** VoID; `void` is a word of the language. */
export const voidTerms = namespace('http://rdfs.org/ns/void#', 'Dataset DatasetDescription sparqlEndpoint uriSpace rootResource vocabulary entities feature')
export const sd = namespace(
  'http://www.w3.org/ns/sparql-service-description#',
  'Service SPARQL11Query UnionDefaultGraph BasicFederatedQuery endpoint feature resultFormat supportedLanguage defaultDataset Dataset defaultGraph',
  'Graph',
)
export const fihrist = namespace(
  'https://w3id.org/fihrist#',
  'Code DatasetRequest Problem Repair Run address advice after alternate filled answeredBy assignedTo before canonical collectionFrequency continues',
  'disaggregationLevel exception excerpt family key languageTag lastCompleteRun lastRun legalBasis late machineReadable mode noViolation',
  'nonProprietary occurrences openLicence period tile icon plannedAs plannedFor problem property purpose record repair report revision rule shownFrom',
  'shownUntil standing startMonth state territoryLevel',
)

/** The prefixes we write, and those that source files may use in their options (`dct:spatial`). */
export const prefixes: Record<string, string> = {
  adms: adms.iri,
  dcat: dcat.iri,
  dcatap: dcatap.iri,
  dct: dct.iri,
  dqv: dqv.iri,
  duv: duv.iri,
  eli: eli.iri,
  fihrist: fihrist.iri,
  foaf: foaf.iri,
  geo: geo.iri,
  geodcatap: geodcatap.iri,
  hydra: hydra.iri,
  locn: locn.iri,
  odrl: odrl.iri,
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
export const compact: (iri: string) => string = remembering(iri => {
  for (const [prefix, start] of namespaces) {
    if (iri.startsWith(start) && iri.length > start.length) return `${prefix}:${iri.slice(start.length)}`
  }
  return iri
})
