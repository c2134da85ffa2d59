/**
 * Tables as CSV (RFC 4180). They begin with a byte order mark: without one Excel takes Arabic for something else. What a spreadsheet would take for a formula
 * gets an apostrophe before it.
 */
export const csvStart = '\uFEFF'

export const csvRow = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
