import { dcat, dct, fihrist, foaf, isLiteral, literal, namedNode, rdf, value, vcard, xsd, type Quad } from '../rdf/terms.ts'
import { euLists } from '../vocabulary/lists.ts'
import { repair, statements, swap, type Draft } from './draft.ts'

/** Properties whose values people read. */
const readable = [dct.title, dct.description, dcat.keyword, dct.alternative, foaf.name]

/** Trims texts, drops empty ones, and reduces HTML to text. */
export function cleanText(draft: Draft): void {
  for (const quad of statements(draft, ...readable, vcard.fn)) {
    if (!isLiteral(quad.object)) continue
    const { value: before, language } = quad.object
    const clean = plain(before)
    if (clean === before) continue
    draft.graph.removeQuad(quad as never)
    if (clean) draft.graph.addQuad(quad.subject as never, quad.predicate as never, literal(clean, language || undefined) as never)
    if (!clean || clean !== before.trim()) repair(draft, clean ? 'html-to-text' : 'empty-text', quad.predicate, before, clean)
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', eacute: 'é', egrave: 'è', agrave: 'à', ccedil: 'ç', rsquo: '’', laquo: '«', raquo: '»', hellip: '…', ndash: '–', mdash: '—' }

/** HTML as the text a reader sees; text that holds no tags stays as it is, but for the blanks around it. */
export function plain(text: string): string {
  const looksLikeHtml = /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/i.test(text) || /&[a-z]+;|&#\d+;/i.test(text)
  if (!looksLikeHtml) return text.trim()
  return text
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<br\s*\/?>/gi, '\n').replace(/<\/(p|div|li|ul|ol|h\d|tr)\s*>/gi, '\n').replace(/<li[^<>]*>/gi, '– ')
    .replace(/<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/gi, '')
    .replace(/&#(\d+);/g, (whole, code) => (Number(code) < 0x110000 ? String.fromCodePoint(Number(code)) : whole)).replace(/&([a-z]+);/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole)
    .replace(/[^\S\n]+/g, ' ').replace(/ ?\n ?/g, '\n').replace(/\n{3,}/g, '\n\n').trim()
}

/** Gives every readable text a language tag in its short form: `fr-FR`, `fre` and `FR` are `fr`; text without one is in the language of the source, or Arabic by its script. */
export function tagLanguages(draft: Draft): void {
  for (const quad of statements(draft, ...readable)) {
    if (!isLiteral(quad.object)) continue
    const { language, datatype } = quad.object
    if (!language && !datatype.equals(xsd.string) && !datatype.equals(rdf.langString) && !datatype.equals(rdf.HTML)) continue
    const tag = language ? shortTag(draft, language) : guess(quad.object.value, draft.defaults.language)
    if (tag === language) continue
    retag(draft, quad, tag)
    repair(draft, language ? 'language-tag' : 'language-assumed', quad.predicate, language ? `@${language}` : quad.object.value, `@${tag}`)
  }
}

function retag(draft: Draft, quad: Quad, tag: string): void {
  swap(draft, quad, literal(quad.object.value, tag))
}

function shortTag(draft: Draft, tag: string): string {
  const [first = '', ...rest] = tag.toLowerCase().replaceAll('_', '-').split('-')
  const concept = first.length === 3 ? draft.vocabulary.match(euLists.language, first) : undefined
  const short = (concept && value(draft.vocabulary.graph, namedNode(concept.iri), fihrist.languageTag)?.value) ?? first
  return [short, ...rest.filter(part => part.length !== 2)].join('-')
}

/** The language of a text without a tag: Arabic by its script, else the one given. */
export const guess = (text: string, fallback: string) => ((text.match(/\p{Script=Arabic}/gu)?.length ?? 0) > text.length / 3 ? 'ar' : fallback)
