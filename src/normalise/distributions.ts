import { add, value, values } from '../rdf/graph.ts'
import { dcat, dct, rdf } from '../rdf/namespaces.ts'
import { isLiteral, isNamed, namedNode, type Subject } from '../rdf/terms.ts'
import { euLists } from '../vocabulary/lists.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

export const iana = 'https://www.iana.org/assignments/media-types/'

/** Media types as IRIs of the IANA register; portals also write them where the format belongs. */
export function writeMediaTypes(draft: Draft): void {
  for (const quad of statements(draft, dcat.mediaType, dcat.compressFormat, dcat.packageFormat)) {
    const named = /^https?:\/\/(?:www\.)?iana\.org\/assignments\/media-types\/(.+?)\/?$/i.exec(quad.object.value)?.[1]
    const text = (named ?? quad.object.value).split(';')[0]!.trim().toLowerCase()
    const known = /^[a-z]+\/[a-z0-9][a-z0-9.+-]*$/.test(text) ? namedNode(iana + text) : mediaTypeOf(draft, quad.object.value)
    if (!known || known.equals(quad.object)) continue
    swap(draft, quad, known)
    repair(draft, 'media-type', quad, quad.object, known)
  }
}

function mediaTypeOf(draft: Draft, words: string) {
  const fileType = draft.vocabulary.match(euLists.fileType, words)
  return fileType && value(draft.vocabulary.graph, namedNode(fileType.iri), dcat.mediaType)
}

/** What a distribution leaves unsaid though its other properties say it: access URL, format, media type (DCAT-AP 3.0.1, Distribution). */
export function completeDistributions(draft: Draft): void {
  for (const { subject, object } of statements(draft, dcat.distribution)) {
    if (isLiteral(object)) continue
    add(draft.graph, object, rdf.type, dcat.Distribution)
    const download = value(draft.graph, object, dcat.downloadURL)
    if (download && values(draft.graph, object, dcat.accessURL).length === 0) {
      add(draft.graph, object, dcat.accessURL, download)
      repair(draft, 'access-url', { subject: object, predicate: dcat.accessURL }, '', download)
    }
    completeFormat(draft, object)
    completeLicence(draft, subject, object)
  }
}

function completeFormat(draft: Draft, distribution: Subject): void {
  const { graph, vocabulary } = draft
  const mediaType = value(graph, distribution, dcat.mediaType)
  let format = value(graph, distribution, dct.format)
  if (!format) {
    const path = value(graph, distribution, dcat.downloadURL)?.value.split(/[?#]/)[0] ?? ''
    const guess =
      (mediaType && vocabulary.match(euLists.fileType, mediaType.value.replace(iana, ''))) ??
      vocabulary.match(euLists.fileType, /\.([a-z0-9]{2,8})$/i.exec(path)?.[1] ?? '')
    if (!guess) return
    format = namedNode(guess.iri)
    add(graph, distribution, dct.format, format)
    repair(draft, 'format-inferred', { subject: distribution, predicate: dct.format }, mediaType ?? path, format)
  }
  const usual = !mediaType && isNamed(format) ? value(vocabulary.graph, format, dcat.mediaType) : undefined
  if (!usual) return
  add(graph, distribution, dcat.mediaType, usual)
  repair(draft, 'media-type-inferred', { subject: distribution, predicate: dcat.mediaType }, format, usual)
}

/** A licence stated on the dataset holds for its files; one the source states in our configuration holds where the portal states none. */
function completeLicence(draft: Draft, dataset: Subject, distribution: Subject): void {
  if (values(draft.graph, distribution, dct.license).length > 0) return
  const ofDataset = value(draft.graph, dataset, dct.license)
  const licence = ofDataset ?? (draft.defaults.licence ? namedNode(draft.defaults.licence) : undefined)
  if (!licence || isLiteral(licence)) return
  add(draft.graph, distribution, dct.license, licence)
  repair(draft, ofDataset ? 'licence-of-dataset' : 'licence-of-source', { subject: distribution, predicate: dct.license }, '', licence)
}
