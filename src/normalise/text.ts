import { decodeHTML } from 'entities'
import { add, value } from '../rdf/graph.ts'
import { dcat, dct, fihrist, foaf, rdf, rdfs, skos, vcard, xsd } from '../rdf/namespaces.ts'
import { isLiteral, literal, namedNode, type Literal } from '../rdf/terms.ts'
import { remembering } from '../remembering.ts'
import { euLists } from '../vocabulary/lists.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { mendEncoding } from './encoding.ts'
import { isMistagged, languageOf } from './language.ts'

/** Properties whose values people read. */
const readable = [dct.title, dct.description, dcat.keyword, dct.alternative, foaf.name]

/** Properties whose text becomes the name of a node. */
const naming = [vcard.fn, rdfs.label, skos.prefLabel, dct.publisher, dct.creator, dct.spatial, dcat.contactPoint]

const cleaned = remembering(text => {
  const decoded = mendEncoding(text)
  return { decoded, clean: plain(decoded) }
})

/** Mends texts that were decoded wrongly, reduces HTML to text, trims texts, and drops empty ones. */
export function cleanText(draft: Draft): void {
  for (const quad of statements(draft, ...readable, ...naming)) {
    if (!isLiteral(quad.object)) continue
    const { value: before, language } = quad.object
    const { decoded, clean } = cleaned(before)
    if (clean === before && clean) continue
    draft.graph.remove(quad)
    if (clean) add(draft.graph, quad.subject, quad.predicate, literal(clean, language || undefined))
    if (decoded !== before) repair(draft, 'encoding-mended', quad, before, decoded)
    if (clean !== decoded || !clean) repair(draft, !clean ? 'empty-text' : clean === decoded.trim() ? 'trimmed' : 'html-to-text', quad, decoded, clean)
  }
}

const tag = /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/i

/** HTML as the text a reader sees, however often it was escaped; text that holds none stays as it is, but for the blanks around it. */
export function plain(text: string): string {
  let seen = text.trim()
  for (let before = ''; before !== seen;) {
    before = seen
    seen = once(seen)
  }
  return seen
}

function once(text: string): string {
  if (!tag.test(text) && !/<!--|&(?:[a-z]+\d*|#\d+|#x[\da-f]+);/i.test(text)) return text
  return decodeEntities(
    text
      .replace(/<!--[\s\S]*?-->/g, ' ')
      .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
      .replace(/<br\s*\/?>/gi, '\n')
      .replace(/<\/(p|div|li|ul|ol|h\d|tr|table|blockquote)\s*>/gi, '\n')
      .replace(/<li[^<>]*>/gi, '– ')
      .replace(/<\/t[dh]\s*>/gi, ' ')
      .replace(/<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/gi, ''),
  )
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** Entities with their semicolon only: `R&copy` is a name, not a sign. */
const decodeEntities = (text: string) => text.replace(/&(?:[a-z]+\d*|#\d{1,7}|#x[\da-f]{1,6});/gi, entity => decodeHTML(entity))

/**
 * Gives every readable text a language tag in its short form: `fr-FR`, `fre` and `FR` are `fr`. Text without a tag gets the language it is
 * found to be in, or that of its source, and a tag that the letters belie is put right; both are listed as inferred.
 */
export function tagLanguages(draft: Draft): void {
  const { language: usual } = draft.defaults
  for (const quad of statements(draft, ...readable)) {
    if (!isLiteral(quad.object)) continue
    const { value: text, language, datatype } = quad.object
    if (!language && !datatype.equals(xsd.string) && !datatype.equals(rdf.langString) && !datatype.equals(rdf.HTML)) continue
    const { stated, next } = tagOf(draft, quad.object)
    if (next === language) continue
    swap(draft, quad, literal(text, next))
    if (!language) repair(draft, next === usual ? 'language-assumed' : 'language-inferred', quad, text, `@${next}`)
    else repair(draft, next === stated ? 'language-tag' : 'language-corrected', quad, next === stated ? `@${language}` : `${text}@${language}`, `@${next}`)
  }
}

/** The tag that a text has in its short form, and the one it should have. */
function tagOf(draft: Draft, { value: text, language }: Literal): { stated: string; next: string } {
  const { language: usual, languages } = draft.defaults
  const stated = language && shortTag(draft, language)
  return { stated, next: stated && !isMistagged(text, stated) ? stated : languageOf(text, usual, languages) }
}

/** A text as the name of a node that is made of it. */
export const named = (draft: Draft, text: Literal): Literal => literal(text.value, tagOf(draft, text).next)

function shortTag(draft: Draft, tag: string): string {
  if (/^[a-z]{2}$/.test(tag)) return tag
  const [first = '', ...rest] = tag.toLowerCase().replaceAll('_', '-').split('-')
  const concept = first.length === 3 ? draft.vocabulary.match(euLists.language, first) : undefined
  // A list may know a language by one that is wider: only a code of two letters is the same language written shorter.
  const known = concept && value(draft.vocabulary.graph, namedNode(concept.iri), fihrist.languageTag)?.value
  const short = known?.length === 2 ? known : first
  return [short, ...rest.filter(part => part.length !== 2)].join('-')
}

/** The language of a text by its script, else the one given. */
export const guess = (text: string, fallback: string) => languageOf(text, fallback)
