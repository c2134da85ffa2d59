import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { mapCollection } from '../../formats/ogc/collection.ts'
import { ownAddress } from '../../formats/ogc/links.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { absolute } from '../../readers/addresses.ts'
import { linkedPage, pageAfter } from '../../readers/json/linked-pages.ts'
import { jsonRecord, keyIn, replayed } from '../../readers/json/record.ts'
import { isObject, objects, text, type JsonObject } from '../../readers/json/values.ts'
import { listed } from '../../readers/pages.ts'
import { recogniseStac } from './recognise.ts'

const options = z
  .strictObject({
    collections: z.array(z.string()).optional().describe('Only these collections, by their ids; all where it is not said.'),
    maxDepth: z.number().int().min(1).max(100).default(20).describe('How deep catalogues may lie in each other.'),
    maxCatalogues: z.number().int().positive().default(10_000).describe('Catalogues and collections after which a catalogue is taken for one without end.'),
  })
  .describe('STAC: the collections of an API, or of a static catalogue by its links.')
type StacOptions = z.infer<typeof options>

/**
 * Catalogues of satellite images and other assets in space and time: STAC 1.0 and 1.1, as an API or as files that link to each other.
 * API: https://github.com/radiantearth/stac-api-spec and https://github.com/radiantearth/stac-spec.
 * Oddities: a collection is a dataset; its items are what lies in it, and are not read; which items lie in it changes by the day and is not kept.
 */
export const stac: Protocol<StacOptions> = {
  robots: false,
  options,
  rank: 130,
  recognise: recogniseStac,
  async *harvest(source, { fetch, only, expect }) {
    if (/\/collections\/?(\?|$)/.test(source.url)) return yield* collectionsOf(source.url, source, fetch, only, expect)
    const { item: landing } = await linkedPage(source.url, undefined, fetch)
    const data = objects(landing['links']).find(({ rel }) => text(rel) === 'data')
    const address = data && absolute(text(data['href']), source.url)
    if (address && isApi(landing)) yield* collectionsOf(address, source, fetch, only, expect)
    else yield* linked(source, fetch)
  },
  replay: (kept, source) =>
    replayed(kept, item => recordOf(item, '', source) ?? { problem: new Problem('bad-record', 'The collection is one that the source leaves out.') }),
}

const isApi = ({ conformsTo, links }: JsonObject) => Array.isArray(conformsTo) || !objects(links).some(({ rel }) => text(rel) === 'child')

/** The collections that an API lists; or one of them. */
async function* collectionsOf(
  address: string,
  source: SourceOf<StacOptions>,
  fetch: Fetch,
  only: string | undefined,
  expect: (total: number) => void,
): AsyncGenerator<Harvested> {
  const [path, search = ''] = address.split('?')
  const one = (id: string) => `${path!.replace(/\/+$/, '')}/${encodeURIComponent(id)}${search && `?${search}`}`
  if (only !== undefined) return yield await shown(only, one(only), source, fetch)
  yield* listed<string>({
    first: address,
    expect,
    name: path!,
    ask: url => linkedPage(url, 'collections', fetch),
    after: pageAfter,
    record: item => recordOf(item, isObject(item) ? one(text(item['id'])) : '', source),
  })
}

/** One collection alone; gone where the API says so in JSON. */
async function shown(key: string, url: string, source: SourceOf<StacOptions>, fetch: Fetch): Promise<Harvested> {
  try {
    return recordOf((await linkedPage(url, undefined, fetch)).item, url, source) ?? { gone: key }
  } catch (error) {
    if (error instanceof StatusProblem && error.answered === 404 && (error.place.excerpt ?? '').trimStart().startsWith('{')) return { gone: key }
    throw error
  }
}

/** Follows the links `child` from catalogue to catalogue, each address once. One that cannot be read may have held others: it is lost. */
async function* linked(source: SourceOf<StacOptions>, fetch: Fetch): AsyncGenerator<Harvested> {
  const { maxDepth, maxCatalogues } = source.options
  const queue = [{ url: withoutMark(source.url), depth: 0 }]
  const seen = new Set(queue.map(({ url }) => url))
  for (let at = 0; at < queue.length; at++) {
    const { url, depth } = queue[at]!
    let found: JsonObject
    try {
      found = (await linkedPage(url, undefined, fetch)).item
      if (!Array.isArray(found['links']) && found['id'] === undefined && text(found['type']) !== 'Collection')
        throw new Problem(
          'unexpected-answer',
          `${url} is JSON without links: this is neither a catalogue nor a collection of STAC. Check the source's url, or ask the portal.`,
          { url },
        )
    } catch (error) {
      if (!(error instanceof Problem) || at === 0) throw error
      yield { lost: error }
      continue
    }
    if (text(found['type']) === 'Collection' || isObject(found['extent'])) yield recordOf(found, url, source) ?? { leftOut: 1 }
    const children = objects(found['links'])
      .filter(({ rel }) => text(rel) === 'child')
      .flatMap(({ href }) => absolute(text(href), url) ?? [])
      .map(withoutMark)
      .filter(child => !seen.has(child))
    if (children.length > 0 && depth === maxDepth)
      yield {
        lost: new Problem(
          'endless-pages',
          `${url} lies ${depth} catalogues deep and names further ones, which are not followed. ` +
            'Raise options.maxDepth, or ask the portal whether its catalogues end.',
          { url },
        ),
      }
    else
      for (const child of children) {
        seen.add(child)
        queue.push({ url: child, depth: depth + 1 })
      }
    if (queue.length > maxCatalogues)
      throw new Problem(
        'endless-pages',
        `${source.url} names more than ${maxCatalogues} catalogues and collections. Ask the portal whether its links end, or raise options.maxCatalogues.`,
        { url: source.url },
      )
  }
}

const withoutMark = (url: string) => url.replace(/#.*$/, '')

/**
 * Undefined for a collection that is not wanted. What is kept says where it stood, as its addresses are read from there; which items lie in it says nothing of
 * it.
 */
function recordOf(sent: unknown, url: string, source: SourceOf<StacOptions>): Harvested | undefined {
  const item = isObject(sent) ? sent : {}
  const key = keyIn(item['id'])
  const { collections } = source.options
  if (key !== undefined && collections && !collections.includes(key)) return undefined
  const links = objects(item['links']).filter(({ rel }) => !/^(item|child)$/.test(text(rel)))
  const kept = isObject(sent) ? { ...item, links: ownAddress(item, 'self') || !url ? links : [...links, { rel: 'self', href: url }] } : sent
  return jsonRecord(
    kept,
    {
      key,
      name: key && /^[0-9a-f-]{20,}$/i.test(key) ? item['title'] : key,
      modified: item['updated'],
      nameless: `A collection${url && ` at ${url}`} has no "id"`,
    },
    mapCollection(isObject(kept) ? (kept as JsonObject) : {}, { url: source.url, language: source.language }),
  )
}
