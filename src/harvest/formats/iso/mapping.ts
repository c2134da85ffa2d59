import { portalRecord } from '../../../config/addresses.ts'
import { add, Graph, values } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dcatap, dct, dqv, foaf, geodcatap, rdf, skos } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { entry } from '../../../table.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { dateOf, isAddress, linkOf, mapRows, type XmlTarget, type XmlRow } from '../../readers/xml/fields.ts'
import { children, select, type Element } from '../../readers/xml/xml.ts'
import type { Format, Portal } from '../format.ts'
import { mapOnline } from '../online.ts'
import { dateTypes, scopes } from './codes.ts'
import { isoKinds, type IsoKind } from './nodes.ts'
import { isoLinks } from './online.ts'
import { mapParties, mapRecordContact } from './parties.ts'
import { mapRights } from './rights.ts'
import { code, hrefOf, isIso, isIsoRecord, isoFormat, plain, words } from './values.ts'

/** Paths in the identification of the resource (`identificationInfo`); names are the same in ISO 19139 and 19115-3 where only one stands. */
const resourceFields: XmlRow<IsoKind>[] = [
  [['citation/*/title'], dct.title, 'text'],
  [['citation/*/alternateTitle'], dct.alternative, 'text'],
  [['abstract'], dct.description, 'text'],
  [['purpose'], geodcatap.purpose, 'text'],
  [['citation/*/edition'], dcat.version, 'list'],
  [['language', 'defaultLocale/*/language'], dct.language, 'words'],
  [['topicCategory'], geodcatap.topicCategory, 'topic'],
  [['topicCategory'], dcat.theme, 'theme'],
  [['resourceMaintenance/*/maintenanceAndUpdateFrequency'], dct.accrualPeriodicity, 'frequency'],
  [['status'], adms.status, 'words'],
  [['extent/*/geographicElement/*/geographicIdentifier/*/code', 'extent/*/description'], dct.spatial, 'words'],
  [['extent/*/geographicElement/EX_GeographicBoundingBox'], dct.spatial, 'box'],
  [['extent/*/geographicElement/EX_BoundingPolygon/polygon/*'], dct.spatial, 'shape'],
  [['extent/*/temporalElement/*/extent'], dct.temporal, 'period'],
  [['spatialResolution/*/distance'], dcat.spatialResolutionInMeters, 'metres'],
  [['spatialResolution/*/equivalentScale/*/denominator'], dqv.hasQualityMeasurement, 'scale'],
  [['graphicOverview/*/fileName'], foaf.depiction, 'link'],
  [['serviceType'], geodcatap.serviceType, 'serviceType'],
]

/** Paths in the record itself that say something of the resource. */
const recordFields: XmlRow<IsoKind>[] = [
  [['dataQualityInfo/*/lineage/*/statement', 'resourceLineage/*/statement'], dct.provenance, 'provenance'],
  [['dataQualityInfo/*/report/*/result/DQ_ConformanceResult'], dct.conformsTo, 'conformance'],
  [['referenceSystemInfo/*/referenceSystemIdentifier/*'], geodcatap.referenceSystem, 'system'],
  [['parentIdentifier', 'parentMetadata'], dcat.inSeries, 'link'],
]

const isoKey = (root: Element) => plain(root, 'fileIdentifier') || plain(root, 'metadataIdentifier/*/code')

/** `dataset`, `service` …; where it is not said, what the identification is of. */
const isoScope = (root: Element): string =>
  code(root, 'hierarchyLevel') ||
  code(root, 'metadataScope/*/resourceScope') ||
  (select(root, 'identificationInfo/SV_ServiceIdentification', isIso).length > 0 ? 'service' : 'dataset')

const isoModified = (root: Element) => plain(root, 'dateStamp') || dateOfRecord(root, 'revision') || dateOfRecord(root, 'creation')
const dateOfRecord = (root: Element, type: string) =>
  select(root, 'dateInfo/*', isIso)
    .filter(date => code(date, 'dateType') === type)
    .map(date => plain(date, 'date'))[0] ?? ''

/** ISO 19139 and 19115-3 → GeoDCAT-AP, before normalising (table in docs/mapping.md). */
export const mapIso =
  (root: Element, portal: Portal) =>
  (mint: Mint): Mapped => {
    const [identification = root] = select(root, 'identificationInfo/*', isIso)
    const target: XmlTarget = { to: new Graph(), mint, language: portal.language, format: isoFormat(root) }
    const { to } = target
    const identifiers = select(identification, 'citation/*/identifier/*', isIso).map(identifierOf).filter(Boolean)
    const resource = namedNode(identifiers.find(isPublicIri) ?? mint.dataset)
    const scope = isoScope(root)
    const type = entry(scopes, scope) ?? dcat.Dataset
    add(to, resource, rdf.type, type)
    if (['dataset', 'series', 'service'].includes(scope))
      add(to, resource, geodcatap.resourceType, namedNode(`http://inspire.ec.europa.eu/metadata-codelist/ResourceType/${scope}`))
    for (const identifier of identifiers.length > 0 ? identifiers : [isoKey(root)].filter(Boolean)) add(to, resource, dct.identifier, literal(identifier))
    mapRows(resource, identification, resourceFields, isoKinds, target)
    mapRows(resource, root, recordFields, isoKinds, target)
    for (const date of select(identification, 'citation/*/date/*', isIso)) {
      const property = entry(dateTypes, code(date, 'dateType'))
      if (property && plain(date, 'date')) add(to, resource, property, dateOf(plain(date, 'date')))
    }
    mapKeywords(resource, identification, target)
    mapParties(resource, identification, root, target)
    const isService = type.equals(dcat.DataService)
    mapRights(resource, identification, mapOnline(resource, isoLinks(root, target), isService, target), target)
    if (isService) mapEndpoint(resource, identification, target)
    const page = portal.page && isoKey(root) ? mendIri(portal.page.replace('{id}', encodeURIComponent(isoKey(root)))) : undefined
    if (page && values(to, resource, dcat.landingPage).length === 0) add(to, resource, dcat.landingPage, namedNode(page))
    mapPortalRecord(resource, root, target)
    return { dataset: resource, graph: to }
  }

/** An identifier as one text; a code space that is an address makes an address of the code. */
function identifierOf(node: Element): string {
  const [name, space] = [words(select(node, 'code', isIso)[0] ?? node), plain(node, 'codeSpace')]
  if (isAddress(name) || !isAddress(space) || !name) return name
  return mendIri(`${space}${/[/#=:]$/.test(space) ? '' : '/'}${name}`) ?? name
}

const inspireThemes: Record<string, string> = {
  ac: 'ENVI',
  ad: 'REGI',
  af: 'AGRI',
  am: 'ENVI',
  au: 'GOVE',
  br: 'ENVI',
  bu: 'REGI',
  cp: 'REGI',
  ef: 'ENVI',
  el: 'REGI',
  er: 'ENER',
  ge: 'TECH',
  gg: 'REGI',
  gn: 'REGI',
  hb: 'ENVI',
  hh: 'HEAL',
  hy: 'ENVI',
  lc: 'ENVI',
  lu: 'REGI',
  mf: 'ENVI',
  mr: 'ECON',
  nz: 'ENVI',
  of: 'ENVI',
  oi: 'REGI',
  pd: 'SOCI',
  pf: 'ECON',
  ps: 'ENVI',
  rs: 'REGI',
  sd: 'ENVI',
  so: 'ENVI',
  sr: 'ENVI',
  su: 'REGI',
  tn: 'TRAN',
  us: 'GOVE',
}

/** Keywords are words for search; those that lead to a concept are themes too, and those of a place say where. */
function mapKeywords(resource: NamedNode, identification: Element, target: XmlTarget): void {
  const { to, format } = target
  for (const block of select(identification, 'descriptiveKeywords/*', isIso)) {
    const scheme = select(block, 'thesaurusName/*/title', isIso)[0]
    const isPlace = code(block, 'type') === 'place'
    for (const keyword of select(block, 'keyword', isIso)) {
      const texts = format.texts(keyword)
      const [iri] = linkOf(hrefOf(children(keyword)[0]))
      for (const text of texts) if (!isAddress(text.value)) add(to, resource, isPlace && !iri ? dct.spatial : dcat.keyword, text)
      if (!iri) continue
      if (iri.value.startsWith('http://data.europa.eu/eli/')) add(to, resource, dcatap.applicableLegislation, iri)
      const isCategory = /\/bna\/\w+$/.test(iri.value)
      if (isCategory) add(to, resource, dcatap.hvdCategory, iri)
      if (isCategory || iri.value.startsWith('http://data.europa.eu/')) continue
      const ofServices = iri.value.startsWith('http://inspire.ec.europa.eu/metadata-codelist/SpatialDataServiceCategory/')
      add(to, resource, isPlace ? dct.spatial : ofServices ? geodcatap.serviceCategory : dcat.theme, iri)
      const wider = inspireThemes[/^https?:\/\/inspire\.ec\.europa\.eu\/theme\/(\w+)$/.exec(iri.value)?.[1] ?? '']
      if (wider) add(to, resource, dcat.theme, namedNode(`http://publications.europa.eu/resource/authority/data-theme/${wider}`))
      add(to, iri, rdf.type, isPlace ? dct.Location : skos.Concept)
      for (const text of texts) add(to, iri, skos.prefLabel, text)
      for (const list of linkOf(scheme ? words(scheme) : '')) if (!isPlace) add(to, iri, skos.inScheme, list)
    }
  }
}

/** A service without a link that describes it is found by its operations. */
function mapEndpoint(service: NamedNode, identification: Element, { to }: XmlTarget): void {
  if (values(to, service, dcat.endpointURL).length > 0) return
  for (const operation of select(identification, 'containsOperations/*/connectPoint/*/linkage', isIso)) {
    for (const url of linkOf(plain(operation, '.'))) add(to, service, dcat.endpointURL, url)
  }
}

/** The portal's own record: its dates and its contact are those of the metadata, not of the data. */
function mapPortalRecord(resource: NamedNode, root: Element, target: XmlTarget): void {
  const { to, mint } = target
  const record = namedNode(mint.record + portalRecord)
  add(to, record, rdf.type, dcat.CatalogRecord)
  add(to, record, foaf.primaryTopic, resource)
  if (isoKey(root)) add(to, record, dct.identifier, literal(isoKey(root)))
  if (isoModified(root)) add(to, record, dct.modified, dateOf(isoModified(root)))
  const language = code(root, 'language') || code(root, 'defaultLocale/PT_Locale/language')
  if (language) add(to, record, dct.language, literal(language))
  mapRecordContact(record, root, target)
}

/** ISO 19139, 19115-2 and 19115-3. */
export const iso: Format = {
  in: root => (isIsoRecord(root) ? root : undefined),
  key: isoKey,
  scope: isoScope,
  modified: isoModified,
  map: mapIso,
  tables: { resource: { heading: 'in `identificationInfo`', rows: resourceFields }, record: { heading: 'in `MD_Metadata`', rows: recordFields } },
}
