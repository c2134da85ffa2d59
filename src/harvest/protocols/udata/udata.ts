import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll, isNewestFirst, untilOlder } from '../../readers/changes.ts'
import { readJson } from '../../readers/json/answer.ts'
import { at } from '../../readers/json/fields.ts'
import { jsonRecord, keyIn, replayed } from '../../readers/json/record.ts'
import { isObject, text, type JsonObject } from '../../readers/json/values.ts'
import { listed, type Listing } from '../../readers/pages.ts'
import { pace, instant } from '../incremental.ts'
import { mapDataset, modifiedOf, askedFields, datasetFields, distributionFields } from './mapping.ts'
import { recogniseUdata } from './recognise.ts'

const options = z
  .strictObject({
    pageSize: z.number().int().min(1).max(1000).default(100).describe('Datasets asked for at a time.'),
    site: z.url().optional().describe('The public address of the portal, where it differs from the address that is asked.'),
    filter: z.record(z.string(), z.string()).default({}).describe('Only these datasets: filters of the API (`{ organization: 534fff…, tag: eau }`).'),
    harvested: z.boolean().default(true).describe('Read also what the portal itself harvested elsewhere.'),
    archived: z.boolean().default(false).describe('Read also datasets that the portal has archived.'),
    ...pace('Ask only for what changed, between full runs.'),
  })
  .describe('udata, as data.gouv.fr has it.')
type UdataOptions = z.infer<typeof options>

/**
 * udata, the software of data.gouv.fr and other national portals.
 * API: each portal describes it at /api/1/swagger.json: the list of datasets, oldest first; between full runs newest first, as far as what changed.
 * Oddities: only the fields that are mapped are asked for (`X-Fields`); what was deleted answers 410, while a 404 may come of anything; portals carry what
 * they harvested elsewhere.
 */
export const udata: Protocol<UdataOptions> = {
  robots: false,
  options,
  rank: 20,
  tables: {
    dataset: { heading: 'udata', rows: datasetFields },
    distribution: { heading: 'udata', rows: distributionFields },
  },
  recognise: recogniseUdata,
  async *harvest(source, { fetch, only, since, known, holds, expect }) {
    const { pageSize, filter } = source.options
    if (only !== undefined) return yield await shown(only, source, fetch)
    const list = (sort: string): Listing<number> => ({
      first: 1,
      ask: page => askPage(`${apiOf(source.url)}?${new URLSearchParams({ page: String(page), page_size: String(pageSize), sort, ...filter })}`, page, fetch),
      after: (page, size, total) => (page * size < (total ?? Infinity) ? page + 1 : undefined),
      record: item => recordOf(item, source),
      expect,
      name: apiOf(source.url),
    })
    const newest = list('-last_update')
    const first = since !== undefined ? await newest.ask(1) : undefined
    // A portal that counts more or fewer than are held has deleted some, or we missed some: then all are read.
    if (first && since !== undefined && first.total === known && isNewestFirst(first.items, since, dateOf)) {
      const changed = untilOlder({ ...newest, ask: page => (page === 1 ? Promise.resolve(first) : newest.ask(page)) }, since, dateOf)
      yield* changesOrAll(
        listed(changed.list),
        holds,
        () => Math.max(0, known - changed.read()),
        () => listed(list('created')),
      )
    } else yield* listed(list('created'))
  },
  replay: (kept, source) =>
    replayed(kept, item => recordOf(item, source) ?? { problem: new Problem('bad-record', 'The dataset is one that the source leaves out.') }),
}

/** The address of the list, from a portal's address with or without it. */
const apiOf = (url: string) => `${siteOf(url)}/api/1/datasets/`
const siteOf = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .replace(/\/api(\/.*)?$/, '')
    .replace(/\/(datasets?)?\/*$/, '')

const dateOf = (item: unknown) => (isObject(item) ? instant(modifiedOf(item) ?? '') : undefined)

async function askPage(url: string, page: number, fetch: Fetch) {
  const answer = readJson(await fetch(url, 'application/json', { headers: { 'x-fields': `total,next_page,data{${askedFields}}` } })) as JsonObject | null
  const { data, total, next_page: next } = answer ?? {}
  if (!Array.isArray(data))
    throw new Problem('unexpected-answer', `${url} answered without a list of data: this is not the API of udata. Check the source's url.`, { url })
  return { items: data as unknown[], total: typeof total === 'number' ? total : undefined, next: next ? page + 1 : undefined }
}

/** One dataset alone. */
async function shown(key: string, source: SourceOf<UdataOptions>, fetch: Fetch): Promise<Harvested> {
  try {
    const item = readJson(await fetch(`${apiOf(source.url)}${encodeURIComponent(key)}/`, 'application/json', { headers: { 'x-fields': askedFields } }))
    return recordOf(item, source) ?? { gone: key }
  } catch (error) {
    // udata says 410 of what was deleted; a 404 may come of anything.
    if (error instanceof StatusProblem && error.answered === 410 && (error.place.excerpt ?? '').trimStart().startsWith('{')) return { gone: key }
    throw error
  }
}

/** Undefined for what is not for everybody, deleted, or left out by the source. */
function recordOf(item: unknown, source: SourceOf<UdataOptions>): Harvested | undefined {
  const { site, harvested, archived } = source.options
  const fields = isObject(item) ? item : {}
  if (fields['private'] === true || text(fields['deleted']) || (!archived && text(fields['archived']))) return undefined
  if (!harvested && (text(at(fields, 'harvest.remote_url')) || text(at(fields, 'harvest.backend')))) return undefined
  return jsonRecord(
    item,
    { key: keyIn(fields['id']), name: fields['slug'], modified: modifiedOf(fields), nameless: 'A dataset of the list has no "id"' },
    mapDataset(fields, { site: siteOf(site ?? source.url), language: source.language }),
  )
}
