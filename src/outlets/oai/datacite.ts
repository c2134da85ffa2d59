import { addressesOf } from '../../config/addresses.ts'
import { choose } from '../../words/choose.ts'
import { languageTagOf } from '../plain-record.ts'
import type { Named, PlainRecord } from '../plain.ts'
import { intervalOf } from '../profiles/schema-org.ts'
import type { Publication } from '../publication.ts'
import { around, attributesOf, element, inLanguages } from '../xml.ts'

/** The namespace of the schema, and where the schema is. */
export const kernel = 'http://datacite.org/schema/kernel-4'
export const kernelSchema = 'http://schema.datacite.org/meta/kernel-4/metadata.xsd'

const namespaces = { xmlns: kernel, 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance', 'xsi:schemaLocation': `${kernel} ${kernelSchema}` }
const doi = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)?(10\.\d{4,9}\/\S+)$/i

/** A record in the DataCite Metadata Schema 4; where it has no DOI it is identified by its IRI. */
export function datacite(record: PlainRecord, { catalogue, vocabulary }: Publication): string {
  const label = ({ labels, iri }: Named) => choose(labels, catalogue.languages)?.text ?? iri
  const body = record.publisher ? label(record.publisher) : (choose(catalogue.title, catalogue.languages)?.text ?? catalogue.publisher)
  const found = [record.iri, ...record.identifiers].flatMap(each => doi.exec(each)?.[1] ?? [])[0]
  const { files, periods } = record
  const [mainTitle, ...otherTitles] = Object.entries(record.title)
  const dated: [type: string, date: string | undefined][] = [
    ['Created', record.created],
    ['Issued', record.issued],
    ['Updated', record.modified],
    ...periods.map((period): [string, string] => ['Coverage', intervalOf(period)]),
  ]
  const creators = record.creators.length > 0 ? record.creators.map(label) : [body]
  const language = record.languages[0] && languageTagOf(record.languages[0], vocabulary)
  const content = [
    element('identifier', found ?? record.iri, { identifierType: found ? 'DOI' : 'URL' }),
    around(
      'creators',
      creators.map(name => around('creator', [element('creatorName', name, { nameType: 'Organizational' })])),
    ),
    around('titles', [
      inLanguages('title', mainTitle ? { [mainTitle[0]]: mainTitle[1] } : { und: record.id }),
      ...otherTitles.map(([tag, text]) => element('title', text, { titleType: 'TranslatedTitle', 'xml:lang': tag === 'und' ? undefined : tag })),
    ]),
    element('publisher', body),
    element('publicationYear', (record.issued ?? record.modified ?? record.recordIssued).slice(0, 4)),
    element('resourceType', record.kind === 'service' ? 'Service' : 'Dataset', {
      resourceTypeGeneral: record.kind === 'service' ? 'Service' : record.kind === 'series' ? 'Collection' : 'Dataset',
    }),
    around('subjects', [
      ...record.keywords.map(({ text, language: tag }) => inLanguages('subject', { [tag]: text })),
      ...record.themes.map(theme => element('subject', label(theme), { valueURI: theme.iri || undefined })),
    ]),
    around(
      'contributors',
      record.contacts.map(({ name }) => {
        const said = choose(name, catalogue.languages)?.text
        return said ? around('contributor', [element('contributorName', said)], { contributorType: 'ContactPerson' }) : ''
      }),
    ),
    around(
      'dates',
      dated.map(([dateType, date]) => element('date', date, { dateType })),
    ),
    element('language', language),
    around('alternateIdentifiers', [
      element('alternateIdentifier', addressesOf(catalogue.base).dataset(record.id), { alternateIdentifierType: 'URL' }),
      ...record.identifiers.map(each => element('alternateIdentifier', each, { alternateIdentifierType: 'Local' })),
    ]),
    around(
      'relatedIdentifiers',
      record.partOf.map(iri => element('relatedIdentifier', iri, { relatedIdentifierType: 'URL', relationType: 'IsPartOf' })),
    ),
    around(
      'sizes',
      files.flatMap(({ bytes }) => (bytes === undefined ? [] : element('size', `${bytes} bytes`))),
    ),
    around(
      'formats',
      [...new Set(files.flatMap(({ mediaType }) => mediaType ?? []))].map(each => element('format', each)),
    ),
    element('version', record.version),
    around(
      'rightsList',
      record.licences.map(licence => element('rights', label(licence), { rightsURI: licence.iri || undefined })),
    ),
    around(
      'descriptions',
      Object.entries(record.description).map(([tag, text]) =>
        element('description', text, { descriptionType: 'Abstract', 'xml:lang': tag === 'und' ? undefined : tag }),
      ),
    ),
    around(
      'geoLocations',
      record.places.map(({ labels, box, iri }) =>
        around('geoLocation', [
          Object.keys(labels).length > 0 ? element('geoLocationPlace', label({ labels, iri })) : '',
          box
            ? around('geoLocationBox', [
                element('westBoundLongitude', String(box[0])),
                element('eastBoundLongitude', String(box[2])),
                element('southBoundLatitude', String(box[1])),
                element('northBoundLatitude', String(box[3])),
              ])
            : '',
        ]),
      ),
    ),
  ]
  return `<resource${attributesOf(namespaces)}>${content.join('')}</resource>`
}
