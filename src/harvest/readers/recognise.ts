import { Problem } from '../../problem.ts'
import { isObject } from './json/values.ts'

/** What `look` finds at the first of some addresses; a Problem at one of them leads to the next. */
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

/** What `look` finds; undefined for a Problem. For what is good to know and not needed. */
export const ifAnswered = <T>(look: () => Promise<T | undefined>): Promise<T | undefined> => firstOf([''], look)

/**
 * What is accepted from an address of which nothing is known. The probe remembers answers by address and Accept, so that protocols that use this share one
 * request.
 */
export const anyMediaType = 'text/html, */*;q=0.5'

/** Each path behind each base. */
export const behind = (bases: string[], paths: string[]): string[] => bases.flatMap(base => paths.map(path => new URL(path, base).href))

/** The first eight different words of a list, without blanks. */
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
