import { Problem } from '../problem.ts'
import { columnNamed, type Column } from './columns.ts'
import { letterOf, readGrids, type Grid, type Line } from './grid.ts'

/** One dataset of an inventory: what stands in each column, by the column's id, or by its heading where nobody knows it. */
export interface Entry {
  line: number
  values: Record<string, string>
}

export interface Table {
  /** Where the headings stand. */
  line: number
  /** Column's id, or its heading where nobody knows it → letter and heading. */
  places: Map<string, { letter: string; heading: string }>
  /** Headings that mean nothing to us. */
  strange: string[]
  entries: Entry[]
  /** Why the file could not be read to its end. */
  problem?: Problem
}

/** Lines that may stand above the headings: a title, a logo, the date. */
const maxLinesAbove = 30

/**
 * Reads an inventory: finds the sheet or the separator, the line of headings (which may be two, where headings are merged), and the datasets below.
 * Throws a Problem for what is no table, and for a table without a heading that means a title.
 */
export async function readTable(body: Uint8Array, name: string, options: { encoding?: string; columns?: Record<string, string> } = {}): Promise<Table> {
  const own = options.columns ?? {}
  const found = (await readGrids(body, name, options.encoding)).flatMap(grid => headingsOf(grid, own)).sort((a, b) => b.known - a.known)[0]
  if (!found)
    throw new Problem(
      'unexpected-answer',
      `${name} has no line of headings among its first ${maxLinesAbove}: one of them has to mean the title, and two others something we know. ` +
        'Use the template (fihrist inventory template), or name the headings in options.columns.',
      { file: name },
    )
  const {
    grid: { lines, problem },
    at,
    headings,
  } = found
  const places = new Map<string, { letter: string; heading: string }>()
  const ids = headings.map(({ heading, column }, index) => {
    const id = column && !places.has(column.id) ? column.id : heading
    if (id) places.set(id, { letter: letterOf(index), heading })
    return id
  })
  const entries = lines.slice(at + 1).flatMap(({ line, cells }) => {
    const values = Object.fromEntries(ids.flatMap((id, index) => (id && cells[index] ? [[id, cells[index]]] : [])))
    return Object.keys(values).length > 0 && !repeatsHeadings(cells, headings) ? [{ line, values }] : []
  })
  const strange = headings.filter(({ heading, column }) => heading && !column).map(({ heading }) => heading)
  return { line: lines[at]!.line, places, strange, entries, ...(problem && { problem }) }
}

interface Heading {
  heading: string
  column: Column | undefined
}

/** The best line of headings of a grid, with how many of them are known; none where no line is one. */
function headingsOf(grid: Grid, own: Record<string, string>): { grid: Grid; at: number; known: number; headings: Heading[] }[] {
  const candidates = grid.lines.slice(0, maxLinesAbove).map((line, at) => {
    const headings = read(line, grid.lines[at - 1], own)
    const ids = new Set(headings.flatMap(({ column }) => (column ? [column.id] : [])))
    return { grid, at, known: ids.size, headings, titled: ['title', 'title_fr', 'title_ar', 'title_en'].some(id => ids.has(id)) }
  })
  return candidates
    .filter(({ known, titled }) => titled && known >= 3)
    .sort((a, b) => b.known - a.known)
    .slice(0, 1)
}

/** What each cell of a line says as a heading: by itself, under the heading above it (`titre` over `fr`), or as that one goes on below. */
function read({ cells }: Line, above: Line | undefined, own: Record<string, string>): Heading[] {
  let over = ''
  return cells.map((cell, at) => {
    const upper = above?.cells[at] ?? ''
    // In a CSV the cells that a heading was merged over are empty.
    if (upper) over = upper
    const spellings = [...(cell && over ? [`${over} ${cell}`] : []), ...(cell ? [cell] : []), ...(upper && (!cell || cell === upper) ? [upper] : [])]
    for (const heading of spellings) {
      const column = columnNamed(heading, own)
      if (column) return { heading, column }
    }
    return { heading: cell || upper, column: undefined }
  })
}

/** Tables that were put together from several have their headings in the middle too. */
const repeatsHeadings = (cells: string[], headings: Heading[]) => headings.filter(({ heading, column }, at) => column && cells[at] === heading).length >= 3
