import { conceptQuads } from '../../outlets/concept.ts'
import { conceptSignposts, inHeader } from '../../outlets/signposts.ts'
import { formats } from '../../rdf/formats.ts'
import type { Quad } from '../../rdf/terms.ts'
import { saidProblem } from '../../words/said.ts'
import { html, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { canonicalLink } from '../page/page.ts'
import { usesOf } from '../page/query.ts'
import { ConceptView } from '../views/concept/concept.tsx'

interface Concept {
  iri: string
  quads: Quad[]
}

/** A reference concept or list of ours: a page, or RDF. */
export const concept: Resource<Concept> = {
  find: ({ site }, { path = '' }) => {
    const iri = site.addresses.list(path)
    const quads = conceptQuads(site.publication, iri)
    if (quads.length === 0) throw saidProblem('not-found', 'missing.concept', { iri: iri.slice(0, 300) })
    return { iri, quads }
  },
  as: [html(({ iri }, page) => <ConceptView page={page} iri={iri} uses={usesOf(page, iri)} />), ...rdf<Concept>(formats, ({ quads }) => ({ quads }))],
  // The page also counts the datasets that name the concept.
  state: (_concept, { isPage }) => (isPage ? undefined : 'concept'),
  links: ({ iri }, as, page) => [canonicalLink(page, page.site.addresses.pathOf(iri), as), ...inHeader(conceptSignposts(page.site.publication, iri))],
}
