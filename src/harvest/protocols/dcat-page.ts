import { Problem } from '../../problem.ts'
import { datasetsOf, describeCatalogue } from '../../rdf/describe.ts'
import { parse } from '../../rdf/parse.ts'
import { graph, type Graph } from '../../rdf/terms.ts'
import type { Page } from '../answer.ts'
import type { Harvested } from '../protocol.ts'
import { recordOf } from './dcat-record.ts'

/** How RDF is asked for. */
export const acceptRdf = 'text/turtle, application/n-quads;q=0.9, application/trig;q=0.9, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1'

/** One page of DCAT, all its graphs as one; `cut` where it broke off. */
export interface FeedPage { url: string, whole: Graph, mended: Map<string, string>, cut: boolean }

/** Reads a page as far as it can be: what could not be read of it is the problem, and so is a page that cannot be had at all. */
export async function readPage(url: string, get: (url: string) => Promise<Page>): Promise<{ page?: FeedPage, problem?: Problem }> {
  try {
    const answer = await get(url)
    const { quads, mended, problem } = await parse(answer.body, { url: answer.url, mediaType: answer.mediaType })
    return { page: { url: answer.url, whole: flat(graph(quads)), mended, cut: problem !== undefined }, ...(problem && { problem }) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { problem: error.message.includes(url) ? error : new Problem(error.code, `${url}: ${error.message}`, { url, ...error.place }, error) }
  }
}

/** Yields what a page holds, and returns how many datasets that is; their keys are added to `known`. */
export async function* pageRecords({ whole, mended, cut }: FeedPage, known: Set<string>): AsyncGenerator<Harvested, number> {
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
