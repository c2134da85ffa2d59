import { dcat, dct, geodcatap } from '../../../rdf/namespaces.ts'
import type { NamedNode } from '../../../rdf/terms.ts'

// Code lists of ISO 19115 in the words of DCAT-AP and GeoDCAT-AP.

/** Who a responsible party is for the resource (GeoDCAT-AP, annex on responsible parties). */
export const roles: Record<string, NamedNode> = {
  publisher: dct.publisher,
  author: dct.creator,
  coAuthor: dct.creator,
  pointOfContact: dcat.contactPoint,
  owner: dct.rightsHolder,
  rightsHolder: dct.rightsHolder,
  custodian: geodcatap.custodian,
  distributor: geodcatap.distributor,
  originator: geodcatap.originator,
  principalInvestigator: geodcatap.principalInvestigator,
  processor: geodcatap.processor,
  resourceProvider: geodcatap.resourceProvider,
  user: geodcatap.user,
}

/** Roles that make a party the publisher where none has that role, in this order. */
export const publishers = ['publisher', 'owner', 'resourceProvider', 'custodian', 'pointOfContact', 'distributor', 'author', 'originator']

/** MD_MaintenanceFrequencyCode → the European list of frequencies. */
export const frequencies: Record<string, string> = {
  continual: 'UPDATE_CONT',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  fortnightly: 'BIWEEKLY',
  semimonthly: 'MONTHLY_2',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  biannually: 'ANNUAL_2',
  annually: 'ANNUAL',
  biennially: 'BIENNIAL',
  asNeeded: 'AS_NEEDED',
  irregular: 'IRREG',
  notPlanned: 'NOT_PLANNED',
  unknown: 'UNKNOWN',
}

/** MD_TopicCategoryCode → the European data themes. */
export const topics: Record<string, string> = {
  biota: 'ENVI',
  boundaries: 'REGI',
  climatologyMeteorologyAtmosphere: 'ENVI',
  disaster: 'ENVI',
  economy: 'ECON',
  elevation: 'REGI',
  environment: 'ENVI',
  extraTerrestrial: 'TECH',
  farming: 'AGRI',
  geoscientificInformation: 'TECH',
  health: 'HEAL',
  imageryBaseMapsEarthCover: 'REGI',
  inlandWaters: 'ENVI',
  intelligenceMilitary: 'JUST',
  location: 'REGI',
  oceans: 'ENVI',
  planningCadastre: 'REGI',
  society: 'SOCI',
  structure: 'REGI',
  transportation: 'TRAN',
  utilitiesCommunication: 'ENER',
}

/** CI_DateTypeCode → the property of the date. */
export const dateTypes: Record<string, NamedNode> = {
  creation: dct.created,
  publication: dct.issued,
  released: dct.issued,
  revision: dct.modified,
  lastUpdate: dct.modified,
  lastRevision: dct.modified,
}

/** MD_ScopeCode: what we make of it. Other kinds of resources are passed over. */
export const scopes: Record<string, NamedNode> = {
  dataset: dcat.Dataset,
  nonGeographicDataset: dcat.Dataset,
  series: dcat.DatasetSeries,
  service: dcat.DataService,
}

/** Services, by the name of the protocol or in the query of the address, with the standard that they follow. */
export const services: [name: RegExp, standard: string][] = [
  [/\bwmts\b/i, 'http://www.opengeospatial.org/standards/wmts'],
  [/\bwms\b|web map service/i, 'http://www.opengeospatial.org/standards/wms'],
  [/\bwfs\b|web feature service/i, 'http://www.opengeospatial.org/standards/wfs'],
  [/\bwcs\b|web coverage service/i, 'http://www.opengeospatial.org/standards/wcs'],
  [/\bwps\b/i, 'http://www.opengeospatial.org/standards/wps'],
  [/\bsos\b/i, 'http://www.opengeospatial.org/standards/sos'],
  [/\bsps\b/i, 'http://www.opengeospatial.org/standards/sps'],
  [/\bcsw\b/i, 'http://www.opengeospatial.org/standards/cat'],
  [/ogc ?api|ogc:api/i, 'https://ogcapi.ogc.org/'],
  [/esri:?rest|arcgis.*rest/i, 'https://developers.arcgis.com/rest/'],
  [/inspire atom|rfc4287|^atom/i, 'https://tools.ietf.org/html/rfc4287'],
]
