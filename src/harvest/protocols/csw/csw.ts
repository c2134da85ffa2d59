import { z } from 'zod'
import { isRefusal, Problem } from '../../../problem.ts'
import type { Portal } from '../../formats/format.ts'
import { recordsOf, replayPayload } from '../../formats/index.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvest, Harvested, Protocol, SourceOf } from '../../protocol.ts'
import { changesOrAll } from '../../readers/changes.ts'
import { pace } from '../incremental.ts'
import { folder } from './folder.ts'
import { pages, type RecordList } from './pages.ts'
import { recogniseCsw } from './recognise.ts'
import { askCsw, getRecordById, getRecords, Refusal, schemas, versions, type RecordsPage, type Manner, type Query, type SchemaName } from './request.ts'

const options = z
  .strictObject({
    version: z.enum(['2.0.2', '3.0.0']).default('2.0.2').describe('Version of the service.'),
    method: z
      .enum(['get', 'post'])
      .optional()
      .describe('How it is asked: by POST or GET; the way that the version makes every server understand, where it is not said.'),
    schema: z
      .enum(Object.keys(schemas) as [SchemaName, ...SchemaName[]])
      .optional()
      .describe('What records are asked for in; where it is not said, the first that the server has: ISO 19139, ISO 19115-3, GeoDCAT-AP, DCAT, Dublin Core.'),
    pageSize: z.number().int().min(1).max(1000).default(25).describe('Records asked for at a time.'),
    types: z
      .array(z.string())
      .min(1)
      .default(['dataset', 'nonGeographicDataset', 'series', 'service'])
      .describe('Kinds of resources (MD_ScopeCode) that are read; the others are passed over.'),
    filter: z
      .string()
      .optional()
      .describe('Only these records: the inside of a filter in XML (POST; the prefixes `ogc`, `fes`, `apiso`, `dc`, `dct` are bound), or CQL (GET).'),
    page: z
      .string()
      .regex(/^https?:\/\/.*\{id\}/, 'expected an address with {id} in it')
      .optional()
      .describe("The address of a record's page, with `{id}` in it."),
    folder: z.boolean().default(false).describe('The url is a folder of files, or a list of their addresses, and no service.'),
    ...pace('Ask only for what changed, between full runs.'),
  })
  .describe('Catalogue services (CSW 2.0.2, 3.0) with ISO 19139, ISO 19115-3, DCAT or Dublin Core; folders of ISO files.')
type CswOptions = z.infer<typeof options>

/** How many records the server counted, and how many of them were read: what an incremental run must find again. */
interface Notes {
  matched: number
  read: number
}

/**
 * Catalogue services of GeoNetwork, pycsw, deegree and others; and ISO files in a folder of a web server.
 * API: OGC Catalogue Service for the Web 2.0.2 (OGC 07-006r1) and 3.0 (OGC 12-176r7): GetRecords, page by page.
 * Oddities: servers refuse to sort, or schemas that they list, so that the first page is asked in one manner after the other; they cap the size of a page
 * without a word, leave records out that they cannot write, or let a filter by date pass everything.
 */
export const csw: Protocol<CswOptions> = {
  robots: false,
  options,
  rank: 100,
  recognise: recogniseCsw,
  async *harvest(source, harvest) {
    const settings = source.options
    const portal = portalOf(source)
    if (settings.folder) return yield* folder(source.url, harvest.fetch, (each, address) => recordsOf(each, portal, address, {}))
    const filter = settings.filter
    if (harvest.only !== undefined) {
      const one = await alone(source, harvest.only, harvest.fetch)
      if (one) return yield* one
    }
    const keys = new Set<string>()
    async function* listOf({ manner, found, since }: Found): AsyncGenerator<Harvested> {
      const query = { rows: settings.pageSize, filter, since }
      const list: RecordList = {
        url: source.url,
        first: found,
        rows: settings.pageSize,
        ask: start => ask(harvest.fetch, source, manner, { ...query, start }),
        records: each => recordsOf(each, portal, source.url),
        expect: total => {
          if (since === undefined) harvest.expect(total)
        },
      }
      for await (const each of pages(list)) {
        if ('key' in each && each.key !== undefined) keys.add(each.key)
        yield each
      }
      if (since === undefined && found.matched !== undefined) harvest.notes.next = { matched: found.matched, read: keys.size } satisfies Notes
    }
    async function* all(): AsyncGenerator<Harvested> {
      keys.clear()
      yield* listOf(await firstPage(harvest.fetch, source, { start: 1, rows: settings.pageSize, filter }))
    }
    const news = await newsOf(source, harvest)
    if (!news) return yield* all()
    yield* changesOrAll(listOf(news), harvest.holds, () => harvest.known - [...keys].filter(harvest.holds).length, all)
  },
  replay: (kept, source) => replayPayload(kept, portalOf(source)),
}

function portalOf(source: SourceOf<CswOptions>): Portal {
  const { page, types } = source.options
  return { language: source.language, page, types }
}

const ask = (fetch: Fetch, source: SourceOf<CswOptions>, manner: Manner, query: Query) => {
  const { address, asking } = getRecords(source.url, manner, query)
  return askCsw(fetch, address, asking)
}

/** The first page, in the first manner that the server does not refuse: sorted rather than not, in the most telling schema. */
async function firstPage(fetch: Fetch, source: SourceOf<CswOptions>, query: Query): Promise<Found> {
  const { version, method = versions[version].method, schema } = source.options
  let refused: Refusal | undefined
  for (const each of schema ? [schema] : (Object.keys(schemas) as SchemaName[])) {
    for (const sorted of [true, false]) {
      const manner = { version, method, schema: each, sorted }
      try {
        return { manner, found: await ask(fetch, source, manner, query) }
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        refused ??= error
      }
    }
  }
  throw refused!
}

/** A first page, how it was asked for, and since when. */
interface Found {
  manner: Manner
  found: RecordsPage
  since?: string
}

/**
 * What changed since the last run. Undefined where all must be read: where the server counts other than it did, as records were added or deleted; where
 * it cannot filter by date; and where it lets all pass.
 */
async function newsOf(source: SourceOf<CswOptions>, harvest: Harvest): Promise<Found | undefined> {
  const { pageSize, filter } = source.options
  const last = harvest.notes.last as Notes | undefined
  if (harvest.since === undefined || !last || last.read !== harvest.known) return undefined
  try {
    const {
      manner,
      found: { matched },
    } = await firstPage(harvest.fetch, source, { start: 1, rows: 1, filter })
    if (matched !== last.matched) return undefined
    const since = harvest.since
    const found = await ask(harvest.fetch, source, manner, { start: 1, rows: pageSize, filter, since })
    if (found.matched === undefined || found.matched >= matched) return undefined
    harvest.notes.next = last
    harvest.expect(harvest.known)
    return { since, manner, found }
  } catch (error) {
    if (error instanceof Problem && isRefusal(error)) return undefined
    throw error
  }
}

/** One record, asked for by its identifier; undefined where the server has no answer to that. */
async function alone(source: SourceOf<CswOptions>, key: string, fetch: Fetch): Promise<Harvested[] | undefined> {
  const { version, schema = 'iso19139' } = source.options
  // Records of DCAT have the IRI of their dataset as their key, which no server knows.
  if (/^https?:/i.test(key)) return undefined
  try {
    const { records, problem } = await askCsw(fetch, getRecordById(source.url, { version, method: 'get', schema, sorted: false }, key))
    if (problem) throw problem
    if (records.length === 0) return [{ gone: key }]
    const found = await Promise.all(records.map(each => recordsOf(each, portalOf(source), source.url)))
    return found.flat()
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
