import { publicStates } from '../../ledger/programme/kinds.ts'
import { countContributions, type Wanted } from '../../ledger/programme/lists.ts'
import { conceptSignposts, inHeader } from '../../outlets/signposts.ts'
import { Problem } from '../../problem.ts'
import { formats } from '../../rdf/formats.ts'
import { saidProblem } from '../../words/said.ts'
import { csv, html, json, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { shortName } from '../page/bodies.ts'
import type { Page } from '../page/page.ts'
import { facetLabel, readListing, type Listing } from '../page/query.ts'
import { labelText } from '../page/reading.ts'
import { resultsCsv, resultsJson, resultsQuads } from '../page/results.ts'
import { scopeFigures, type ScopeDimension } from '../page/scope-figures.ts'
import type { About } from '../views/list/about.tsx'
import { ListingView } from '../views/list/listing.tsx'

interface Results {
  listing: Listing
  about?: About
}

const as = [html(({ listing, about }: Results, page) => <ListingView page={page} listing={listing} {...(about && { about })} />)]

/** A list may ask how datasets stand today. */
const seconds = 600

/** Search, with facets: a page of results for people, and the same for programs. */
export const datasets: Resource<Results> = {
  find: page => ({ listing: readListing(page) }),
  as: [
    ...as,
    json(({ listing }, page) => resultsJson(page, listing)),
    csv(
      ({ listing }, page) => resultsCsv(page, listing),
      () => 'datasets.csv',
    ),
    ...rdf<Results>(formats, ({ listing }, page) => ({ quads: resultsQuads(page, listing) })),
  ],
  seconds,
}

/** The datasets of one theme, of one organisation, and of one place; as RDF they are described as the entries of their lists. */
export const theme = datasetsOf('theme')
export const territory = datasetsOf('territory')
export const organisation = datasetsOf('publisher')

function datasetsOf(dimension: ScopeDimension): Resource<Results> {
  return {
    find: (page, { slug = '' }) => resultsAbout(page, dimension, slug),
    as: [...as, ...rdf<Results>(formats, () => ({ quads: [] }))],
    check({ about }, { isPage }, { site }) {
      if (!isPage && !(about?.concept && site.addresses.isConcept(about.concept.iri)))
        throw new Problem('not-found', `No reference list of the catalogue has this ${dimension}: there is a page of its datasets, and no RDF.`)
    },
    elsewhere: ({ about }, { isPage }, { site }) => (isPage || !about?.concept ? undefined : site.addresses.pathOf(about.concept.iri)),
    links: ({ about }, _as, { site }) => (about?.concept ? inHeader(conceptSignposts(site.publication, about.concept.iri)) : []),
    seconds,
  }
}

const reusesOf = ({ site }: Page, of: Wanted['of']): number => countContributions(site.publication.ledger, { kind: 'reuse', states: publicStates('reuse'), of })

function resultsAbout(page: Page, dimension: ScopeDimension, slug: string): Results {
  const { site } = page
  const concept = site.concept(dimension, slug)
  const listing = readListing(page, { [dimension]: slug })
  // A publisher that no list knows goes by the name its portal gives it.
  if (!concept && listing.found.facets[dimension].every(({ value }) => value !== slug))
    throw saidProblem('not-found', `missing.${dimension}`, { slug: slug.slice(0, 200) })
  const short = dimension === 'publisher' && concept && shortName(page, concept)
  return {
    listing,
    about: {
      dimension,
      slug,
      reuses: reusesOf(page, { dimension, value: slug }),
      heading: concept ? (labelText(page, concept.labels) ?? slug) : facetLabel(page, dimension, slug),
      ...(concept && { concept }),
      ...(short && { short }),
      figures: scopeFigures(page, dimension, slug),
    },
  }
}
