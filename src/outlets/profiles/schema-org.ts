import { addressesOf } from '../../config/addresses.ts'
import { fihrist } from '../../rdf/namespaces.ts'
import { choose } from '../../words/choose.ts'
import { languageTagOf } from '../plain-record.ts'
import type { Named, Party, Period, Place, PlainFile, PlainRecord, Texts } from '../plain.ts'
import type { Publication } from '../publication.ts'
import type { Profile } from './profile.ts'

/** The catalogue as search engines read it. */
export const schemaOrgProfile: Profile = { name: 'schema-org', iri: 'https://schema.org/', json: schemaOrg }

/** What Google Dataset Search asks of a description, in characters. */
const [shortest, longest] = [50, 5000]

/**
 * A record as schema.org describes datasets, to the rules of Google Dataset Search: `Dataset`, and `WebAPI` for a service. With a `language`, texts are in it,
 * or in the next of the catalogue that they have; else each is given in all its languages. `url` is our page of it.
 */
export function schemaOrg(record: PlainRecord, publication: Publication, language?: string): Record<string, unknown> {
  const { catalogue, vocabulary } = publication
  const addresses = addressesOf(catalogue.base)
  const languages = [...(language === undefined ? [] : [language]), ...catalogue.languages]
  const said = (texts: Texts) => (language === undefined ? inAll(texts) : choose(texts, languages)?.text)
  const label = (named: Named) => choose(named.labels, languages)?.text
  const title = choose(record.title, languages)?.text ?? record.id
  const others = Object.values(record.title).filter(each => each !== title)
  const { publisher, places, periods, licences, accessRights } = record
  const isOpen = licences.length > 0 && licences.every(({ iri }) => vocabulary.flag(iri, fihrist.openLicence))
  return filled({
    '@context': 'https://schema.org/',
    '@type': record.kind === 'service' ? 'WebAPI' : 'Dataset',
    '@id': record.iri,
    url: addresses.dataset(record.id),
    name: said(record.title) ?? title,
    alternateName: language === undefined ? undefined : others,
    description: language === undefined ? inAll(record.description) : described(record, title, publication, languages),
    identifier: record.identifiers,
    sameAs: record.landingPages,
    keywords: record.keywords
      .filter(({ language: tag }) => language === undefined || tag === language || tag === 'und' || !record.keywords.some(each => each.language === language))
      .map(({ text, language: tag }) => (language === undefined && tag !== 'und' ? { '@value': text, '@language': tag } : text)),
    about: record.themes.map(theme => filled({ '@id': theme.iri, '@type': 'DefinedTerm', name: said(theme.labels) })),
    creator: record.creators.length > 0 ? record.creators.map(agent => partyOf(agent, said)) : publisher && partyOf(publisher, said),
    publisher: publisher && partyOf(publisher, said),
    contactPoint: record.contacts.map(({ name, email, telephone, url }) => filled({ '@type': 'ContactPoint', name: said(name), email, telephone, url })),
    license: licences.map(({ iri, labels }) => iri || choose(labels, languages)?.text),
    isAccessibleForFree: isOpen ? true : undefined,
    conditionsOfAccess: accessRights && label(accessRights),
    temporalCoverage: periods.map(intervalOf),
    spatialCoverage: places.map(place => placeOf(place, said)),
    dateCreated: record.created,
    datePublished: record.issued,
    dateModified: record.modified,
    inLanguage: record.languages.map(each => languageTagOf(each, vocabulary) ?? label(each)),
    version: record.version,
    isPartOf: record.partOf.map(iri => ({ '@id': iri })),
    includedInDataCatalog: filled({ '@type': 'DataCatalog', '@id': addresses.catalogue, name: said(catalogue.title), url: addresses.home }),
    documentation: record.kind === 'service' ? record.documentation : undefined,
    distribution: record.files.flatMap(file => downloadsOf(file, said, label)),
  })
}

/** Texts in all their languages, as values of JSON-LD. */
export const inAll = (texts: Texts): unknown[] => Object.entries(texts).map(([tag, text]) => (tag === 'und' ? text : { '@value': text, '@language': tag }))

/** A description as long as Google asks: a short one goes on with the title, the publisher and the name of the catalogue; a long one is cut after a word. */
function described({ description, publisher }: PlainRecord, title: string, { catalogue }: Publication, languages: string[]): string {
  const parts = [description, { und: title }, publisher?.labels ?? {}, catalogue.title].map(texts => choose(texts, languages)?.text ?? '').filter(Boolean)
  let text = parts.shift() ?? title
  while ([...text].length < shortest && parts.length > 0) text += ` – ${parts.shift()}`
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/\s\S*$/, '')}…`
}

const partyOf = ({ iri, labels, homepage, email }: Party, said: (texts: Texts) => unknown) =>
  filled({ '@type': 'Organization', '@id': iri || undefined, name: said(labels) ?? iri, url: homepage, email })

/** `2019/2021`; an end that is open is `..` (ISO 8601-2). */
export const intervalOf = ({ start, end }: Period): string => `${start ?? '..'}/${end ?? '..'}`

function placeOf({ iri, labels, box }: Place, said: (texts: Texts) => unknown) {
  const geo = box && { '@type': 'GeoShape', box: `${box[1]} ${box[0]} ${box[3]} ${box[2]}` }
  return filled({ '@type': 'Place', '@id': iri || undefined, name: said(labels), geo })
}

/** Each address of a file; one that is only a page about it is no `contentUrl` to its readers, but the only one there is. */
function downloadsOf(file: PlainFile, said: (texts: Texts) => unknown, label: (named: Named) => string | undefined) {
  const { access, download, format, mediaType, bytes, licence, checksum } = file
  const addresses = download.length > 0 ? download : access.length > 0 ? access : file.services
  return addresses.map(contentUrl =>
    filled({
      '@type': 'DataDownload',
      '@id': file.iri,
      name: said(file.title),
      description: said(file.description),
      contentUrl,
      url: access.find(each => each !== contentUrl),
      encodingFormat: mediaType ?? (format && label(format)),
      fileFormat: mediaType && format && label(format),
      contentSize: bytes === undefined ? undefined : String(bytes),
      datePublished: file.issued,
      dateModified: file.modified,
      license: licence?.iri,
      sha256: checksum?.algorithm === 'sha256' ? checksum.value : undefined,
    }),
  )
}

/** Without what has no value; a list of one is that one. */
export function filled(fields: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, value]) => [name, Array.isArray(value) && value.length < 2 ? value[0] : value] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== ''))
}
