import { remembering } from '../remembering.ts'

/** The letters, digits and signs that titles are written with, accents and marks aside: Latin, Arabic, Tifinagh. */
const ranges: [from: number, to: number][] = [
  [0x20, 0x7e],
  [0xa1, 0x24f],
  [0x2010, 0x2027],
  [0x60c, 0x64a],
  [0x66e, 0x6d3],
  [0x2d30, 0x2d67],
]

/** More of a title decides nothing that a reader would notice. */
const longest = 60

/**
 * A text that sorts, byte by byte, as a language sorts another: the place of each letter in its alphabet as the collation of the language (Intl.Collator, CLDR)
 * has it, accents and case aside. It can be kept, and an index sorts by it; a collator alone can only compare two texts.
 */
export function sortKey(text: string, language: string): string {
  const places = placesIn(language)
  const letters = text
    .trim()
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}|\u0640/gu, '')
  return [...letters]
    .slice(0, longest)
    .map(letter => places.get(letter) ?? '\uFFFD')
    .join('')
}

/** For each letter of a language the letter that stands for its place: letters that differ by case or accent alone share one. */
const placesIn = remembering((language: string) => {
  const { compare } = new Intl.Collator(language, { sensitivity: 'base' })
  const letters = ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, at) => String.fromCharCode(from + at)))
    .filter(letter => /[\p{L}\p{N}\p{P}\p{S}\p{Zs}]/u.test(letter))
    .sort((a, b) => compare(a, b) || (a < b ? -1 : 1))
  const places = new Map<string, string>()
  let place = 0x20
  letters.forEach((letter, at) => {
    if (at > 0 && compare(letters[at - 1]!, letter) !== 0) place++
    places.set(letter, String.fromCharCode(place))
  })
  return places
})
