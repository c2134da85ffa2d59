import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { Graph, instances } from '../../../rdf/graph.ts'
import { dcat } from '../../../rdf/namespaces.ts'
import { isNamed, type NamedNode } from '../../../rdf/terms.ts'
import { recordOf, replay } from '../../formats/dcat/record.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Protocol } from '../../protocol.ts'
import { copyOf, emptyIndex, learn, type Index } from './index.ts'
import { payloadOf, readStreamPage, type Stream, type StreamPage } from './page.ts'
import { recogniseLdes } from './recognise.ts'

const options = z
  .strictObject({
    maxPages: z.number().int().positive().default(100_000).describe('Pages after which a stream is taken for one without end.'),
    fullEveryDays: z.number().positive().default(30).describe('Days after which closed pages are read again too.'),
  })
  .describe('Linked Data Event Streams over TREE pages, DCAT-AP Feeds among them.')
type LdesOptions = z.infer<typeof options>

const accept = 'application/trig, application/n-quads;q=0.9, application/ld+json;q=0.8, text/turtle;q=0.7, */*;q=0.1'

/**
 * Linked Data Event Streams, DCAT-AP Feeds among them: activities, versions of things, or the things themselves.
 * API: https://w3id.org/ldes/specification on https://w3id.org/tree/specification; https://semiceu.github.io/LDES-DCAT-AP-feeds/.
 * Oddities: first all pages are read for what was said last of each thing, then the datasets that changed, or a part of which did, are described from there.
 * Between runs an index is kept: closed pages are not asked for again, and the datasets nothing was said of are vouched for.
 */
export const ldes: Protocol<LdesOptions> = {
  robots: true,
  ownPages: true,
  options,
  rank: 70,
  recognise: recogniseLdes,
  async *harvest(source, { fetch, expect, known, notes }) {
    const { maxPages } = source.options
    const pages = keepPages(fetch)
    const last = notes.last as Index | undefined
    let reading = await read(source.url, pages, maxPages, last && datasetsIn(last).length <= known ? last : undefined)
    // A stream without members that it had was built anew: its index is thrown away.
    if (reading.tookBack) reading = await read(source.url, pages, maxPages, undefined)
    const { index, news, problems, lost, stream, whole } = reading
    for (const problem of problems) yield { problem }
    const changed = await changes(index, news, pages, stream)
    expect(whole ? datasetsIn(index).length : changed.length)
    for (const dataset of changed) {
      const record = await describe(dataset, index, pages, stream)
      if (record)
        yield recordOf(
          record,
          instances(record, ...kinds).find(({ value }) => value === dataset)!,
          new Map(),
          false,
        )
      else
        yield {
          key: dataset,
          problem: new Problem(
            'bad-record',
            `The last that ${source.url} says of ${dataset} cannot be read any more. Ask the portal what became of ${index.things[dataset]?.page}.`,
            { url: source.url, record: dataset },
          ),
        }
    }
    const deleted = [...news].filter(thing => index.things[thing]!.page === null)
    for (const thing of deleted) yield { gone: thing }
    if (!whole) yield { unchanged: datasetsIn(index).length - changed.length }
    // A stream with a retention policy drops old members: their datasets are not gone.
    else if (stream.fades) yield { unchanged: Math.max(0, known - changed.length - deleted.length) }
    for (const problem of lost) yield { lost: problem }
    notes.next = index
  },
  replay,
}

/** What is a record of its own: services too, but those that are only the way to a file. */
const kinds = [dcat.Dataset, dcat.DatasetSeries, dcat.DataService]
const isKind = (said: Graph, thing: string, ...types: NamedNode[]) => instances(said, ...types).some(({ value }) => value === thing)

const datasetsIn = ({ things }: Index) => Object.keys(things).filter(thing => things[thing]!.dataset && things[thing]!.page !== null)

type Pages = (url: string, stream?: Stream) => Promise<StreamPage>

/** Pages as they are read, the last few of them in memory: within a run none is asked for twice. */
function keepPages(fetch: Fetch): Pages {
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
async function read(entry: string, pages: Pages, maxPages: number, last: Index | undefined) {
  const index = last ? copyOf(last) : emptyIndex()
  const news = new Set<string>()
  const seen = new Set<string>()
  const met = new Set<string>()
  const problems: Problem[] = []
  const lost: Problem[] = []
  let stream: Stream = { fades: false }
  const queue = [entry]
  const asked = new Set(queue)
  for (let url = queue.shift(); url; url = queue.shift()) {
    const links =
      index.closed[url] ??
      (await (async address => {
        met.add(address)
        if (met.size > maxPages)
          throw new Problem(
            'endless-pages',
            `${entry} leads to more than ${maxPages} pages. Ask the portal whether its stream ends, or raise options.maxPages.`,
            { url: entry },
          )
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
      })(url))
    for (const link of links) {
      if (asked.has(link)) continue
      asked.add(link)
      queue.push(link)
    }
  }
  const before = last?.things ?? {}
  const tookBack =
    lost.length === 0 &&
    Object.entries(before).some(
      ([thing, { page, member }]) => page !== null && (met.has(page) || !asked.has(page)) && !seen.has(member) && index.things[thing]!.member === member,
    )
  return { index, news, problems, lost, stream, whole: last === undefined, tookBack }
}

/** The datasets that something was said of, or of a part of theirs; what each is made of is noted. Page by page, so that each is read once. */
async function changes(index: Index, news: Set<string>, pages: Pages, stream: Stream): Promise<string[]> {
  const { things } = index
  const pageOf = (thing: string) => things[thing]!.page ?? ''
  for (const thing of [...news].filter(pageOf).sort((a, b) => (pageOf(a) < pageOf(b) ? -1 : 1))) {
    const said = payloadOf(await pages(pageOf(thing), stream), { iri: things[thing]!.member, about: thing })
    const ways = [...said].flatMap(({ predicate, object }) => (predicate.equals(dcat.accessService) ? [object.value] : []))
    const isService = isKind(said, thing, dcat.DataService)
    const isDataset = isKind(said, thing, dcat.Dataset, dcat.DatasetSeries)
    things[thing] = {
      ...things[thing]!,
      ...((isDataset || isService) && { dataset: true }),
      ...(isService && !isDataset && { service: true }),
      ...(ways.length > 0 && { ways }),
      parts: namedIn(said, thing),
    }
  }
  const ways = new Set(Object.values(things).flatMap(({ page, ways = [] }) => (page === null ? [] : ways)))
  for (const [name, thing] of Object.entries(things)) {
    if (!thing.service || thing.dataset === !ways.has(name)) continue
    things[name] = { ...thing, dataset: !ways.has(name) }
    news.add(name)
  }
  return datasetsIn(index)
    .filter(dataset => partsOf(dataset, index).some(each => news.has(each)))
    .sort((a, b) => (pageOf(a) + a < pageOf(b) + b ? -1 : 1))
}

/** What a description names, in its order: some of it may have a member of its own. */
const namedIn = (said: Graph, thing: string) =>
  [
    ...new Set(
      [...said]
        .map(({ object }) => object)
        .filter(object => isNamed(object) && object.value !== thing && /^https?:/.test(object.value))
        .map(({ value }) => value),
    ),
  ].sort()

/** How far parts of parts belong to a dataset: its file, the file's service, the service's contact. */
const maxPartDepth = 3

/** A dataset and the things of the stream that it is described with: those it names, and they name, that are no datasets themselves. */
function partsOf(dataset: string, { things }: Index): string[] {
  const found = new Set([dataset])
  let last = [dataset]
  for (let depth = 0; depth < maxPartDepth && last.length > 0; depth++) {
    last = last.flatMap(thing => things[thing]!.parts ?? []).filter(part => things[part] && !things[part].dataset && !found.has(part))
    for (const part of last) found.add(part)
  }
  return [...found]
}

/** A dataset with its parts, from what was said last of each; undefined where that is not to be had. */
async function describe(dataset: string, index: Index, pages: Pages, stream: Stream): Promise<Graph | undefined> {
  const whole = new Graph()
  for (const thing of partsOf(dataset, index)) {
    const { page, member } = index.things[thing]!
    if (page !== null) for (const quad of payloadOf(await pages(page, stream), { iri: member, about: thing })) whole.add(quad)
  }
  return isKind(whole, dataset, ...kinds) ? whole : undefined
}
