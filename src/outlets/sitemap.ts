import { addressesOf, paths } from '../config/addresses.ts'
import { momentOf } from '../ledger/records/revisions.ts'
import { datedVersions, newestOf } from '../ledger/records/shown.ts'
import { pageOf, revisionIn, whole, type AtRevision } from './asked.ts'
import type { Outlet, OutletRequest } from './outlet.ts'
import type { Publication } from './publication.ts'
import { selectedAt } from './selection.ts'
import { element, xmlHead } from './xml.ts'

/** Addresses that one file holds: a fifth of what it may (sitemaps.org protocol), so that it is made and read in a moment. */
const usual = 10_000

/** A file of the sitemap at a revision: one of its pages, or the first, which is an index where there are several. */
interface SitemapFile extends AtRevision {
  page: number | undefined
  limit: number
  /** The versions of all files, by their ids. */
  versions: Uint32Array
}

/**
 * The addresses of all datasets, for search engines: an index of files that are bound to a revision, so that whoever reads them all has all of its datasets.
 */
export const siteMap: Outlet<SitemapFile> = {
  path: paths.sitemap,
  about: 'The pages of all datasets, for search engines (sitemaps.org).',
  parameters: { page: 'One of the files that the index names.', limit: 'Addresses of a file.', revision: 'The revision that the files are of.' },
  forms: [{ mediaType: 'application/xml', extension: 'xml' }],
  find: openSitemap,
  revision: ({ revision }) => revision,
  state: ({ page, limit }) => `${page ?? 'all'}.${limit}`,
  cache: ({ bound }) => (bound ? 'public, max-age=604800' : 'no-cache'),
  write: (publication, file, _form, { origin }) =>
    file.page === undefined && pagesOf(file) > 1 ? index(publication, file, origin) : urls(publication, file, origin),
}

const pagesOf = ({ versions, limit }: Pick<SitemapFile, 'versions' | 'limit'>) => Math.max(1, Math.ceil(versions.length / limit))
const onPage = ({ versions, limit }: SitemapFile, page: number) => [...versions.subarray((page - 1) * limit, page * limit)]
const around = (name: string, entries: string[]) =>
  `${xmlHead}<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${entries.join('\n')}\n</${name}>\n`
const entry = (name: string, address: string, modified: string | undefined) => `  <${name}>${element('loc', address)}${element('lastmod', modified)}</${name}>`

function openSitemap(publication: Publication, asked: OutletRequest): SitemapFile {
  const { query } = asked
  const at = revisionIn(publication, asked)
  const limit = whole(query, 'limit', { least: 1, most: usual }) ?? usual
  const versions = selectedAt(publication, at.revision, {})
  return { ...at, limit, versions, page: query.has('page') ? pageOf(query, pagesOf({ versions, limit })) : undefined }
}

function index({ ledger }: Publication, file: SitemapFile, origin: string): string {
  const { revision, limit } = file
  const files = Array.from({ length: pagesOf(file) }, (_, at) => {
    const address = `${addressesOf(origin).sitemap}?page=${at + 1}&revision=${revision}${limit === usual ? '' : `&limit=${limit}`}`
    return entry('sitemap', address, newestOf(ledger, onPage(file, at + 1)))
  })
  return around('sitemapindex', files)
}

function urls({ ledger }: Publication, file: SitemapFile, origin: string): string {
  const { page = 1, revision } = file
  const addresses = addressesOf(origin)
  const home = page === 1 ? [entry('url', addresses.home, momentOf(ledger, revision))] : []
  return around('urlset', [...home, ...datedVersions(ledger, onPage(file, page)).map(({ id, modified }) => entry('url', addresses.dataset(id), modified))])
}
