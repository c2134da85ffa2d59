import { z } from 'zod'
import { languageTagOf } from '../../../outlets/plain-record.ts'
import type { Named, Texts } from '../../../outlets/plain.ts'
import { intervalOf } from '../../../outlets/profiles/schema-org.ts'
import { rating } from '../../../validate/quality/points.ts'
import { choose } from '../../../words/choose.ts'
import type { Site } from '../../site/site.ts'
import { described, language } from '../asked.ts'
import { labelOf, readingIn, short } from '../told.ts'
import { tool } from '../tool.ts'

/** All that matters of one dataset. */
export const getDataset = tool({
  name: 'get_dataset',
  title: 'Get a dataset',
  about: 'All that matters of one dataset: description, publisher, licence, dates, place, and its files with their addresses.',
  input: z.object({ id: z.string().min(1).max(2000).describe('Its id, the address of its page, or its IRI.'), answer_language: language }),
  answer: (site, { id, answer_language: wished }) => dataset(site, id, readingIn(site, wished)),
})

function dataset(site: Site, name: string, reading: string[]): object {
  const { vocabulary } = site.publication
  const { record, shown, plain } = described(site, name)
  const said = (texts: Texts) => choose(texts, reading)?.text
  const label = ({ labels, iri }: Named) => said(labels) ?? iri
  const files = plain.files.slice(0, 50)
  return {
    id: shown.id,
    title: said(plain.title) ?? shown.id,
    address: site.addresses.dataset(shown.id),
    iri: plain.iri,
    kind: plain.kind,
    description: short(said(plain.description) ?? '', 2000),
    publisher: plain.publisher && label(plain.publisher),
    contact: plain.contacts.map(({ name: called, email, url }) => ({ name: said(called), email, url }))[0],
    themes: plain.themes.map(label),
    keywords: plain.keywords.slice(0, 30).map(({ text }) => text),
    licences: plain.licences.map(licence => ({ name: label(licence), iri: licence.iri })),
    issued: plain.issued,
    modified: plain.modified ?? plain.recordModified,
    frequency: plain.frequency && label(plain.frequency),
    accessRights: plain.accessRights && label(plain.accessRights),
    places: plain.places.filter(({ labels }) => Object.keys(labels).length > 0).map(label),
    periods: plain.periods.map(intervalOf),
    languages: plain.languages.map(each => languageTagOf(each, vocabulary) ?? label(each)),
    landingPage: plain.landingPages[0],
    source: labelOf(site, 'source', shown.source, reading),
    quality: { score: record.score, most: 405, rating: rating(record.score) },
    endpoints: plain.endpoints,
    files: files.map(({ title, format, mediaType, bytes, download, access, licence }, at) => ({
      number: at + 1,
      title: said(title),
      format: format ? label(format) : mediaType,
      bytes,
      address: download[0] ?? access[0],
      licence: licence && label(licence),
    })),
    ...(plain.files.length > files.length && { moreFiles: plain.files.length - files.length }),
  }
}
