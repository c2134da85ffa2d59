import { digest } from '../../../rdf/digest.ts'
import { add, values } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dcatap, dct, foaf, rdf, spdx } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode } from '../../../rdf/terms.ts'
import { mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { objects, text, type JsonObject } from '../../readers/json/values.ts'
import { sameFiles, yearsOf } from './files.ts'
import { mapServices, mapStatement, periodFields, periodsIn } from './nested.ts'
import type { CkanTarget } from './options.ts'

/** Fields of a resource; `checksum`, `periods` and `spans` are made of others. */
export const distributionFields: JsonRow[] = [
  [['name', 'title'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['access_url', 'url'], dcat.accessURL, 'link'],
  [['mimetype'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [['size'], dcat.byteSize, 'list'],
  [['issued', 'created'], dct.issued, 'date'],
  [['modified', 'last_modified', 'metadata_modified'], dct.modified, 'date'],
  [['compress_format'], dcat.compressFormat, 'words'],
  [['package_format'], dcat.packageFormat, 'words'],
  [['temporal_resolution'], dcat.temporalResolution, 'duration'],
  [['spatial_resolution_in_meters'], dcat.spatialResolutionInMeters, 'decimal'],
  [['status'], adms.status, 'words'],
  [['availability'], dcatap.availability, 'words'],
  [['language'], dct.language, 'words'],
  [['conforms_to'], dct.conformsTo, 'link'],
  [['documentation'], foaf.page, 'link'],
  [['checksum'], spdx.checksum, 'checksum'],
  ...periodFields,
]

/** The resources of a package; one that is an address alone has that address as its url. */
export const resourcesOf = (item: JsonObject): JsonObject[] =>
  objects(item['resources']).map(resource =>
    resource['url'] === undefined && /^https?:/i.test(text(resource['name'])) ? { ...resource, url: resource['name'] } : resource,
  )

/** The files of a dataset; the same one at several addresses of the portal is one, with the titles of all. */
export function mapResources(dataset: NamedNode, resources: JsonObject[], licence: NamedNode | undefined, target: CkanTarget): void {
  const { to } = target
  const years = yearsOf(resources)
  for (const [resource, ...copies] of sameFiles(resources)) {
    const distribution = mapResource(dataset, resource!, licence, target)
    const year = years.get(resource!)
    if (year && values(to, distribution, dct.temporal).length === 0) add(to, distribution, dct.temporal, literal(year))
    for (const copy of copies)
      mapRows(
        distribution,
        copy,
        distributionFields.filter(([, property]) => property.equals(dct.title) || property.equals(dct.description)),
        target,
      )
  }
}

/** A resource → dcat:Distribution. */
function mapResource(dataset: NamedNode, resource: JsonObject, licence: NamedNode | undefined, target: CkanTarget): NamedNode {
  const { to, language } = target
  const distribution = distributionOf(dataset, resource, target)
  add(to, dataset, dcat.distribution, distribution)
  add(to, distribution, rdf.type, dcat.Distribution)
  const checksum = text(resource['hash']).replace(/^(md5|sha-?1|sha-?256):/i, '')
  mapRows(distribution, { ...resource, checksum, ...periodsIn(resource) }, distributionFields, target)
  const address = text(resource['download_url']) || (isFile(resource) ? text(resource['url']) : '')
  if (address) add(to, distribution, dcat.downloadURL, mendIri(address) ? namedNode(address) : literal(address))
  const stated = text(resource['license']) || text(resource['license_url'])
  if (stated) add(to, distribution, dct.license, /^https?:/i.test(stated) && mendIri(stated) ? namedNode(stated) : literal(stated, language))
  else if (licence) add(to, distribution, dct.license, licence)
  mapStatement(distribution, dct.rights, dct.RightsStatement, resource['rights'], target)
  mapServices(distribution, resource, target)
  return distribution
}

/** The resource's own IRI, or one under its dataset's; two resources of one id are two distributions all the same. */
function distributionOf(dataset: NamedNode, resource: JsonObject, { to }: CkanTarget): NamedNode {
  const uri = text(resource['uri'])
  const hash = () => digest(JSON.stringify(resource)).slice(0, 12)
  const id = text(resource['id'])
  const first = namedNode(isPublicIri(uri) ? uri : `${dataset.value}/resource/${encodeURIComponent(id || hash())}`)
  return !to.has(dataset, dcat.distribution, first) ? first : namedNode(`${dataset.value}/resource/${encodeURIComponent(`${id}-${hash()}`)}`)
}

const isFile = (resource: JsonObject) =>
  resource['url_type'] === 'upload' ||
  /\.(csv|tsv|xlsx?|ods|json|geojson|xml|zip|gz|7z|pdf|docx?|txt|kml|kmz|shp|gpkg|rdf|ttl|nt|jsonld|parquet)$/i.test(
    text(resource['url']).split(/[?#]/)[0] ?? '',
  )
