import { z } from 'zod'
import { Problem } from '../../../problem.ts'
import { replay as replayDcat } from '../../formats/dcat/record.ts'
import { datasetFields, type OnPage, distributionFields } from '../../formats/schema-org/mapping.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import type { Harvest, Harvested, HarvestedRecord, Kept, Protocol, SourceOf } from '../../protocol.ts'
import { replayed } from '../../readers/json/record.ts'
import { text } from '../../readers/json/values.ts'
import { pace } from '../incremental.ts'
import { hostOf, readPage, recordOf } from './page.ts'
import { recogniseSchemaOrg } from './recognise.ts'
import { pagesIn, sitemapsOf, type SitemapEntry } from './sitemap.ts'

const pattern = z.string().refine(isPattern, 'expected a regular expression')

const options = z
  .strictObject({
    include: pattern.optional().describe('Only pages whose address matches this regular expression (`/dataset/`): a sitemap names all that a site has.'),
    exclude: pattern.optional().describe('Not the pages whose address matches this one.'),
    maxPages: z.number().int().positive().default(50_000).describe('Pages after which a site is taken for one without end.'),
    ...pace('Ask only for pages that the sitemap says have changed (`lastmod`), between full runs.'),
  })
  .describe("Pages with schema.org datasets (JSON-LD, microdata, RDFa) or DCAT in RDFa, by a site's sitemaps.")
type SchemaOrgOptions = z.infer<typeof options>

/** What is known of the pages of the last run: address → when it changed, and the keys of its datasets. */
type Notes = Record<string, [lastmod: string, ...keys: string[]]>

/**
 * Sites of any software whose pages describe datasets to search engines: in the words of schema.org (JSON-LD, microdata, RDFa) or of DCAT (RDFa).
 * API: https://schema.org/Dataset on pages that sitemaps name (https://www.sitemaps.org/protocol.html).
 * Oddities: JSON-LD is broken by raw line breaks and commas too many; a page may lead to its description elsewhere; sitemaps name all that a site has, and
 * their dates are often those of the sitemap.
 */
export const schemaOrg: Protocol<SchemaOrgOptions> = {
  robots: true,
  options,
  rank: 180,
  tables: {
    dataset: { heading: 'schema:Dataset', rows: datasetFields },
    distribution: { heading: 'schema:DataDownload', rows: distributionFields },
  },
  recognise: recogniseSchemaOrg,
  async *harvest(source, harvest) {
    const { fetch, only } = harvest
    const { maxPages, incremental } = source.options
    const noted = incremental ? (harvest.notes.last as Notes | undefined) : undefined
    const page = only === undefined ? undefined : pageOf(only, source, noted)
    if (page !== undefined) return yield* readOne(page, source, fetch)

    const sitemaps = await sitemapsOf(source.url, fetch)
    const listing = () => pagesIn(sitemaps, fetch, source.limits.maxBytes)
    const last = noted && (await areListed(noted, listing())) ? noted : undefined
    let lost = false
    const crawl: Crawl = { next: {}, kept: new Set(), passed: [], read: 0 }
    for await (const listed of listing()) {
      if ('lost' in listed) {
        lost = true
        yield listed
      } else if (isWanted(listed.url, source)) {
        if (crawl.read === maxPages)
          throw new Problem(
            'endless-pages',
            `The sitemaps of ${source.url} name more than ${maxPages} pages. Say by options.include which of them describe datasets, ` +
              'or raise options.maxPages.',
            { url: source.url },
          )
        crawl.read++
        for await (const each of visit(listed, crawl, last, source, harvest)) {
          lost ||= 'lost' in each
          yield each
        }
      }
    }
    // A dataset that has left its page may stand on one that was passed by: only where none has left, these vouch for theirs.
    const vouched = crawl.passed.reduce((count, { url }) => count + (last![url]!.length - 1), 0)
    if (lost || Object.values(last ?? {}).every(([, ...keys]) => keys.every(key => crawl.kept.has(key)))) {
      if (vouched > 0) yield { unchanged: vouched }
    } else {
      for (const { url } of crawl.passed) for (const key of last![url]!.slice(1)) crawl.kept.delete(key)
      for (const each of crawl.passed) yield* visit(each, crawl, undefined, source, harvest)
    }
    harvest.notes.next = crawl.next
  },
  replay: kept => (isDcat(kept) ? replayDcat(kept) : replayed(kept, sent => recordOf(sent as OnPage))),
}

/** A dataset that a page describes in DCAT is kept as `dcat` keeps it. */
const isDcat = ({ payload }: Kept) => payload.mediaType === 'application/n-triples'

interface Crawl {
  next: Notes
  kept: Set<string>
  /** Pages that have not changed. */
  passed: SitemapEntry[]
  read: number
}

/** Whether every page that had datasets is still there. Where one is not, all pages are read, so that only what is nowhere any more is taken for missing. */
async function areListed(noted: Notes, listing: AsyncIterable<SitemapEntry | { lost: Problem }>): Promise<boolean> {
  const awaited = new Set(Object.entries(noted).flatMap(([url, [, ...keys]]) => (keys.length > 0 ? [url] : [])))
  for await (const listed of listing) if ('url' in listed) awaited.delete(listed.url)
  return awaited.size === 0
}

/** One page of a sitemap: passed by where it has not changed, else read. A page that is gone describes nothing; one that cannot be read is lost. */
async function* visit(
  { url, lastmod }: SitemapEntry,
  crawl: Crawl,
  last: Notes | undefined,
  source: SourceOf<SchemaOrgOptions>,
  { fetch, now }: Harvest,
): AsyncGenerator<Harvested> {
  const [before = '', ...keys] = last?.[url] ?? []
  if (before !== '' && before === lastmod) {
    crawl.next[url] = [before, ...keys]
    for (const key of keys) crawl.kept.add(key)
    crawl.passed.push({ url, lastmod })
    return
  }
  const found: string[] = []
  let whole = true
  try {
    for (const harvested of await readPage(url, source, fetch)) {
      if ('payload' in harvested) {
        // A dataset may be named on a page and described on its own.
        if (crawl.kept.has(harvested.key) && !isOwnPage(harvested, url)) continue
        found.push(harvested.key)
      } else whole = false
      yield harvested
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    if (error instanceof StatusProblem && (error.answered === 404 || error.answered === 410)) return
    // A page that robots.txt disallows is passed over.
    if (error.code === 'robots-disallowed') return
    return yield { lost: error }
  }
  for (const key of whole ? found : [...found, ...keys]) crawl.kept.add(key)
  crawl.next[url] = [whole && isOver(lastmod, now()) ? lastmod : '', ...(whole ? found : [...new Set([...found, ...keys])])]
}

/** True of a moment, and of a day before today: a page that changed today may change again. */
const isOver = (lastmod: string, now: Date) => /T\d/.test(lastmod) || (/^\d{4}-\d\d-\d\d$/.test(lastmod) && lastmod < now.toISOString().slice(0, 10))

const isOwnPage = (record: HarvestedRecord, url: string) =>
  [record.key, isDcat(record) ? '' : text((JSON.parse(record.payload.body) as OnPage).dataset['url'])].some(each => sameAddress(each, url))
const sameAddress = (a: string, b: string) => a.replace(/^https?:\/\/(www\.)?|[#/]+$/g, '') === b.replace(/^https?:\/\/(www\.)?|[#/]+$/g, '')

function isPattern(words: string): boolean {
  try {
    return Boolean(new RegExp(words, 'u'))
  } catch {
    return false
  }
}

/** Pages of the portal itself: what a sitemap names elsewhere is not its own. */
function isWanted(url: string, source: SourceOf<SchemaOrgOptions>): boolean {
  const { include, exclude } = source.options
  return (
    hostOf(url) === hostOf(source.url) &&
    (include === undefined || new RegExp(include, 'u').test(url)) &&
    (exclude === undefined || !new RegExp(exclude, 'u').test(url))
  )
}

/** The page of a record: the one it stood on in the last run, else its key where that is an address. */
function pageOf(key: string, source: SourceOf<SchemaOrgOptions>, last: Notes | undefined): string | undefined {
  const noted = Object.entries(last ?? {}).find(([, [, ...keys]]) => keys.includes(key))?.[0]
  return noted ?? (URL.canParse(key) && hostOf(key) === hostOf(source.url) ? key.replace(/#.*$/, '') : undefined)
}

async function* readOne(url: string, source: SourceOf<SchemaOrgOptions>, fetch: Fetch): AsyncGenerator<Harvested> {
  try {
    yield* await readPage(url, source, fetch)
  } catch (error) {
    if (!(error instanceof StatusProblem && error.answered === 410)) throw error
    yield { gone: url }
  }
}
