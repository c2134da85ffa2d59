import type { Harvested } from '../../protocol.ts'
import { text, type JsonObject } from '../../readers/json/values.ts'
import { listed } from '../../readers/pages.ts'
import { isDkan } from './dkan.ts'

/** What `package_search` answers. */
export interface SearchResult {
  count?: number
  results: JsonObject[]
}

/** True of a package that is private or deleted. DKAN sends `private: true` with what it publishes. */
export const isHidden = (each: JsonObject) => (each?.['private'] === true && !isDkan(each)) || !/^active$/i.test(text(each?.['state']) || 'active')

/** Walks the pages of `package_search` to their end. */
export const pages = (
  ask: (rows: number, start: number) => Promise<SearchResult>,
  rows: number,
  expect: (total: number) => void,
  record: (each: JsonObject) => Harvested[],
): AsyncGenerator<Harvested> =>
  listed({
    first: 0,
    expect,
    name: 'package_search',
    place: start => `start=${start}`,
    ask: async start => {
      const { count, results } = await ask(rows, start)
      const total = typeof count === 'number' ? count : results.length < rows ? start + results.length : undefined
      // A page that goes beyond the count shows that the count is too low: the next page is asked for.
      return { items: results, total, next: start + results.length === total ? undefined : start + results.length }
    },
    after: (start, size, total) => (start + size < (total ?? Infinity) ? start + size : undefined),
    record: item => (isHidden(item as JsonObject) ? undefined : record(item as JsonObject)),
  })
