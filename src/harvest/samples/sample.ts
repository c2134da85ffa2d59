import { readGrids } from '../../inventory/grid.ts'
import { Problem } from '../../problem.ts'
import type { Sample } from '../../sample.ts'
import { kindOf } from './column.ts'
import { jsonIn } from './json.ts'

/** Rows, columns and letters of a cell that a sample has. */
const [mostRows, mostColumns, mostLetters] = [20, 50, 200]
/** Rows that the kinds of the columns are told by. */
const lookedAt = 200

/** What the first bytes of a file say that it is: a workbook and a file of shapes can only be read whole. */
export const isWhole = (start: Uint8Array): boolean => isWorkbook(start) || isJson(start)

const isWorkbook = (start: Uint8Array) => start[0] === 0x50 && start[1] === 0x4b
const isJson = (start: Uint8Array) => /^\ufeff?\s*[{[]/.test(new TextDecoder().decode(start.subarray(0, 200)))
const isPdf = (start: Uint8Array) => new TextDecoder('latin1').decode(start.subarray(0, 5)) === '%PDF-'

/**
 * The first rows of a CSV, XLSX or JSON file; a GeoJSON file is drawn too. `isCut`: the file goes on after these bytes. Throws
 * `unknown-format` for what is none of them.
 */
export async function sampleOf(bytes: Uint8Array, name: string, isCut: boolean): Promise<Sample> {
  if (isJson(bytes)) return jsonIn(bytes, name, { mostRows, mostColumns, mostLetters })
  const workbook = isWorkbook(bytes)
  if (isPdf(bytes) || (!workbook && bytes.subarray(0, 4000).includes(0) && bytes[0] !== 0xff))
    throw new Problem('unknown-format', `${name} is no table: only CSV, XLSX, JSON and GeoJSON files are looked into.`, { url: name })
  const grids = await readGrids(isCut ? wholeLines(bytes) : bytes, name)
  // Read with another separator than its own, a table has one column.
  const widest = grids.toSorted((a, b) => widthOf(b.lines) - widthOf(a.lines))[0]
  const [head = [], ...rows] = (widest?.lines ?? []).filter(line => line.cells.some(Boolean)).map(line => line.cells.slice(0, mostColumns))
  if (head.length === 0) throw new Problem('unknown-format', `${name} holds no row.`, { url: name })
  const width = Math.max(head.length, ...rows.slice(0, mostRows).map(row => row.length))
  const looked = rows.slice(0, lookedAt)
  return {
    columns: Array.from({ length: width }, (_, at) => ({ name: cut(head[at] ?? ''), kind: kindOf(looked.map(row => row[at] ?? '')) })),
    rows: rows.slice(0, mostRows).map(row => row.map(cut)),
    more: isCut || rows.length > mostRows,
  }
}

/** Without the line that the end cut through. */
const wholeLines = (bytes: Uint8Array) => bytes.subarray(0, Math.max(0, bytes.lastIndexOf(0x0a)) || bytes.length)

const widthOf = (lines: { cells: string[] }[]) => lines.slice(0, 20).reduce((sum, line) => sum + line.cells.filter(Boolean).length, 0)

const cut = (text: string) => (text.length > mostLetters ? `${text.slice(0, mostLetters - 1)}…` : text)
