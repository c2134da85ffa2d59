import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { percentDecoded } from '../../../rdf/iri.ts'
import { mapCollection, collectionFields } from '../../formats/ogc/collection.ts'
import { linkFields } from '../../formats/ogc/links.ts'
import { mapRecord, datasetFields } from '../../formats/ogc/record.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll, isNewestFirst, untilOlder } from '../../readers/changes.ts'
import { at } from '../../readers/json/fields.ts'
import { linkedPage, pageAfter } from '../../readers/json/linked-pages.ts'
import { jsonRecord, keyIn, replayed } from '../../readers/json/record.ts'
import { isObject, text } from '../../readers/json/values.ts'
import { listed, type Listing } from '../../readers/pages.ts'
import { pace, instant } from '../incremental.ts'
import { recogniseOgcRecords } from './recognise.ts'

const options = z
  .strictObject({
    pageSize: z.number().int().min(1).max(10_000).default(100).describe('Records asked for at a time.'),
    read: z
      .enum(['auto', 'records', 'collections', 'all'])
      .default('auto')
      .describe(
        'What stands as a dataset: the `records` of its catalogues, the `collections` themselves (features, coverages), or `all`; `auto`: ' +
          'records where there are any, else collections.',
      ),
    collections: z.array(z.string()).optional().describe('Only these collections, by their ids; all where it is not said.'),
    ...pace('Read only the newest changes, between full runs, where the server sorts by them.'),
  })
  .describe('OGC API Records; collections of pygeoapi and other OGC APIs.')
type OgcOptions = z.infer<typeof options>

/**
 * Catalogues of OGC API Records, and collections of other OGC APIs as datasets: pygeoapi, ldproxy, GeoServer.
 * API: https://ogcapi.ogc.org/records/ (OGC 20-004).
 * Oddities: drafts of the standard differ in how they name languages, contacts and times, and all are read; not every server sorts; WMO's profile (WCMP 2) has
 * fields of its own.
 */
export const ogcRecords: Protocol<OgcOptions> = {
  robots: false,
  options,
  rank: 120,
  tables: {
    dataset: { heading: 'Record', rows: datasetFields },
    collection: { heading: 'Collection', rows: collectionFields },
    distribution: { heading: 'Link or asset', rows: linkFields },
  },
  recognise: recogniseOgcRecords,
  async *harvest(source, { fetch, only, since, known, holds, expect }) {
    const { read } = source.options
    const { collection } = placeOf(source.url)
    const catalogues = collection === undefined ? await cataloguesOf(source, fetch) : [collection]
    const wants = {
      records: read === 'records' || read === 'all' || (catalogues.length > 0 && read === 'auto'),
      collections: collection === undefined && (read === 'collections' || read === 'all' || (catalogues.length === 0 && read === 'auto')),
    }
    if (only !== undefined) return yield await shown(only, source, wants.records ? catalogues : [], wants.collections, fetch)

    // Of several catalogues some show what others hold (pycsw's virtual collections): there the first that has a record gives it.
    const seen = new Map<string, string>()
    let expected = 0
    for (const catalogue of wants.records ? catalogues : []) {
      const list = (sort?: string) =>
        listOf(
          addressOf(source, catalogue, 'items', { limit: String(source.options.pageSize), ...(sort && { sortby: sort }) }),
          'features',
          fetch,
          item => recordOf(item, source),
          total => expect((expected += total)),
        )
      const news =
        since !== undefined && catalogues.length === 1 && !wants.collections
          ? await newest(list('-properties.updated'), list('-updated'), since, known)
          : undefined
      if (news) {
        return yield* changesOrAll(
          listed(news.list),
          holds,
          () => Math.max(0, known - news.read()),
          () => listed(list()),
        )
      }
      for await (const harvested of listed(list())) {
        const key = 'key' in harvested ? harvested.key : undefined
        if (key !== undefined && (seen.get(key) ?? catalogue) !== catalogue) continue
        if (key !== undefined && catalogues.length > 1) seen.set(key, catalogue)
        yield harvested
      }
    }
    if (wants.collections)
      yield* listed(
        listOf(
          addressOf(source),
          'collections',
          fetch,
          item => (isCatalogue(item) || !isWanted(item, source) ? undefined : collectionOf(item, source)),
          total => expect((expected += total)),
        ),
      )
  },
  replay: (kept, source) =>
    replayed(kept, item => eitherOf(item, source) ?? { problem: new Problem('bad-record', 'The record describes a service and no dataset.') }),
}

/** The landing page of an API and the collection that an address names, if it names one. */
function placeOf(url: string): { root: string; collection: string | undefined; query: URLSearchParams } {
  const { origin, pathname, searchParams } = new URL(url)
  const [, root = '', collection] = /^(.*?)\/*(?:\/collections(?:\/([^/]+)(?:\/items)?)?)?\/*$/.exec(pathname) ?? []
  return { root: origin + root, collection: collection && percentDecoded(collection), query: searchParams }
}

/** An address of the API, with what the source's own address asks for (`f=json`). */
function addressOf(source: SourceOf<OgcOptions>, collection?: string, items?: string, more: Record<string, string> = {}): string {
  const { root, query } = placeOf(source.url)
  const path = [root, 'collections', collection && encodeURIComponent(collection), items].filter(Boolean).join('/')
  const search = new URLSearchParams({ ...Object.fromEntries(query), ...more }).toString()
  return search ? `${path}?${search}` : path
}

function listOf(
  first: string,
  field: string,
  fetch: Fetch,
  record: (item: unknown) => Harvested | undefined,
  expect: (total: number) => void,
): Listing<string> {
  return { first, ask: url => linkedPage(url, field, fetch), after: pageAfter, record, expect, name: first.replace(/\?.*$/, '') }
}

const isCatalogue = (item: unknown) =>
  isObject(item) && (text(item['itemType']) === 'record' || (text(item['type']) === 'Catalog' && item['itemType'] === undefined))
const isWanted = (item: unknown, source: SourceOf<OgcOptions>) => source.options.collections?.includes(text((item as Record<string, unknown>)['id'])) ?? true

/** The ids of the collections that hold records. */
async function cataloguesOf(source: SourceOf<OgcOptions>, fetch: Fetch): Promise<string[]> {
  const found = new Set<string>()
  const asked = new Set<string>()
  for (let url: string | undefined = addressOf(source); url && !asked.has(url) && asked.size < 1000;) {
    asked.add(url)
    const { items, next }: { items: unknown[]; next: string | undefined } = await linkedPage(url, 'collections', fetch)
    for (const item of items)
      if (isCatalogue(item) && isWanted(item, source) && keyIn((item as Record<string, unknown>)['id']))
        found.add(text((item as Record<string, unknown>)['id']))
    url = next
  }
  return [...found]
}

const dateOf = (item: unknown) => instant(text(at(item, 'properties.updated')))

/** What changed, where the server sorts by it and counts as many as are held; the extension for sorting has no one way to name the field. */
async function newest(...[first, second, since, known]: [Listing<string>, Listing<string>, string, number]) {
  for (const list of [first, second]) {
    try {
      const page = await list.ask(list.first)
      if (page.total !== known || !isNewestFirst(page.items, since, dateOf)) continue
      return untilOlder({ ...list, ask: url => (url === list.first ? Promise.resolve(page) : list.ask(url)) }, since, dateOf)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }
  return undefined
}

/** One record alone; gone where every catalogue says so in the API's own words. */
async function shown(key: string, source: SourceOf<OgcOptions>, catalogues: string[], collections: boolean, fetch: Fetch): Promise<Harvested> {
  const places = [
    ...catalogues.map(catalogue => addressOf(source, catalogue, `items/${encodeURIComponent(key)}`)),
    ...(collections ? [addressOf(source, key)] : []),
  ]
  for (const place of places) {
    try {
      const { item } = await linkedPage(place, undefined, fetch)
      return eitherOf(item, source) ?? { gone: key }
    } catch (error) {
      if (!(error instanceof StatusProblem) || error.answered !== 404 || !(error.place.excerpt ?? '').trimStart().startsWith('{')) throw error
    }
  }
  return { gone: key }
}

/** What stands alone is a record where it is a feature (RFC 7946, 3.2) by its type or by its properties, which collections do not have. */
const eitherOf = (item: unknown, source: SourceOf<OgcOptions>): Harvested | undefined =>
  isObject(item) && (item['type'] === 'Feature' || item['properties'] !== undefined) ? recordOf(item, source) : collectionOf(item, source)

/** Undefined for a record of a service: it describes no dataset. */
function recordOf(item: unknown, source: SourceOf<OgcOptions>): Harvested | undefined {
  const fields = isObject(item) ? item : {}
  if (/^service$/i.test(text(at(fields, 'properties.type')))) return undefined
  const title = text(at(fields, 'properties.title'))
  const key = keyIn(fields['id'])
  return jsonRecord(
    item,
    {
      key,
      name: /^urn:|^https?:|^[0-9a-f-]{20,}$/i.test(key ?? '') ? title || key : key,
      modified: at(fields, 'properties.updated'),
      nameless: 'A record of the catalogue has no "id"',
    },
    mapRecord(fields, { url: source.url, language: source.language }),
  )
}

function collectionOf(item: unknown, source: SourceOf<OgcOptions>): Harvested {
  const fields = isObject(item) ? item : {}
  return jsonRecord(
    item,
    { key: keyIn(fields['id']), modified: fields['updated'], nameless: 'A collection has no "id"' },
    mapCollection(fields, { url: source.url, language: source.language }),
  )
}
