/** A piece of two texts: what both have, or one alone. */
export interface Piece {
  text: string
  kind: 'same' | 'gone' | 'come'
}

/** What became of a text: the words that it begins and ends with as before stay, what is between them went or came. */
export function wordChanges(before: string, after: string): { before: Piece[]; after: Piece[] } {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  const shorter = Math.min(old.length, now.length)
  let start = 0
  while (start < shorter && old[start] === now[start]) start++
  let end = 0
  while (end < shorter - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const pieces = (words: string[], kind: Piece['kind']): Piece[] =>
    [
      { text: words.slice(0, start).join(''), kind: 'same' as const },
      { text: words.slice(start, words.length - end).join(''), kind },
      { text: end > 0 ? words.slice(-end).join('') : '', kind: 'same' as const },
    ].filter(({ text }) => text !== '')
  return { before: pieces(old, 'gone'), after: pieces(now, 'come') }
}

/** Words, and the spaces between them. */
const wordsOf = (text: string): string[] => text.match(/\s+|\S+/g) ?? []
