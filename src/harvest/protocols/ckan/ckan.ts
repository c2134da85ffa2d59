import { Problem } from '../../../problem.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll, countChanges, none } from '../../readers/changes.ts'
import { jsonRecord, keyIn, replayed } from '../../readers/json/record.ts'
import type { JsonObject } from '../../readers/json/values.ts'
import { actionUrl, askAction, siteOf } from './api.ts'
import { unwrapped } from './dkan.ts'
import { datasetFields } from './mapping.ts'
import { options, type CkanOptions, type Portal } from './options.ts'
import { isHidden, pages, type SearchResult } from './pages.ts'
import { recogniseCkan } from './recognise.ts'
import { distributionFields } from './resource.ts'
import { mapPart, packageOf, partKey, partsOf } from './series.ts'
import { readTrees, withTrees } from './trees.ts'

type Ask = (rows: number, start: number, since?: string) => Promise<SearchResult>

/**
 * CKAN, the software of most open data portals, and DKAN 1, which answers CKAN's actions in words of its own.
 * API: https://docs.ckan.org/en/latest/api/: `package_search`, page by page in the order of ids; private datasets are never asked for.
 * Oddities: an error may come as `success: false` or as HTML with status 200; texts in several languages come by one of three extensions, some as JSON in a
 * text; extras are fields like any other; CKAN's own robots.txt disallows /api/ from the day it is installed; DKAN 1 has no `package_search` and writes dates
 * in words.
 */
export const ckan: Protocol<CkanOptions> = {
  // CKAN's own robots.txt disallows /api/ from the day it is installed.
  robots: false,
  options,
  rank: 10,
  tables: {
    dataset: { heading: 'CKAN', rows: datasetFields },
    distribution: { heading: 'CKAN', rows: distributionFields },
  },
  recognise: recogniseCkan,
  async *harvest(source, harvest) {
    const settings = source.options
    const action = (name: string, parameters: Record<string, string>) => askAction(harvest.fetch, actionUrl(source.url), name, parameters)
    const ask: Ask = async (rows, start, since) => {
      const filter = [settings.filter, since && `metadata_modified:[${since} TO *]`].filter(Boolean).join(' +')
      const found = (await action('package_search', {
        q: '*:*',
        sort: 'id asc',
        rows: String(rows),
        start: String(start),
        ...(filter && { fq: filter }),
      })) as Omit<SearchResult, 'count'> & { count?: unknown }
      if (!Array.isArray(found.results))
        throw new Problem(
          'unexpected-answer',
          `${actionUrl(source.url)}package_search answered without a list of results: this is not a CKAN action API. Check the source's url.`,
          { url: source.url },
        )
      const { results, count } = found
      // A count that JavaScript would round comes as its digits.
      const counted = typeof count === 'string' ? Number(count) : count
      return { results, ...(typeof counted === 'number' && { count: counted }) }
    }
    const trees = settings.trees ? await readTrees(action) : undefined
    const records = (each: JsonObject) => recordsOf(trees ? withTrees(each, trees) : each, source)
    if (harvest.only !== undefined) return yield* await shown(harvest.only, action, records)

    const since = settings.series ? undefined : harvest.since
    const news = await countChanges(async from => (await ask(0, 0, from)).count, since, harvest.known)
    const listOf = (from?: string) => {
      const search: Ask = (rows, start) => ask(rows, start, from)
      const expect = (total: number) => harvest.expect(from === undefined ? total : harvest.known)
      return pages(settings.filter || from !== undefined ? search : orListed(search, action), settings.pageSize, expect, records)
    }
    if (!news) return yield* listOf()
    yield* changesOrAll(news.changed === 0 ? none() : listOf(since), harvest.holds, () => news.unchanged, listOf)
  },
  replay: (kept, source) => replayed(kept, item => recordOf(item as JsonObject, source)),
}

type Action = (name: string, parameters: Record<string, string>) => Promise<unknown>

/** Lists by `package_search`, else by what DKAN 1 has instead. For a portal with neither, the Problem is that of `package_search`. */
function orListed(search: Ask, action: Action): Ask {
  let listed = false
  return async (rows, start) => {
    if (!listed) {
      try {
        return await search(rows, start)
      } catch (error) {
        if (start > 0 || !(error instanceof StatusProblem && error.answered === 404)) throw error
        listed = true
        try {
          return await list(rows, start)
        } catch {
          throw error
        }
      }
    }
    return await list(rows, start)
  }

  async function list(rows: number, start: number): Promise<SearchResult> {
    const results = unwrapped(await action('current_package_list_with_resources', { limit: String(rows), offset: String(start) })) as JsonObject[]
    // Some answer all at once, whatever they are asked for.
    return { results, ...(results.length > rows && { count: start + results.length }) }
  }
}

/** One dataset alone, with the years of it that are datasets of their own. */
async function shown(key: string, action: Action, records: (item: JsonObject) => Harvested[]): Promise<Harvested[]> {
  try {
    const [item] = unwrapped(await action('package_show', { id: packageOf(key) })) as JsonObject[]
    return !item || isHidden(item) ? [{ gone: key }] : records(item)
  } catch (error) {
    if (error instanceof StatusProblem && error.answered === 404 && isPackageNotFound(error)) return [{ gone: key }]
    throw error
  }
}

/** Any address may answer 404: only CKAN's own words say that the dataset is gone. */
const isPackageNotFound = ({ place }: StatusProblem) => /"__type":\s*"Not Found Error"/.test(place.excerpt ?? '')

function portalOf(source: SourceOf<CkanOptions>): Portal {
  const settings = source.options
  return { site: siteOf(settings.site ?? source.url), language: source.language, ...settings }
}

const recordsOf = (item: JsonObject, source: SourceOf<CkanOptions>): Harvested[] =>
  partsOf(item ?? {}, portalOf(source)).map(part => recordOf(item ? part : item, source))

function recordOf(item: JsonObject, source: SourceOf<CkanOptions>): Harvested {
  const key = partKey(keyIn(item?.['id'], item?.['name']), item ?? {})
  return jsonRecord(
    item,
    { key, name: item?.['name'], modified: item?.['metadata_modified'], nameless: 'A dataset of package_search has neither "id" nor "name"' },
    mapPart(item ?? {}, portalOf(source)),
  )
}
