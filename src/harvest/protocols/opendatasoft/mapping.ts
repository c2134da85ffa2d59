import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri } from '../../../rdf/iri.ts'
import { adms, dcat, dcatap, dct, foaf, rdf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { at, mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { mapPortalRecord } from '../../readers/json/portal-record.ts'
import { items, objects, text, type JsonObject } from '../../readers/json/values.ts'

/** Metadata of a dataset: the templates `default`, `dcat`, `inspire`, `dcat_ap`, and the frequency that portals put into their own. */
export const datasetFields: JsonRow[] = [
  [['metas.default.title', 'dataset_id'], dct.title, 'text'],
  [['metas.default.description'], dct.description, 'text'],
  [['dataset_id'], dct.identifier, 'list'],
  [['dataset_uid'], adms.identifier, 'identifier'],
  [['metas.inspire.file_identifier'], adms.identifier, 'identifier'],
  [['metas.default.keyword'], dcat.keyword, 'keywords'],
  [['metas.default.theme'], dcat.theme, 'concept'],
  [['metas.inspire.theme'], dcat.theme, 'concept'],
  [['metas.default.publisher'], dct.publisher, 'agent'],
  [['metas.dcat.creator'], dct.creator, 'agent'],
  [['metas.dcat.contributor'], dct.contributor, 'agent'],
  [
    [
      { name: 'metas.dcat.contact_name', email: 'metas.dcat.contact_email' },
      { name: 'metas.inspire.contact_organisation_name', email: 'metas.inspire.contact_email' },
    ],
    dcat.contactPoint,
    'contact',
  ],
  [['metas.dcat.issued'], dct.issued, 'date'],
  [['metas.dcat.created'], dct.created, 'date'],
  [['metas.default.modified', 'metas.default.data_processed'], dct.modified, 'date'],
  [['metas.default.language'], dct.language, 'words'],
  [['metas.dcat.accrualperiodicity', 'metas.default.update_frequency', 'metas.custom.update_frequency'], dct.accrualPeriodicity, 'words'],
  [[{ start: 'metas.dcat.temporal_coverage_start', end: 'metas.dcat.temporal_coverage_end' }, 'metas.dcat.temporal'], dct.temporal, 'period'],
  [['metas.default.bbox', 'metas.default.geographic_area'], dct.spatial, 'place'],
  [['metas.default.territory', 'metas.dcat.spatial'], dct.spatial, 'place'],
  [['metas.dcat.conforms_to'], dct.conformsTo, 'standard'],
  [['metas.dcat.relation'], dct.relation, 'reference'],
  [['metas.dcat.dataquality'], dct.provenance, 'provenance'],
  [['metas.default.attributions'], dct.provenance, 'provenance'],
  [['metas.default.references'], foaf.page, 'page'],
  [['metas.dcat.accessrights', 'metas.dcat.accessRights'], dct.accessRights, 'rights'],
  [['metas.dcat_ap.hvd_category'], dcatap.hvdCategory, 'link'],
  [['metas.dcat_ap.applicable_legislation'], dcatap.applicableLegislation, 'link'],
  [['origin'], dct.source, 'reference'],
]

/** Exports, attachments and further exports of a dataset. */
export const distributionFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['url'], dcat.accessURL, 'link'],
  [['url'], dcat.downloadURL, 'link'],
  [['mimetype'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [[{ '@id': 'dataset.metas.default.license_url', title: 'dataset.metas.default.license' }], dct.license, 'licence'],
  [['dataset.metas.default.data_processed'], dct.modified, 'date'],
  [['service'], dcat.accessService, 'service'],
]

/** What the mapping needs to know of the portal. */
export interface Place {
  site: string
  language: string
  formats?: string[] | undefined
}

/** A dataset of Opendatasoft, as the API 2.1 lists it → DCAT-AP, before normalising (tables in docs/mapping.md). */
export const mapDataset =
  (item: JsonObject, { site, language, formats }: Place) =>
  (mint: Mint): Mapped => {
    const id = encodeURIComponent(text(item['dataset_id']))
    const page = `${site}/explore/dataset/${id}/`
    const dataset = namedNode(isPublicIri(page) ? page : mint.dataset)
    const stated = items(at(item, 'metas.default.metadata_languages'))
    const to = new Graph()
    const target = { to, mint, ...(stated.length === 1 && /^[a-z]{2,3}$/.test(stated[0]!) ? { language: stated[0]!, stated: true } : { language }) }
    add(to, dataset, rdf.type, dcat.Dataset)
    mapRows(dataset, { ...item, origin: originOf(item) }, datasetFields, target)
    add(to, dataset, dcat.landingPage, namedNode(page))
    mapFiles(
      dataset,
      filesOf(item, site, id, formats).map(file => ({ ...file, dataset: item })),
      distributionFields,
      target,
    )
    mapPortalRecord(dataset, { modified: at(item, 'metas.default.metadata_processed') }, target)
    return { dataset, graph: to }
  }

/** A federated dataset is another portal's: the page it has there. */
function originOf(item: JsonObject): string | undefined {
  const [domain, id] = [at(item, 'metas.default.source_domain_address'), at(item, 'metas.default.source_dataset')].map(text)
  return domain ? `https://${domain}/explore/dataset/${id || text(item['dataset_id'])}/` : undefined
}

/** Records in each format the portal writes them in; and the files that lie beside. */
function filesOf(
  item: JsonObject,
  site: string,
  id: string,
  formats = ['csv', 'xlsx', 'json', ...(items(item['features']).includes('geo') ? ['geojson', 'shp'] : [])],
): JsonObject[] {
  const old = item['datasetid'] !== undefined
  const base = old ? `${site}/api/datasets/1.0/${id}` : `${site}/api/explore/v2.1/catalog/datasets/${id}`
  const service = old
    ? undefined
    : { title: text(at(item, 'metas.default.title')), endpointURL: `${base}/records`, endpointDescription: `${site}/api/explore/v2.1/swagger.json` }
  const exported =
    item['has_records'] === false
      ? []
      : formats.map(format => ({
          id: `export-${format}`,
          title: format.toUpperCase(),
          format,
          url: old ? `${site}/explore/dataset/${id}/download/?format=${format}` : `${base}/exports/${format}`,
          service,
        }))
  const beside = ['attachments', 'alternative_exports'].flatMap(kind =>
    objects(item[kind]).map(file => ({ ...file, url: addressOf(file, `${kind === 'attachments' ? base : `${site}/api/datasets/1.0/${id}`}/${kind}`) })),
  )
  return [...exported, ...beside]
}

const addressOf = (file: JsonObject, folder: string) =>
  /^https?:/i.test(text(file['url'])) ? text(file['url']) : `${folder}/${encodeURIComponent(text(file['id']))}`
