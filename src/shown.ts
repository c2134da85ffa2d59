/** Signs that move the cursor, ring, rewrite what stands there already, or turn the direction of what follows (U+202A to U+202E). */
const moving = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E]/g
/** Signs that only colour: ours, as what is foreign goes through `oneLine`. */
const colours = /(\u001B\[(?:[0-2]|3\d)m)/
const writtenOut = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

/** A text as it may be shown on a terminal, wherever it is from: what moves the cursor is written out (`\u001b`), as JSON writes it. Colours are left. */
export const shown = (text: string): string =>
  text
    .split(colours)
    .map((piece, at) => (at % 2 === 0 ? piece.replace(moving, writtenOut) : piece))
    .join('')

/** What somebody else wrote, as it may stand within a line of ours: it begins no line that would be taken for another of ours, and colours none. */
export const oneLine = (text: string): string => text.replace(/[\n\r\u2028\u2029]\s*/g, ' ').replace(moving, writtenOut)
