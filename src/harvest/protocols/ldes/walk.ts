import { Problem } from '../../../problem.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import { readStreamPage, type Stream, type StreamPage } from './page.ts'
import { copyOf, emptyIndex, learn, type Index } from './stream-index.ts'

const accept = 'application/trig, application/n-quads;q=0.9, application/ld+json;q=0.8, text/turtle;q=0.7, */*;q=0.1'

/** A page by its address. */
export type Pages = (url: string, stream?: Stream) => Promise<StreamPage>

/** Pages as they are read, the last few of them in memory: within a run none is asked for twice. */
export function keepPages(fetch: Fetch): Pages {
  const held = new Map<string, StreamPage>()
  return async (url, stream) => {
    const page = held.get(url) ?? (await readStreamPage(await fetch(url, accept), url, stream))
    held.delete(url)
    held.set(url, page)
    if (held.size > 8) held.delete(held.keys().next().value!)
    return page
  }
}

/** Reads every page that may have changed, and notes what was said last of each thing. */
export async function readStream(entry: string, pages: Pages, maxPages: number, last: Index | undefined) {
  const index = last ? copyOf(last) : emptyIndex()
  const news = new Set<string>()
  const seen = new Set<string>()
  const met = new Set<string>()
  const problems: Problem[] = []
  const lost: Problem[] = []
  let stream: Stream = { fades: false }
  // Links are followed in the order in which they are met: a set is walked to the end of what was added meanwhile.
  const asked = new Set([entry])
  const linksOf = async (address: string): Promise<string[]> => {
    met.add(address)
    if (met.size > maxPages)
      throw new Problem('endless-pages', `${entry} leads to more than ${maxPages} pages. Ask the portal whether its stream ends, or raise options.maxPages.`, {
        url: entry,
      })
    try {
      const page = await pages(address, stream)
      stream = page.stream
      problems.push(...page.problems)
      for (const member of page.members) {
        seen.add(member.iri)
        if (learn(index, member, address)) news.add(member.about)
      }
      if (page.closed) index.closed[address] = page.links
      return page.links
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      // A page that answers 410 is an empty one (LDES).
      if (error instanceof StatusProblem && error.answered === 410) return []
      if (address === entry) throw error
      lost.push(error.message.includes(address) ? error : new Problem(error.code, `${address}: ${error.message}`, { ...error.place, url: address }, error))
      return []
    }
  }
  for (const url of asked) for (const link of index.closed[url] ?? (await linksOf(url))) asked.add(link)
  const before = last?.things ?? {}
  const tookBack =
    lost.length === 0 &&
    Object.entries(before).some(
      ([thing, { page, member }]) => page !== null && (met.has(page) || !asked.has(page)) && !seen.has(member) && index.things[thing]!.member === member,
    )
  return { index, news, problems, lost, stream, whole: last === undefined, tookBack }
}
