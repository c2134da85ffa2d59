import { addressesOf } from '../../config/addresses.ts'
import { choose } from '../../words/choose.ts'
import { apa } from '../citation.ts'
import type { PlainFile, PlainRecord } from '../plain.ts'
import type { Publication } from '../publication.ts'
import type { Profile } from './profile.ts'
import { filled, schemaOrg } from './schema-org.ts'

const specification = 'http://mlcommons.org/croissant/1.0'

/** Croissant 1.0 (MLCommons), which tools for machine learning read: schema.org, with the files as objects. The columns of files are not known here. */
export const croissant: Profile = { name: 'croissant', iri: specification, json: croissantOf }

const context = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  sc: 'https://schema.org/',
  cr: 'http://mlcommons.org/croissant/',
  dct: 'http://purl.org/dc/terms/',
  citeAs: 'cr:citeAs',
  conformsTo: 'dct:conformsTo',
}

function croissantOf(record: PlainRecord, publication: Publication): Record<string, unknown> {
  const { catalogue } = publication
  const [language = 'en'] = catalogue.languages
  const said = schemaOrg(record, publication, language)
  const url = addressesOf(catalogue.base).dataset(record.id)
  return filled({
    ...said,
    '@context': { ...context, '@language': language },
    '@type': 'sc:Dataset',
    conformsTo: specification,
    // Others may call it what they like; tools take this for a name in code too.
    citeAs: apa(record, url, catalogue.languages),
    version: said['version'] ?? record.modified ?? record.issued,
    datePublished: record.issued ?? record.recordIssued.slice(0, 10),
    distribution: record.files.flatMap(file => objectsOf(file, catalogue.languages)),
  })
}

/** A file by each of its addresses: those that lead to the file itself, where there are some. */
function objectsOf({ iri, title, description, download, access, format, mediaType, bytes, checksum }: PlainFile, languages: string[]) {
  const addresses = download.length > 0 ? download : access
  const said = (texts: Record<string, string>) => choose(texts, languages)?.text
  return addresses.map((contentUrl, at) =>
    filled({
      '@type': 'cr:FileObject',
      '@id': at === 0 ? iri : `${iri}#${at + 1}`,
      name: said(title) ?? contentUrl.slice(contentUrl.lastIndexOf('/') + 1),
      description: said(description),
      contentUrl,
      encodingFormat: mediaType ?? (format && said(format.labels)),
      contentSize: bytes === undefined ? undefined : `${bytes} B`,
      sha256: checksum?.algorithm === 'sha256' ? checksum.value : undefined,
      md5: checksum?.algorithm === 'md5' ? checksum.value : undefined,
    }),
  )
}
