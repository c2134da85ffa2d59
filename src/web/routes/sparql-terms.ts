import { jsonText } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { termsOf } from '../sparql/terms.ts'

/** What the editor of the query page completes, in the language of the page. */
export const sparqlTerms: Resource<undefined> = {
  find: () => undefined,
  as: [{ mediaType: 'application/json', isPage: true, write: (_nothing, page) => jsonText(termsOf(page)) }],
  state: () => 'terms',
}
