import { guess } from '../../normalise/text.ts'
import { digest } from '../../rdf/digest.ts'
import { isPublicIri, mendIri } from '../../rdf/iri.ts'
import {
  add, adms, dcat, dcatap, dct, expand, foaf, graph, literal, namedNode, rdf, skos, spdx, vcard, xsd, type Graph, type NamedNode, type Subject, type Value,
} from '../../rdf/terms.ts'
import type { Mapped, Mint } from '../protocol.ts'
import type { Package } from './ckan-api.ts'
import type { CkanOptions } from './ckan.ts'
import { locationOf } from './geojson.ts'

/** What the mapping needs to know of the portal. */
export interface Portal extends Pick<CkanOptions, 'languages' | 'fields' | 'licences'> {
  site: string
  language: string
}

type Kind = 'text' | 'words' | 'list' | 'link' | 'date'
type Row = [fields: string[], property: NamedNode, kind: Kind]

/** The first field that has a value wins. `words` are matched to a reference list later; `text` is read in every language there is. */
export const datasetFields: Row[] = [
  [['title', 'name'], dct.title, 'text'],
  [['notes', 'description'], dct.description, 'text'],
  [['identifier', 'guid', 'id'], dct.identifier, 'list'],
  [['theme'], dcat.theme, 'words'],
  [['issued', 'release_date', 'metadata_created'], dct.issued, 'date'],
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
]

export const distributionFields: Row[] = [
  [['name', 'title'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['access_url', 'url'], dcat.accessURL, 'link'],
  [['mimetype'], dcat.mediaType, 'words'],
  [['format'], dct.format, 'words'],
  [['size'], dcat.byteSize, 'list'],
  [['issued', 'created'], dct.issued, 'date'],
  [['modified', 'last_modified', 'metadata_modified'], dct.modified, 'date'],
  [['status'], adms.status, 'words'],
  [['availability'], dcatap.availability, 'words'],
  [['language'], dct.language, 'words'],
  [['conforms_to'], dct.conformsTo, 'link'],
  [['documentation'], foaf.page, 'link'],
]

/** CKAN's package dict → DCAT-AP, before normalising (table in docs/mapping.md). */
export const mapPackage = (item: Package, portal: Portal) => (mint: Mint): Mapped => {
  const fields = withExtras(item)
  const own = [fields['uri']].find(uri => typeof uri === 'string' && isPublicIri(uri)) as string | undefined
  const ofPortal = `${portal.site}/dataset/${encodeURIComponent(String(item['id'] ?? item['name']))}`
  const dataset = namedNode(own ?? (isPublicIri(ofPortal) ? ofPortal : mint.dataset))
  const to = graph()
  add(to, dataset, rdf.type, dcat.Dataset)
  mapFields(to, dataset, fields, datasetFields, portal)
  for (const [field, property] of Object.entries(portal.fields)) mapField(to, dataset, fields, [[field], expand(property)!, 'words'], portal)
  mapKeywords(to, dataset, item, portal)
  mapGroups(to, dataset, item, portal)
  mapPublisher(to, dataset, fields, portal)
  mapContact(to, dataset, fields, mint, portal)
  mapCoverage(to, dataset, fields, mint)
  mapPage(to, dataset, fields, portal)
  const licence = mapLicence(to, fields, mint, portal)
  const modified = objects(item['resources']).map(resource => mapResource(to, dataset, resource, licence, portal))
  const newest = [text(fields['modified']), modified.filter(Boolean).sort().at(-1), text(fields['metadata_modified'])].find(Boolean)
  if (newest) add(to, dataset, dct.modified, date(newest))
  mapPortalRecord(to, dataset, fields, mint)
  return { dataset, graph: to }
}

function mapFields(to: Graph, subject: Subject, fields: Package, rows: Row[], portal: Portal): void {
  for (const row of rows) mapField(to, subject, fields, row, portal)
}

function mapField(to: Graph, subject: Subject, fields: Package, [names, property, kind]: Row, portal: Portal): void {
  for (const name of names) {
    const found = kind === 'text' ? texts(fields, name, portal) : items(fields[name]).map(value => term(value, kind, portal))
    if (found.length === 0) continue
    for (const value of found) add(to, subject, property, value)
    return
  }
}

function term(value: string, kind: Kind, portal: Portal): Value {
  if (kind === 'date') return date(value)
  if (kind === 'list') return literal(value)
  const iri = /^(https?:|urn:|mailto:)/i.test(value) ? mendIri(value) : undefined
  if (iri) return namedNode(iri)
  // A link that is none is kept as it was written: normalising turns it into one, or a finding says what it should be.
  return kind === 'link' ? literal(value) : literal(value, guess(value, portal.language))
}

const date = (value: string) => literal(value, /T\d/.test(value) ? xsd.dateTime : xsd.date)

/** A text in every language there is: flat suffixed fields, a language map, then the plain field in the portal's language. */
function texts(fields: Package, name: string, portal: Portal): Value[] {
  const found = new Map<string, string>()
  for (const [suffix, language] of Object.entries(portal.languages)) {
    const value = text(fields[`${name}_${suffix}`])
    if (value) found.set(language, value)
  }
  for (const map of [fields[`${name}_translated`], fields[name], fields[`${name}_multilang`]]) {
    for (const [language, value] of Object.entries(isObject(map) ? map : {})) if (text(value) && /^[a-z]{2,3}(-|$)/i.test(language)) found.set(language, text(value))
  }
  const plain = text(fields[name])
  const language = guess(plain, portal.language)
  if (plain && !found.has(language) && ![...found.values()].includes(plain)) found.set(language, plain)
  return [...found].map(([tag, value]) => literal(value, tag))
}

function mapKeywords(to: Graph, dataset: Subject, item: Package, portal: Portal): void {
  for (const tag of objects(item['tags'])) {
    const word = text(tag['display_name']) || text(tag['name'])
    if (word) add(to, dataset, dcat.keyword, literal(word, guess(word, portal.language)))
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

function mapPublisher(to: Graph, dataset: Subject, fields: Package, portal: Portal): void {
  const organisation = isObject(fields['organization']) ? fields['organization'] : {}
  const [stated] = objects(fields['publisher'])
  const name = text(stated?.['name']) || text(fields['publisher_name']) || text(organisation['title']) || text(organisation['name'])
  if (!name) return
  const uri = text(stated?.['uri']) || text(fields['publisher_uri'])
  const slug = text(organisation['name']) || text(organisation['id']) || digest(name)
  const agent = namedNode(mendIri(uri) ?? `${portal.site}/organization/${encodeURIComponent(slug)}`)
  add(to, dataset, dct.publisher, agent)
  add(to, agent, rdf.type, foaf.Agent)
  const names = texts({ ...organisation, title: name }, 'title', portal)
  for (const each of names) add(to, agent, foaf.name, each)
  if (text(organisation['name'])) add(to, agent, dct.identifier, literal(text(organisation['name'])))
  const page = mendIri(text(stated?.['url']) || text(fields['publisher_url']))
  if (page) add(to, agent, foaf.homepage, namedNode(page))
}

function mapContact(to: Graph, dataset: Subject, fields: Package, mint: Mint, portal: Portal): void {
  const [stated] = objects(fields['contact'])
  const name = [stated?.['name'], fields['contact_name'], fields['maintainer'], fields['author']].map(text).find(Boolean) ?? ''
  const email = [stated?.['email'], fields['contact_email'], fields['maintainer_email'], fields['author_email']].map(text).find(Boolean) ?? ''
  if (!name && !email) return
  const contact = namedNode(mendIri(text(stated?.['uri']) || text(fields['contact_uri'])) ?? `${mint.record}#contact-${digest(name + email).slice(0, 12)}`)
  add(to, dataset, dcat.contactPoint, contact)
  add(to, contact, rdf.type, vcard.Kind)
  if (name) add(to, contact, vcard.fn, literal(name, guess(name, portal.language)))
  if (email) add(to, contact, vcard.hasEmail, literal(email))
}

function mapCoverage(to: Graph, dataset: Subject, fields: Package, mint: Mint): void {
  const place = locationOf(text(fields['spatial']) || (isObject(fields['spatial']) ? JSON.stringify(fields['spatial']) : ''), mint.record)
  if (place) {
    add(to, dataset, dct.spatial, place.node)
    for (const quad of place.quads) to.addQuad(quad as never)
  }
  const start = text(fields['temporal_start']) || text(fields['temporal_startDate'])
  const end = text(fields['temporal_end']) || text(fields['temporal_endDate'])
  if (!start && !end) return
  const period = namedNode(`${mint.record}#period-${digest(`${start}/${end}`).slice(0, 12)}`)
  add(to, dataset, dct.temporal, period)
  add(to, period, rdf.type, dct.PeriodOfTime)
  if (start) add(to, period, dcat.startDate, date(start))
  if (end) add(to, period, dcat.endDate, date(end))
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
  if (!label || /^(notspecified|not specified|none|other.*)$/i.test(id)) return undefined
  const licence = namedNode(mendIri(text(fields['license_url'])) ?? `${mint.record}#licence-${digest(label).slice(0, 12)}`)
  add(to, licence, rdf.type, dct.LicenseDocument)
  add(to, licence, dct.title, literal(label, portal.language))
  if (id) add(to, licence, dct.identifier, literal(id))
  return licence
}

function mapResource(to: Graph, dataset: NamedNode, resource: Package, licence: NamedNode | undefined, portal: Portal): string | undefined {
  const uri = text(resource['uri'])
  const distribution = namedNode(isPublicIri(uri) ? uri : `${dataset.value}/resource/${encodeURIComponent(text(resource['id']) || digest(JSON.stringify(resource)).slice(0, 12))}`)
  add(to, dataset, dcat.distribution, distribution)
  add(to, distribution, rdf.type, dcat.Distribution)
  mapFields(to, distribution, resource, distributionFields, portal)
  const address = text(resource['download_url']) || (isFile(resource) ? text(resource['url']) : '')
  if (address) add(to, distribution, dcat.downloadURL, namedNode(address))
  const stated = mendIri(text(resource['license']) || text(resource['license_url']))
  if (stated ?? licence) add(to, distribution, dct.license, stated ? namedNode(stated) : licence!)
  mapChecksum(to, distribution, resource)
  return text(resource['modified']) || text(resource['last_modified']) || undefined
}

const isFile = (resource: Package) => resource['url_type'] === 'upload' || /\.(csv|tsv|xlsx?|ods|json|geojson|xml|zip|gz|7z|pdf|docx?|txt|kml|kmz|shp|gpkg|rdf|ttl|nt|jsonld|parquet)$/i.test(text(resource['url']).split(/[?#]/)[0] ?? '')

const algorithms: Record<number, string> = { 32: 'md5', 40: 'sha1', 64: 'sha256' }

function mapChecksum(to: Graph, distribution: NamedNode, resource: Package): void {
  const hash = text(resource['hash']).toLowerCase().replace(/^(md5|sha-?1|sha-?256):/, '')
  const algorithm = /^[0-9a-f]+$/.test(hash) ? algorithms[hash.length] : undefined
  if (!algorithm) return
  const checksum = namedNode(`${distribution.value}#checksum`)
  add(to, distribution, spdx.checksum, checksum)
  add(to, checksum, rdf.type, spdx.Checksum)
  add(to, checksum, spdx.algorithm, namedNode(`${spdx.iri}checksumAlgorithm_${algorithm}`))
  add(to, checksum, spdx.checksumValue, literal(hash, xsd.hexBinary))
}

/** The dates of the metadata belong to the portal's record, not to the data. */
function mapPortalRecord(to: Graph, dataset: NamedNode, fields: Package, mint: Mint): void {
  const modified = text(fields['metadata_modified'])
  if (!modified) return
  const record = namedNode(`${mint.record}#portal`)
  add(to, record, rdf.type, dcat.CatalogRecord)
  add(to, record, foaf.primaryTopic, dataset)
  add(to, record, dct.modified, date(modified))
  if (text(fields['metadata_created'])) add(to, record, dct.issued, date(text(fields['metadata_created'])))
}

/** Extras are fields like any other; a field of the package itself comes first. */
function withExtras(item: Package): Package {
  const extras = objects(item['extras']).map(({ key, value }) => [text(key).replace(/^dcat_(?!type|version)/, ''), value])
  return { ...Object.fromEntries(extras), ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))) }
}

const isObject = (value: unknown): value is Package => typeof value === 'object' && value !== null && !Array.isArray(value)
const objects = (value: unknown): Package[] => (Array.isArray(value) ? value.filter(isObject) : [])
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')

/** A field's values: a list, a list written as JSON, or one value. */
function items(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(text).filter(Boolean)
  const one = text(value)
  if (!/^\s*\[/.test(one)) return one ? [one] : []
  try {
    return items(JSON.parse(one))
  } catch {
    return [one]
  }
}
