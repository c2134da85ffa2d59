import type { Ledger } from '../file/ledger.ts'
import { words } from './words.ts'

/** A word of the index that somebody may have meant by one that it does not have; undefined where none is near. */
export function nearWord(ledger: Ledger, word: string): string | undefined {
  const letters = [...word]
  const most = letters.length < 4 ? 0 : letters.length < 6 ? 1 : 2
  if (most === 0 || !/^\p{L}+$/u.test(word)) return undefined
  let best: { term: string; doc: number; distance: number } | undefined
  // Who mistypes a word seldom does so at its first letter.
  const [first] = letters as [string]
  const next = String.fromCodePoint(first.codePointAt(0)! + 1)
  for (const { term, doc } of ledger.each<{ term: string; doc: number }>('SELECT term, doc FROM indexed_word WHERE term >= ? AND term < ?', first, next)) {
    if (Math.abs(term.length - word.length) > most) continue
    const distance = distanceWithin(word, term, most)
    if (distance <= most && (!best || distance < best.distance || (distance === best.distance && doc > best.doc))) best = { term, doc, distance }
  }
  return best?.term
}

/** How many letters must be added, dropped, replaced or swapped to make one word of another; more than `most` is told as that much and one. */
function distanceWithin(one: string, other: string, most: number): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, before[j - 2]! + 1)
      next.push(least)
    }
    if (Math.min(...next) > most) return most + 1
    before = row
    row = next
  }
  return row[other.length]!
}

/** A word of the index as a record writes it, with its accents; without a capital where it is also written so. */
export function spelled(ledger: Ledger, term: string): string {
  const texts = ledger.all<{ title: string; description: string }>(
    'SELECT title, description FROM record WHERE n IN (SELECT rowid FROM search WHERE search MATCH ? LIMIT 10)',
    `"${term}"`,
  )
  const written = texts
    .flatMap(({ title, description }) => [title, description])
    .flatMap(text => Object.values(JSON.parse(text) as Record<string, string>))
    .flatMap(text => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
    .filter(word => words(word) === term)
  return written.find(word => word === word.toLowerCase()) ?? written[0] ?? term
}
