import { Problem } from '../../../problem.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import { readJson } from '../../readers/json/answer.ts'
import { isObject, type JsonObject } from '../../readers/json/values.ts'

/** One edition of the platform's API. */
export interface Api {
  name: 'v2.1' | 'v2.0' | 'v1'
  /** The list of datasets; with an identifier behind it, one of them. */
  list: string
  /** The whole catalogue in one answer, however large. */
  whole?: string
  /** What its parameters and its fields are called. */
  says: { size: string; start: string; items: string; total: string; query: Record<string, string> }
}

const v2 = { size: 'limit', start: 'offset', total: 'total_count', query: { order_by: 'dataset_id', include_app_metas: 'true', timezone: 'UTC' } }

/** The editions, newest first: a portal speaks one or more of them. */
export const apis: Api[] = [
  { name: 'v2.1', list: '/api/explore/v2.1/catalog/datasets', whole: '/api/explore/v2.1/catalog/exports/json', says: { ...v2, items: 'results' } },
  { name: 'v2.0', list: '/api/v2/catalog/datasets', whole: '/api/v2/catalog/exports/json', says: { ...v2, items: 'datasets' } },
  {
    name: 'v1',
    list: '/api/datasets/1.0/search/',
    says: { size: 'rows', start: 'start', items: 'datasets', total: 'nhits', query: { sort: '-modified', timezone: 'UTC' } },
  },
]

/** The portal's address without the path of its API or its catalogue. */
export const siteOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/\/(api|explore)(\/.*)?$/, '')
    .replace(/\/+$/, '')

export interface PageQuery {
  api: Api
  size: number
  offset: number
  where?: string | undefined
}
export interface PageAnswer {
  items: unknown[]
  total: number | undefined
}

/** One page of the catalogue. */
export async function askPage(fetch: Fetch, site: string, { api, size, offset, where }: PageQuery): Promise<PageAnswer> {
  const { says } = api
  const condition = where && { [api.name === 'v1' ? 'q' : 'where']: where }
  const query = new URLSearchParams({ ...says.query, [says.size]: String(size), [says.start]: String(offset), ...condition })
  const url = `${site}${api.list}?${query}`
  const answer = readJson(await fetch(url, 'application/json'))
  const [items, total] = isObject(answer) ? [answer[says.items], answer[says.total]] : []
  if (!Array.isArray(items))
    throw new Problem(
      'unexpected-answer',
      `${url} answered without a list of ${says.items}: this is not Opendatasoft's API ${api.name}. Check the source's url.`,
      { url },
    )
  return { items: items.map(datasetIn), total: typeof total === 'number' ? total : undefined }
}

/** A dataset as 2.1 lists it: 2.0 wraps it with links, 1.0 lays its metadata out otherwise. */
export function datasetIn(item: unknown): unknown {
  if (!isObject(item)) return item
  if (isObject(item['dataset'])) return item['dataset']
  if (item['datasetid'] === undefined) return item
  const { metas, interop_metas: others, extra_metas: more, ...rest } = item
  return { ...rest, dataset_id: item['datasetid'], metas: { ...(isObject(more) ? more : {}), ...(isObject(others) ? others : {}), default: metas } }
}

/** One dataset alone; undefined where the API says that it knows none of that name. */
export async function askOne(fetch: Fetch, site: string, api: Api, id: string): Promise<JsonObject | undefined> {
  const list = api.name === 'v1' ? '/api/datasets/1.0' : api.list
  try {
    const item = datasetIn(readJson(await fetch(`${site}${list}/${encodeURIComponent(id)}${api.name === 'v1' ? '/' : ''}`, 'application/json')))
    return isObject(item) ? item : {}
  } catch (error) {
    // Any address may answer 404: only the API's own words say that the dataset is gone.
    if (error instanceof StatusProblem && error.answered === 404 && /"(error_code|errorcode)"/.test(error.place.excerpt ?? '')) return undefined
    throw error
  }
}
