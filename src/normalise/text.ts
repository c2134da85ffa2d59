import { add, value } from '../rdf/graph.ts'
import { dcat, dct, fihrist, foaf, rdf, rdfs, skos, vcard, xsd } from '../rdf/namespaces.ts'
import { isLiteral, literal, namedNode, type Literal } from '../rdf/terms.ts'
import { remembering } from '../remembering.ts'
import { euLists } from '../vocabulary/lists.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { mendEncoding } from './encoding.ts'
import { plain } from './html.ts'
import { isMistagged, languageIn, languageOf } from './language.ts'

/** Properties whose values people read. */
const readable = [dct.title, dct.description, dcat.keyword, dct.alternative, foaf.name]

/** Properties whose text becomes the name of a node. */
const naming = [vcard.fn, rdfs.label, skos.prefLabel, dct.publisher, dct.creator, dct.spatial, dcat.contactPoint]

/** A text as its writer meant it to be encoded, and of that what is left without HTML; nothing where it says nothing. */
export const cleaned = remembering(text => {
  const decoded = mendEncoding(text)
  return { decoded, clean: plain(decoded) }
})

/** Mends texts that were decoded wrongly, reduces HTML to text, trims texts, and drops empty ones, whatever they were to say. */
export function cleanText(draft: Draft): void {
  for (const quad of draft.graph) {
    if (!isLiteral(quad.object) || quad.object.value.trim()) continue
    draft.graph.remove(quad)
    repair(draft, 'empty-text', quad, quad.object, '')
  }
  for (const quad of statements(draft, ...readable, ...naming)) {
    if (!isLiteral(quad.object)) continue
    const { value: before, language } = quad.object
    const { decoded, clean } = cleaned(before)
    if (clean === before) continue
    draft.graph.remove(quad)
    if (clean) add(draft.graph, quad.subject, quad.predicate, literal(clean, language || undefined))
    if (decoded !== before) repair(draft, 'encoding-mended', quad, before, decoded)
    if (clean !== decoded) repair(draft, !clean ? 'empty-text' : clean === decoded.trim() ? 'trimmed' : 'html-to-text', quad, decoded, clean)
  }
}

/**
 * Gives every readable text a language tag in its short form: `fr-FR`, `fre` and `FR` are `fr`. Text without a tag gets the language it is found to be in, or
 * that of its record where it states one, or of its source; and a tag that the letters belie is put right. Both are listed as inferred.
 */
export function tagLanguages(draft: Draft): void {
  const of = languagesOf(draft)
  for (const quad of statements(draft, ...readable)) {
    if (!isLiteral(quad.object)) continue
    const { value: text, language, datatype } = quad.object
    if (!language && !datatype.equals(xsd.string) && !datatype.equals(rdf.langString) && !datatype.equals(rdf.HTML)) continue
    const { stated, next } = tagOf(draft, quad.object, of)
    if (next === language) continue
    swap(draft, quad, literal(text, next))
    if (!language)
      repair(draft, next === of.record ? 'language-of-record' : next === of.source ? 'language-assumed' : 'language-inferred', quad, text, `@${next}`)
    else repair(draft, next === stated ? 'language-tag' : 'language-corrected', quad, next === stated ? `@${language}` : `${text}@${language}`, `@${next}`)
  }
}

/** The languages that text without a tag may be in: the one that the record says it is in, that of its source, and those of the catalogue. */
interface Languages {
  record?: string
  source: string
  all?: string[]
}

function languagesOf({ graph, dataset, vocabulary, defaults: { language, languages } }: Draft): Languages {
  const [stated, ...more] = graph.objects(dataset, dct.language)
  const tag = stated && more.length === 0 ? value(vocabulary.graph, stated, fihrist.languageTag)?.value : undefined
  return { source: language, ...(languages && { all: languages }), ...(tag && { record: tag }) }
}

/** The tag that a text has in its short form, and the one it should have. */
function tagOf(draft: Draft, { value: text, language }: Literal, { record, source, all }: Languages): { stated: string; next: string } {
  const stated = language && shortTag(draft, language)
  const found = () => (record === undefined ? languageOf(text, source, all) : languageIn(text, record, source, all))
  return { stated, next: stated && !isMistagged(text, stated) ? stated : found() }
}

/** A text as the name of a node that is made of it. */
export const named = (draft: Draft, text: Literal): Literal => literal(text.value, tagOf(draft, text, languagesOf(draft)).next)

/**
 * `fr-FR` → `fr`, `fre` → `fr`: the language in its shortest form, without the region. What stands behind a singleton, such as what a text was translated from
 * (`ro-t-en-t0-mtec`), is of an extension, and stays (BCP 47, 2.2.6).
 */
function shortTag(draft: Draft, tag: string): string {
  if (/^[a-z]{2}$/.test(tag)) return tag
  const [first = '', ...rest] = tag.toLowerCase().replaceAll('_', '-').split('-')
  if (first.length === 1) return tag.toLowerCase()
  const concept = first.length === 3 ? draft.vocabulary.match(euLists.language, first) : undefined
  // A list may know a language by one that is wider: only a code of two letters is the same language written shorter.
  const known = concept && value(draft.vocabulary.graph, namedNode(concept.iri), fihrist.languageTag)?.value
  const short = known?.length === 2 ? known : first
  const singleton = rest.findIndex(part => part.length === 1)
  const extension = singleton === -1 ? [] : rest.slice(singleton)
  return [short, ...rest.slice(0, rest.length - extension.length).filter(part => part.length !== 2), ...extension].join('-')
}

/** The language of a text by its script, else the one given. */
export const guess = (text: string, fallback: string) => languageOf(text, fallback)
