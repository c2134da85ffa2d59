import { Problem } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import type { Harvested } from '../protocol.ts'
import type { Package } from './ckan-api.ts'

/** What `package_search` answers. */
export interface Found { count?: number, results: Package[] }

/** A portal whose count grows with every page never ends: beyond this many datasets for each it counted at first, nothing is read. */
const growth = 10
/** Pages lost one after the other that make the source lost. */
const patience = 3

/** Not for everybody, or deleted. */
export const isHidden = (each: Package) => each?.['private'] === true || (each?.['state'] ?? 'active') !== 'active'

/** Walks the pages of `package_search` to their end. A page lost in the middle costs that page alone. */
export async function* pages(ask: (rows: number, start: number) => Promise<Found>, rows: number, expect: (total: number) => void, record: (each: Package) => Harvested): AsyncGenerator<Harvested> {
  const seen = new Set<string>()
  // Portals cap the size of a page without a word.
  let step = rows
  let lostInARow = 0
  let total = Infinity
  let most = Infinity
  for (let start = 0, more = true; more;) {
    let found: Found
    try {
      found = await ask(rows, start)
      lostInARow = 0
    } catch (error) {
      if (!(error instanceof Problem) || start === 0 || ++lostInARow === patience) throw error
      yield { lost: error }
      start += step
      more = start < total
      continue
    }
    const { results } = found
    // What is deleted while the pages are read moves those behind it up: as many slip by.
    if (typeof found.count === 'number' && found.count < total && start > 0 && results.length > 0 && Number.isFinite(total)) yield { lost: shrunk(total, found.count) }
    if (typeof found.count === 'number') total = found.count
    else if (results.length < step) total = start + results.length
    if (start === 0) {
      if (results.length > 0) step = Math.min(rows, results.length)
      if (Number.isFinite(total)) expect(total)
      most = Math.max(Number.isFinite(total) ? total : 1e6, results.length) * growth + 1000
    }
    if (results.length === 0) {
      if (start < total && Number.isFinite(total)) yield { lost: shortOf(total, start) }
      return
    }
    const page = digest(results.map(each => String(each?.['id'])).join(' '))
    if (seen.has(page)) throw new Problem('repeated-page', `package_search answers the same datasets at start=${start} as on an earlier page. Ask the portal to honour "start" and "sort", or use larger pages (options.pageSize).`)
    seen.add(page)
    for (const each of results) {
      if (!isHidden(each)) yield record(each)
    }
    start += results.length
    // A page that goes beyond the count shows that the count is too low: there may be more.
    more = start !== total
    if (start > most) throw new Problem('endless-pages', `package_search still goes on after ${start} datasets, many times more than it counted at first. Ask the portal whether its pages end.`)
  }
}

const shortOf = (total: number, read: number) => new Problem('unexpected-answer',
  `package_search says that it has ${total} datasets and ends after ${read}. Ask the portal where the others are; until they are there nothing of this source is taken for removed.`)

const shrunk = (before: number, now: number) => new Problem('unexpected-answer',
  `package_search counted ${before} datasets and then ${now}: some were deleted while the pages were read, and others may have slipped by. Nothing is taken for removed; the next run will show.`)
