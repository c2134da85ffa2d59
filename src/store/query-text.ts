/** IRIs, strings and comments. What does not end goes on to the end of the line, or of the text. */
const quoted = /<[^<>"{}|^`\\\s]*>|"""(?:[^\\]|\\[^])*?(?:"""|$)|'''(?:[^\\]|\\[^])*?(?:'''|$)|"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|#[^\n\r]*/g

/** A query without what stands in its IRIs, strings and comments. */
export const withoutQuotes = (text: string): string => text.replace(quoted, token => (token.startsWith('#') ? '' : token.startsWith('<') ? '<>' : '""'))

/** What queries have in common that differ in their IRIs, strings, comments and numbers, and in how they are laid out. */
export const withoutValues = (text: string): string => withoutQuotes(text).replace(/\d/g, '0').replace(/\s+/g, ' ').trim()

/** The same text, with blanks in the place of what stands in its IRIs, strings and comments. */
const blanked = (text: string): string => text.replace(quoted, token => ' '.repeat(token.length))

/** The first name of a text that has one of these prefixes, and where it stands. */
export function firstWithPrefix(text: string, sought: Set<string>): { prefix: string; at: number } | undefined {
  for (const { 1: prefix, index: at } of blanked(text).matchAll(/(?<![\p{L}\p{N}_:.?$@-])([\p{L}\p{N}_.-]*):/gu))
    if (sought.has(prefix!)) return { prefix: prefix!, at }
  return undefined
}

/**
 * The query with a LIMIT of at most so many rows, and itself where it has a lower one. What stands after its last group is all that is looked at
 * (SPARQL 1.1, section 19.8, SolutionModifier and ValuesClause).
 */
export function limitRows(text: string, rows: number): string {
  const blank = blanked(text)
  // A group of VALUES may be the last of a query: what it follows is what is looked at.
  const inline = /(?<![\w?$:@])values\s*(?:[?$]\w+|\([^(){}]*\))\s*\{[^{}]*\}\s*$/i.exec(blank)
  const end = inline && depthAt(blank, inline.index) === 0 ? inline.index : blank.length
  const from = blank.lastIndexOf('}', end - 1) + 1
  const limit = /(?<![\w?$:@])limit\s+(\d+)/i.exec(blank.slice(from, end))
  if (!limit) return `${text.slice(0, end)}\nLIMIT ${rows}\n${text.slice(end)}`
  const at = from + limit.index + limit[0].length
  return Number(limit[1]) <= rows ? text : `${text.slice(0, at - limit[1]!.length)}${rows}${text.slice(at)}`
}

function depthAt(blank: string, end: number): number {
  let depth = 0
  for (const [brace] of blank.slice(0, end).matchAll(/[{}]/g)) depth += brace === '{' ? 1 : -1
  return depth
}

/** A word that is no part of a variable, of a name with a prefix, or of a language tag. */
const word = (words: string) => new RegExp(`(?<![\\w?$:@])(${words})(?![\\w:-])`, 'i')
const verb = word('select|ask|construct|describe|insert|delete|load|clear|create|drop|copy|move|add|with')
const from = word('from')
const service = word('service')

/** What can be seen of a query that is not SPARQL 1.1: its first word after the prologue, and whether it chooses its own dataset. */
export function glance(text: string): { verb: string | undefined; from: boolean } {
  const bare = withoutQuotes(text)
  return { verb: verb.exec(bare)?.[1]?.toLowerCase(), from: from.test(bare) }
}

/** Whether the word SERVICE stands anywhere, be it in a string or a comment. */
export const saysService = (text: string): boolean => service.test(text)

const escapes = /\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})/g
const asciiEscape = /\\u00[0-7]|\\U000000[0-7]/

/**
 * The ways in which servers read a text: SPARQL 1.1 puts characters in the place of their numbers before it reads anything (section 19.2), SPARQL 1.2
 * and Oxigraph within strings and IRIs alone. Only for characters that mean something to the grammar that is not the same.
 */
export function readingsOf(text: string): string[] {
  // A comment ends at a carriage return too; the parser knows line feeds alone.
  const lines = text.replace(/\r\n?/g, '\n')
  if (!asciiEscape.test(lines)) return [lines]
  const characterOf = (all: string, four?: string, eight?: string) => {
    const code = Number.parseInt(four ?? eight!, 16)
    return code > 0x10ffff ? all : String.fromCodePoint(code)
  }
  return [lines.replace(escapes, characterOf), lines.replace(escapes, all => '_'.repeat(all.length))]
}
