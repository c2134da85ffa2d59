import type { Cut } from './written.ts'

// What any server writes as the result of a SELECT, and as N-Triples, can be cut after a row without a parser of the whole: however it is laid out.

/** What is looked at in each format; a row ends with what `isEnd` finds, at a depth of brackets where the format has them. */
const layouts: Record<string, { token: RegExp; isEnd(token: string, depth: number): boolean; end(text: string): string; head: number }> = {
  'application/sparql-results+json': { token: /"(?:[^"\\]|\\.)*"|[[\]{}]/g, isEnd: (token, depth) => token === '}' && depth === 4, end: () => ']}}', head: 0 },
  'application/sparql-results+xml': {
    token: /<\/(?:\w+:)?result>/g,
    isEnd: () => true,
    end: text => {
      const prefix = /<(\w+:)?sparql[\s>]/.exec(text)?.[1] ?? ''
      return `</${prefix}results></${prefix}sparql>`
    },
    head: 0,
  },
  'text/csv': { token: /"(?:[^"]|"")*"|\n/g, isEnd: token => token === '\n', end: () => '', head: 1 },
  'text/tab-separated-values': { token: /\n/g, isEnd: () => true, end: () => '', head: 1 },
  'application/n-triples': { token: /\n/g, isEnd: () => true, end: () => '', head: 0 },
}

export const canBeCut = (mediaType: string): boolean => mediaType in layouts

/** A result with so many rows at most; where it is the beginning of one alone, with those that are whole in it. */
export function wholeRows(text: string, mediaType: string, most: number, isWhole: boolean): { text: string; cut?: Cut } {
  const layout = layouts[mediaType]
  if (!layout) return { text }
  let [depth, rows, kept] = [0, -layout.head, 0]
  for (const { 0: token, index } of text.matchAll(layout.token)) {
    if (token === '{' || token === '[') depth++
    if (layout.isEnd(token, depth)) {
      // Of a row more than may be, that it is there is all that counts.
      if (rows === most) return { text: text.slice(0, kept) + layout.end(text), cut: 'rows' }
      rows++
      kept = index + token.length
    }
    if (token === '}' || token === ']') depth--
  }
  return isWhole ? { text } : { text: text.slice(0, kept) + layout.end(text), cut: 'bytes' }
}
