import { z } from 'zod'
import { Problem } from '../../problem.ts'
import type { Protocol } from '../protocol.ts'
import { acceptRdf, pageRecords, readPage } from './dcat-page.ts'
import { followingPage, nextPage, totalOf } from './dcat-paging.ts'
import { replay } from './dcat-record.ts'
import { recogniseDcat } from './dcat-signs.ts'

const options = z.strictObject({
  paging: z.boolean().default(true).describe('Follow the links to further pages.'),
  maxPages: z.number().int().positive().default(10_000).describe('Pages after which a feed is taken for one without end.'),
}).describe('DCAT in any RDF format: one file, or pages linked by Hydra.')
type DcatOptions = z.infer<typeof options>

/** DCAT in any RDF format: one file, or pages linked by Hydra. Everything the portal said of a dataset is kept, mapped or not. */
export const dcatFeed: Protocol = {
  robots: true,
  options,
  recognise: recogniseDcat,
  async *harvest(source, { fetch, expect }) {
    const { paging, maxPages } = source.options as DcatOptions
    const asked = new Set<string>()
    const known = new Set<string>()
    let total = 0
    let lost = false
    for (let url: string | undefined = source.url; url;) {
      if (asked.size === maxPages) throw new Problem('endless-pages', `${source.url} still names a next page after ${maxPages} pages. Ask the portal whether its pages end, or raise options.maxPages.`, { url })
      asked.add(url)
      const { page, problem } = await readPage(url, each => fetch(each, acceptRdf))
      if (problem) {
        if (!page && (lost || known.size === 0)) throw problem
        yield { lost: problem }
        lost = true
      }
      if (page) {
        total = totalOf(page.whole) ?? total
        if (total > 0) expect(total)
        const before = known.size
        const here = yield* pageRecords(page, known)
        if (asked.size > 1 && here > 0 && known.size === before) throw new Problem('repeated-page', `${url} holds no dataset that was not on an earlier page: the feed repeats itself. Ask the portal to honour the page number.`, { url })
      }
      // A page that was lost took its link to the next one with it: where its address counts the pages, the next number is tried.
      const next: string | undefined = !paging ? undefined : ((page && nextPage(page.whole, page.url)) ?? (problem && followingPage(url)))
      if (next && asked.has(next)) throw new Problem('repeated-page', `${url} names ${next} as its next page, which was read before: the feed runs in a circle. Ask the portal to mend the links between its pages.`, { url })
      url = next
    }
    if (paging && !lost && known.size > 0 && known.size < total) {
      yield { lost: new Problem('unexpected-answer', `${source.url} says that it has ${total} datasets (hydra:totalItems), and its pages hold ${known.size}. Ask the portal where the others are; until they are there nothing of this source is taken for removed.`, { url: source.url }) }
    }
  },
  replay,
}
