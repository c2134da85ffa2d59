import type { Found } from '../../ledger/records/search.ts'
import type { Concept } from '../../vocabulary/concepts.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import type { Page } from './page.ts'
import { nameOf } from './reading.ts'

/** A place of the edition's own list, with the datasets that are of it or of a place in it, and the places in it. */
export interface Territory {
  concept: Concept
  count: number
  within: Territory[]
}

/** The places of the edition as a tree, from the counts of a search; each level in the order of its names in the reader's language. */
export function territoriesOf(page: Page, counts: Found['facets']['territory']): Territory[] {
  const { vocabulary, catalogue } = page.site.publication
  const own = vocabulary.schemes.get(ownLists(catalogue.base).territory)?.concepts ?? []
  const countOf = new Map(counts.map(({ value, count }) => [value, count]))
  const byName = new Intl.Collator(page.language)
  const named = ({ iri }: Concept) => nameOf(page, iri) ?? iri
  const within = Map.groupBy(own, ({ broader }) => (broader && vocabulary.concepts.has(broader) ? broader : undefined))
  const below = (iri: string | undefined): Territory[] =>
    (within.get(iri) ?? [])
      .map(concept => ({ concept, count: countOf.get(concept.slug) ?? 0, within: below(concept.iri) }))
      .sort((a, b) => byName.compare(named(a.concept), named(b.concept)))
  return below(undefined)
}

/** All places of a tree, those within after the one they are in. */
export const everyOne = (territories: Territory[]): Territory[] => territories.flatMap(each => [each, ...everyOne(each.within)])
