import { isPublicIri } from '../../rdf/iri.ts'
import { add, adms, dcat, dct, graph, namedNode, rdf, spdx } from '../../rdf/terms.ts'
import type { Mapped, Mint } from '../protocol.ts'
import type { Package } from './ckan-api.ts'
import { isObject, items, objects, text } from './ckan-values.ts'
import { mapRows, type JsonRow } from './json-fields.ts'
import { mapFiles } from './json-files.ts'
import { absolute } from './web-links.ts'

/** Properties of schema:Dataset. `places` and `languages` are read out of `spatialCoverage` and `inLanguage`, `page` is where it stands. */
export const datasetFields: JsonRow[] = [
  [['name', 'headline'], dct.title, 'text'],
  [['alternateName'], dct.alternative, 'text'],
  [['description', 'abstract', 'disambiguatingDescription'], dct.description, 'text'],
  [['identifier.value', 'identifier.@id', 'identifier'], dct.identifier, 'list'],
  [['identifier'], adms.identifier, 'identifier'],
  [['keywords'], dcat.keyword, 'keywords'],
  [['about'], dcat.theme, 'concept'],
  [['publisher', 'provider', 'sourceOrganization'], dct.publisher, 'agent'],
  [['creator', 'author'], dct.creator, 'agent'],
  [['contributor'], dct.contributor, 'agent'],
  [['copyrightHolder'], dct.rightsHolder, 'agent'],
  [['contactPoint', 'publisher.contactPoint', 'provider.contactPoint', 'creator.contactPoint'], dcat.contactPoint, 'contact'],
  [['dateCreated'], dct.created, 'date'],
  [['datePublished'], dct.issued, 'date'],
  [['dateModified'], dct.modified, 'date'],
  [['temporalCoverage'], dct.temporal, 'period'],
  [['places'], dct.spatial, 'place'],
  [['languages'], dct.language, 'words'],
  [['conditionsOfAccess'], dct.accessRights, 'rights'],
  [['usageInfo'], dct.rights, 'rights'],
  [['dct:accrualPeriodicity'], dct.accrualPeriodicity, 'words'],
  [['version'], dcat.version, 'list'],
  [['isPartOf'], dct.isPartOf, 'reference'],
  [['hasPart'], dct.hasPart, 'reference'],
  [['isBasedOn', 'isBasedOnUrl'], dct.source, 'reference'],
  [['page'], dcat.landingPage, 'link'],
]

/** Properties of schema:DataDownload. */
export const distributionFields: JsonRow[] = [
  [['name'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['address'], dcat.accessURL, 'link'],
  [['file'], dcat.downloadURL, 'link'],
  [['mediaType'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [['contentSize'], dcat.byteSize, 'list'],
  [['sha256'], spdx.checksum, 'checksum'],
  [['uploadDate', 'datePublished'], dct.issued, 'date'],
  [['dateModified'], dct.modified, 'date'],
  [['license', 'dataset.license'], dct.license, 'licence'],
]

/** A dataset as it stood on a page. */
export interface OnPage { page: string, language: string, dataset: Package }

/** A schema:Dataset → DCAT-AP, before normalising (tables in docs/mapping.md). Its IRI is its `@id`, else its page. */
export const mapDataset = ({ page, language, dataset: item }: OnPage, key: string) => (mint: Mint): Mapped => {
  const dataset = namedNode(isPublicIri(key) ? key : mint.dataset)
  const around = { mint, language }
  const to = graph()
  add(to, dataset, rdf.type, dcat.Dataset)
  mapRows(to, dataset, { ...item, page: absolute(text(item['url']), page) ?? page, places: objects(item['spatialCoverage'] ?? item['spatial']).map(placeOf), languages: languagesIn(item['inLanguage']) }, datasetFields, around)
  mapFiles(to, dataset, objects(item['distribution']).map(file => ({ ...laidOut(file, page), dataset: { license: item['license'] } })), distributionFields, around)
  return { dataset, graph: to }
}

/** A file that is only named by its address is that address. */
function laidOut(file: Package, page: string): Package {
  const named = /^https?:/i.test(text(file['name'])) && file['contentUrl'] === undefined ? text(file['name']) : ''
  const content = absolute(items(file['contentUrl'])[0] ?? named, page)
  const address = content ?? absolute(items(file['url'])[0] ?? '', page)
  const stated = items(file['encodingFormat'] ?? file['fileFormat'])
  const isType = (words: string) => /^\w+\/[\w.+-]+/.test(words) || /^https?:/.test(words)
  return { ...file, ...(named && { name: undefined }), id: address, address, file: content, mediaType: stated.filter(isType), format: stated.filter(each => !isType(each)) }
}

const languagesIn = (value: unknown) => objects(value).map(each => text(each['alternateName']) || text(each['identifier']) || text(each['name'])).filter(Boolean)

/** schema:Place with its schema:geo: boxes and polygons are written as numbers, latitude first. */
function placeOf(place: Package): Package | string {
  const name = text(place['name']) || (isObject(place['address']) ? text(place['address']['addressCountry']) : text(place['address']))
  const shape = [place, ...objects(place['geo'])].map(shapeIn).find(each => each !== undefined)
  return shape ? { '@id': place['@id'], ...(name && { name }), ...(Array.isArray(shape) ? { bbox: shape } : { geometry: shape }) } : Object.keys(place).length === 1 && name ? name : { '@id': place['@id'], name }
}

function shapeIn(geo: Package): number[] | Package | undefined {
  const numbers = (value: unknown) => text(value).split(/[\s,]+/).map(Number)
  const box = geo['box'] === undefined ? [] : numbers(geo['box'])
  if (box.length === 4 && !box.some(Number.isNaN)) return [Math.min(box[1]!, box[3]!), Math.min(box[0]!, box[2]!), Math.max(box[1]!, box[3]!), Math.max(box[0]!, box[2]!)]
  const line = geo['polygon'] ?? geo['line']
  const ring = line === undefined ? [] : numbers(line)
  if (ring.length >= 6 && ring.length % 2 === 0 && !ring.some(Number.isNaN)) return { type: 'Polygon', coordinates: [Array.from({ length: ring.length / 2 }, (_, at) => [ring[at * 2 + 1], ring[at * 2]])] }
  const [latitude, longitude] = [geo['latitude'], geo['longitude']].map(each => (text(each) ? Number(text(each)) : NaN)) as [number, number]
  return Number.isNaN(latitude + longitude) ? undefined : { type: 'Point', coordinates: [longitude, latitude] }
}
