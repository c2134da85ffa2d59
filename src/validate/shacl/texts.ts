import { isLiteral, type Term } from '../../rdf/terms.ts'
import type { Failure } from './result.ts'

/**
 * The regular expression of sh:pattern and sh:flags (SHACL, section 4.4.3), which are those of SPARQL's REGEX and so of XPath (XPath functions 3.1, section
 * 5.6). Throws where it is none, or one that JavaScript would read otherwise.
 */
export function regex(pattern: string, flags = ''): RegExp {
  const strange = /[^smixq]/.exec(flags)
  if (strange) throw new Error(`"${strange[0]}" is no flag; there are s, m, i, x and q`)
  const kept = [...new Set(flags)].filter(flag => 'smi'.includes(flag)).join('')
  if (flags.includes('q')) return new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), kept)
  const source = flags.includes('x') ? withoutSpace(pattern) : pattern
  const unknown = /(?:^|[^\\])(?:\\\\)*(\\[iIcC]|\\[pP]\{Is)/.exec(source) ?? /\[(?:\\[\s\S]|[^[\]\\])*(-\[)/.exec(source)
  if (unknown) throw new Error(`"${unknown[1]}" is known to XPath and not here`)
  try {
    return new RegExp(source, `u${kept}`)
  } catch {
    // A backslash before a character that needs none is an error in the strict reading alone.
    return new RegExp(source, kept)
  }
}

/** Spaces outside of character classes are there for the reader. */
const withoutSpace = (pattern: string) => pattern.replace(/(\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\])|\s+/g, '$1')

/** As SPARQL counts (STRLEN): characters, not the halves of those that JavaScript makes two of. */
export const lengthOf = (text: string) => (/[\uD800-\uDBFF]/.test(text) ? [...text].length : text.length)

/** SPARQL's langMatches (RFC 4647, section 3.3.1): the same tag, or one that begins with it and a hyphen. */
export function languageMatches(tag: string, range: string): boolean {
  if (range === '*') return tag !== ''
  const start = tag.slice(0, range.length).toLowerCase()
  return start !== '' && start === range.toLowerCase() && (tag.length === range.length || tag[range.length] === '-')
}

/** One result for each language that several values are in (section 4.4.5). */
export function repeatedLanguages(values: readonly Term[]): readonly Failure[] {
  if (values.length < 2) return []
  const tags = values.flatMap(value => (isLiteral(value) && value.language ? [value.language.toLowerCase()] : []))
  const [once, twice] = [new Set<string>(), new Set<string>()]
  for (const tag of tags) (once.has(tag) ? twice : once).add(tag)
  return [...twice].map(() => ({}))
}
