import { Problem } from '../../../problem.ts'
import { datasetsOf, describeCatalogue, inMemory, othersIn } from '../../../rdf/describe.ts'
import { add, Graph } from '../../../rdf/graph.ts'
import { parse } from '../../../rdf/parse.ts'
import type { Subject } from '../../../rdf/terms.ts'
import type { Page } from '../../http/answer.ts'
import type { Harvested } from '../../protocol.ts'
import { unpacked } from '../../readers/archive.ts'
import { recordOf } from './record.ts'

/** How RDF is asked for. */
export const acceptRdf =
  'text/turtle, application/n-quads;q=0.9, application/trig;q=0.9, application/n-triples;q=0.9, application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1'

/** One page of DCAT, all its graphs as one; `cut` where it broke off. */
export interface FeedPage {
  url: string
  whole: Graph
  mended: Map<string, string>
  cut: boolean
}

/** Reads a page as far as it can be, unpacked where it is packed: what could not be read of it is the problem, and so is a page that cannot be had at all. */
export async function readPage(url: string, get: (url: string) => Promise<Page>, maxBytes: number): Promise<{ page?: FeedPage; problem?: Problem }> {
  const page: FeedPage = { url, whole: new Graph(), mended: new Map(), cut: false }
  let problem: Problem | undefined
  try {
    const { body, ...head } = await get(url)
    page.url = head.url
    let files = 0
    for await (const file of unpacked({ ...head, body: chunks(body) }, maxBytes)) {
      files++
      const bytes = Buffer.concat(await Array.fromAsync(file.body))
      const {
        quads,
        mended,
        problem: broken,
      } = await parse(bytes, { url: file.url, mediaType: file.mediaType }).catch((error: unknown) => {
        throw isDataJson(bytes) ? dataJsonHere(file.url) : error
      })
      if (quads.length === 0 && isDataJson(bytes)) throw dataJsonHere(file.url)
      for (const quad of quads) add(page.whole, quad.subject, quad.predicate, quad.object)
      for (const [now, before] of mended) page.mended.set(now, before)
      problem ??= broken
    }
    if (files === 0)
      throw new Problem('unknown-format', `${url} is an archive without a file of RDF (.ttl, .nt, .nq, .trig, .rdf, .jsonld). Ask the portal what it packs.`, {
        url,
      })
  } catch (error) {
    if (!(error instanceof Problem) || error.kind === 'ours') throw error
    problem = error.message.includes(url) ? error : new Problem(error.code, `${url}: ${error.message}`, { url, ...error.place }, error)
    if (page.whole.size === 0) return { problem }
  }
  page.cut = problem !== undefined
  return { page, ...(problem && { problem }) }
}

/** True of a data.json by its beginning, with or without a context of JSON-LD that nobody can have. */
function isDataJson(body: Buffer): boolean {
  const head = body.subarray(0, 4000).toString('utf8')
  return (
    /^\ufeff?\s*\{/.test(head) &&
    (/"https?:\/\/(?:project-open-data\.cio\.gov|resources\.data\.gov\/dcat-us)/.test(head) ||
      (/"dataset"\s*:\s*\[/.test(head) && !head.includes('"@context"')))
  )
}

const dataJsonHere = (url: string) =>
  new Problem(
    'unknown-format',
    `${url} is a data.json (DCAT-US) and no RDF: the protocol data-json reads it. Write "protocol: data-json" into the source's file.`,
    {
      url,
    },
  )

async function* chunks(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body
}

/** What other pages have to do with one: whether it was linked by another, and what is to be read elsewhere. */
interface PageContext {
  linked?: boolean
  elsewhere?: Subject[]
}

/**
 * Yields what a page holds beside what is to be read elsewhere, and returns how many datasets that is; their keys are added to `known`. A page that another
 * linked tells of nothing twice.
 */
export async function* pageRecords(
  { whole, mended, cut }: FeedPage,
  known: Set<string>,
  { linked = false, elsewhere = [] }: PageContext = {},
): AsyncGenerator<Harvested, number> {
  const catalogue = describeCatalogue(whole)
  if (catalogue.length > 0 && !cut && !linked) yield { catalogue }
  const others = new Set(elsewhere.map(each => each.value))
  const subjects = [...datasetsOf(whole), ...othersIn(inMemory(whole))].filter(subject => !others.has(subject.value))
  for (const subject of subjects) {
    const record = recordOf(whole, subject, mended, cut)
    if (linked && known.has(record.key)) continue
    known.add(record.key)
    yield record
  }
  return subjects.length
}
