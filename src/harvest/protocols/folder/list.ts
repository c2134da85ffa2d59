/** The lines of a list of addresses, without empty ones and remarks (`#`); lines count from 1. */
export const linesOf = (text: string): { text: string; line: number }[] =>
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, at) => ({ text: line.trim(), line: at + 1 }))
    .filter(({ text }) => text && !text.startsWith('#'))

/** The address that a line names, relative to the list; undefined where it cannot be one. */
export const addressOn = (text: string, list: string): string | undefined => (/\s|^[<{["]/.test(text) ? undefined : URL.parse(text, list)?.href)
