import { addressesOf, paths } from '../config/addresses.ts'
import { countVisible, visiblePiece } from '../ledger/records/records.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { pageOf } from './asked.ts'
import type { Outlet } from './outlet.ts'
import type { Publication } from './publication.ts'
import { escaped, xmlHead } from './xml.ts'

/** Addresses that one file holds: a fifth of what it may (sitemaps.org protocol), so that it is made and read in a moment. */
const most = 10_000

/** A file of the sitemap, at a revision: one of its pages, or the first, which is an index where there are several. */
interface SitemapFile {
  revision: number
  page: number | undefined
  pages: number
}

/** The addresses of all datasets, for search engines; of `page` alone where one is asked for. */
export const siteMap: Outlet<SitemapFile> = {
  path: paths.sitemap,
  about: 'The pages of all datasets, for search engines (sitemaps.org).',
  parameters: { page: 'One of the files that the index names.' },
  forms: [{ mediaType: 'application/xml', extension: 'xml' }],
  find: ({ ledger }, { query }) => openSitemap(ledger, query),
  revision: ({ revision }) => revision,
  state: ({ page }) => `${page ?? 'all'}`,
  write: (publication, file, _form, { origin }) => sitemap(publication, file, origin),
}

function openSitemap(ledger: Publication['ledger'], query: URLSearchParams): SitemapFile {
  const pages = Math.max(1, Math.ceil(countVisible(ledger) / most))
  return { revision: currentRevision(ledger), page: query.has('page') ? pageOf(query, pages) : undefined, pages }
}

/** One file, or an index and its pages where there are more addresses than one holds. */
function sitemap({ ledger }: Publication, { page, pages }: SitemapFile, origin: string): string {
  const addresses = addressesOf(origin)
  if (page === undefined && pages > 1) {
    const files = Array.from({ length: pages }, (_, at) => `  <sitemap><loc>${escaped(`${addresses.sitemap}?page=${at + 1}`)}</loc></sitemap>`)
    return `${xmlHead}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${files.join('\n')}\n</sitemapindex>\n`
  }
  const records = visiblePiece(ledger, { most, offset: ((page ?? 1) - 1) * most })
  const entries = records.map(record => `  <url><loc>${escaped(addresses.dataset(record.id))}</loc><lastmod>${record.modified}</lastmod></url>`)
  return `${xmlHead}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${[`  <url><loc>${escaped(addresses.home)}</loc></url>`, ...entries].join('\n')}\n</urlset>\n`
}
