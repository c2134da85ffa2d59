import { Problem } from '../../../problem.ts'
import { harvestFeed, usualReach } from '../../formats/dcat/feed.ts'
import { replay as replayDcat } from '../../formats/dcat/record.ts'
import { isAbsent } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll, isNewestFirst, untilOlder } from '../../readers/changes.ts'
import { replayed } from '../../readers/json/record.ts'
import { isObject, type JsonObject } from '../../readers/json/values.ts'
import { listed } from '../../readers/pages.ts'
import { itemApis, itemRecord, listOf, modifiedOf, shownItem, siteOf, type ItemApi } from './items.ts'
import { itemFields, distributionFields } from './mapping.ts'
import { options, type ArcgisOptions } from './options.ts'
import { recogniseArcgis } from './recognise.ts'
import { serviceFields, type Service } from './server-mapping.ts'
import { serviceRecord, servicesOf } from './server.ts'

/**
 * ArcGIS of Esri: sites of Hub, portals of ArcGIS Online and Enterprise, and plain servers with their folders of services.
 * API: https://developers.arcgis.com/rest/; the search of a Hub site is OGC API Records, its older API v3 is JSON:API, and its feed is DCAT-AP 3 in JSON-LD.
 * Oddities: errors come with status 200, and those of code 403, 498 and 499 stand for what is not for everybody; counts of visits change by the hour and are
 * not kept; an envelope may be in Web Mercator; one name of a server may stand for several types of service, which are one dataset.
 */
export const arcgis: Protocol<ArcgisOptions> = {
  robots: false,
  options,
  rank: 50,
  tables: {
    item: { heading: 'ArcGIS', rows: itemFields },
    service: { heading: 'ArcGIS Server', rows: serviceFields },
    distribution: { heading: 'Made of an item or a service', rows: distributionFields },
  },
  recognise: recogniseArcgis,
  async *harvest(source, harvest) {
    const { fetch, only, since, known, holds, expect } = harvest
    const kind = kindOf(source)
    if (kind === 'server') return yield* servicesOf(source, fetch, only, expect)
    if (kind === 'feed') return yield* harvestFeed({ ...source, url: feedOf(source.url) }, harvest, usualReach)
    const api = kind === 'search' ? await spoken(source, fetch) : itemApis[kind]
    if (only !== undefined) return yield await shownItem(only, api, source, fetch)
    const newest = listOf(api, source, fetch, expect, true)
    const first = since !== undefined ? await probed(() => newest.ask(newest.first)) : undefined
    if (first && since !== undefined && first.total === known && isNewestFirst(first.items, since, modifiedOf)) {
      const changed = untilOlder({ ...newest, ask: url => (url === newest.first ? Promise.resolve(first) : newest.ask(url)) }, since, modifiedOf)
      yield* changesOrAll(
        listed(changed.list),
        holds,
        () => Math.max(0, known - changed.read()),
        () => listed(listOf(api, source, fetch, expect)),
      )
    } else yield* listed(listOf(api, source, fetch, expect))
  },
  replay(kept, source) {
    if (kept.payload.mediaType !== 'application/json') return replayDcat(kept)
    return replayed(kept, item => recordOf(item, source) ?? { problem: new Problem('bad-record', 'The item is not for everybody.') })
  },
}

function kindOf({ url, options }: SourceOf<ArcgisOptions>): NonNullable<ArcgisOptions['api']> {
  return (
    options.api ??
    (/\/rest\/services\b/.test(url) ? 'server' : /\/sharing\/rest\b|\/portal\/?$/.test(url) ? 'portal' : /\/api\/feed\/dcat-ap\//.test(url) ? 'feed' : 'search')
  )
}

/** The search of Hub; where a site has none, as older ones, its API v3. A site that was told which is asked for that alone. */
async function spoken(source: SourceOf<ArcgisOptions>, fetch: Fetch): Promise<ItemApi> {
  if (source.options.api) return itemApis.search
  const list = listOf(itemApis.search, source, fetch, () => {})
  try {
    await list.ask(list.first)
  } catch (error) {
    if (!isAbsent(error)) throw error
    const older = listOf(itemApis.v3, source, fetch, () => {})
    if (await probed(() => older.ask(older.first))) return itemApis.v3
    throw error
  }
  return itemApis.search
}

/** What is asked for; undefined for a Problem, as another request will meet it again. */
async function probed<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** The feed of a site: DCAT-AP 3 in JSON-LD. */
const feedOf = (url: string) => (/\/api\/feed\//.test(url) ? url : `${siteOf(url)}/api/feed/dcat-ap/3.0.0.json`)

const recordOf = (item: unknown, source: SourceOf<ArcgisOptions>): Harvested | undefined =>
  isService(item) ? serviceRecord(item, source) : itemRecord(item, source, kindOf(source) !== 'portal')

const isService = (item: unknown): item is JsonObject & Service => isObject(item) && isObject(item['types'])
