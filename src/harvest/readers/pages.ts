import { Problem } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import type { Harvested } from '../protocol.ts'

/** One page of an API's list. */
export interface ListPage<At, Item = unknown> {
  items: Item[]
  /** How many items of the list the page stands for, where it leaves some of them out. */
  size?: number
  /** What of it could not be read. */
  lost?: Problem[]
  /** How many there are on all pages, where the portal says so. */
  total?: number | undefined
  /** Where the next page is; undefined after the last. */
  next: At | undefined
}

/** A list that a portal gives in pages. `At` is what tells a page: an offset, a number, an address. */
export interface Listing<At, Item = unknown> {
  first: At
  ask(at: At): Promise<ListPage<At, Item>>
  /** Where the page after one that was lost is, where pages have this many items; undefined where only that page could tell. */
  after?(at: At, size: number, total: number | undefined): At | undefined
  /** What is read of each item; undefined for one that is left out or not for everybody, several where one item describes several datasets. */
  record(item: Item): Harvested | Harvested[] | undefined | Promise<Harvested[]>
  /** What tells an item from others, where what is read of it may have no key. */
  mark?(item: Item): string
  expect(total: number): void
  /** The list's name in problems: its address, or what is asked there. */
  name: string
  url?: string
  /** The parameter that a portal which repeats itself is asked to honour. */
  heed?: string
  /** The name of a page in problems. */
  place?(at: At): string
}

/** A list is endless once this many times as many items were read as it counted on its first page. */
const maxGrowth = 10

/** Counts losses in a row: a page or a record that is lost costs itself alone, and the third in a row (`most`) is thrown, as then the portal is lost. */
export function tolerant(most = 3): { lost(problem: Problem): { lost: Problem }; read(): void } {
  let inARow = 0
  return {
    lost(problem) {
      if (++inARow === most) throw problem
      return { lost: problem }
    },
    read() {
      inARow = 0
    },
  }
}

/**
 * Reads a list to its end. A page lost in the middle costs that page alone where the next can be found without it; a list that repeats itself, never ends,
 * or ends before the number it counted is a Problem, so that nothing is taken for removed.
 */
export async function* listed<At, Item = unknown>(list: Listing<At, Item>): AsyncGenerator<Harvested> {
  const { first, ask, after, record, mark, expect, name, url = name, heed = 'the place that is asked for', place = JSON.stringify } = list
  const seen = new Set<string>()
  const losses = tolerant()
  let [read, lost, size, total, most] = [0, 0, 0, undefined as number | undefined, Infinity]
  for (let at: At | undefined = first; at !== undefined;) {
    let page: ListPage<At, Item>
    try {
      page = await ask(at)
    } catch (error) {
      if (!(error instanceof Problem) || at === first) throw error
      yield losses.lost(error)
      lost++
      at = after?.(at, size, total)
      continue
    }
    const { items, next, lost: broken = [] } = page
    if (items.length > 0 || broken.length === 0) losses.read()
    for (const problem of broken) yield items.length > 0 ? { lost: problem } : losses.lost(problem)
    lost += broken.length
    if (at === first) {
      size = items.length
      if (page.total !== undefined) expect(page.total)
      most = Math.max(page.total ?? 1e6, items.length) * maxGrowth + 1000
    }
    // A record that is deleted while the pages are read moves the later ones up: as many are never seen.
    if (page.total !== undefined && total !== undefined && page.total < total && items.length > 0)
      yield {
        lost: new Problem(
          'unexpected-answer',
          `${name} counted ${total} records and then ${page.total}: some were deleted while the pages were read, and others may have slipped by. ` +
            'Nothing is taken for removed; the next run will show.',
          { url },
        ),
      }
    total = page.total ?? total
    const records: Harvested[] = []
    for (const item of items) {
      const found = [(await record(item)) ?? []].flat()
      records.push(...(found.length > 0 ? found : [{ leftOut: 1 }]))
    }
    const marks = mark ? items.map(mark) : records.flatMap(each => ('key' in each && each.key !== undefined ? [each.key] : []))
    const digested = digest(marks.join('\n'))
    if (marks.length > 0 && seen.has(digested))
      throw new Problem(
        'repeated-page',
        `${name} answers the same records at ${place(at)} as on an earlier page. Ask the portal to honour ${heed}, or use larger pages (options.pageSize).`,
        { url },
      )
    seen.add(digested)
    yield* records
    read += page.size ?? items.length
    if (read > most)
      throw new Problem(
        'endless-pages',
        `${name} still goes on after ${read} records, many times more than it counted at first. Ask the portal whether its pages end.`,
        { url },
      )
    at = items.length > 0 || broken.length > 0 ? next : undefined
  }
  if (lost === 0 && total !== undefined && read < total) {
    yield {
      lost: new Problem(
        'unexpected-answer',
        `${name} says that it has ${total} records and ends after ${read}. Ask the portal where the others are; until they are there nothing of this ` +
          'source is taken for removed.',
        { url },
      ),
    }
  }
}

/** The place after one, in a list whose pages are told by the number of items before them. */
export const nextOffset = (offset: number, size: number, total: number | undefined): number | undefined =>
  size > 0 && offset + size < (total ?? Infinity) ? offset + size : undefined
