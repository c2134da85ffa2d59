import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { decode } from '../../../rdf/decode.ts'
import { datasetsOf } from '../../../rdf/describe.ts'
import { isLegalIri } from '../../../rdf/iri.ts'
import { parseJson } from '../../../rdf/json.ts'
import { acceptRdf, readPage } from '../../formats/dcat/page.ts'
import { recordOf, replay } from '../../formats/dcat/record.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { countQuery, describeQuery, listQuery, probeQuery, rowsQuery, type Where } from './queries.ts'
import { recogniseSparql } from './recognise.ts'

const iri = z.string().refine(text => isLegalIri(text), 'expected an IRI')

const options = z
  .strictObject({
    graph: iri.optional().describe('The named graph that holds the datasets; what the endpoint asks by default, where it is not said.'),
    pattern: z.string().optional().describe('A pattern that the dataset `?d` has to match too: `?d dct:publisher <https://…>`, with IRIs in full.'),
    pageSize: z.number().int().min(1).max(1000).default(100).describe('Datasets listed at a time.'),
    maxRows: z.number().int().min(10).default(1000).describe('Rows that every endpoint gives: descriptions are asked for in batches that stay below it.'),
    method: z.enum(['get', 'post']).default('post').describe('How queries are sent. Some endpoints refuse `post`, and some cut long addresses.'),
  })
  .describe('SPARQL endpoints.')
type SparqlOptions = z.infer<typeof options>
type Binding = Record<string, { value: string }>

/**
 * Any SPARQL endpoint: Virtuoso, GraphDB, Fuseki, Blazegraph and others.
 * API: https://www.w3.org/TR/sparql11-protocol/: IRIs in the order of their letters, then descriptions by CONSTRUCT.
 * Oddities: endpoints cut answers at a number of rows without saying so, so that descriptions are asked for in batches that stay below it; some refuse POST,
 * and some cut long addresses. Where the endpoint's time is over, less is asked for. The endpoint does the work: plain requests are enough, and no query engine
 * of our own.
 */
export const sparql: Protocol<SparqlOptions> = {
  robots: false,
  options,
  rank: 150,
  recognise: recogniseSparql,
  async *harvest(source, { fetch, expect, only }) {
    const settings = source.options
    const endpoint = ask(source, fetch)
    if (only !== undefined) {
      if (!isLegalIri(only)) return
      const [described] = await endpoint.select(rowsQuery([only], settings))
      return yield* described ? batches([only], endpoint, settings, () => {}) : [{ gone: only }]
    }
    const total = Number((await endpoint.select(countQuery(settings)))[0]?.['n']?.value)
    if (!Number.isFinite(total))
      throw new Problem('unexpected-answer', `${source.url} answered a count without a number: this is no SPARQL 1.1 endpoint. Check the source's url.`, {
        url: source.url,
      })
    expect(total)
    let seen = 0
    let most = settings.pageSize
    const less = (datasets: number) => {
      most = Math.min(most, Math.ceil(datasets / 2))
    }
    const listed = async (last: string): Promise<Binding[]> => {
      const asked = most
      try {
        return await endpoint.select(listQuery(settings, last, asked))
      } catch (error) {
        if (!ranOut(error) || asked === 1) throw error
        less(asked)
        return listed(last)
      }
    }
    for (let last = ''; ;) {
      const page = (await listed(last)).map(({ d }) => d?.value ?? '').filter(isLegalIri)
      if (page.length === 0) break
      if (page.some(each => each <= last))
        throw new Problem(
          'repeated-page',
          `${source.url} listed ${page.find(each => each <= last)} again after ${last}: it does not keep to FILTER and ORDER BY. ` +
            'Ask the portal what its endpoint is.',
          { url: source.url },
        )
      seen += page.length
      last = page.toSorted().at(-1)!
      yield* batches(page, endpoint, settings, less)
    }
    if (seen < total)
      yield {
        lost: new Problem(
          'unexpected-answer',
          `${source.url} counts ${total} datasets, and listed ${seen}. Until it lists them all nothing of this source is taken for removed. ` +
            'Ask the portal, or make options.pageSize smaller.',
          { url: source.url },
        ),
      }
  },
  replay,
}

/** Characters of an address: endpoints, Virtuoso among them, cut longer ones. */
const longestAddress = 8000

interface Endpoint {
  url: string
  /** Whether a query makes an address that endpoints may cut. */
  isTooLong(query: string): boolean
  select(query: string): Promise<Binding[]>
  construct(query: string): ReturnType<typeof readPage>
}

/** Whether an endpoint says that the time for a query is over: to ask for the same again is of no use. */
const ranOut = (error: unknown): boolean =>
  error instanceof Problem &&
  (error.code === 'timeout-total' ||
    (error.code === 'http-status' && /time[ds]?[ -]?out|S1T00|execution time|deadline|past its time/i.test(error.place.excerpt ?? '')))

/**
 * Describes datasets in batches that stay below the row limit. One whose description is larger than that is asked for alone. Where the endpoint's time does not
 * do for all of them, they are asked for in halves, and fewer are listed from there on.
 */
async function* batches(datasets: string[], endpoint: Endpoint, settings: SparqlOptions, less: (datasets: number) => void): AsyncGenerator<Harvested> {
  const half = Math.ceil(datasets.length / 2)
  const inHalves = async function* () {
    yield* batches(datasets.slice(0, half), endpoint, settings, less)
    yield* batches(datasets.slice(half), endpoint, settings, less)
  }
  if (datasets.length > 1 && endpoint.isTooLong(describeQuery(datasets, settings))) return yield* inHalves()
  let counted: Binding[]
  try {
    counted = await endpoint.select(rowsQuery(datasets, settings))
  } catch (error) {
    if (!ranOut(error)) throw error
    if (datasets.length === 1) return yield unread(datasets[0]!, error as Problem)
    less(datasets.length)
    return yield* inHalves()
  }
  const rows = new Map(counted.map(({ d, n }) => [d?.value ?? '', Number(n?.value)]))
  let batch: string[] = []
  let size = 0
  for (const each of datasets) {
    const own = rows.get(each) ?? 0
    if (own === 0)
      yield {
        key: each,
        problem: new Problem('bad-record', `${endpoint.url} lists the dataset ${each}, and has nothing to say of it. Ask the portal.`, {
          url: endpoint.url,
          record: each,
        }),
      }
    else if (own >= settings.maxRows) yield* alone(each, own, endpoint, settings)
    else {
      if (size + own >= settings.maxRows) {
        yield* described(batch, endpoint, settings)
        batch = []
        size = 0
      }
      batch.push(each)
      size += own
    }
  }
  if (batch.length > 0) yield* described(batch, endpoint, settings)
}

/** A description of thousands of rows, where the endpoint gives as many. */
async function* alone(dataset: string, rows: number, endpoint: Endpoint, where: Where): AsyncGenerator<Harvested> {
  const given = (await endpoint.select(probeQuery(rows))).length
  if (given >= rows) return yield* described([dataset], endpoint, where)
  yield {
    key: dataset,
    problem: new Problem(
      'bad-record',
      `The dataset ${dataset} is described in ${rows} rows, and ${endpoint.url} gives no more than ${given}: it would come in part. ` +
        'Ask the portal to raise the limit of its endpoint.',
      { url: endpoint.url, record: dataset },
    ),
  }
}

const unread = (dataset: string, problem: Problem): Harvested => ({
  key: dataset,
  problem: new Problem(problem.code, `The dataset ${dataset} cannot be read: ${problem.message}`, { ...problem.place, record: dataset }, problem),
})

/** The records of a batch; a batch that the endpoint cannot do is asked for in halves, down to the dataset that it fails at. */
async function* described(datasets: string[], endpoint: Endpoint, where: Where): AsyncGenerator<Harvested> {
  const { page, problem } = await endpoint.construct(describeQuery(datasets, where))
  if (problem && datasets.length > 1 && problem.kind !== 'unreachable') {
    yield* described(datasets.slice(0, datasets.length / 2), endpoint, where)
    return yield* described(datasets.slice(datasets.length / 2), endpoint, where)
  }
  if (!page) {
    if (problem!.kind === 'unreachable') throw problem
    return yield unread(datasets[0]!, problem!)
  }
  const found = new Map(datasetsOf(page.whole).map(subject => [subject.value, subject]))
  for (const each of datasets) {
    const subject = found.get(each)
    yield subject
      ? recordOf(page.whole, subject, page.mended, problem !== undefined)
      : {
          key: each,
          problem: new Problem(
            'bad-record',
            `${endpoint.url} lists the dataset ${each}, and describes it without its type. Ask the portal, or make options.maxRows smaller.`,
            { url: endpoint.url, record: each },
          ),
        }
  }
  if (problem) yield { lost: problem }
}

function ask(source: SourceOf<SparqlOptions>, fetch: Fetch): Endpoint {
  const { method } = source.options
  const send = (query: string, accept: string) => {
    const form = new URLSearchParams({ query }).toString()
    return method === 'post'
      ? fetch(source.url, accept, { isFinal: ranOut, body: { type: 'application/x-www-form-urlencoded', text: form } })
      : fetch(`${source.url}${source.url.includes('?') ? '&' : '?'}${form}`, accept, { isFinal: ranOut })
  }
  return {
    url: source.url,
    isTooLong: query => method === 'get' && source.url.length + new URLSearchParams({ query }).toString().length > longestAddress,
    async select(query) {
      const { body, mediaType } = await send(query, 'application/sparql-results+json, application/json;q=0.5')
      const text = decode(body, mediaType)
      try {
        const { results } = parseJson(text) as { results?: { bindings?: Binding[] } }
        if (Array.isArray(results?.bindings)) return results.bindings
      } catch {
        // Told below, with what came.
      }
      throw new Problem(
        'unexpected-answer',
        `${source.url} did not answer with results of SPARQL in JSON${/^\s*</.test(text) ? ', but with a page of HTML or XML' : ''}. ` +
          `Check that the source's url is the endpoint itself; some want options.method: get.`,
        { url: source.url, excerpt: text.trim().slice(0, 300) },
      )
    },
    construct: query =>
      readPage(source.url, () => send(query, `application/n-triples, ${acceptRdf.replace('*/*;q=0.1', 'text/plain;q=0.1')}`), source.limits.maxBytes),
  }
}
