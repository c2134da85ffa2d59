import type { Catalogue } from '../config/catalogue.ts'
import { politeFetch } from '../harvest/http/fetch.ts'
import { readGrids } from '../harvest/protocols/inventory/grid.ts'
import type { Preview } from '../web/site/site.ts'

/** Bytes of a file that is looked into, and of a text that is read of it: a workbook can only be read whole. */
const [largest, read] = [5_000_000, 200_000]
const cells = 50

/** The first rows of a CSV or XLSX file, got by what harvests ask portals with: private addresses are refused here as there. */
export const previewsOf =
  ({ http, limits }: Pick<Catalogue, 'http' | 'limits'>): Preview =>
  async (address, rows, signal) => {
    const fetch = politeFetch({ ...limits, delayMs: 0, timeoutS: 10, totalS: 15, maxBytes: largest }, http, { signal, retry: false })
    const { body } = await fetch(address, 'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1')
    const isWorkbook = body[0] === 0x50 && body[1] === 0x4b
    const start = isWorkbook || body.length <= read ? body : body.subarray(0, Math.max(0, body.lastIndexOf(0x0a, read)) || read)
    const grids = await readGrids(start, address)
    // Read with another separator than its own, a table has one column.
    const widest = grids.toSorted((a, b) => widthOf(b.lines) - widthOf(a.lines))[0]
    const [head, ...lines] = (widest?.lines ?? []).filter(line => line.cells.some(Boolean)).map(line => line.cells.slice(0, cells))
    return { columns: head ?? [], rows: lines.slice(0, rows) }
  }

const widthOf = (lines: { cells: string[] }[]) => lines.slice(0, 20).reduce((sum, line) => sum + line.cells.filter(Boolean).length, 0)
