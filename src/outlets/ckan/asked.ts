import { CkanProblem } from './problem.ts'

// What an action is asked for, as CKAN names it.

/** Packages of one answer, as CKAN bounds them. */
export const mostRows = 1000

/** Whether something is asked for by `true`, `1` or `yes`. */
export const isTrue = (asked: URLSearchParams, name: string) => /^(?:true|1|yes)$/i.test(asked.get(name) ?? '')

/** A value that an action cannot do without. */
export function needed(asked: URLSearchParams, name: string): string {
  const value = asked.get(name)
  if (value) return value
  throw new CkanProblem('Validation Error', `Missing value: ${name}`)
}

/** A whole number, or another where none is asked for. */
export function wholeIn(asked: URLSearchParams, name: string, otherwise: number): number {
  const value = asked.get(name)
  if (value === null || value === '') return otherwise
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new CkanProblem('Validation Error', `"${name}" must be a whole number, and is "${value.slice(0, 40)}"`)
}

/** The piece of a list that is asked for; so many where nothing is said. */
export const pageIn = (asked: URLSearchParams, otherwise: number) => ({ most: wholeIn(asked, 'limit', otherwise), offset: wholeIn(asked, 'offset', 0) })

/** A list that is written as JSON in a text, or one value. */
export function listIn(text: string): string[] {
  if (!text.trimStart().startsWith('["')) return text === '' ? [] : [text]
  try {
    return (JSON.parse(text) as unknown[]).map(String)
  } catch {
    throw new CkanProblem('Validation Error', `"${text.slice(0, 60)}" is no list: write it as JSON does, or give one value`)
  }
}
