import { Problem } from '../../../problem.ts'
import type { Fetch } from '../../http/fetch.ts'
import { absolute } from '../addresses.ts'
import type { ListPage } from '../pages.ts'
import { readJson } from './answer.ts'
import { isObject, objects, text, type JsonObject } from './values.ts'

/** A page of an OGC API or of STAC: its items in `field`, and the next page by its link. Without a field, one thing alone. */
export async function linkedPage(url: string, field: string | undefined, fetch: Fetch): Promise<ListPage<string> & { item: JsonObject }> {
  const page = await fetch(url, 'application/geo+json, application/json;q=0.9')
  const item = readJson(page)
  const list = field === undefined ? [] : isObject(item) ? item[field] : undefined
  if (!isObject(item) || !Array.isArray(list))
    throw new Problem(
      'unexpected-answer',
      `${url} answered without ${field === undefined ? 'an object' : `a list of ${field}`}: this is not the API that the source's protocol expects. ` +
        `Check the source's url.`,
      { url },
    )
  const next = objects(item['links']).find(({ rel, method }) => text(rel) === 'next' && !/^post$/i.test(text(method)))
  const total = item['numberMatched'] ?? (isObject(item['context']) ? item['context']['matched'] : undefined)
  return { item, items: list, total: typeof total === 'number' ? total : undefined, next: next && absolute(text(next['href']), page.url) }
}

/** The address of the page after one that was lost, for addresses that count the items before them (`offset=20`); undefined for others. */
export function pageAfter(url: string, size: number, total: number | undefined): string | undefined {
  const next = new URL(url)
  const counter = ['offset', 'startindex', 'startIndex'].find(name => next.searchParams.has(name))
  if (!counter) return undefined
  const offset = Number(next.searchParams.get(counter)) + size
  next.searchParams.set(counter, String(offset))
  return Number.isFinite(offset) && offset < (total ?? Infinity) ? next.href : undefined
}
