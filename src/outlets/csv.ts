/** What a table begins with: without it Excel takes Arabic for something else. */
export const byteOrderMark = '\uFEFF'

/** A row of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it. */
export const row = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
