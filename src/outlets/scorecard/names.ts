import { addressesOf, type paths } from '../../config/addresses.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import type { ScopeKind } from '../../ledger/records/tallies.ts'
import type { Concept } from '../../vocabulary/concepts.ts'
import { choose } from '../../words/choose.ts'
import type { Publication } from '../publication.ts'
import type { Scorecard } from './scorecard.ts'

type Scope = Pick<Scorecard, 'kind' | 'scope'>
/** With a base, as IRIs are, or without, as pages link. */
type Addresses = typeof paths

/** The entry of a list that a scope is of; undefined for a body, a theme or a place that no list knows. */
function conceptOf({ catalogue, vocabulary }: Publication, { kind, scope }: Scope): Concept | undefined {
  const lists: Partial<Record<ScopeKind, string[]>> = listsOf(catalogue.base)
  return lists[kind]?.map(list => vocabulary.match(list, scope)).find(concept => concept?.slug === scope)
}

/** What people call a scope. */
export function nameOf(publication: Publication, scope: Scope, languages: string[]): string {
  const { catalogue, sources } = publication
  const titles =
    scope.kind === 'catalogue'
      ? catalogue.title
      : scope.kind === 'source'
        ? sources.find(({ id }) => id === scope.scope)?.title
        : conceptOf(publication, scope)?.labels
  return (titles && choose(titles, languages)?.text) || scope.scope || 'catalogue'
}

/** The IRI of what a scorecard is about: the catalogue, that of a source, or the entry of a list; what no list knows is named by its page. */
export function iriOf(publication: Publication, scope: Scope): string {
  const addresses = addressesOf(publication.catalogue.base)
  if (scope.kind === 'catalogue') return addresses.catalogue
  if (scope.kind === 'source') return addresses.sourceCatalogue(scope.scope)
  return conceptOf(publication, scope)?.iri ?? pages[scope.kind].list(addresses)(encodeURIComponent(scope.scope))
}

/** Where the datasets of a scope are listed, and where its scorecard is. */
const pages = {
  publisher: { list: ({ organisation }: Addresses) => organisation, scorecard: ({ qualityOf }: Addresses) => qualityOf },
  theme: { list: ({ theme }: Addresses) => theme, scorecard: ({ themeQuality }: Addresses) => themeQuality },
  territory: { list: ({ territory }: Addresses) => territory, scorecard: ({ territoryQuality }: Addresses) => territoryQuality },
}

/** The page of a scorecard. */
export function pageOf({ kind, scope }: Scope, addresses: Addresses): string {
  if (kind === 'catalogue') return addresses.quality
  return kind === 'source' ? addresses.sourceQuality(scope) : pages[kind].scorecard(addresses)(encodeURIComponent(scope))
}
