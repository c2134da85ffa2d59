import { Problem } from '../../../problem.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, SourceOf } from '../../protocol.ts'
import { absolute } from '../../readers/addresses.ts'
import { at } from '../../readers/json/fields.ts'
import { linkedPage } from '../../readers/json/linked-pages.ts'
import { jsonRecord, keyIn } from '../../readers/json/record.ts'
import { isObject, text } from '../../readers/json/values.ts'
import type { Listing, ListPage } from '../../readers/pages.ts'
import { instant } from '../incremental.ts'
import { isoOf, itemIn, mapItem } from './mapping.ts'
import type { ArcgisOptions } from './options.ts'
import { askArcgis, RefusedBy } from './server.ts'

/** An API that lists items in pages. */
export interface ItemApi {
  /** The address of the first page; `newest` asks for the order of changes, newest first. */
  first(site: string, options: ArcgisOptions, newest: boolean): string
  page(url: string, fetch: Fetch): Promise<ListPage<string>>
  /** The address of one item alone. */
  one(site: string, id: string, options: ArcgisOptions): string
  /** The parameter by which an address counts its items, from 1, or its pages. */
  counter: string
  hub: boolean
}

const query = (path: string, parameters: Record<string, string | undefined>) =>
  `${path}?${new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined))}`
const totalOf = (value: unknown) => (typeof value === 'number' ? value : undefined)

/** What stands for data among the items of a portal; its maps, applications and layouts do not. */
const data = [
  'Feature Service',
  'Map Service',
  'Image Service',
  'Scene Service',
  'Vector Tile Service',
  'WMS',
  'WFS',
  'WMTS',
  'KML',
  'CSV',
  'GeoJson',
  'Shapefile',
  'File Geodatabase',
  'GeoPackage',
  'Microsoft Excel',
]
  .map(type => `type:"${type}"`)
  .join(' OR ')

export const itemApis: Record<'search' | 'v3' | 'portal', ItemApi> = {
  search: {
    first: (site, { pageSize, filter, collection }, newest) =>
      query(`${site}/api/search/v1/collections/${encodeURIComponent(collection)}/items`, {
        limit: String(pageSize),
        startindex: '1',
        q: filter,
        sortBy: newest ? '-properties.modified' : undefined,
      }),
    page: (url, fetch) => linkedPage(url, 'features', fetch),
    one: (site, id, { collection }) => `${site}/api/search/v1/collections/${encodeURIComponent(collection)}/items/${encodeURIComponent(id)}`,
    counter: 'startindex',
    hub: true,
  },
  v3: {
    first: (site, { pageSize, filter }, newest) =>
      query(`${site}/api/v3/datasets`, { 'page[size]': String(pageSize), 'page[number]': '1', q: filter, sort: newest ? '-modified' : undefined }),
    page: async (url, fetch) => {
      const answer = await askArcgis(url, fetch)
      if (!Array.isArray(answer['data']))
        throw new Problem('unexpected-answer', `${url} answered without a list of data: this is not the API of ArcGIS Hub. Check the source's url.`, { url })
      const next = text(at(answer, 'meta.next')) || text(at(answer, 'links.next'))
      return { items: answer['data'], total: totalOf(at(answer, 'meta.stats.totalCount')), next: absolute(next, url) }
    },
    one: (site, id) => `${site}/api/v3/datasets/${encodeURIComponent(id)}`,
    counter: 'page[number]',
    hub: true,
  },
  portal: {
    first: (site, { pageSize, filter }, newest) =>
      query(`${site}/sharing/rest/search`, {
        q: filter ?? `(${data})`,
        f: 'json',
        start: '1',
        num: String(Math.min(pageSize, 100)),
        ...(newest ? { sortField: 'modified', sortOrder: 'desc' } : { sortField: 'created', sortOrder: 'asc' }),
      }),
    page: async (url, fetch) => {
      const answer = await askArcgis(url, fetch)
      if (!Array.isArray(answer['results']))
        throw new Problem('unexpected-answer', `${url} answered without a list of results: this is not the search of ArcGIS. Check the source's url.`, { url })
      const next = Number(text(answer['nextStart']))
      return { items: answer['results'], total: totalOf(answer['total']), next: next > 0 ? placed(url, 'start', next) : undefined }
    },
    one: (site, id) => `${site}/sharing/rest/content/items/${encodeURIComponent(id)}?f=json`,
    counter: 'start',
    hub: false,
  },
}

function placed(url: string, name: string, value: number): string {
  const address = new URL(url)
  address.searchParams.set(name, String(value))
  return address.href
}

/** The address of a site of Hub or of a portal, without the path of its API or its pages. */
export const siteOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/\/(api|sharing|home|search|datasets)(\/.*)?$/, '')
    .replace(/\/+$/, '')

export function listOf(api: ItemApi, source: SourceOf<ArcgisOptions>, fetch: Fetch, expect: (total: number) => void, newest = false): Listing<string> {
  const options = source.options
  const first = api.first(siteOf(source.url), options, newest)
  const { counter } = api
  return {
    first,
    expect,
    name: first.replace(/\?.*$/, ''),
    ask: url => api.page(url, fetch),
    after: (url, size, total) => {
      const place = Number(new URL(url).searchParams.get(counter))
      const [next, before] = counter === 'page[number]' ? [place + 1, place * size] : [place + size, place + size - 1]
      return Number.isFinite(next) && before < (total ?? Infinity) ? placed(url, counter, next) : undefined
    },
    record: item => itemRecord(item, source, api.hub),
  }
}

/** One item alone; gone where the portal says so in its own words. */
export async function shownItem(key: string, api: ItemApi, source: SourceOf<ArcgisOptions>, fetch: Fetch): Promise<Harvested> {
  try {
    const answer = await askArcgis(api.one(siteOf(source.url), key, source.options), fetch)
    return itemRecord(isObject(answer['data']) ? answer['data'] : answer, source, api.hub) ?? { gone: key }
  } catch (error) {
    if (error instanceof RefusedBy && (error.word === 'CONT_0001' || error.isPrivate)) return { gone: key }
    if (error instanceof StatusProblem && error.answered === 404 && (error.place.excerpt ?? '').trimStart().startsWith('{')) return { gone: key }
    throw error
  }
}

export const modifiedOf = (item: unknown) => (isObject(item) ? instant(isoOf(itemIn(item)['modified']) ?? '') : undefined)

/** Counts of visits and marks change by the hour, and say nothing of the data. */
const volatile = new Set(['numViews', 'numComments', 'numRatings', 'avgRating', 'scoreCompleteness', 'lastViewed', 'searchScore', 'lastModified'])

/** The record of an item; undefined for one that is not public. */
export function itemRecord(sent: unknown, source: SourceOf<ArcgisOptions>, hub: boolean): Harvested | undefined {
  const fields = isObject(sent) ? sent : {}
  const item = itemIn(fields)
  if (text(item['access']) && text(item['access']) !== 'public') return undefined
  const { site, formats } = source.options
  const still = (part: unknown) => (isObject(part) ? Object.fromEntries(Object.entries(part).filter(([name]) => !volatile.has(name))) : part)
  const kept = isObject(sent)
    ? {
        ...(still(sent) as object),
        ...(isObject(sent['properties']) && { properties: still(sent['properties']) }),
        ...(isObject(sent['attributes']) && { attributes: still(sent['attributes']) }),
      }
    : sent
  return jsonRecord(
    kept,
    { key: keyIn(item['id']), name: item['title'] ?? item['name'], modified: isoOf(item['modified']), nameless: 'An item of the portal has no "id"' },
    mapItem(fields, { site: siteOf(site ?? source.url), language: source.language, hub, formats }),
  )
}
