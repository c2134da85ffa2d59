import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { isAbsent } from '../../http/answer.ts'
import type { Fetch, Open } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll, countChanges, none } from '../../readers/changes.ts'
import { at } from '../../readers/json/fields.ts'
import { jsonRecord, keyIn, replayed } from '../../readers/json/record.ts'
import { partsOf } from '../../readers/json/stream.ts'
import { isObject, text } from '../../readers/json/values.ts'
import { listed, nextOffset } from '../../readers/pages.ts'
import { pace } from '../incremental.ts'
import { apis, askOne, askPage, datasetIn, siteOf, type Api, type PageAnswer } from './api.ts'
import { mapDataset, datasetFields, distributionFields } from './mapping.ts'
import { recogniseOpendatasoft } from './recognise.ts'

const options = z
  .strictObject({
    pageSize: z.number().int().min(1).max(100).default(100).describe('Datasets asked for at a time.'),
    api: z.enum(['v2.1', 'v2.0', 'v1']).optional().describe('The edition of the API; the newest that the portal speaks where it is not said.'),
    site: z.url().optional().describe('The public address of the portal, where it differs from the address that is asked.'),
    filter: z.string().optional().describe('Only these datasets: a clause of ODSQL (`publisher = "INSEE"`); for `v1` words to search for.'),
    federated: z.boolean().default(true).describe('Read also datasets that the portal carries for another one.'),
    formats: z
      .array(z.string().regex(/^[a-z0-9_]+$/, 'expected a format of the exports such as csv'))
      .optional()
      .describe('The formats that stand as distributions; `csv`, `xlsx`, `json` where they are not said, and `geojson`, `shp` for maps.'),
    ...pace('Ask only for what changed, between full runs.'),
  })
  .describe('Opendatasoft: Explore 2.1 and 2.0, the search of 1.0.')
type OpendatasoftOptions = z.infer<typeof options>

/** The API lists no more than this; beyond it the catalogue is read as one export. */
const maxOffset = 10_000

/**
 * Opendatasoft, a platform that is hosted for its portals.
 * API: https://help.opendatasoft.com/apis/ods-explore-v2/: the catalogue of Explore 2.1, 2.0, or the search of 1.0, page by page in the order of identifiers.
 * Oddities: no list goes beyond 10,000 datasets, so that a larger catalogue is read as one export; the editions lay the same metadata out in three ways; a
 * federated dataset belongs to another portal.
 */
export const opendatasoft: Protocol<OpendatasoftOptions> = {
  robots: false,
  options,
  rank: 30,
  tables: {
    dataset: { heading: 'Opendatasoft', rows: datasetFields },
    distribution: { heading: 'Opendatasoft', rows: distributionFields },
  },
  recognise: recogniseOpendatasoft,
  async *harvest(source, { fetch, open, only, since, known, holds, expect }) {
    const { pageSize, filter } = source.options
    const site = siteOf(source.url)
    if (only !== undefined) return yield await shown(only, source, fetch)
    const api = await spoken(source, async each => {
      await askPage(fetch, site, { api: each, size: pageSize, offset: 0, where: filter })
      return each
    })
    const ask = (offset: number, size: number, where?: string) => askPage(fetch, site, { api, size, offset, where })
    const changedSince = (instant: string) => {
      const from = `${instant.slice(0, 19)}Z`
      return `(modified >= date'${from}' or data_processed >= date'${from}' or metadata_processed >= date'${from}')`
    }
    const filtered = (from?: string) => [filter && `(${filter})`, from && changedSince(from)].filter(Boolean).join(' and ') || undefined

    const news = api.name === 'v1' ? undefined : await countChanges(async from => (await ask(0, 1, from ? filtered(from) : filter)).total, since, known)
    const record = (item: unknown) => recordOf(item, source)
    async function* listOf(where: string | undefined): AsyncGenerator<Harvested> {
      const first = await ask(0, pageSize, where)
      const counted = (total: number) => expect(where === filter ? total : known)
      if (api.whole && (first.total ?? 0) > maxOffset)
        return yield* exported(
          open,
          `${site}${api.whole}?${new URLSearchParams({ limit: '-1', timezone: 'UTC', include_app_metas: 'true', ...(where && { where }) })}`,
          first,
          record,
          counted,
        )
      yield* listed({
        first: 0,
        record,
        name: `${site}${api.list}`,
        expect: counted,
        ask: async offset => {
          const { items, total } = offset === 0 ? first : await ask(offset, pageSize, where)
          return { items, total, next: nextOffset(offset, items.length, total) }
        },
        after: nextOffset,
      })
    }
    if (!news) return yield* listOf(filter)
    yield* changesOrAll(
      news.changed === 0 ? none() : listOf(filtered(since)),
      holds,
      () => news.unchanged,
      () => listOf(filter),
    )
  },
  replay: (kept, source) =>
    replayed(kept, item => recordOf(item, source) ?? { problem: new Problem('bad-record', 'The dataset is federated, and the source leaves such out.') }),
}

/** What the edition that the source names answers; where it names none, the newest that the portal speaks. */
async function spoken<T>(source: SourceOf<OpendatasoftOptions>, ask: (api: Api) => Promise<T>): Promise<T> {
  const { api: wanted } = source.options
  let first: unknown
  for (const api of apis.filter(({ name }) => wanted === undefined || name === wanted)) {
    try {
      return await ask(api)
    } catch (error) {
      if (!isAbsent(error)) throw error
      first ??= error
    }
  }
  throw first
}

/** A catalogue that is too long to be listed, as one answer. */
async function* exported(
  open: Open,
  url: string,
  { total = 0 }: PageAnswer,
  record: (item: unknown) => Harvested | undefined,
  expect: (total: number) => void,
): AsyncGenerator<Harvested> {
  expect(total)
  let read = 0
  try {
    for await (const { path, value } of partsOf(await open(url, 'application/json'), ['$.*'])) {
      if (typeof path[0] !== 'number')
        throw new Problem('unexpected-answer', `${url} answered with JSON that is no list of datasets. Ask the portal what is wrong with its export.`, { url })
      read++
      yield record(datasetIn(value)) ?? { leftOut: 1 }
    }
  } catch (error) {
    if (!(error instanceof Problem) || read === 0) throw error
    return yield { lost: error }
  }
  if (read < total)
    yield {
      lost: new Problem(
        'unexpected-answer',
        `${url} holds ${read} datasets where the catalogue counts ${total}. Ask the portal where the others are; until they are there nothing of this ` +
          'source is taken for removed.',
        { url },
      ),
    }
}

/** One dataset alone, by the newest edition that knows of datasets. */
async function shown(key: string, source: SourceOf<OpendatasoftOptions>, fetch: Fetch): Promise<Harvested> {
  const item = await spoken(source, api => askOne(fetch, siteOf(source.url), api, key))
  return (item && recordOf(item, source)) ?? { gone: key }
}

function recordOf(item: unknown, source: SourceOf<OpendatasoftOptions>): Harvested | undefined {
  const { federated, site, formats } = source.options
  const fields = isObject(item) ? item : {}
  if (!federated && (at(fields, 'metas.default.federated') === true || text(at(fields, 'metas.default.source_domain_address')))) return undefined
  const dates = ['modified', 'data_processed', 'metadata_processed'].map(name => text(at(fields, `metas.default.${name}`))).filter(Boolean)
  return jsonRecord(
    item,
    { key: keyIn(fields['dataset_id']), modified: dates.sort().at(-1), nameless: 'A dataset of the catalogue has no "dataset_id"' },
    mapDataset(fields, { site: siteOf(site ?? source.url), language: source.language, formats }),
  )
}
