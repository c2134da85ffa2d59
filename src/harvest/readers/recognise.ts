import { Problem } from '../../problem.ts'
import { isObject } from './json/values.ts'

/** The first of some addresses at which something is found. What an address answers instead is noted by who asks. */
export async function firstOf<T, A extends string>(addresses: A[], look: (address: A) => Promise<T | undefined>): Promise<T | undefined> {
  for (const address of new Set(addresses)) {
    try {
      const found = await look(address)
      if (found !== undefined) return found
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }
  return undefined
}

/** What is nice to know and may fail. */
export const ifAnswered = <T>(look: () => Promise<T | undefined>): Promise<T | undefined> => firstOf([''], look)

/** What is asked of an address of which nothing is known: who asks alike is given the same answer, and the portal asked once. */
export const anyMediaType = 'text/html, */*;q=0.5'

/** Each path behind each base. */
export const behind = (bases: string[], paths: string[]): string[] => bases.flatMap(base => paths.map(path => new URL(path, base).href))

/** Words of different spelling once, without those that say nothing; a few of them are enough. */
export const few = (words: unknown[]): string[] =>
  [
    ...new Set(
      words
        .flat()
        .filter((word): word is string => typeof word === 'string' && word.trim() !== '')
        .map(word => word.trim()),
    ),
  ].slice(0, 8)

/** Language codes out of what portals write: `fr`, `fr_FR`, `fre`, an IRI of the EU's list. */
export const languagesIn = (words: unknown[]): string[] =>
  [
    ...new Set(
      few(words).flatMap(word => {
        const code = /^(?:http.*\/)?([a-z]{2,3})(?:[-_][a-z]+)?$/i.exec(word)?.[1]?.toLowerCase()
        return code ? [threeLetters[code] ?? code] : []
      }),
    ),
  ].filter(code => code.length === 2)

const threeLetters: Record<string, string> = { fre: 'fr', fra: 'fr', ara: 'ar', eng: 'en', spa: 'es', ger: 'de', deu: 'de', ita: 'it', por: 'pt' }

/** A title in a language, where there is any. */
export const titled = (text: unknown, language?: string): { title?: Record<string, string> } =>
  typeof text === 'string' && text.trim() ? { title: { [language ?? 'und']: text.replace(/\s+/g, ' ').trim() } } : {}

export const objectIn = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {})
