import { tellingWords, type Subjects } from '../../vocabulary/subjects.ts'
import type { Group } from './question.ts'
import { stemWords } from './words.ts'

/** A piece of a text, and whether the search found it there. */
export interface Marked {
  text: string
  found: boolean
}

/** A text in pieces, those found that are the words of a search, of one stem with them, or mean the same. */
export function marked(text: string, language: string, groups: Pick<Group, 'words' | 'subjects'>[], subjects: Subjects | undefined): Marked[] {
  const asked = new Set(groups.flatMap(({ words }) => words))
  const meant = new Set(groups.flatMap(group => group.subjects))
  const pieces = text.split(/([\p{L}\p{M}\p{N}'’]+)/u)
  const telling = pieces.flatMap((piece, at) => (at % 2 === 1 ? tellingWords(piece).map(word => ({ word, at })) : []))
  const found = new Set(telling.filter(({ word }) => asked.has(word) || stemWords(word).some(stem => asked.has(stem))).map(({ at }) => at))
  if (meant.size > 0 && subjects)
    for (const { at, length, slugs } of subjects.in(
      telling.map(({ word }) => word),
      language,
    ))
      if (slugs.flatMap(subjects.withWider).some(slug => meant.has(slug))) for (const word of telling.slice(at, at + length)) found.add(word.at)
  return pieces.map((piece, at) => ({ text: piece, found: found.has(at) })).filter(({ text: piece }) => piece !== '')
}

/** Some letters of a text around the first that was found. */
export function excerpt(pieces: Marked[], most: number): Marked[] {
  const first = pieces.findIndex(({ found }) => found)
  const before = pieces.slice(0, Math.max(first, 0)).reduce((sum, { text }) => sum + text.length, 0)
  let skip = before > most * 0.7 ? before - Math.round(most * 0.3) : 0
  const kept: Marked[] = skip > 0 ? [{ text: '… ', found: false }] : []
  let left = most
  for (const { text, found } of pieces) {
    if (left <= 0) break
    // Words stay whole: a piece is skipped or kept.
    if (skip > 0) skip -= text.length
    else {
      kept.push({ text: text.slice(0, left), found })
      left -= text.length
    }
  }
  return left < 0 ? [...kept, { text: '…', found: false }] : kept
}
