/**
 * The regular expression of sh:pattern and sh:flags (SHACL, section 4.4.3), which are those of SPARQL's REGEX and so of XPath (XPath functions 3.1, section 5.6).
 * Throws where it is none, or one that JavaScript would read otherwise.
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
