import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll, isNewestFirst, untilOlder } from '../../readers/changes.ts'
import { readJson } from '../../readers/json/answer.ts'
import { at } from '../../readers/json/fields.ts'
import { jsonRecord, keyIn, replayed } from '../../readers/json/record.ts'
import { isObject, items, text, type JsonObject } from '../../readers/json/values.ts'
import { listed, type ListPage, type Listing } from '../../readers/pages.ts'
import { pace, instant } from '../incremental.ts'
import { mapAsset, datasetFields, distributionFields } from './mapping.ts'
import { recogniseSocrata } from './recognise.ts'

const options = z
  .strictObject({
    pageSize: z.number().int().min(1).max(1000).default(100).describe('Assets asked for at a time.'),
    domain: z.string().optional().describe("The portal's domain, where it is not the host of the url: the discovery API knows many portals."),
    only: z
      .array(z.enum(['datasets', 'maps', 'files', 'hrefs', 'links', 'charts', 'filters', 'calendars', 'stories', 'federated_hrefs']))
      .default(['datasets', 'maps', 'files', 'hrefs'])
      .describe('The kinds of assets to read.'),
    derived: z.boolean().default(false).describe('Read also views that are made of other assets.'),
    ...pace('Ask only for what changed, between full runs.'),
  })
  .describe('Socrata: its discovery API.')
type SocrataOptions = z.infer<typeof options>

/** The number of assets up to which a page can be asked for by its offset; beyond it a page is what follows an identifier. */
const maxOffset = 10_000

/** A page by the number of assets before it, or by the identifier of the last of them. */
type PagePlace = { offset: number } | { scroll_id: string }

/**
 * Socrata (Tyler Data & Insights), a platform that is hosted for its portals.
 * API: https://dev.socrata.com/docs/other/discovery: `/api/catalog/v1`, in the order of identifiers; between full runs newest first, as far as what changed.
 * Oddities: the API knows many portals, so that the domain is asked for; offsets end at 10,000, beyond which a page is what follows an identifier.
 */
export const socrata: Protocol<SocrataOptions> = {
  robots: false,
  options,
  rank: 40,
  tables: {
    dataset: { heading: 'Socrata', rows: datasetFields },
    distribution: { heading: 'Socrata', rows: distributionFields },
  },
  recognise: recogniseSocrata,
  async *harvest(source, { fetch, only, since, known, holds, expect }) {
    const { pageSize } = source.options
    if (only !== undefined) {
      const { items: found } = await ask(source, { ids: only, limit: '1' }, fetch)
      for (const item of found) if (text(at(item, 'resource.id')) === only) yield recordOf(item, source) ?? { gone: only }
      return
    }
    const list = (order: string): Listing<PagePlace> => ({
      first: start,
      ask: async place => {
        const deep = 'scroll_id' in place
        const page = await ask(source, { limit: String(pageSize), ...(deep ? { scroll_id: place.scroll_id } : { order, offset: String(place.offset) }) }, fetch)
        return { ...page, next: nextPlace(place, page) }
      },
      after: (place, size, total = 0) => ('offset' in place && place.offset + size < total ? { offset: place.offset + size } : undefined),
      record: item => recordOf(item, source),
      expect,
      name: apiOf(source.url),
    })
    const newest = list('updatedAt DESC')
    const first = since !== undefined && known <= maxOffset ? await newest.ask(start) : undefined
    // A portal that counts more or fewer than are held has deleted some, or we missed some: then all are read.
    if (first && since !== undefined && first.total === known && isNewestFirst(first.items, since, dateOf)) {
      const changed = untilOlder({ ...newest, ask: place => (place === start ? Promise.resolve(first) : newest.ask(place)) }, since, dateOf)
      yield* changesOrAll(
        listed(changed.list),
        holds,
        () => Math.max(0, known - changed.read()),
        () => listed(list('dataset_id')),
      )
    } else yield* listed(list('dataset_id'))
  },
  replay: (kept, source) =>
    replayed(kept, item => recordOf(item, source) ?? { problem: new Problem('bad-record', 'The asset is one that the source leaves out.') }),
}

const start: PagePlace = { offset: 0 }

/** By offset as far as that goes; from then on by the identifier of the last asset. */
function nextPlace(place: PagePlace, { items: found, total }: Omit<ListPage<PagePlace>, 'next'>): PagePlace | undefined {
  const last = text(at(found.at(-1), 'resource.id'))
  if (found.length === 0) return undefined
  if ((total ?? 0) > maxOffset) return last ? { scroll_id: last } : undefined
  return 'offset' in place && place.offset + found.length < (total ?? Infinity) ? { offset: place.offset + found.length } : undefined
}

const apiOf = (url: string) => `${new URL(url).origin}/api/catalog/v1`

async function ask(source: SourceOf<SocrataOptions>, query: Record<string, string>, fetch: Fetch): Promise<Omit<ListPage<PagePlace>, 'next'>> {
  const { domain = new URL(source.url).host, only } = source.options
  const url = `${apiOf(source.url)}?${new URLSearchParams({ domains: domain, search_context: domain, only: only.join(','), ...query })}`
  const { results, resultSetSize } = (readJson(await fetch(url, 'application/json')) ?? {}) as JsonObject
  if (!Array.isArray(results))
    throw new Problem('unexpected-answer', `${url} answered without a list of results: this is not the discovery API of Socrata. Check the source's url.`, {
      url,
    })
  return { items: results, total: typeof resultSetSize === 'number' ? resultSetSize : undefined }
}

const dateOf = (item: unknown) => instant(text(at(item, 'resource.updatedAt')))

/** Undefined for what its owner hides from catalogues, and for what the source leaves out. */
function recordOf(item: unknown, source: SourceOf<SocrataOptions>): Harvested | undefined {
  const { derived } = source.options
  const fields = isObject(item) ? item : {}
  if (at(fields, 'resource.hide_from_data_json') === true || (!derived && items(at(fields, 'resource.parent_fxf')).length > 0)) return undefined
  return jsonRecord(
    withoutCounts(item),
    {
      key: keyIn(at(fields, 'resource.id')),
      name: at(fields, 'resource.name'),
      modified: at(fields, 'resource.updatedAt'),
      nameless: 'An asset of the catalogue has no "resource.id"',
    },
    mapAsset(fields, { site: new URL(source.url).origin, language: source.language }),
  )
}

/** Counts of visits change by the hour and say nothing of the data. */
function withoutCounts(item: unknown): unknown {
  if (!isObject(item) || !isObject(item['resource'])) return item
  const { page_views: _views, download_count: _downloads, ...resource } = item['resource']
  return { ...item, resource }
}
