import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type * as Eld from 'eld/extrasmall'
import { remembering } from '../remembering.ts'

let statistics: typeof Eld | undefined
/** The statistics of letters take 60 MB and a fifth of a second: they are loaded when a text is first told by them. */
const detect = (text: string) =>
  (statistics ??= createRequire(import.meta.url)(fileURLToPath(import.meta.resolve('eld/extrasmall'))) as typeof Eld).eld.detect(text)

/** How much more likely than the source's own another language must be: titles are short, and full of names. */
const margin = 0.05
/** The languages that are written with Arabic letters; a text in them is not sent back to Arabic. */
const arabicScript = new Set(['ar', 'fa', 'ur', 'ary', 'arz', 'aeb', 'arq', 'ckb', 'ku', 'ug', 'ps', 'sd', 'dv', 'kab', 'ber', 'zgh', 'tzm', 'rif', 'shi'])

/** Blocks of Unicode that hold all letters of the two scripts: most texts have none of them. */
const otherBlocks = /[\u0600-\u08ff\u2d30-\u2d7f\ufb50-\ufeff\ud803\ud83b]/
const count = (text: string, others: RegExp) => text.replace(others, '').length

/** The script most of the letters of a text are of, as the tag of the one language of ours that has it; undefined for Latin and others. */
function languageOfScript(text: string): 'ar' | 'zgh' | undefined {
  if (!otherBlocks.test(text) || !/[\p{Script=Arabic}\p{Script=Tifinagh}]/u.test(text)) return undefined
  const letters = count(text, /\P{L}+/gu)
  if (count(text, /[^[\p{Script=Arabic}&&\p{L}]]+/gv) > letters / 2) return 'ar'
  return count(text, /\P{Script=Tifinagh}+/gu) > letters / 2 ? 'zgh' : undefined
}

/**
 * The language of a text without a tag, of those that the catalogue has: by its script; by statistics of its letters where it has words enough;
 * else `usual`, the language of its source.
 */
export const languageOf = (text: string, usual: string, languages: string[] = [usual]): string => among([usual, ...languages].join(' '))(text)

/** The same, for one source: its own language first, then the others. */
const among = remembering((languages: string) => {
  const [usual = '', ...others] = languages.split(' ')
  const candidates = [usual, ...others].filter(language => !arabicScript.has(language))
  const fallback = candidates[0] ?? usual
  const isSettled = new Set(candidates).size < 2
  return remembering(text => languageOfScript(text) ?? (isSettled ? fallback : likeliest(text, candidates, fallback)))
})

function likeliest(text: string, candidates: string[], fallback: string): string {
  if (hasFewer(3, text)) return fallback
  const words = wordsIn(text)
  const scores = detect(words).getScores()
  const likely = candidates.reduce((best, next) => ((scores[next] ?? 0) > (scores[best] ?? 0) ? next : best), fallback)
  return (scores[likely] ?? 0) - (scores[fallback] ?? 0) > margin ? likely : fallback
}

/** A record that states its language is seldom wrong: only a text that is long enough to tell can be in another. */
export const languageIn = (text: string, stated: string, usual: string, languages: string[] = []): string =>
  isMistagged(text, stated) ? languageOf(text, usual, languages) : hasFewer(8, text) ? stated : languageOf(text, stated, [...languages, usual])

/** The words of a text; addresses, numbers and names of files are none, in whatever language they may seem to be. */
const wordsIn = (text: string): string =>
  text
    .slice(0, 1000)
    .replace(/\S*[\d_@:.]\S*/g, piece => piece.replace(/https?:\S+|\S+@\S+|\S*[\d_]\S*|\S+\.(?:[a-z]{3,4}|7z|gz|geojson|parquet)(?![\p{L}\d])/giu, ' '))
const countWords = (words: string): number => words.match(/\p{L}{2,}/gu)?.length ?? 0
/** Most texts that have few words have few already before what is none of them is left out. */
const hasFewer = (least: number, text: string): boolean => countWords(text.slice(0, 1000)) < least || countWords(wordsIn(text)) < least

/** True where the letters of a text cannot be of the language it is tagged with: Arabic under `@fr`, a Latin sentence under `@ar`. */
export function isMistagged(text: string, tag: string): boolean {
  const [language = '', ...more] = tag.split('-')
  const script = languageOfScript(text)
  if (script) return script === 'ar' ? !arabicScript.has(language) || more.includes('tfng') : language !== 'ber' && !arabicScript.has(language)
  // An acronym or a file name in an Arabic title is no mistake.
  return language === 'ar' && !more.includes('latn') && !/\p{Script=Arabic}/u.test(text) && (text.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0) >= 3
}
