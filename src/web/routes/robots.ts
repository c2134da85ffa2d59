import { addressesOf } from '../../config/addresses.ts'
import type { Handle } from '../http/route.ts'
import { originOf } from '../page/page.ts'

/** Crawlers may read every page; queries and combinations of filters would lead them round for ever. */
export const robots: Handle = ({ site, request, response }) => {
  const prefixes = ['', ...site.languages.map(language => `/${language}`)]
  const closed = prefixes.flatMap(prefix =>
    site.routes.flatMap(({ path, uncrawled }) => (uncrawled === undefined ? [] : [`${prefix}${path.replace(/:\w+/g, '*')}${uncrawled}`])),
  )
  response
    .type('text/plain; charset=utf-8')
    .send(['User-agent: *', ...closed.map(path => `Disallow: ${path}`), '', `Sitemap: ${addressesOf(originOf(site, request)).sitemap}`, ''].join('\n'))
}
