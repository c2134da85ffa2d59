import { Problem } from '../../../problem.ts'
import { isLegalIri } from '../../../rdf/iri.ts'
import { replay } from '../../formats/dcat/record.ts'
import type { Protocol } from '../../protocol.ts'
import { batches } from './batches.ts'
import { endpointOf, ranOut, type Binding } from './endpoint.ts'
import { options, type SparqlOptions } from './options.ts'
import { countQuery, listQuery, rowsQuery } from './queries.ts'
import { recogniseSparql } from './recognise.ts'

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
    const endpoint = endpointOf(source, fetch)
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
