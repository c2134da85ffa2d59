import { z } from 'zod'
import { Problem } from '../../problem.ts'
import { parse } from '../../rdf/parse.ts'
import { datasetsOf, describeCatalogue } from '../../rdf/describe.ts'
import { graph, type Graph } from '../../rdf/terms.ts'
import type { Fetch } from '../fetch.ts'
import type { Harvested, Protocol } from '../protocol.ts'
import { followingPage, nextPage, totalOf } from './dcat-paging.ts'
import { recordOf, replay } from './dcat-record.ts'

const options = z.strictObject({
  /** Follow the links to further pages. */
  paging: z.boolean().default(true),
  /** Pages after which a feed is taken for one without end. */
  maxPages: z.number().int().positive().default(10_000),
})
type DcatOptions = z.infer<typeof options>

const accept = 'text/turtle, application/n-quads;q=0.9, application/trig;q=0.9, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1'

/** DCAT in any RDF format: one file, or pages linked by Hydra. Everything the portal said of a dataset is kept, mapped or not. */
export const dcatFeed: Protocol = {
  robots: true,
  options,
  async *harvest(source, { fetch, expect }) {
    const { paging, maxPages } = source.options as DcatOptions
    const asked = new Set<string>()
    const known = new Set<string>()
    let total = 0
    let lost = false
    for (let url: string | undefined = source.url; url;) {
      if (asked.size === maxPages) throw new Problem('endless-pages', `${source.url} still names a next page after ${maxPages} pages. Ask the portal whether its pages end, or raise options.maxPages.`, { url })
      asked.add(url)
      const { page, problem } = await read(url, fetch)
      if (problem) {
        if (!page && (lost || known.size === 0)) throw problem
        yield { lost: problem }
        lost = true
      }
      if (page) {
        total = totalOf(page.whole) ?? total
        if (total > 0) expect(total)
        const before = known.size
        const here = yield* records(page, known)
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

/** One page, read as far as it can be, all its graphs as one. */
interface FeedPage { url: string, whole: Graph, mended: Map<string, string>, cut: boolean }

async function read(url: string, fetch: Fetch): Promise<{ page?: FeedPage, problem?: Problem }> {
  try {
    const answer = await fetch(url, accept)
    const { quads, mended, problem } = await parse(answer.body, { url: answer.url, mediaType: answer.mediaType })
    return { page: { url: answer.url, whole: flat(graph(quads)), mended, cut: problem !== undefined }, ...(problem && { problem }) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { problem: error.message.includes(url) ? error : new Problem(error.code, `${url}: ${error.message}`, { url, ...error.place }, error) }
  }
}

/** Yields what a page holds, and returns how many datasets that is. */
async function* records({ whole, mended, cut }: FeedPage, known: Set<string>): AsyncGenerator<Harvested, number> {
  const catalogue = describeCatalogue(whole)
  if (catalogue.length > 0 && !cut) yield { catalogue }
  const subjects = datasetsOf(whole)
  for (const subject of subjects) {
    const record = recordOf(whole, subject, mended, cut)
    known.add(record.key)
    yield record
  }
  return subjects.length
}

function flat(page: Graph): Graph {
  if (page.getGraphs(null, null, null).every(name => name.termType === 'DefaultGraph')) return page
  const all = graph()
  for (const quad of page) all.addQuad(quad.subject, quad.predicate, quad.object)
  return all
}
