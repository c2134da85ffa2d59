import { ownContext } from '../../rdf/contexts.ts'
import type { Handle } from '../site.ts'

/** Our JSON-LD context, to which the JSON-LD of the feeds points. */
export const context: Handle = (_site, _request, response) => {
  response.set('Cache-Control', 'public, max-age=86400')
  response.type('application/ld+json; charset=utf-8').send(`${JSON.stringify(ownContext, null, 2)}\n`)
}
