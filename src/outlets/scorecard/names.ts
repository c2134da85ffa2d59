import { addressesOf } from '../../config/addresses.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import { choose } from '../../words/choose.ts'
import type { Publication } from '../publication.ts'
import type { Scorecard } from './scorecard.ts'

type Scope = Pick<Scorecard, 'kind' | 'scope'>

/** What people call a scope. */
export function nameOf({ catalogue, sources, vocabulary }: Publication, { kind, scope }: Scope, languages: string[]): string {
  if (kind === 'publisher') {
    const concept = vocabulary.match(ownLists(catalogue.base).organisation, scope)
    return (concept?.slug === scope ? vocabulary.label(concept.iri, languages) : undefined) ?? scope
  }
  const titles = kind === 'catalogue' ? catalogue.title : sources.find(({ id }) => id === scope)?.title
  return (titles && choose(titles, languages)?.text) || scope || 'catalogue'
}

/** The IRI of what a scorecard is about: the catalogue, that of a source, or the body; a body that no list knows is named by its page. */
export function iriOf({ catalogue, vocabulary }: Publication, { kind, scope }: Scope): string {
  const addresses = addressesOf(catalogue.base)
  if (kind === 'catalogue') return addresses.catalogue
  if (kind === 'source') return addresses.sourceCatalogue(scope)
  const concept = vocabulary.match(ownLists(catalogue.base).organisation, scope)
  return concept?.slug === scope ? concept.iri : addresses.organisation(encodeURIComponent(scope))
}

/** The page of a scorecard. */
export function pageOf({ kind, scope }: Scope, addresses: Pick<ReturnType<typeof addressesOf>, 'quality' | 'qualityOf' | 'sourceQuality'>): string {
  if (kind === 'catalogue') return addresses.quality
  return kind === 'source' ? addresses.sourceQuality(scope) : addresses.qualityOf(encodeURIComponent(scope))
}
