import { parse } from 'csv-parse/sync'
import type { Sheet } from 'hucre/xlsx'
import { Problem, sentence } from '../problem.ts'

/** One line of a table as it stands in the file; `line` counts from 1, as editors and spreadsheets do. */
export interface Line {
  line: number
  cells: string[]
}
/** The lines of one sheet, or of a CSV read with one separator; `problem` says where it broke off. */
export interface Grid {
  lines: Line[]
  problem?: Problem
}

/** What a workbook may be after decompression: an inventory of 100,000 rows is a quarter of it. */
const maxUnpackedBytes = 200e6

/** The tables that a file may be: the sheets of a workbook that are shown, or a CSV read with each separator. Who knows the headings picks one. */
export async function readGrids(body: Uint8Array, name: string, encoding?: string): Promise<Grid[]> {
  if (body[0] === 0x50 && body[1] === 0x4b) return readWorkbook(body, name)
  if (body[0] === 0xd0 && body[1] === 0xcf)
    throw new Problem('unknown-format', `${name} is a workbook of the old form (.xls), or one with a password. Save it as .xlsx, without a password.`, {
      file: name,
    })
  const text = textOf(body, encoding)
  if (/^\s*<(!doctype|html|\?xml)/i.test(text))
    throw new Problem(
      'unknown-format',
      `${name} is a page of HTML or XML, and not a table. Check the source's url: it is the address of the CSV or XLSX file itself.`,
      { file: name, excerpt: text.trim().slice(0, 200) },
    )
  return [';', ',', '\t', '|'].map(delimiter => readCsv(text, delimiter, name))
}

function readCsv(text: string, delimiter: string, name: string): Grid {
  const lines: Line[] = []
  let before = 0
  try {
    parse(text, {
      delimiter,
      bom: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: 1_000_000,
      on_record: (record: string[], { lines: read }) => {
        lines.push({ line: before + 1, cells: record.map(cell => tidy(cell).replace(/^'(?=[=+\-@])/, '')) })
        before = read
        return null
      },
    })
    return { lines }
  } catch (error) {
    return {
      lines,
      problem: new Problem(
        'unexpected-answer',
        `${name}, line ${before + 1}: what follows cannot be read as CSV: ${sentence(error).replace(/\.$/, '')}. Look for a quotation mark without its second.`,
        { file: name, line: before + 1 },
        error,
      ),
    }
  }
}

/**
 * UTF-8, or one of the two encodings that spreadsheets here save CSV in. Windows-1256 shares the small French letters with Windows-1252:
 * only Arabic has three of its letters side by side, many times.
 */
export function textOf(body: Uint8Array, encoding?: string): string {
  if (encoding) return new TextDecoder(encoding).decode(body)
  if (body[0] === 0xff && body[1] === 0xfe) return new TextDecoder('utf-16le').decode(body)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    const arabic = new TextDecoder('windows-1256').decode(body)
    return /[\u0621-\u064a]{3}/.test(arabic) ? arabic : new TextDecoder('windows-1252').decode(body)
  }
}

async function readWorkbook(body: Uint8Array, name: string): Promise<Grid[]> {
  const size = unpackedSize(body)
  if (size === undefined)
    throw new Problem('unknown-format', `${name} is no whole .xlsx file: its directory is missing or broken. Save it anew.`, { file: name })
  if (size > maxUnpackedBytes)
    throw new Problem(
      'too-large',
      `${name} says of itself that it unpacks to ${size} bytes, more than ${maxUnpackedBytes}. An inventory is never that large: save its sheet alone, as CSV.`,
      { file: name },
    )
  let sheets: Sheet[]
  try {
    const { readXlsx } = await import('hucre/xlsx')
    sheets = (await readXlsx(body, { sheets: ({ hidden, veryHidden }) => !hidden && !veryHidden })).sheets
  } catch (error) {
    throw new Problem(
      'unknown-format',
      `${name} cannot be read as a workbook: ${sentence(error).replace(/\.$/, '')}. Save it as .xlsx anew, or as CSV.`,
      { file: name },
      error,
    )
  }
  const merged = sheets.flatMap(({ rows, merges = [] }) => merges.map(merge => cellsOf(merge, rows.length))).reduce((sum, cells) => sum + cells, 0)
  if (merged > maxMergedCells)
    throw new Problem('too-large', `${name} merges ${merged} cells, more than ${maxMergedCells}. Undo the merging of its cells, or save its sheet as CSV.`, {
      file: name,
    })
  return sheets.map(gridOf)
}

type Merge = NonNullable<Sheet['merges']>[number]
/** The last column that a merge is followed to. */
const lastMerged = 200
/** Cells that are filled by those they are merged with: they may lie over each other, so that a small file could ask for any number. */
const maxMergedCells = 5_000_000
const cellsOf = ({ startRow, endRow, startCol, endCol }: Merge, rows: number): number =>
  Math.max(0, Math.min(endRow, rows - 1) - startRow + 1) * Math.max(0, Math.min(endCol, lastMerged) - startCol + 1)

/** Headings that are merged over several cells hold for each of them; so do values merged over several rows. */
function gridOf({ rows, merges = [] }: Sheet): Grid {
  const lines = rows.map((row, at) => ({
    line: at + 1,
    cells: row.map(cell => (cell instanceof Date ? cell.toISOString().replace(/T00:00:00.*$/, '') : tidy(String(cell ?? '')))),
  }))
  for (const { startRow, endRow, startCol, endCol } of merges) {
    const text = lines[startRow]?.cells[startCol] ?? ''
    for (let row = startRow; row <= endRow && row < lines.length; row++)
      for (let col = startCol; col <= Math.min(endCol, lastMerged); col++) lines[row]!.cells[col] = text
  }
  return { lines: lines.map(({ line, cells }) => ({ line, cells: Array.from(cells, cell => cell ?? '') })) }
}

const tidy = (text: string) =>
  text
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .replace(/\u00a0/g, ' ')
    .trim()

/** `3` → `D`: how spreadsheets name a column. */
export const letterOf = (column: number): string => (column < 26 ? '' : letterOf(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + (column % 26))

/**
 * What a ZIP's directory says its entries unpack to; the reader holds each entry to that. Undefined where there is no directory, and infinite where it
 * says nothing of an entry that holds something.
 */
export function unpackedSize(zip: Uint8Array): number | undefined {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  let end = zip.length - 22
  while (end >= 0 && end >= zip.length - 22 - 0xffff && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return undefined
  let total = 0
  let at = view.getUint32(end + 16, true)
  for (let entry = view.getUint16(end + 10, true); entry > 0; entry--) {
    if (at + 46 > zip.length || view.getUint32(at, true) !== 0x02014b50) return undefined
    const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)]
    // Deflate packs nothing into two bytes; an entry whose sizes stand behind its data may be of any size.
    if (unpacked === 0 && (packed > 2 || (packed === 0 && (view.getUint16(at + 8, true) & 8) !== 0))) return Infinity
    total += unpacked
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return total
}
