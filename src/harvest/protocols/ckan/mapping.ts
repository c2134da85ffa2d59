import { addressesOf } from '../../../config/addresses.ts'
import { digest } from '../../../rdf/digest.ts'
import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri, mendIri } from '../../../rdf/iri.ts'
import { adms, dcat, dcatap, dct, expand, foaf, rdf, skos } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Subject } from '../../../rdf/terms.ts'
import { entry } from '../../../table.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { split } from '../../readers/json/keywords.ts'
import { mapPortalRecord } from '../../readers/json/portal-record.ts'
import { keyIn } from '../../readers/json/record.ts'
import { date, fromJson, inLanguages, isObject, items, objects, text, texts, type JsonObject } from '../../readers/json/values.ts'
import { mintedIri } from '../../readers/target.ts'
import { contactsIn, mapCreators, mapPublisher } from './agents.ts'
import { fromDkan } from './dkan.ts'
import { mapPlaces, mapRelations, mapStatement, periodFields, periodsIn } from './nested.ts'
import type { CkanTarget, Portal } from './options.ts'
import { mapResources, resourcesOf } from './resource.ts'

/** Fields of a package; `contacts`, `page`, `periods` and `spans` are made of more than one of them. */
export const datasetFields: JsonRow[] = [
  [['title', 'name'], dct.title, 'text'],
  [['notes', 'description'], dct.description, 'text'],
  [['identifier', 'guid', 'id'], dct.identifier, 'list'],
  [['theme'], dcat.theme, 'words'],
  [['issued', 'release_date'], dct.issued, 'date'],
  [['version', 'dcat_version'], dcat.version, 'list'],
  [['version_notes'], adms.versionNotes, 'text'],
  [['language'], dct.language, 'words'],
  [['documentation'], foaf.page, 'link'],
  [['frequency', 'accrual_periodicity', 'update_frequency'], dct.accrualPeriodicity, 'words'],
  [['conforms_to'], dct.conformsTo, 'link'],
  [['access_rights'], dct.accessRights, 'words'],
  [['dcat_type'], dct.type, 'words'],
  // What CKAN calls `state` is that of its record: who is not active is not shown.
  [['dataset_status', 'adms_status', 'status'], adms.status, 'words'],
  [['source'], dct.source, 'link'],
  [['has_version'], dcat.hasVersion, 'link'],
  [['is_version_of'], dct.isVersionOf, 'link'],
  [['related_resource'], dct.relation, 'link'],
  [['sample'], adms.sample, 'link'],
  [['is_referenced_by'], dct.isReferencedBy, 'link'],
  [['applicable_legislation'], dcatap.applicableLegislation, 'link'],
  [['hvd_category'], dcatap.hvdCategory, 'link'],
  [['spatial_uri', 'spatial_text'], dct.spatial, 'words'],
  [['temporal_resolution'], dcat.temporalResolution, 'duration'],
  [['spatial_resolution_in_meters'], dcat.spatialResolutionInMeters, 'decimal'],
  [['alternate_identifier'], adms.identifier, 'identifier'],
  [['contacts'], dcat.contactPoint, 'contact'],
  [['page'], dcat.landingPage, 'link'],
  ...periodFields,
]

/** CKAN's package dict → DCAT-AP, before normalising (table in docs/mapping.md); as a series it has no files of its own. */
export const mapPackage =
  (sent: JsonObject, portal: Portal, series = false) =>
  (mint: Mint): Mapped => {
    const item = fromDkan(sent, portal.language)
    const fields = withExtras(item)
    const dataset = namedNode(publicIri(item, fields, portal) ?? mint.dataset)
    const to = new Graph()
    const target: CkanTarget = { to, mint, language: portal.language, languages: portal.languages, portal }
    add(to, dataset, rdf.type, series ? dcat.DatasetSeries : dcat.Dataset)
    mapRows(dataset, { ...fields, contacts: contactsIn(fields), page: pageOf(fields, portal), ...periodsIn(fields) }, datasetFields, target)
    mapRows(
      dataset,
      fields,
      Object.entries(portal.fields).map(([field, property]): JsonRow => [[field], expand(property)!, 'words']),
      target,
    )
    mapKeywords(dataset, fields, target)
    mapSeries(dataset, fields, target)
    mapGroups(dataset, item, target)
    mapPublisher(dataset, fields, target)
    mapCreators(dataset, fields, target)
    mapPlaces(dataset, fields, target)
    mapRelations(dataset, fields, target)
    mapStatement(dataset, dct.provenance, dct.ProvenanceStatement, fields['provenance'], target)
    const licence = mapLicence(fields, target)
    const resources = resourcesOf(item)
    const modified = resources.map(resource => text(resource['modified']) || text(resource['last_modified']))
    // The files of a series belong to its members.
    if (!series) mapResources(dataset, resources, licence, target)
    const newest = text(fields['modified']) || modified.filter(Boolean).sort().at(-1)
    if (newest) add(to, dataset, dct.modified, date(newest))
    mapPortalRecord(dataset, { modified: fields['metadata_modified'], issued: fields['metadata_created'] }, target)
    return { dataset, graph: to }
  }

/** The dataset's IRI where the portal gives it one that anybody may follow. */
export function publicIri(item: JsonObject, fields: JsonObject, { site }: Portal): string | undefined {
  const key = keyIn(item['id'], item['name'])
  return [mendIri(text(fields['uri'])), key && `${site}/dataset/${encodeURIComponent(key)}`].find(iri => iri && isPublicIri(iri))
}

/** Keywords as they are told by language (`tags_translated`, fluent's `keywords`), then those that are tagged in one language only. */
function mapKeywords(dataset: Subject, fields: JsonObject, target: CkanTarget): void {
  const told = ['tags', 'keywords', 'keyword'].flatMap(name =>
    inLanguages(fields, name, target).flatMap(([language, words]) => listed(words).map(word => literal(word, language))),
  )
  const plain = ['tags', 'keywords', 'keyword']
    .flatMap(name => (isObject(fromJson(fields[name])) ? [] : objects(typeof fields[name] === 'string' ? listed(fields[name]) : fields[name])))
    .map(tag => text(tag['display_name']) || text(tag['name']))
    .filter(word => word && !told.some(each => each.value === word))
    .map(word => literal(word))
  for (const word of [...told, ...plain]) add(target.to, dataset, dcat.keyword, word)
}

/** A list, a list written as JSON, or one text that holds them all. */
const listed = (words: unknown) => (typeof words === 'string' && !/^\s*\[/.test(words) ? split(words) : items(words))

/** The series that a dataset says it is in: their IRIs, or their ids at the portal (ckanext-dataset-series). */
function mapSeries(dataset: Subject, fields: JsonObject, { to, portal: { site } }: CkanTarget): void {
  for (const each of items(fields['in_series'])) {
    const iri = mendIri(/^[a-z][a-z0-9+.-]*:/i.test(each) ? each : `${site}/dataset/${encodeURIComponent(each)}`)
    if (iri) add(to, dataset, dcat.inSeries, namedNode(iri))
  }
}

/** Groups are how CKAN portals sort by theme: the group's names are matched to the themes. */
function mapGroups(dataset: Subject, item: JsonObject, target: CkanTarget): void {
  for (const group of objects(item['groups'])) {
    const theme = mapGroup(group, target)
    if (theme) add(target.to, dataset, dcat.theme, theme)
  }
}

function mapGroup(group: JsonObject, target: CkanTarget): NamedNode | undefined {
  const { to, portal } = target
  const name = text(group['name'])
  const labels = ['display_name', 'title', 'name'].map(field => texts(group, field, { ...target, stated: true })).find(found => found.length > 0)
  if (!labels) return undefined
  const theme = namedNode(`${portal.site}/group/${encodeURIComponent(name || digest(labels[0]!.value))}`)
  add(to, theme, rdf.type, skos.Concept)
  for (const label of labels) add(to, theme, skos.prefLabel, label)
  if (name) add(to, theme, dct.identifier, literal(name))
  for (const above of objects(group['above'])) {
    const broader = mapGroup(above, target)
    if (broader) add(to, theme, skos.broader, broader)
  }
  return theme
}

/** The page that people read: the one that is stated, else the portal's own. */
function pageOf(fields: JsonObject, { site }: Portal): string | undefined {
  const stated = mendIri(text(fields['url']))
  const name = keyIn(fields['name'], fields['id'])
  return stated && /^https?:/i.test(stated) ? stated : name && `${site}/dataset/${encodeURIComponent(name)}`
}

/** The licence, for each distribution (DCAT-AP 3.0.1: not on the dataset). */
function mapLicence(fields: JsonObject, { to, mint, portal }: CkanTarget): NamedNode | undefined {
  const id = text(fields['license_id'])
  const known = entry(portal.licences, id)
  if (known) return namedNode(/^https?:/.test(known) ? known : addressesOf(mint.base).concept('licence', known))
  const label = text(fields['license_title']) || id
  const url = mendIri(text(fields['license_url'])) ?? (/^https?:/i.test(label) ? mendIri(label) : undefined)
  if (!url && (!label || /^(notspecified|not specified|none|other.*)$/i.test(id))) return undefined
  const licence = namedNode(url ?? mintedIri({ mint }, 'licence', label).value)
  add(to, licence, rdf.type, dct.LicenseDocument)
  if (label && label !== url) add(to, licence, dct.title, literal(label, portal.language))
  if (id) add(to, licence, dct.identifier, literal(id))
  return licence
}

/** Extras are fields like any other, a list of keys and values or one object; a field of the package itself comes first. */
export function withExtras(item: JsonObject): JsonObject {
  const { extras } = item
  const stated: [string, unknown][] = isObject(extras) ? Object.entries(extras) : objects(extras).map(({ key, value }) => [text(key), value])
  const filled = Object.entries(item).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
  return { ...Object.fromEntries(stated.map(([key, value]) => [key.replace(/^dcat_(?!type|version)/, ''), value])), ...Object.fromEntries(filled) }
}
