import type { Dimension } from '../../ledger/records/search.ts'
import { Problem } from '../../problem.ts'
import { values } from '../../rdf/graph.ts'
import { skos } from '../../rdf/namespaces.ts'
import { namedNode } from '../../rdf/terms.ts'
import { html } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import type { Page } from '../page/page.ts'
import { facetLabel, readListing, type Listing } from '../page/query.ts'
import type { About } from '../views/list/about.tsx'
import { ListingView } from '../views/list/listing.tsx'

interface Results {
  listing: Listing
  about?: About
}

const as = [html(({ listing, about }: Results, page) => <ListingView page={page} listing={listing} {...(about && { about })} />)]

/** A list may ask how datasets stand today. */
const seconds = 600

/** Search, with facets. */
export const datasets: Resource<Results> = { find: page => ({ listing: readListing(page) }), as, seconds }

/** The datasets of one theme, and of one organisation. */
export const theme: Resource<Results> = { find: (page, { slug = '' }) => resultsAbout(page, 'theme', slug), as, seconds }
export const organisation: Resource<Results> = { find: (page, { slug = '' }) => resultsAbout(page, 'publisher', slug), as, seconds }

function resultsAbout(page: Page, dimension: Dimension, slug: string): Results {
  const { site } = page
  const concept = site.concept(dimension, slug)
  const listing = readListing(page, { [dimension]: slug })
  // A publisher that no list knows goes by the name its portal gives it.
  if (!concept && listing.found.facets[dimension].every(({ value }) => value !== slug))
    throw new Problem('not-found', `The catalogue knows no ${dimension} "${slug}".`)
  const short = concept && values(site.publication.vocabulary.graph, namedNode(concept.iri), skos.altLabel)[0]?.value
  return { listing, about: { dimension, heading: facetLabel(page, dimension, slug), ...(concept && { concept }), ...(short && { short }) } }
}
