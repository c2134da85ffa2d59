import { stemmer as english } from '@orama/stemmers/english'
import { stemmer as french } from '@orama/stemmers/french'
import { remembering } from '../remembering.ts'

/** How words of a language lose their endings: the stem of a folded word, and the letters that its words are written with. */
interface Stemmer {
  stem(word: string): string
  script: RegExp
}

const latin = /^\p{Script=Latin}{3,}$/u

/** By language. Add a language: a line. */
export const stemmers: Record<string, Stemmer> = {
  fr: { stem: word => french(frenchSingular(word)), script: latin },
  en: { stem: english, script: latin },
  ar: { stem: arabic, script: /^\p{Script=Arabic}{3,}$/u },
}

const stems = new Map(
  Object.entries(stemmers).map(([language, { stem, script }]) => [language, remembering(word => (script.test(word) ? stem(word) : word), 20_000)]),
)

/** The stem of a folded word in a language; itself where the language has none, or the word is of another script, a number or too short. */
export const stemOf = (word: string, language: string): string => stems.get(language)?.(word) ?? word

/** Snowball's French leaves the s of `emplois` and `revenus` where it is: a plural loses its ending before. */
function frenchSingular(word: string): string {
  if (word.length < 4) return word
  return word.endsWith('aux') && !word.endsWith('eaux') ? `${word.slice(0, -3)}al` : word.replace(/[sx]$/, '')
}

/**
 * A light stem of Arabic: without the article and the particles written to it, and without one of the endings of number, gender and relation, as long as the
 * word stays one. Snowball's takes other endings from a word with the article than from the same without, and a kept word would not be the one asked for.
 */
function arabic(word: string): string {
  const bare = word
    .replace(/^(?:[وفبكل]?ال|و?لل)(?=\p{L}{2})/u, '')
    .replace(/^[ول](?=\p{L}{4})/u, '')
    .replace(/^ب(?=\p{L}{5})/u, '')
  return bare.replace(/(?<=\p{L}{3})(?:يات|يون|يين|ات|ون|ين|ان|ها|يه|ه|ي)$/u, '')
}
