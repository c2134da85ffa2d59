import { addressesOf, paths } from '../config/addresses.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { shownAt } from '../ledger/records/shown.ts'
import { choose } from '../words/choose.ts'
import type { Outlet } from './outlet.ts'
import { languageTagOf, periodTextOf, plainRecord } from './plain-record.ts'
import type { Named, PlainFile, PlainRecord, Texts } from './plain.ts'
import { filled, intervalOf } from './profiles/schema-org.ts'
import type { Publication } from './publication.ts'

const schema = 'https://project-open-data.cio.gov/v1.1/schema'

/**
 * All datasets in one file, as DCAT-US 1.1 has them (project-open-data.cio.gov/v1.1/schema): texts in the first language of the catalogue that they have.
 * Services have no place in that schema.
 */
export const dataJson: Outlet<number> = {
  path: paths.dataJson,
  about: 'The whole catalogue as data.json (DCAT-US 1.1).',
  forms: [{ mediaType: 'application/json', extension: 'json' }],
  find: ({ ledger }) => currentRevision(ledger),
  revision: revision => revision,
  write: (publication, revision) => pieces(publication, revision),
}

function* pieces(publication: Publication, revision: number): Generator<string> {
  const { ledger, vocabulary, catalogue } = publication
  const head = {
    '@context': `${schema}/catalog.jsonld`,
    '@id': addressesOf(catalogue.base).catalogue,
    '@type': 'dcat:Catalog',
    conformsTo: schema,
    describedBy: `${schema}/catalog.json`,
  }
  yield `${JSON.stringify(head, null, 1).slice(0, -2)},\n "dataset": [`
  let separator = '\n'
  for (const shown of shownAt(ledger, revision)) {
    const record = plainRecord(shown, vocabulary)
    if (record.kind === 'service') continue
    yield separator + JSON.stringify(datasetOf(record, publication))
    separator = ',\n'
  }
  yield '\n ]\n}\n'
}

/** One dataset; what the schema requires and nobody has said is told by what comes closest, and an address of a contact that there is not is left out. */
function datasetOf(record: PlainRecord, { catalogue, vocabulary }: Publication): Record<string, unknown> {
  const said = (texts: Texts) => choose(texts, catalogue.languages)?.text
  const label = (named: Named) => said(named.labels) ?? named.iri
  const title = said(record.title) ?? record.id
  const keywords = [...new Set(record.keywords.map(({ text }) => text))]
  const themes = record.themes.map(label)
  const [contact] = record.contacts
  const publisher = record.publisher ? label(record.publisher) : (said(catalogue.title) ?? catalogue.publisher)
  const every = record.frequency && periodTextOf(record.frequency, vocabulary)
  const [place] = record.places
  return {
    ...filled({
      '@type': 'dcat:Dataset',
      identifier: record.iri,
      title,
      description: said(record.description) ?? title,
      modified: record.modified ?? record.issued ?? record.recordModified,
      publisher: filled({ '@type': 'org:Organization', name: publisher }),
      contactPoint: filled({
        '@type': 'vcard:Contact',
        fn: (contact && said(contact.name)) ?? publisher,
        hasEmail: contact?.email && `mailto:${contact.email}`,
      }),
      accessLevel: accessLevelOf(record.accessRights),
      rights: record.accessRights && label(record.accessRights).slice(0, 255),
      license: record.licences[0]?.iri,
      spatial: place && (Object.keys(place.labels).length > 0 ? label(place) : (place.box?.join(',') ?? place.iri)),
      // The schema knows no open end.
      temporal: record.periods.filter(({ start, end }) => start && end).map(intervalOf)[0],
      accrualPeriodicity: every ? `R/${every}` : record.frequency && 'irregular',
      issued: record.issued,
      // Of what has no file either, our own page is where people land.
      landingPage: record.landingPages[0] ?? (record.files.length === 0 ? addressesOf(catalogue.base).dataset(record.id) : undefined),
      conformsTo: record.conformsTo.find(({ iri }) => /^https?:/.test(iri))?.iri,
      isPartOf: record.partOf[0],
    }),
    // Lists stay lists, however short they are.
    keyword: keywords.length > 0 ? keywords : themes.length > 0 ? themes : [title],
    ...listed('theme', themes),
    ...listed(
      'language',
      record.languages.flatMap(each => languageTagOf(each, vocabulary) ?? []),
    ),
    ...listed('references', record.documentation),
    ...listed(
      'distribution',
      record.files.map(file => fileOf(file, said, label)),
    ),
  }
}

const listed = (name: string, values: unknown[]) => (values.length > 0 ? { [name]: values } : {})

function fileOf(
  { title, description, access, download, mediaType, format, conformsTo }: PlainFile,
  said: (texts: Texts) => string | undefined,
  label: (named: Named) => string,
) {
  const [file] = download
  return filled({
    '@type': 'dcat:Distribution',
    title: said(title),
    description: said(description),
    downloadURL: file,
    // The schema asks for the media type of whatever can be downloaded.
    mediaType: mediaType ?? (file === undefined ? undefined : 'application/octet-stream'),
    accessURL: access.find(each => each !== file) ?? (file === undefined ? access[0] : undefined),
    format: format && label(format),
    conformsTo: conformsTo.find(({ iri }) => /^https?:/.test(iri))?.iri,
  })
}

/** The European access rights as the three levels of the schema. */
function accessLevelOf(rights: Named | undefined): string {
  const slug = rights?.concept?.slug ?? ''
  return /^(NON_PUBLIC|CONFIDENTIAL)$/.test(slug) ? 'non-public' : /^(RESTRICTED|SENSITIVE)$/.test(slug) ? 'restricted public' : 'public'
}
