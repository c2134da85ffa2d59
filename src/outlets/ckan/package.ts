import { addressesOf } from '../../config/addresses.ts'
import { fihrist } from '../../rdf/namespaces.ts'
import { choose } from '../../words/choose.ts'
import { languageTagOf } from '../plain-record.ts'
import type { Named, PlainFile, PlainRecord, Texts } from '../plain.ts'
import type { Publication } from '../publication.ts'

/** A moment as CKAN writes it: universal time, without saying so. */
const naive = (moment: string) => moment.replace(/(?:\.(\d+))?Z$/, (_, fraction: string | undefined) => `.${(fraction ?? '').padEnd(6, '0')}`)

/** A record as a package of CKAN (API 3), with the languages of ckanext-fluent and the extras of ckanext-dcat; its name is our id. */
export function packageOf(record: PlainRecord, publication: Publication): Record<string, unknown> {
  const { catalogue, vocabulary } = publication
  const said = (texts: Texts) => choose(texts, catalogue.languages)?.text
  const { publisher, themes, keywords, contacts, creators, licences, files, periods, places } = record
  const [contact, licence] = [contacts[0], licences[0]]
  const tags = [...new Set(keywords.map(({ text }) => text))]
  const box = places.find(place => place.box)?.box
  const extras: Record<string, string | undefined> = {
    uri: record.iri,
    identifier: record.identifiers[0],
    issued: record.issued,
    modified: record.modified,
    frequency: record.frequency?.iri,
    access_rights: record.accessRights?.iri,
    language: listText(record.languages.map(({ iri }) => iri)),
    theme: listText(themes.map(({ iri }) => iri).filter(Boolean)),
    conforms_to: listText(record.conformsTo.map(({ iri }) => iri).filter(Boolean)),
    documentation: listText(record.documentation),
    in_series: listText(record.partOf),
    temporal_start: periods[0]?.start,
    temporal_end: periods[0]?.end,
    spatial: box && JSON.stringify(polygonOf(box)),
    spatial_uri: places.find(place => place.concept)?.iri,
    publisher_uri: publisher?.iri || undefined,
    publisher_name: publisher && (said(publisher.labels) ?? publisher.iri),
    contact_name: contact && said(contact.name),
    contact_email: contact?.email,
    harvest_source_id: record.source,
  }
  return {
    id: record.id,
    name: record.id,
    type: 'dataset',
    state: 'active',
    private: false,
    isopen: licences.length > 0 && licences.every(({ iri }) => vocabulary.flag(iri, fihrist.openLicence)),
    title: said(record.title) ?? record.id,
    title_translated: translated(record.title, catalogue.languages),
    notes: said(record.description) ?? '',
    notes_translated: translated(record.description, catalogue.languages),
    url: record.landingPages[0] ?? addressesOf(catalogue.base).dataset(record.id),
    version: record.version ?? null,
    author: creators[0] ? (said(creators[0].labels) ?? null) : null,
    author_email: creators[0]?.email ?? null,
    maintainer: (contact && said(contact.name)) ?? null,
    maintainer_email: contact?.email ?? null,
    license_id: licence ? slugOf(licence) : 'notspecified',
    license_title: licence ? (said(licence.labels) ?? licence.iri) : null,
    ...(licence?.iri && { license_url: licence.iri }),
    metadata_created: naive(record.recordIssued),
    metadata_modified: naive(record.recordModified),
    owner_org: publisher ? slugOf(publisher) : null,
    organization: publisher ? organizationOf(slugOf(publisher), publisher, publication) : null,
    groups: themes.flatMap(theme => (theme.concept ? [groupOf(theme.concept.slug, theme, publication)] : [])),
    tags: tags.map(name => ({ id: name, name, display_name: name, state: 'active', vocabulary_id: null })),
    tags_translated: Object.fromEntries(
      [...Map.groupBy(keywords, ({ language }) => language)].filter(([tag]) => tag !== 'und').map(([tag, words]) => [tag, words.map(({ text }) => text)]),
    ),
    num_tags: tags.length,
    num_resources: files.length,
    resources: files.map((file, position) => resourceOf(file, position, record, said, publication)),
    extras: Object.entries(extras).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [{ key, value }])),
    relationships_as_object: [],
    relationships_as_subject: [],
  }
}

function resourceOf(
  file: PlainFile,
  position: number,
  record: PlainRecord,
  said: (texts: Texts) => string | undefined,
  { vocabulary, catalogue }: Publication,
) {
  const { access, download, format, languages, checksum } = file
  return {
    id: `${record.id}-${position + 1}`,
    package_id: record.id,
    uri: file.iri,
    position,
    state: 'active',
    name: said(file.title) ?? null,
    name_translated: translated(file.title, catalogue.languages),
    description: said(file.description) ?? '',
    url: download[0] ?? access[0] ?? file.services[0] ?? '',
    ...(access[0] && { access_url: access[0] }),
    ...(download[0] && { download_url: download[0] }),
    format: format ? (format.concept?.notation ?? said(format.labels) ?? format.iri) : '',
    mimetype: file.mediaType ?? null,
    size: file.bytes ?? null,
    hash: checksum?.value ?? '',
    created: file.issued ?? null,
    last_modified: file.modified ?? null,
    ...(file.licence?.iri && { license: file.licence.iri }),
    ...(languages.length > 0 && { language: listText(languages.flatMap(each => languageTagOf(each, vocabulary) ?? [])) }),
  }
}

const listText = (values: string[]): string | undefined => (values.length === 0 ? undefined : values.length === 1 ? values[0] : JSON.stringify(values))
/** What ckanext-fluent has under `…_translated`; a text without a language is in that of the catalogue. */
const translated = (texts: Texts, languages: string[]) =>
  Object.fromEntries(Object.entries(texts).map(([tag, text]) => [tag === 'und' ? languages[0]! : tag, text]))
const slugOf = ({ concept, iri, labels }: Named) => concept?.slug ?? (Object.values(labels)[0] || iri)

const polygonOf = ([west, south, east, north]: [number, number, number, number]) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
})

const bodyOf = (name: string, title: string) => ({
  id: name,
  name,
  title,
  display_name: title,
  description: '',
  image_url: '',
  image_display_url: '',
  state: 'active',
})

/** A body as an organization of CKAN. */
export function organizationOf(name: string, { labels, iri }: Named, { catalogue }: Publication) {
  const title = choose(labels, catalogue.languages)?.text ?? (iri || name)
  return {
    ...bodyOf(name, title),
    title_translated: translated(labels, catalogue.languages),
    type: 'organization',
    is_organization: true,
    approval_status: 'approved',
  }
}

/** A theme as a group of CKAN. */
export function groupOf(name: string, { labels }: Named, { catalogue }: Publication) {
  const title = choose(labels, catalogue.languages)?.text ?? name
  return {
    ...bodyOf(name, title),
    title_translated: translated(labels, catalogue.languages),
    type: 'group',
    is_organization: false,
    approval_status: 'approved',
  }
}
