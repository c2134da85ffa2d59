import { z } from 'zod'
import { Problem, sentence } from '../../problem.ts'
import { digest } from '../../rdf/digest.ts'
import { expand } from '../../rdf/terms.ts'
import type { Harvest, HarvestedRecord, Protocol } from '../protocol.ts'
import { actionUrl, askAction, siteOf, type Package } from './ckan-api.ts'
import { mapPackage } from './ckan-mapping.ts'

const options = z.strictObject({
  /** Datasets asked for at a time. */
  pageSize: z.number().int().min(1).max(1000).default(100),
  /** Suffix of flat multilingual fields → language: `{ fr: fr, ar: ar }` reads title_fr and title_ar. */
  languages: z.record(z.string(), z.string().regex(/^[a-z]{2,3}$/, 'expected a language code such as fr')).default({}),
  /** Further fields → property: `geographic_coverage: dct:spatial`. */
  fields: z.record(z.string(), z.string().refine(property => expand(property) !== undefined, 'expected a property such as dct:spatial')).default({}),
  /** The portal's licence ids → slug in the edition's licence list, or an IRI. */
  licences: z.record(z.string(), z.string()).default({}),
  /** The public address of the portal, where it differs from the address that is asked. */
  site: z.url().optional(),
  /** A Solr filter query: only these datasets. */
  filter: z.string().optional(),
  /** Ask only for what changed, between full runs. */
  incremental: z.boolean().default(true),
  /** Days after which a full run is due. */
  fullEveryDays: z.number().positive().default(7),
})
export type CkanOptions = z.infer<typeof options>

interface Found { count: number, results: Package[] }

/** CKAN's action API: `package_search`, page by page in a stable order. Private datasets are never asked for. */
export const ckan: Protocol = {
  options,
  async *harvest(source, harvest) {
    const settings = source.options as CkanOptions
    const ask = async (rows: number, start: number, since?: string): Promise<Found> => {
      const filter = [settings.filter, since && `metadata_modified:["${since}" TO *]`].filter(Boolean).join(' +')
      const result = await askAction(harvest.fetch, actionUrl(source.url), 'package_search', { q: '*:*', sort: 'id asc', rows: String(rows), start: String(start), ...(filter && { fq: filter }) })
      const found = result as Found
      if (!Array.isArray(found.results)) throw new Problem('unexpected-answer', `${actionUrl(source.url)}package_search answered without a list of results: this is not a CKAN action API. Check the source's url.`, { url: source.url })
      return found
    }
    const site = siteOf(settings.site ?? source.url)
    const record = (each: Package) => describe(each, item => mapPackage(item, { site, language: source.language, ...settings }))

    // What changed is enough only where the portal still counts as many as we hold: otherwise some were deleted or slipped by.
    if (harvest.since && settings.incremental) {
      const { count: all } = await ask(0, 0)
      const { count: changed } = await ask(0, 0, harvest.since)
      if (all === harvest.known && changed <= all) {
        harvest.expect(changed)
        yield { unchanged: all - changed }
        yield* pages((rows, start) => ask(rows, start, harvest.since), settings.pageSize, harvest, record)
        return
      }
    }
    yield* pages(ask, settings.pageSize, harvest, record)
  },
}

async function* pages(ask: (rows: number, start: number) => Promise<Found>, rows: number, harvest: Harvest, record: (each: Package) => HarvestedRecord | { problem: Problem }) {
  const seen = new Set<string>()
  let lost: Problem | undefined
  let inARow = 0
  let total = Infinity
  for (let start = 0; start < total;) {
    let found: Found
    try {
      found = await ask(rows, start)
      inARow = 0
    } catch (error) {
      // One page lost in the middle costs one page; but it is a source that was not read to its end.
      if (!(error instanceof Problem) || start === 0 || ++inARow > 2) throw error
      lost = error
      yield { problem: error }
      start += rows
      continue
    }
    total = found.count ?? found.results.length
    harvest.expect(total)
    if (found.results.length === 0) break
    const page = digest(found.results.map(each => String(each?.['id'])).join(' '))
    if (seen.has(page)) throw new Problem('repeated-page', `package_search answers the same datasets at start=${start} as on an earlier page. Ask the portal to honour "start" and "sort", or use larger pages (options.pageSize).`)
    seen.add(page)
    for (const each of found.results) {
      if (each?.['private'] === true || (each?.['state'] ?? 'active') !== 'active') continue
      yield record(each)
    }
    start += found.results.length
  }
  if (lost) throw lost
}

function describe(item: Package, map: (item: Package) => HarvestedRecord['map']): HarvestedRecord | { problem: Problem } {
  const key = item?.['id'] ?? item?.['name']
  const body = JSON.stringify(item)
  if (typeof key !== 'string' || key === '') return { problem: new Problem('missing-id', 'A dataset of package_search has neither "id" nor "name": it cannot be told from others. Give it an id at the portal.', { excerpt: body?.slice(0, 300) }) }
  const name = typeof item['name'] === 'string' ? item['name'] : key
  const mapped = map(item)
  return {
    key, name, payload: { mediaType: 'application/json', body },
    ...(typeof item['metadata_modified'] === 'string' && { modified: item['metadata_modified'] }),
    map: mint => {
      try {
        return mapped(mint)
      } catch (error) {
        throw error instanceof Problem ? error : new Problem('bad-record', `The dataset ${name} cannot be mapped: ${sentence(error)}.`, { record: key, excerpt: body.slice(0, 300) }, error)
      }
    },
  }
}
