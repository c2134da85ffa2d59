import { paths } from '../config/addresses.ts'
import { ownContext } from '../rdf/contexts.ts'
import type { Format } from '../rdf/format.ts'
import { formatByName } from '../rdf/formats.ts'
import type { Outlet } from './outlet.ts'

/** Our JSON-LD context, to which the JSON-LD of everything else points. */
export const context: Outlet<typeof ownContext, Format> = {
  path: paths.context,
  about: 'The JSON-LD context of all documents.',
  forms: [formatByName('jsonld')!],
  find: () => ownContext,
  cache: () => 'public, max-age=86400',
  write: (_publication, terms) => `${JSON.stringify(terms, null, 2)}\n`,
}
