import { sitemap } from '../../outlets/sitemap.ts'
import { Problem } from '../../problem.ts'
import { originOf } from '../page/page.ts'
import type { Handle } from '../site.ts'

/** The addresses of all datasets, for search engines. */
export const siteMap: Handle = (site, request, response) => {
  const page = typeof request.query['page'] === 'string' ? Number(request.query['page']) : undefined
  const xml = sitemap(site.publication, originOf(request), page)
  if (xml === undefined) throw new Problem('not-found', `The sitemap has no page ${request.query['page']}.`)
  response.type('application/xml; charset=utf-8').send(xml)
}
