import { guess } from '../../normalise/text.ts'
import { digest } from '../../rdf/digest.ts'
import { isPublicIri, mendIri } from '../../rdf/iri.ts'
import {
  add, adms, dcat, dcatap, dct, expand, foaf, graph, literal, namedNode, rdf, skos, type Graph, type NamedNode, type Subject,
} from '../../rdf/terms.ts'
import type { Mapped, Mint } from '../protocol.ts'
import { mapContacts, mapCreators, mapPublisher } from './ckan-agents.ts'
import type { Package } from './ckan-api.ts'
import { mapIdentifiers, mapPeriods, mapPlaces, mapRelations, mapStatement } from './ckan-nested.ts'
import { mapResource } from './ckan-resource.ts'
import { date, isObject, mapField, mapFields, objects, text, type Portal, type Row } from './ckan-values.ts'

/** The first field that has a value wins. `words` are matched to a reference list later; `text` is read in every language there is. */
export const datasetFields: Row[] = [
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
  [['source'], dct.source, 'link'],
  [['has_version'], dcat.hasVersion, 'link'],
  [['is_referenced_by'], dct.isReferencedBy, 'link'],
  [['in_series'], dcat.inSeries, 'link'],
  [['applicable_legislation'], dcatap.applicableLegislation, 'link'],
  [['hvd_category'], dcatap.hvdCategory, 'link'],
  [['spatial_uri', 'spatial_text'], dct.spatial, 'words'],
  [['temporal_resolution'], dcat.temporalResolution, 'duration'],
  [['spatial_resolution_in_meters'], dcat.spatialResolutionInMeters, 'decimal'],
]

/** CKAN's package dict → DCAT-AP, before normalising (table in docs/mapping.md). */
export const mapPackage = (item: Package, portal: Portal) => (mint: Mint): Mapped => {
  const fields = withExtras(item)
  const uri = mendIri(text(fields['uri']))
  const own = uri && isPublicIri(uri) ? uri : undefined
  const ofPortal = `${portal.site}/dataset/${encodeURIComponent(String(item['id'] ?? item['name']))}`
  const dataset = namedNode(own ?? (isPublicIri(ofPortal) ? ofPortal : mint.dataset))
  const to = graph()
  add(to, dataset, rdf.type, dcat.Dataset)
  mapFields(to, dataset, fields, datasetFields, portal)
  for (const [field, property] of Object.entries(portal.fields)) mapField(to, dataset, fields, [[field], expand(property)!, 'words'], portal)
  mapKeywords(to, dataset, item)
  mapGroups(to, dataset, item, portal)
  mapPublisher(to, dataset, fields, portal)
  mapCreators(to, dataset, fields, mint, portal)
  mapContacts(to, dataset, fields, mint, portal)
  mapPlaces(to, dataset, fields, mint, portal)
  mapPeriods(to, dataset, fields, mint)
  mapIdentifiers(to, dataset, fields, mint, portal)
  mapRelations(to, dataset, fields, mint)
  mapStatement(to, dataset, dct.provenance, dct.ProvenanceStatement, fields['provenance'], mint, portal)
  mapPage(to, dataset, fields, portal)
  const licence = mapLicence(to, fields, mint, portal)
  const modified = resourcesOf(item).map(resource => mapResource(to, dataset, resource, licence, mint, portal))
  const newest = text(fields['modified']) || modified.filter(Boolean).sort().at(-1)
  if (newest) add(to, dataset, dct.modified, date(newest))
  mapPortalRecord(to, dataset, fields, mint)
  return { dataset, graph: to }
}

/** A resource that is no more than an address is one with that address. */
const resourcesOf = (item: Package) => objects(item['resources']).map(resource => (resource['url'] === undefined && /^https?:/i.test(text(resource['name'])) ? { ...resource, url: resource['name'] } : resource))

function mapKeywords(to: Graph, dataset: Subject, item: Package): void {
  const tags = typeof item['tags'] === 'string' ? item['tags'].split(/[,;\n]/) : item['tags']
  for (const tag of objects(tags)) {
    const word = text(tag['display_name']) || text(tag['name'])
    if (word) add(to, dataset, dcat.keyword, literal(word))
  }
}

/** Groups are how CKAN portals sort by theme: the group's names are matched to the themes. */
function mapGroups(to: Graph, dataset: Subject, item: Package, portal: Portal): void {
  for (const group of objects(item['groups'])) {
    const name = text(group['name'])
    const label = text(group['display_name']) || text(group['title']) || name
    if (!label) continue
    const theme = namedNode(`${portal.site}/group/${encodeURIComponent(name || digest(label))}`)
    add(to, dataset, dcat.theme, theme)
    add(to, theme, rdf.type, skos.Concept)
    add(to, theme, skos.prefLabel, literal(label, guess(label, portal.language)))
    if (name) add(to, theme, dct.identifier, literal(name))
  }
}

function mapPage(to: Graph, dataset: Subject, fields: Package, portal: Portal): void {
  const stated = mendIri(text(fields['url']))
  const page = stated && /^https?:/i.test(stated) ? stated : `${portal.site}/dataset/${encodeURIComponent(String(fields['name'] ?? fields['id']))}`
  add(to, dataset, dcat.landingPage, namedNode(page))
}

/** The licence, for each distribution (DCAT-AP 3.0.1: not on the dataset). */
function mapLicence(to: Graph, fields: Package, mint: Mint, portal: Portal): NamedNode | undefined {
  const id = text(fields['license_id'])
  const known = portal.licences[id]
  if (known) return namedNode(/^https?:/.test(known) ? known : `${mint.base}/id/licence/${known}`)
  const label = text(fields['license_title']) || id
  const url = mendIri(text(fields['license_url']))
  if (!url && (!label || /^(notspecified|not specified|none|other.*)$/i.test(id))) return undefined
  const licence = namedNode(url ?? `${mint.record}#licence-${digest(label).slice(0, 12)}`)
  add(to, licence, rdf.type, dct.LicenseDocument)
  if (label) add(to, licence, dct.title, literal(label, portal.language))
  if (id) add(to, licence, dct.identifier, literal(id))
  return licence
}

/** The dates of the metadata belong to the portal's record, not to the data. */
export function mapPortalRecord(to: Graph, dataset: NamedNode, fields: Package, mint: Mint): void {
  const modified = text(fields['metadata_modified'])
  if (!modified) return
  const record = namedNode(`${mint.record}#portal`)
  add(to, record, rdf.type, dcat.CatalogRecord)
  add(to, record, foaf.primaryTopic, dataset)
  add(to, record, dct.modified, date(modified))
  if (text(fields['metadata_created'])) add(to, record, dct.issued, date(text(fields['metadata_created'])))
}

/** Extras are fields like any other, a list of keys and values or one object; a field of the package itself comes first. */
function withExtras(item: Package): Package {
  const { extras } = item
  const stated: [string, unknown][] = isObject(extras) ? Object.entries(extras) : objects(extras).map(({ key, value }) => [text(key), value])
  const filled = Object.entries(item).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
  return { ...Object.fromEntries(stated.map(([key, value]) => [key.replace(/^dcat_(?!type|version)/, ''), value])), ...Object.fromEntries(filled) }
}
