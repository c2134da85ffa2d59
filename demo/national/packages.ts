// The content of the national sample portal: terse lines of datasets.json, expanded to the package dictionaries
// that CKAN 2.9 answers. Nothing here reads a clock or a random number: ids follow from the slugs.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isServed, sizeOf } from '../files.ts'

/** The public address such a portal would have. Files that the sample serves are found where it listens. */
export const PUBLIC_ROOT = 'https://portail-national.example/data'

export interface CkanOrganisation {
  id: string
  name: string
  title: string
  type: 'organization'
  description: string
  image_url: string
  created: string
  is_organization: true
  approval_status: 'approved'
  state: 'active'
}

export interface CkanGroup {
  id: string
  name: string
  title: string
  display_name: string
  description: string
  image_display_url: string
}

export interface CkanTag {
  id: string
  name: string
  display_name: string
  state: 'active'
  vocabulary_id: null
}

export interface CkanResource {
  id: string
  package_id: string
  name: string
  description: string
  format: string
  mimetype: string | null
  mimetype_inner: null
  size: number | null
  hash: string
  url: string
  url_type: 'upload'
  cache_url: null
  cache_last_updated: null
  created: string
  last_modified: string
  metadata_modified: string
  position: number
  state: 'active'
  resource_type: null
  datastore_active: false
}

export interface CkanPackage {
  id: string
  name: string
  title: string
  title_fr: string
  title_ar: string
  notes: string
  notes_ar: string
  url: string
  version: string
  author: string
  author_email: string
  maintainer: string
  maintainer_email: string
  creator_user_id: string
  owner_org: string
  groups: CkanGroup[]
  organization: CkanOrganisation
  tags: CkanTag[]
  num_tags: number
  isopen: boolean
  license_id: string
  license_title: string
  license_url: string
  metadata_created: string
  metadata_modified: string
  state: 'active' | 'deleted'
  private: boolean
  type: 'dataset'
  num_resources: number
  resources: CkanResource[]
  extras: { key: string; value: string }[]
  relationships_as_object: []
  relationships_as_subject: []
  geographic_coverage: string
  disaggregation_level: string
  collection_frequency: string
  available_languages: string
}

interface SourceOrganisation {
  slug: string
  name: string
  title: string
  description: string
}

interface SourceDataset {
  slug: string
  /** slug in organisations.json */
  org: string
  /** names in groups.json */
  groups: string[]
  fr: string
  ar: string
  notes: string
  notesAr: string
  geo: string
  level: string
  freq: string
  lang: string
  created: string
  modified: string
  tags: string[]
  /** title, file name, format as typed, bytes, language segment of the address, day of the last upload */
  files: [string, string, string, number | null, string, string | null][]
}

const MEDIA_TYPES: Record<string, string> = {
  csv: 'text/csv',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  pdf: 'application/pdf',
  zip: 'application/zip',
  kml: 'application/vnd.google-earth.kml+xml',
  geojson: 'application/geo+json',
}

/** A UUID that always comes out the same for the same words. */
export function uuidOf(words: string): string {
  const hex = createHash('sha1').update(words).digest('hex')
  const variant = ((parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as T
}

const sourceOrganisations = readJson<SourceOrganisation[]>('./organisations.json')

export const organisations: ReadonlyMap<string, CkanOrganisation> = new Map(
  sourceOrganisations.map(({ slug, name, title, description }) => [
    slug,
    {
      id: uuidOf(`organisation/${slug}`),
      name,
      title,
      type: 'organization',
      description,
      image_url: '',
      created: '2021-12-13T08:00:00.000000',
      is_organization: true,
      approval_status: 'approved',
      state: 'active',
    },
  ]),
)

export const groups: ReadonlyMap<string, CkanGroup> = new Map(
  readJson<{ name: string; title: string }[]>('./groups.json').map(({ name, title }) => [
    name,
    {
      id: uuidOf(`group/${name}`),
      name,
      title,
      display_name: title,
      description: '',
      image_display_url: `${PUBLIC_ROOT}/uploads/group/${name}.png`,
    },
  ]),
)

function known<T>(table: ReadonlyMap<string, T>, key: string, slug: string): T {
  const value = table.get(key)
  if (value === undefined) throw new Error(`datasets.json: ${slug} names "${key}", which is not in its list`)
  return value
}

function toResources(source: SourceDataset, packageId: string, root: string): CkanResource[] {
  return source.files.map(([name, file, format, size, language, day], position) => {
    const id = uuidOf(`${source.slug}/${position}/${file}`)
    const segment = language === '' ? '' : `/${language}`
    const extension = file.slice(file.lastIndexOf('.') + 1)
    const served = root !== PUBLIC_ROOT && isServed(file)
    const changed = day === null ? source.modified : `${day}T10:00:00.000000`
    return {
      id,
      package_id: packageId,
      name,
      description: '',
      format,
      mimetype: MEDIA_TYPES[extension] ?? null,
      mimetype_inner: null,
      size: served ? sizeOf(file) : size,
      hash: '',
      url: `${served ? root : PUBLIC_ROOT}${segment}/dataset/${packageId}/resource/${id}/download/${file}`,
      url_type: 'upload',
      cache_url: null,
      cache_last_updated: null,
      created: position === 0 ? source.created : changed,
      last_modified: changed,
      metadata_modified: changed,
      position,
      state: 'active',
      resource_type: null,
      datastore_active: false,
    }
  })
}

function toPackage(source: SourceDataset, root: string): CkanPackage {
  const id = uuidOf(`dataset/${source.slug}`)
  const organisation = known(organisations, source.org, source.slug)
  return {
    id,
    name: source.slug,
    title: source.fr,
    title_fr: source.fr,
    title_ar: source.ar,
    notes: source.notes,
    notes_ar: source.notesAr,
    url: '',
    version: '',
    author: '',
    author_email: '',
    maintainer: '',
    maintainer_email: '',
    creator_user_id: uuidOf(`user/${source.org}`),
    owner_org: organisation.id,
    groups: source.groups.map(name => known(groups, name, source.slug)),
    organization: organisation,
    tags: source.tags.map(name => ({
      id: uuidOf(`tag/${name}`),
      name,
      display_name: name,
      state: 'active',
      vocabulary_id: null,
    })),
    num_tags: source.tags.length,
    isopen: true,
    license_id: 'odc-odbl',
    license_title: 'Open Data Commons Open Database License (ODbL)',
    license_url: 'https://opendefinition.org/licenses/odc-odbl',
    metadata_created: source.created,
    metadata_modified: source.modified,
    state: 'active',
    private: false,
    type: 'dataset',
    num_resources: source.files.length,
    resources: toResources(source, id, root),
    extras: [],
    relationships_as_object: [],
    relationships_as_subject: [],
    geographic_coverage: source.geo,
    disaggregation_level: source.level,
    collection_frequency: source.freq,
    available_languages: source.lang,
  }
}

/** Fresh dictionaries at every call: a test may change what it was given. `root`: where the files are that the sample serves. */
export function nationalPackages(root = PUBLIC_ROOT): CkanPackage[] {
  return readJson<SourceDataset[]>('./datasets.json').map(source => toPackage(source, root))
}
