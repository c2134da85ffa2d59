import { values } from '../../rdf/graph.ts'
import { skos } from '../../rdf/namespaces.ts'
import { namedNode } from '../../rdf/terms.ts'
import type { Dimension } from '../../ledger/records/search.ts'
import { Problem } from '../../problem.ts'
import { sendPage } from '../http/send.ts'
import { facetLabel, readListing } from '../page/query.ts'
import { negotiate } from '../http/negotiation.ts'
import { pageOf } from '../page/page.ts'
import type { Handle } from '../site.ts'
import { ListingView } from '../views/listing.tsx'

/** Search, with facets. */
export const datasets: Handle = (site, request, response) => {
  negotiate(request, ['html'])
  const page = pageOf(site, request)
  sendPage(page, response, <ListingView page={page} listing={readListing(page)} />)
}

/** The datasets of one theme, and of one organisation. */
export const theme: Handle = (...asked) => about('theme', ...asked)
export const organisation: Handle = (...asked) => about('publisher', ...asked)

function about(dimension: Dimension, ...[site, request, response]: Parameters<Handle>): void {
  negotiate(request, ['html'])
  const slug = String(request.params['slug'])
  const concept = site.concept(dimension, slug)
  const page = pageOf(site, request)
  const listing = readListing(page, { [dimension]: slug })
  // A publisher that no list knows goes by the name its portal gives it.
  if (!concept && listing.found.facets[dimension].every(({ value }) => value !== slug))
    throw new Problem('not-found', `The catalogue knows no ${dimension} "${slug}".`)
  const short = concept && values(site.publication.vocabulary.graph, namedNode(concept.iri), skos.altLabel)[0]?.value
  sendPage(
    page,
    response,
    <ListingView
      page={page}
      listing={listing}
      about={{ dimension, heading: facetLabel(page, dimension, slug), ...(concept && { concept }), ...(short && { short }) }}
    />,
  )
}
