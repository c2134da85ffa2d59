import { addressesOf, paths } from '../config/addresses.ts'
import { countVisible, visibleRecords } from '../ledger/records/records.ts'
import { Problem } from '../problem.ts'
import type { Outlet } from './outlet.ts'
import type { Publication } from './publication.ts'

/** The most addresses one file may hold (sitemaps.org protocol). */
const most = 50_000

const escape = (text: string) => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`)
const head = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** The addresses of all datasets, for search engines; of `page` alone where one is asked for. */
export const siteMap: Outlet<string> = {
  path: paths.sitemap,
  forms: [{ mediaType: 'application/xml', extension: 'xml' }],
  find: (publication, { origin, query }) => {
    const page = query.get('page')
    const xml = sitemap(publication, origin, page === null ? undefined : Number(page))
    if (xml === undefined) throw new Problem('not-found', `The sitemap has no page ${page}.`)
    return xml
  },
  write: (_publication, xml) => xml,
}

/** The addresses of all dataset pages: one file, or an index and its pages where there are more than one file may hold. Undefined for a page past the end. */
export function sitemap({ ledger }: Publication, origin: string, page?: number): string | undefined {
  const addresses = addressesOf(origin)
  const total = countVisible(ledger)
  const pages = Math.max(1, Math.ceil(total / most))
  if (page === undefined && pages > 1) {
    const files = Array.from({ length: pages }, (_, at) => `  <sitemap><loc>${escape(`${addresses.sitemap}?page=${at + 1}`)}</loc></sitemap>`)
    return `${head}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${files.join('\n')}\n</sitemapindex>\n`
  }
  if (page !== undefined && (!Number.isInteger(page) || page < 1 || page > pages)) return undefined
  const records = visibleRecords(ledger, { most, offset: ((page ?? 1) - 1) * most })
  const entries = records.map(record => `  <url><loc>${escape(addresses.dataset(record.id))}</loc><lastmod>${record.modified}</lastmod></url>`)
  return `${head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${[`  <url><loc>${escape(addresses.home)}</loc></url>`, ...entries].join('\n')}\n</urlset>\n`
}
