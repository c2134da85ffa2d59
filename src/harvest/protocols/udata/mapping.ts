import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dcatap, dct, foaf, rdf, spdx } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { at, mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { mapPortalRecord } from '../../readers/json/portal-record.ts'
import { items, objects, text, type JsonObject } from '../../readers/json/values.ts'

/** Fields of a dataset; `contacts`, `creators`, `publisher`, `access` and `legislation` are made of more than one of them. */
export const datasetFields: JsonRow[] = [
  [['title', 'slug'], dct.title, 'text'],
  [['acronym'], dct.alternative, 'text'],
  [['description', 'description_short'], dct.description, 'text'],
  [['harvest.dct_identifier', 'id'], dct.identifier, 'list'],
  [['id'], adms.identifier, 'identifier'],
  [['tags'], dcat.keyword, 'keywords'],
  [['publisher'], dct.publisher, 'agent'],
  [['creators'], dct.creator, 'agent'],
  [['contacts'], dcat.contactPoint, 'contact'],
  [['harvest.issued_at', 'created_at'], dct.issued, 'date'],
  [['last_update', 'harvest.modified_at'], dct.modified, 'date'],
  [['frequency'], dct.accrualPeriodicity, 'words'],
  [['temporal_coverage'], dct.temporal, 'period'],
  [['spatial.zones'], dct.spatial, 'place'],
  [['spatial.geom'], dct.spatial, 'place'],
  [['page'], dcat.landingPage, 'link'],
  [['harvest.remote_url'], dct.source, 'reference'],
  [[{ '@id': 'schema.url', title: 'schema.name' }], dct.conformsTo, 'standard'],
  [['access'], dct.accessRights, 'rights'],
  [['legislation'], dcatap.applicableLegislation, 'link'],
]

/** Fields of a resource. One of the type `documentation` becomes a page of the dataset. */
export const distributionFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['latest', 'url'], dcat.accessURL, 'link'],
  [['file'], dcat.downloadURL, 'link'],
  [['mime'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [['filesize'], dcat.byteSize, 'list'],
  [['checksum'], spdx.checksum, 'checksum'],
  [['created_at'], dct.issued, 'date'],
  [['last_modified'], dct.modified, 'date'],
  [[{ '@id': 'schema.url', title: 'schema.name' }], dct.conformsTo, 'standard'],
  [['dataset.license'], dct.license, 'licence'],
  [['service'], dcat.accessService, 'service'],
]

/** What is asked for of each dataset, in the language of the header `X-Fields`: no counts of visits, which change by the hour. */
export const askedFields = [
  'id,slug,title,acronym,description,tags,badges{kind},frequency,created_at,last_update,last_modified',
  'internal{created_at_internal,last_modified_internal},license,page,private,archived,deleted,access_type,temporal_coverage{start,end}',
  'spatial{zones,geom,granularity},schema{name,url,version},harvest{backend,domain,remote_id,remote_url,uri,dct_identifier,issued_at,modified_at}',
  'contact_points{name,email,contact_form,role},owner{first_name,last_name,slug},organization{id,name,slug,acronym,page,uri}',
  'resources{id,title,description,type,filetype,format,mime,filesize,checksum{type,value},url,latest,created_at,last_modified,schema{name,url,version}}',
].join(',')

/** The law on high-value datasets (Implementing Regulation (EU) 2023/138), which the badge `hvd` stands for. */
const highValue = 'http://data.europa.eu/eli/reg_impl/2023/138/oj'

/** A dataset of udata → DCAT-AP, before normalising (tables in docs/mapping.md). */
export const mapDataset =
  (item: JsonObject, { site, language }: { site: string; language: string }) =>
  (mint: Mint): Mapped => {
    const to = new Graph()
    const target = { to, mint, language }
    const id = text(item['id'])
    // A harvested dataset has the name its origin gave it, any other the one of udata's own RDF.
    const own = [text(at(item, 'harvest.uri')), `${site}/datasets/${encodeURIComponent(id)}/`]
      .map(each => mendIri(each))
      .find(each => each && isPublicIri(each))
    const dataset = namedNode(own ?? mint.dataset)
    add(to, dataset, rdf.type, dcat.Dataset)
    const parties = objects(item['contact_points'])
    const role = (each: JsonObject) => text(each['role']) || 'contact'
    mapRows(
      dataset,
      {
        ...item,
        page: text(item['page']) || `${site}/datasets/${encodeURIComponent(text(item['slug']) || id)}/`,
        publisher: parties.find(each => role(each) === 'publisher') ?? publisherOf(item, site),
        creators: parties.filter(each => role(each) === 'creator'),
        contacts: parties.filter(each => role(each) === 'contact'),
        access: text(item['access_type']) === 'restricted' ? 'NON_PUBLIC' : item['access_type'],
        legislation: objects(item['badges']).some(({ kind }) => kind === 'hvd') || items(item['tags']).includes('hvd') ? highValue : undefined,
      },
      datasetFields,
      target,
    )
    const resources = objects(item['resources'])
    mapRows(dataset, { pages: resources.filter(({ type }) => type === 'documentation') }, [[['pages'], foaf.page, 'page']], target)
    mapFiles(
      dataset,
      resources.filter(({ type }) => type !== 'documentation').map(file => ({ ...withService(file), dataset: item })),
      distributionFields,
      target,
    )
    mapPortalRecord(dataset, { modified: modifiedOf(item), issued: at(item, 'internal.created_at_internal') ?? item['created_at_internal'] }, target)
    return { dataset, graph: to }
  }

/** When anything of the record changed. */
export const modifiedOf = (item: JsonObject): string | undefined =>
  ['internal.last_modified_internal', 'last_modified_internal', 'last_modified'].map(path => text(at(item, path))).find(Boolean)

/** The organisation that a dataset belongs to, else its owner. */
function publisherOf({ organization, owner }: JsonObject, site: string): JsonObject | undefined {
  const [body] = objects(organization)
  if (body) return { '@id': `${site}/organizations/${encodeURIComponent(text(body['id']))}/`, name: body['name'], page: body['page'], identifier: body['slug'] }
  const [person] = objects(owner)
  return person && { name: [person['first_name'], person['last_name']].map(text).filter(Boolean).join(' ') }
}

/** An API is no file: it is opened at its address, by a service. */
const withService = (file: JsonObject): JsonObject =>
  text(file['type']) === 'api' ? { ...file, latest: undefined, service: { title: file['title'], endpointURL: file['url'] } } : { ...file, file: file['url'] }
