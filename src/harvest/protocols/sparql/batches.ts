import { Problem } from '../../../problem.ts'
import { datasetsOf } from '../../../rdf/describe.ts'
import { recordOf } from '../../formats/dcat/record.ts'
import type { Harvested } from '../../protocol.ts'
import { ranOut, type Binding, type Endpoint } from './endpoint.ts'
import type { SparqlOptions } from './options.ts'
import { describeQuery, probeQuery, rowsQuery, type Where } from './queries.ts'

/**
 * Describes datasets in batches that stay below the row limit. One whose description is larger than that is asked for alone. Where the endpoint's time does not
 * do for all of them, they are asked for in halves, and fewer are listed from there on.
 */
export async function* batches(datasets: string[], endpoint: Endpoint, settings: SparqlOptions, less: (datasets: number) => void): AsyncGenerator<Harvested> {
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
