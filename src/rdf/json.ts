/** A number whose digits JavaScript may round, wherever it stands: within a text too, which costs no more than the slower way. */
const long = /\d{16}/
/** Control characters, which JSON allows in no text; between texts they are as good as a blank. */
const unwritable = /[\u0000-\u001f]/g

/**
 * Reads JSON as foreign programs write it. A whole number that JavaScript cannot hold is its digits as a text (RFC 8259, 6): rounded, two identifiers become
 * one. Raw line breaks within texts are read as blanks. Throws a SyntaxError.
 */
export function parseJson(text: string): unknown {
  const exact = long.test(text)
  try {
    return exact ? JSON.parse(text, exactly) : JSON.parse(text)
  } catch (error) {
    const better = withoutRawBreaks(text)
    if (better === text) throw error
    return JSON.parse(better, exact ? exactly : undefined)
  }
}

/** A chunk of JSON in which no control character ends a text. */
export const withoutRawBreaks = (text: string): string => text.replace(unwritable, ' ')

/** What the digits of a number stand for: itself, or a text where the number is whole and would be rounded. */
export function numberOf(source: string): number | string {
  const value = Number(source)
  return Number.isSafeInteger(value) || !/^-?\d+$/.test(source) ? value : source
}

const exactly = (_name: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === 'number' && !Number.isSafeInteger(value) && context?.source !== undefined ? numberOf(context.source) : value
