import { originOf } from '../page/page.ts'
import type { Handle } from '../site.ts'

/** Crawlers may read every page; queries and combinations of filters would lead them round for ever. */
export const robots: Handle = (site, request, response) => {
  const prefixes = ['', ...site.languages.map(language => `/${language}`)]
  const closed = prefixes.flatMap(prefix => [`${prefix}/sparql?`, `${prefix}/datasets?*&`])
  response
    .type('text/plain; charset=utf-8')
    .send(['User-agent: *', ...closed.map(path => `Disallow: ${path}`), '', `Sitemap: ${originOf(request)}/sitemap.xml`, ''].join('\n'))
}
