import { addressesOf } from '../../config/addresses.ts'
import { languageTagOf } from '../plain-record.ts'
import type { Named, PlainRecord, Texts } from '../plain.ts'
import { intervalOf } from '../profiles/schema-org.ts'
import type { Publication } from '../publication.ts'
import { attributesOf, element, inLanguages } from '../xml.ts'

const namespaces = {
  'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': 'http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd',
}

/** A record in the fifteen elements of Dublin Core (OAI-PMH 2.0, 3.4): what every repository has. */
export function dublinCore(record: PlainRecord, { catalogue, vocabulary }: Publication): string {
  const { publisher, files } = record
  const labels = (name: string, named: Named[]) => named.map(each => textsOr(name, each.labels, each.iri)).join('')
  const values = (name: string, all: Iterable<string>) => [...new Set(all)].map(each => element(name, each)).join('')
  const content = [
    textsOr('dc:title', record.title, record.id),
    labels('dc:creator', record.creators),
    record.keywords.map(({ text, language }) => inLanguages('dc:subject', { [language]: text })).join(''),
    labels('dc:subject', record.themes),
    inLanguages('dc:description', record.description),
    publisher ? labels('dc:publisher', [publisher]) : '',
    values('dc:date', [record.modified ?? record.issued ?? ''].filter(Boolean)),
    element('dc:type', record.kind === 'service' ? 'Service' : record.kind === 'series' ? 'Collection' : 'Dataset'),
    values(
      'dc:format',
      files.flatMap(({ mediaType, format }) => mediaType ?? format?.concept?.notation ?? []),
    ),
    values('dc:identifier', [record.iri, addressesOf(catalogue.base).dataset(record.id), ...record.identifiers]),
    values(
      'dc:language',
      record.languages.flatMap(each => languageTagOf(each, vocabulary) ?? []),
    ),
    values('dc:relation', [...record.landingPages, ...record.partOf, ...files.flatMap(({ access, download }) => [...download, ...access])]),
    labels(
      'dc:coverage',
      record.places.filter(place => Object.keys(place.labels).length > 0),
    ),
    values('dc:coverage', record.periods.map(intervalOf)),
    values(
      'dc:rights',
      record.licences.map(({ iri }) => iri),
    ),
  ]
  return `<oai_dc:dc${attributesOf(namespaces)}>${content.join('')}</oai_dc:dc>`
}

const textsOr = (name: string, texts: Texts, otherwise: string) => inLanguages(name, texts) || element(name, otherwise)
