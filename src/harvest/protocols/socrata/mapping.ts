import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { dcat, dct, foaf, rdf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { at, mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { mapPortalRecord } from '../../readers/json/portal-record.ts'
import { objects, text, type JsonObject } from '../../readers/json/values.ts'

/** Fields of an asset of the discovery API; `frequency` is the one of `classification.domain_metadata` that is called so. */
export const datasetFields: JsonRow[] = [
  [['resource.name'], dct.title, 'text'],
  [['resource.description'], dct.description, 'text'],
  [['resource.id'], dct.identifier, 'list'],
  [['classification.domain_tags'], dcat.keyword, 'keywords'],
  [['classification.tags'], dcat.keyword, 'keywords'],
  [['classification.domain_category'], dcat.theme, 'concept'],
  [['classification.categories'], dcat.theme, 'concept'],
  [['resource.attribution', 'owner.display_name', 'metadata.domain'], dct.publisher, 'agent'],
  [[{ email: 'resource.contact_email' }], dcat.contactPoint, 'contact'],
  [['resource.publication_date', 'resource.createdAt'], dct.issued, 'date'],
  [['resource.data_updated_at', 'resource.updatedAt'], dct.modified, 'date'],
  [['frequency'], dct.accrualPeriodicity, 'words'],
  [['link', 'permalink'], dcat.landingPage, 'link'],
  [['resource.attribution_link'], foaf.page, 'page'],
]

/** Downloads of a view. */
export const distributionFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['page', 'url'], dcat.accessURL, 'link'],
  [['url'], dcat.downloadURL, 'link'],
  [['mime'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [['dataset.metadata.license'], dct.license, 'licence'],
  [['dataset.resource.data_updated_at', 'dataset.resource.updatedAt'], dct.modified, 'date'],
  [['service'], dcat.accessService, 'service'],
]

/** An asset of Socrata → DCAT-AP, before normalising (tables in docs/mapping.md). */
export const mapAsset =
  (item: JsonObject, { site, language }: { site: string; language: string }) =>
  (mint: Mint): Mapped => {
    const to = new Graph()
    const target = { to, mint, language }
    const permalink = mendIri(text(item['permalink']))
    const dataset = namedNode(permalink && isPublicIri(permalink) ? permalink : mint.dataset)
    add(to, dataset, rdf.type, dcat.Dataset)
    const custom = objects(at(item, 'classification.domain_metadata'))
    mapRows(dataset, { ...item, frequency: custom.find(({ key }) => /frequen|fréquence|p[ée]riodicit/i.test(text(key)))?.['value'] }, datasetFields, target)
    const domain = text(at(item, 'metadata.domain'))
    mapFiles(
      dataset,
      filesOf(item, domain ? `https://${domain}` : site).map(file => ({ ...file, dataset: item })),
      distributionFields,
      target,
    )
    mapPortalRecord(
      dataset,
      { modified: at(item, 'resource.metadata_updated_at') ?? at(item, 'resource.updatedAt'), issued: at(item, 'resource.createdAt') },
      target,
    )
    return { dataset, graph: to }
  }

/** The addresses at which a view can be had, by its kind. */
function filesOf(item: JsonObject, site: string): JsonObject[] {
  const id = encodeURIComponent(text(at(item, 'resource.id')))
  const [kind, title, mime] = ['type', 'name', 'blob_mime_type'].map(name => text(at(item, `resource.${name}`))) as [string, string, string]
  const isMap = kind === 'map' || text(at(item, 'resource.lens_view_type')) === 'geo'
  if (mime) return [{ id: 'blob', title, mime, url: `${site}/download/${id}/${encodeURIComponent(mime.split(';')[0]!)}` }]
  if (kind === 'href' || kind === 'story' || kind === 'link') return [{ id: 'page', title, page: item['link'] ?? item['permalink'] }]
  const service = { title, endpointURL: `${site}/resource/${id}.json`, endpointDescription: `${site}/api/views/${id}.json` }
  const rows = ['csv', 'json'].map(format => ({
    id: format,
    title: format.toUpperCase(),
    format,
    url: `${site}/api/views/${id}/rows.${format}?accessType=DOWNLOAD`,
    service,
  }))
  const shapes = ['GeoJSON', 'KML', 'Shapefile'].map(format => ({
    id: format,
    title: format,
    format: format === 'Shapefile' ? 'SHP' : format,
    url: `${site}/api/geospatial/${id}?method=export&format=${format}`,
  }))
  return isMap ? shapes : rows
}
