import type { Source } from '../../../config/sources.ts'
import { Problem } from '../../../problem.ts'
import type { Harvest, Harvested } from '../../protocol.ts'
import { tolerant } from '../../readers/pages.ts'
import { documentOf, linksOf, type Followable } from './links.ts'
import { acceptRdf, pageRecords, readPage } from './page.ts'
import { followingPage, nextPage, totalOf } from './paging.ts'

/** How far harvestFeed follows the links of a feed. */
export interface Reach {
  /** Whether links to further pages are followed. */
  paging: boolean
  maxPages: number
  /** What is read at its own address. */
  follow: Followable[]
  maxDepth: number
}

/** How far a feed is read where nothing else is said. */
export const usualReach: Reach = { paging: true, maxPages: 10_000, follow: ['members'], maxDepth: 4 }

/** The datasets of a feed: its pages one after the other, then what they link to. */
export async function* harvestFeed(
  source: Pick<Source, 'url' | 'limits'>,
  { fetch, expect }: Harvest,
  { paging, maxPages, follow, maxDepth }: Reach,
): AsyncGenerator<Harvested> {
  const asked = new Set<string>()
  const known = new Set<string>()
  const linked: { url: string; depth: number }[] = []
  const losses = tolerant()
  let [total, lost] = [0, false]
  for (let from: { url: string; depth: number } | undefined = { url: source.url, depth: 0 }; from; from = linked.shift()) {
    const { depth } = from
    if (depth > 0 && asked.has(from.url)) continue
    for (let url: string | undefined = from.url; url;) {
      if (asked.size === maxPages)
        throw new Problem(
          'endless-pages',
          `${source.url} still names a next page after ${maxPages} pages. Ask the portal whether its pages end, or raise options.maxPages.`,
          { url },
        )
      asked.add(url)
      const { page, problem } = await readPage(url, each => fetch(each, acceptRdf), source.limits.maxBytes)
      if (problem) {
        const hopeless = !page && depth === 0 && (lost || known.size === 0)
        if (hopeless && linked.length === 0) throw problem
        yield page || depth === 0 ? { lost: problem } : losses.lost(problem)
        lost = true
        // The documents that earlier pages linked are read all the same.
        if (hopeless) break
      }
      if (page) {
        losses.read()
        total = totalOf(page.whole) ?? total
        if (total > 0) expect(total)
        const links = depth < maxDepth ? linksOf(page.whole, page.url, follow) : []
        linked.push(...links.map(link => ({ url: documentOf(link), depth: depth + 1 })))
        const before = known.size
        const here = yield* pageRecords(page, known, { linked: depth > 0, elsewhere: links })
        if (url !== from.url && here > 0 && known.size === before)
          throw new Problem(
            'repeated-page',
            `${url} holds no dataset that was not on an earlier page: the feed repeats itself. Ask the portal to honour the page number.`,
            { url },
          )
      }
      // A page that was lost took its link to the next one with it: where its address counts the pages, the next number is tried.
      const next: string | undefined = !paging ? undefined : ((page && nextPage(page.whole, page.url)) ?? (problem && followingPage(url)))
      if (next && asked.has(next))
        throw new Problem(
          'repeated-page',
          `${url} names ${next} as its next page, which was read before: the feed runs in a circle. Ask the portal to mend the links between its pages.`,
          { url },
        )
      url = next
    }
  }
  if (paging && !lost && known.size > 0 && known.size < total) {
    yield {
      lost: new Problem(
        'unexpected-answer',
        `${source.url} says that it has ${total} datasets (hydra:totalItems), and its pages hold ${known.size}. Ask the portal where the others are; ` +
          'until they are there nothing of this source is taken for removed.',
        { url: source.url },
      ),
    }
  }
}
