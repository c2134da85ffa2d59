import { addressesOf } from '../../../config/addresses.ts'
import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dcatap, dct, foaf, rdf, spdx } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { isObject, items, objects, text, type JsonObject } from '../../readers/json/values.ts'
import { usualId } from '../../readers/record-id.ts'
import { identifiersOf } from './identifiers.ts'
import { isKind } from './things.ts'

/** Fields of a dataset: DCAT-US 1.1 and 3.0, and what Argentina's profile adds (`superTheme`, `source`, `mbox`). */
export const datasetFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['identifier.notation', 'identifier.@id', 'identifier'], dct.identifier, 'list'],
  [['otherIdentifier'], adms.identifier, 'identifier'],
  [['keyword'], dcat.keyword, 'keywords'],
  [['theme'], dcat.theme, 'concept'],
  [['superTheme'], dcat.theme, 'concept'],
  [['subject'], dct.subject, 'concept'],
  [['issued'], dct.issued, 'date'],
  [['modified'], dct.modified, 'date'],
  [['created'], dct.created, 'date'],
  [['publisher'], dct.publisher, 'agent'],
  [['creator'], dct.creator, 'agent'],
  [['contributor'], dct.contributor, 'agent'],
  [['rightsHolder'], dct.rightsHolder, 'agent'],
  [['contactPoint'], dcat.contactPoint, 'contact'],
  [['accessRights', 'accessLevel'], dct.accessRights, 'rights'],
  [['accrualPeriodicity'], dct.accrualPeriodicity, 'words'],
  [['spatial'], dct.spatial, 'place'],
  [['temporal'], dct.temporal, 'period'],
  [['spatialResolutionInMeters'], dcat.spatialResolutionInMeters, 'decimal'],
  [['temporalResolution'], dcat.temporalResolution, 'duration'],
  [['language'], dct.language, 'words'],
  [['landingPage.accessURL', 'landingPage.@id', 'landingPage'], dcat.landingPage, 'link'],
  [['references'], foaf.page, 'page'],
  [['page'], foaf.page, 'page'],
  [['describedBy'], foaf.page, 'page'],
  [['conformsTo'], dct.conformsTo, 'standard'],
  [['isPartOf'], dct.isPartOf, 'reference'],
  [['inSeries'], dcat.inSeries, 'reference'],
  [['hasVersion'], dcat.hasVersion, 'reference'],
  [['relation'], dct.relation, 'reference'],
  [['isReferencedBy'], dct.isReferencedBy, 'reference'],
  [['provenance'], dct.provenance, 'provenance'],
  [['source'], dct.provenance, 'provenance'],
  [['status'], adms.status, 'concept'],
  [['category'], dct.type, 'concept'],
  [['version'], dcat.version, 'list'],
  [['versionNotes'], adms.versionNotes, 'text'],
]

/** Fields that a service has beside those of a dataset. */
export const serviceFields: JsonRow[] = [
  [['endpointURL'], dcat.endpointURL, 'link'],
  [['endpointDescription'], dcat.endpointDescription, 'link'],
  [['servesDataset'], dcat.servesDataset, 'reference'],
]

/** Fields of a distribution; `dataset.` is what the dataset says for all of them. */
export const distributionFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['identifier.notation', 'identifier'], dct.identifier, 'list'],
  [['accessURL', 'webService'], dcat.accessURL, 'link'],
  [['downloadURL'], dcat.downloadURL, 'link'],
  [['mediaType'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [['byteSize'], dcat.byteSize, 'list'],
  [['issued'], dct.issued, 'date'],
  [['modified'], dct.modified, 'date'],
  [['license', 'dataset.license'], dct.license, 'licence'],
  [['rights', 'dataset.rights'], dct.rights, 'rights'],
  [['language'], dct.language, 'words'],
  [['conformsTo'], dct.conformsTo, 'standard'],
  [['describedBy'], foaf.page, 'page'],
  [['page'], foaf.page, 'page'],
  [['accessService'], dcat.accessService, 'service'],
  [['checksum'], spdx.checksum, 'checksum'],
  [['status'], adms.status, 'concept'],
  [['availability'], dcatap.availability, 'concept'],
  [['compressFormat'], dcat.compressFormat, 'words'],
  [['packageFormat'], dcat.packageFormat, 'words'],
  [['spatialResolutionInMeters'], dcat.spatialResolutionInMeters, 'decimal'],
  [['temporalResolution'], dcat.temporalResolution, 'duration'],
]

/** What the mapping needs to know of the source. */
export interface Place {
  source: string
  language: string
}

/** A dataset, a series or a service of a data.json → DCAT-AP, before normalising (tables in docs/mapping.md). */
export const mapThing =
  (item: JsonObject, { source, language }: Place) =>
  (mint: Mint): Mapped => {
    const to = new Graph()
    const target = { to, mint, language }
    const own = [text(item['@id']), ...identifiersOf(item)]
      .map(each => (/^https?:/i.test(each) ? mendIri(each) : undefined))
      .find(each => each && isPublicIri(each))
    const dataset = namedNode(own ?? mint.dataset)
    const isService = isKind(item, 'DataService')
    add(to, dataset, rdf.type, isService ? dcat.DataService : isKind(item, 'DatasetSeries') ? dcat.DatasetSeries : dcat.Dataset)
    const { distribution, ...fields } = inOneForm(item, source, mint)
    mapRows(dataset, fields, isService ? [...datasetFields, ...serviceFields] : datasetFields, target)
    // In the first edition of the schema a dataset is its only file.
    const files = objects(distribution ?? (['accessURL', 'downloadURL', 'webService'].some(name => text(item[name])) ? fileOf(item) : undefined))
    mapFiles(
      dataset,
      files.map(file => ({ ...file, id: identifiersOf(file)[0], dataset: item })),
      distributionFields,
      target,
    )
    if (files.length === 0) mapRows(dataset, item, [[['license'], dct.license, 'licence']], target)
    return { dataset, graph: to }
  }

/** The readable name of a record: its key, where that is no address and no number, else its title. */
export const nameOf = (key: string, title: string): string => (/^https?:|^[0-9a-f-]{20,}$/i.test(key) ? title || key : key)

/** Fields that name another record of the file, by its identifier too (DCAT-US 1.1, `isPartOf`). */
const relations = ['isPartOf', 'inSeries', 'hasVersion', 'servesDataset']

/** An identifier of the file as the IRI that its record has; what is an address, or cannot be told, as it is. */
function related(value: unknown, source: string, mint: Mint): unknown {
  if (Array.isArray(value)) return value.map(each => related(each, source, mint))
  const stated = isObject(value) ? value : { identifier: value }
  const key = identifiersOf(stated)[0] ?? text(stated['@id'])
  const name = nameOf(key, text(stated['title']))
  if (!key || /^[a-z][a-z0-9+.-]*:/i.test(key) || /^[0-9a-f-]{20,}$/i.test(name)) return value
  const id = usualId(source, { key, name })
  return id ? { '@id': addressesOf(mint.base).dataset(id) } : value
}

/** Interval of updates where the date belongs; themes with the words that the catalogue has for them; relations by what the records are named. */
function inOneForm(item: JsonObject, source: string, mint: Mint): JsonObject {
  const modified = text(item['modified'])
  const taxonomy = new Map(objects(item['themeTaxonomy']).map(each => [text(each['id']), text(each['label'])]))
  const themes = (Array.isArray(item['theme']) ? item['theme'] : items(item['theme'])).map((each: unknown) =>
    typeof each === 'string' && taxonomy.get(each) ? { prefLabel: taxonomy.get(each), notation: each } : each,
  )
  const named = Object.fromEntries(relations.filter(name => item[name]).map(name => [name, related(item[name], source, mint)]))
  return {
    ...item,
    ...named,
    theme: themes,
    ...(modified.startsWith('R/') && { modified: undefined, accrualPeriodicity: item['accrualPeriodicity'] ?? modified }),
  }
}

const fileOf = ({ accessURL, downloadURL, webService, format, mediaType }: JsonObject): JsonObject => ({
  accessURL,
  downloadURL,
  webService,
  format,
  mediaType,
})

/** Fields of the catalogue itself. */
export const catalogueFields: JsonRow[] = [
  [['title'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['homepage.accessURL', 'homepage.@id', 'homepage'], foaf.homepage, 'link'],
  [['issued'], dct.issued, 'date'],
  [['modified'], dct.modified, 'date'],
]

/** What the file says of its catalogue. */
export function mapCatalogue(head: JsonObject, url: string, language: string): Graph {
  const stated = mendIri(text(head['@id']))
  const catalogue = namedNode(stated && isPublicIri(stated) ? stated : url)
  const to = new Graph()
  mapRows(catalogue, head, catalogueFields, { to, language, mint: { base: url, record: url, dataset: url } })
  if (to.size > 0) add(to, catalogue, rdf.type, dcat.Catalog)
  return to
}

/** The themes of the catalogue that a dataset uses, beside it: its payload must say all that its mapping needs. */
export function withThemes(item: JsonObject, taxonomy: unknown): JsonObject {
  const used = items(item['theme'])
  const themes = Array.isArray(taxonomy) ? taxonomy.filter((each: unknown) => isObject(each) && used.includes(text(each['id']))) : []
  return themes.length > 0 ? { ...item, themeTaxonomy: themes } : item
}
