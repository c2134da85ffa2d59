import { readNumber } from '../../../normalise/number-text.ts'
import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dct, owl, rdf, spdx } from '../../../rdf/namespaces.ts'
import { namedNode, type NamedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { absolute } from '../../readers/addresses.ts'
import { mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { isObject, isValueObject, items, objects, text, type JsonObject } from '../../readers/json/values.ts'
import type { Target } from '../../readers/target.ts'

/** Properties of schema:Dataset. */
export const datasetFields: JsonRow[] = [
  [['name', 'headline'], dct.title, 'text'],
  [['alternateName'], dct.alternative, 'text'],
  [['description', 'abstract', 'disambiguatingDescription'], dct.description, 'text'],
  [['identifier.value'], dct.identifier, 'list'],
  [['identifier'], adms.identifier, 'identifier'],
  [['sameAs'], owl.sameAs, 'link'],
  [['url', 'mainEntityOfPage'], dcat.landingPage, 'link'],
  [['keywords'], dcat.keyword, 'keywords'],
  [['about', 'genre'], dcat.theme, 'concept'],
  [['publisher', 'provider', 'sourceOrganization'], dct.publisher, 'agent'],
  [['creator', 'author'], dct.creator, 'agent'],
  [['contributor'], dct.contributor, 'agent'],
  [['copyrightHolder'], dct.rightsHolder, 'agent'],
  [['contactPoint', 'maintainer', 'publisher.contactPoint', 'provider.contactPoint', 'creator.contactPoint'], dcat.contactPoint, 'contact'],
  [['dateCreated'], dct.created, 'date'],
  [['datePublished'], dct.issued, 'date'],
  [['dateModified'], dct.modified, 'date'],
  [['temporalCoverage'], dct.temporal, 'period'],
  [['spatialCoverage', 'spatial'], dct.spatial, 'place'],
  [['inLanguage'], dct.language, 'words'],
  [['license'], dct.license, 'licence'],
  [['conditionsOfAccess'], dct.accessRights, 'rights'],
  [['usageInfo'], dct.rights, 'rights'],
  [['dct:accrualPeriodicity'], dct.accrualPeriodicity, 'words'],
  [['version'], dcat.version, 'list'],
  [['isPartOf'], dct.isPartOf, 'reference'],
  [['hasPart'], dct.hasPart, 'reference'],
  [['isBasedOn', 'isBasedOnUrl'], dct.source, 'reference'],
]

/** Properties of schema:DataDownload. */
export const distributionFields: JsonRow[] = [
  [['name'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['url', 'contentUrl'], dcat.accessURL, 'link'],
  [['contentUrl'], dcat.downloadURL, 'link'],
  [['encodingFormat'], dcat.mediaType, 'words'],
  [['fileFormat'], dct.format, 'words'],
  [['contentSize'], dcat.byteSize, 'list'],
  [['sha256'], spdx.checksum, 'checksum'],
  [['uploadDate', 'datePublished'], dct.issued, 'date'],
  [['dateModified'], dct.modified, 'date'],
  [['inLanguage'], dct.language, 'words'],
  [['license', 'dataset.license'], dct.license, 'licence'],
]

/** A dataset as it stood on a page. */
export interface OnPage {
  page: string
  language: string
  dataset: JsonObject
}

/** A schema:Dataset of a page → DCAT-AP, before normalising. Its IRI is its `@id`, else its page. */
export const mapDataset =
  ({ page, language, dataset: item }: OnPage, key: string) =>
  (mint: Mint): Mapped => {
    const dataset = namedNode(isPublicIri(key) ? key : mint.dataset)
    const to = new Graph()
    describeDataset(dataset, item, { to, mint, language }, page)
    return { dataset, graph: to }
  }

/**
 * What a schema:Dataset says, in DCAT (tables in docs/mapping.md). Where it stood on a page, relative addresses start from there, and it is where people land.
 */
export function describeDataset(dataset: NamedNode, item: JsonObject, target: Target, page = ''): void {
  const inPlace = (value: unknown) => addressesIn(value, page)
  const [landing = []] = [inPlace(item['url']), inPlace(item['mainEntityOfPage']), page ? [page] : []].filter(found => found.length > 0)
  add(target.to, dataset, rdf.type, dcat.Dataset)
  mapRows(
    dataset,
    {
      ...item,
      url: landing,
      identifier: objects(item['identifier']).map(each => identifierOf(each, target.mint)),
      inLanguage: languagesIn(item['inLanguage']),
      spatialCoverage: objects(item['spatialCoverage'] ?? item['spatial']).map(placeOf),
    },
    datasetFields,
    target,
  )
  mapFiles(
    dataset,
    objects(item['distribution']).map(file => ({ ...laidOut(file, inPlace), dataset: { license: item['license'] } })),
    distributionFields,
    target,
  )
}

/** The addresses of a property: as texts, as references, or as things that have one. */
const addressesIn = (value: unknown, page: string): string[] =>
  [value].flat().flatMap(each => {
    const address = isObject(each) && !isValueObject(each) ? text(each['@id']) || text(each['url']) : text(each)
    return (page ? absolute(address, page) : mendIri(address)) ?? []
  })

/** A file as an object: one that is an address alone has that address, and an `encodingFormat` that is no media type is a format. */
function laidOut(file: JsonObject, inPlace: (value: unknown) => string[]): JsonObject {
  const named = /^https?:/i.test(text(file['name'])) && file['contentUrl'] === undefined
  const content = inPlace(named ? file['name'] : file['contentUrl'])
  const access = inPlace(file['url'])
  const stated = [file['encodingFormat'], file['fileFormat']]
    .flat()
    .flatMap(each => (isObject(each) && !isValueObject(each) ? text(each['@id']) || text(each['name']) : items(each)))
  const isType = (words: string) => /^\w+\/[\w.+-]+/.test(words) || /^https?:/.test(words)
  return {
    ...file,
    ...(named && { name: undefined }),
    id: content[0] ?? access[0],
    contentUrl: content,
    url: access,
    encodingFormat: stated.filter(isType),
    fileFormat: stated.filter(each => !isType(each)),
  }
}

/** An identifier: the value of its property, its address or its text. An IRI that we minted is none. */
function identifierOf(stated: JsonObject, { record }: Mint): JsonObject {
  const iri = text(stated['@id']).startsWith(`${record}#`) ? '' : text(stated['@id'])
  return { ...(iri && { '@id': iri }), value: text(stated['value']) || iri || text(stated['url']) || text(stated['name']) }
}

const languagesIn = (value: unknown) =>
  objects(value)
    .map(each => text(each['alternateName']) || text(each['identifier']) || text(each['name']) || text(each['@id']))
    .filter(Boolean)

/** schema:Place with its schema:geo: boxes and polygons are written as numbers, latitude first. */
function placeOf(place: JsonObject): unknown {
  const name = text(place['name']) ? place['name'] : isObject(place['address']) ? place['address']['addressCountry'] : place['address']
  const shape = [place, ...objects(place['geo'])].map(shapeIn).find(each => each !== undefined)
  if (!shape) return Object.keys(place).length === 1 && text(name) ? name : { '@id': place['@id'], name }
  return { '@id': place['@id'], ...(text(name) && { name }), ...(Array.isArray(shape) ? { bbox: shape } : { geometry: shape }) }
}

function shapeIn(geo: JsonObject): number[] | JsonObject | undefined {
  const numbers = (value: unknown) =>
    text(value)
      .split(/[\s,]+/)
      .map(each => Number(each || NaN))
  const box = geo['box'] === undefined ? [] : numbers(geo['box'])
  // Latitude first; a box whose first corner is the northern one is the same box.
  const [south = NaN, west = NaN, north = NaN, east = NaN] = box
  if (box.length === 4 && !box.some(Number.isNaN)) return [west, Math.min(south, north), east, Math.max(south, north)]
  const line = geo['polygon'] ?? geo['line']
  const ring = line === undefined ? [] : numbers(line)
  if (ring.length >= 6 && ring.length % 2 === 0 && !ring.some(Number.isNaN))
    return { type: 'LineString', coordinates: Array.from({ length: ring.length / 2 }, (_, at) => [ring[at * 2 + 1], ring[at * 2]]) }
  const [latitude, longitude] = [geo['latitude'], geo['longitude']].map(each => readNumber(text(each)) ?? NaN) as [number, number]
  return Number.isNaN(latitude + longitude) ? undefined : { type: 'Point', coordinates: [longitude, latitude] }
}
