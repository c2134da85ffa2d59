import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { instances } from '../../../rdf/graph.ts'
import { recordOf, replay } from '../../formats/dcat/record.ts'
import type { Protocol } from '../../protocol.ts'
import { changedDatasets, datasetsIn, describe, kinds } from './datasets.ts'
import { recogniseLdes } from './recognise.ts'
import type { Index } from './stream-index.ts'
import { keepPages, readStream } from './walk.ts'

const options = z
  .strictObject({
    maxPages: z.number().int().positive().default(100_000).describe('Pages after which a stream is taken for one without end.'),
    fullEveryDays: z.number().positive().default(30).describe('Days after which closed pages are read again too.'),
  })
  .describe('Linked Data Event Streams over TREE pages, DCAT-AP Feeds among them.')
type LdesOptions = z.infer<typeof options>

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
    let reading = await readStream(source.url, pages, maxPages, last && datasetsIn(last).length <= known ? last : undefined)
    // A stream without members that it had was built anew: its index is thrown away.
    if (reading.tookBack) reading = await readStream(source.url, pages, maxPages, undefined)
    const { index, news, problems, lost, stream, whole } = reading
    for (const problem of problems) yield { problem }
    const changed = await changedDatasets(index, news, pages, stream)
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
