import { z } from 'zod'
import type { Source } from '../../config/sources.ts'
import { Problem } from '../../problem.ts'
import { expand } from '../../rdf/terms.ts'
import { StatusProblem } from '../answer.ts'
import type { Fetch } from '../fetch.ts'
import type { Harvested, HarvestedRecord, Protocol } from '../protocol.ts'
import { actionUrl, askAction, siteOf, type Package } from './ckan-api.ts'
import { mapPackage } from './ckan-mapping.ts'
import { isHidden, pages, type Found } from './ckan-pages.ts'
import { recogniseCkan } from './ckan-signs.ts'
import { countNews } from './json-news.ts'
import { jsonRecord, keyIn, replayed } from './json-record.ts'

const options = z.strictObject({
  pageSize: z.number().int().min(1).max(1000).default(100).describe('Datasets asked for at a time.'),
  languages: z.record(z.string(), z.string().regex(/^[a-z]{2,3}$/, 'expected a language code such as fr')).default({}).describe('Suffix of flat multilingual fields → language: `{ fr: fr, ar: ar }` reads title_fr and title_ar.'),
  fields: z.record(z.string(), z.string().refine(property => expand(property) !== undefined, 'expected a property such as dct:spatial')).default({}).describe('Further fields → property: `geographic_coverage: dct:spatial`.'),
  licences: z.record(z.string(), z.string()).default({}).describe("The portal's licence ids → slug in the edition's licence list, or an IRI."),
  site: z.url().optional().describe('The public address of the portal, where it differs from the address that is asked.'),
  filter: z.string().optional().describe('A Solr filter query: only these datasets.'),
  incremental: z.boolean().default(true).describe('Ask only for what changed, between full runs.'),
  fullEveryDays: z.number().positive().default(7).describe('Days after which a full run is due.'),
}).describe('The action API of CKAN.')
export type CkanOptions = z.infer<typeof options>

type Ask = (rows: number, start: number, since?: string) => Promise<Found>

/** CKAN's action API: `package_search`, page by page in a stable order. Private datasets are never asked for. */
export const ckan: Protocol = {
  // CKAN's own robots.txt disallows /api/ from the day it is installed.
  robots: false,
  options,
  recognise: recogniseCkan,
  async *harvest(source, harvest) {
    const settings = source.options as CkanOptions
    const ask: Ask = async (rows, start, since) => {
      const filter = [settings.filter, since && `metadata_modified:[${since} TO *]`].filter(Boolean).join(' +')
      const found = await askAction(harvest.fetch, actionUrl(source.url), 'package_search', { q: '*:*', sort: 'id asc', rows: String(rows), start: String(start), ...(filter && { fq: filter }) }) as Found
      if (!Array.isArray(found.results)) throw new Problem('unexpected-answer', `${actionUrl(source.url)}package_search answered without a list of results: this is not a CKAN action API. Check the source's url.`, { url: source.url })
      return found
    }
    const record = (each: Package) => recordOf(each, source)
    if (harvest.only !== undefined) return yield await shown(harvest.only, source, harvest.fetch)

    const since = settings.incremental ? harvest.since : undefined
    const news = await countNews(async from => (await ask(0, 0, from)).count, since, harvest.known)
    if (news) {
      harvest.expect(news.changed)
      yield { unchanged: news.unchanged }
      if (news.changed === 0) return
    }
    yield* pages((rows, start) => ask(rows, start, news && since), settings.pageSize, total => { if (!news) harvest.expect(total) }, record)
  },
  replay: (kept, source) => replayed(kept, item => recordOf(item as Package, source)),
}

/** One dataset alone. */
async function shown(key: string, source: Source, fetch: Fetch): Promise<Harvested> {
  try {
    const item = await askAction(fetch, actionUrl(source.url), 'package_show', { id: key }) as Package
    return isHidden(item) ? { gone: key } : recordOf(item, source)
  } catch (error) {
    if (error instanceof StatusProblem && error.answered === 404 && isPackageNotFound(error)) return { gone: key }
    throw error
  }
}

/** Any address may answer 404: only CKAN's own words say that the dataset is gone. */
const isPackageNotFound = ({ place }: StatusProblem) => /"__type":\s*"Not Found Error"/.test(place.excerpt ?? '')

function recordOf(item: Package, source: Source): Harvested {
  const settings = source.options as CkanOptions
  return describe(item, mapPackage(item, { site: siteOf(settings.site ?? source.url), language: source.language, ...settings }))
}

function describe(item: Package, map: HarvestedRecord['map']): Harvested {
  const key = keyIn(item?.['id'], item?.['name'])
  return jsonRecord(item, { key, name: item?.['name'], modified: item?.['metadata_modified'], nameless: 'A dataset of package_search has neither "id" nor "name"' }, map)
}
