import { Problem } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import type { Harvested } from '../protocol.ts'

/** One page of an API's list. */
export interface ListPage<At> {
  items: unknown[]
  /** How many there are on all pages, where the portal says so. */
  total?: number | undefined
  /** Where the next page is; undefined after the last. */
  next: At | undefined
}

/** A list that a portal gives in pages. `At` is what tells a page: an offset, a number, an address. */
export interface Listing<At> {
  first: At
  ask(at: At): Promise<ListPage<At>>
  /** Where the page after one that was lost is, where pages have this many items; undefined where only that page could tell. */
  after?(at: At, size: number, total: number | undefined): At | undefined
  /** What is read of each item; undefined for one that is not for everybody, several where one item describes several datasets. */
  record(item: unknown): Harvested | Harvested[] | undefined
  expect(total: number): void
  /** The list's name in problems: its address. */
  name: string
  /** The name of a page in problems. */
  place?(at: At): string
}

/** A list whose total grows with every page never ends: beyond this many items for each it counted at first, nothing is read. */
const growth = 10
/** Pages lost one after the other that make the source lost. */
const patience = 3

/**
 * Reads a list to its end. A page lost in the middle costs that page alone where the next can be found without it; a list that repeats itself, never ends,
 * or ends before the number it counted is a Problem, so that nothing is taken for removed.
 */
export async function* listed<At>({ first, ask, after, record, expect, name, place = JSON.stringify }: Listing<At>): AsyncGenerator<Harvested> {
  const seen = new Set<string>()
  let [read, lost, inARow, size, total, most] = [0, 0, 0, 0, undefined as number | undefined, Infinity]
  for (let at: At | undefined = first; at !== undefined;) {
    let page: ListPage<At>
    try {
      page = await ask(at)
    } catch (error) {
      if (!(error instanceof Problem) || at === first || ++inARow === patience) throw error
      yield { lost: error }
      lost++
      at = after?.(at, size, total)
      continue
    }
    inARow = 0
    const { items, next } = page
    if (at === first) {
      size = items.length
      if (page.total !== undefined) expect(page.total)
      most = Math.max(page.total ?? 1e6, items.length) * growth + 1000
    }
    // What is deleted while the pages are read moves those behind it up: as many slip by.
    if (page.total !== undefined && total !== undefined && page.total < total && items.length > 0)
      yield {
        lost: new Problem(
          'unexpected-answer',
          `${name} counted ${total} records and then ${page.total}: some were deleted while the pages were read, and others may have slipped by. Nothing is taken for removed; the next run will show.`,
          { url: name },
        ),
      }
    total = page.total ?? total
    const records = items.flatMap(item => record(item) ?? [])
    const keys = records.flatMap(each => ('key' in each && each.key !== undefined ? [each.key] : []))
    const mark = digest(keys.join('\n'))
    if (keys.length > 0 && seen.has(mark))
      throw new Problem(
        'repeated-page',
        `${name} answers the same records at ${place(at)} as on an earlier page. Ask the portal to honour the place that is asked for, or use larger pages (options.pageSize).`,
        { url: name },
      )
    seen.add(mark)
    yield* records
    read += items.length
    if (read > most)
      throw new Problem(
        'endless-pages',
        `${name} still goes on after ${read} records, many times more than it counted at first. Ask the portal whether its pages end.`,
        { url: name },
      )
    at = items.length > 0 ? next : undefined
  }
  if (lost === 0 && total !== undefined && read < total) {
    yield {
      lost: new Problem(
        'unexpected-answer',
        `${name} says that it has ${total} records and ends after ${read}. Ask the portal where the others are; until they are there nothing of this source is taken for removed.`,
        { url: name },
      ),
    }
  }
}

/** The place after one, in a list whose pages are told by the number of items before them. */
export const nextOffset = (offset: number, size: number, total: number | undefined): number | undefined =>
  size > 0 && offset + size < (total ?? Infinity) ? offset + size : undefined
