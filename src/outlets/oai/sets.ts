import { search, type Dimension } from '../../ledger/records/search.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import { choose } from '../../words/choose.ts'
import type { Publication } from '../publication.ts'

/** By what records are put into sets (OAI-PMH 2.0, 2.6): `source:x`, `theme:health`, `publisher:mee`. */
const setDimensions = ['source', 'theme', 'publisher'] as const satisfies Dimension[]

/** A set by its name, and what it is called. */
export interface OaiSet {
  spec: string
  name: string
}

/** What may stand in the name of a set (OAI-PMH 2.0, 2.6). */
const isSlug = (text: string) => /^[\w\-.!~*'()]+$/.test(text)

/** The sets that a record with these facets is in. A publisher that no list knows has a name, and no set. */
export const setsOf = (facets: Partial<Record<Dimension, string[]>>): string[] =>
  setDimensions.flatMap(dimension => (facets[dimension] ?? []).filter(isSlug).map(value => `${dimension}:${value}`))

/** Every set that has a record now. */
export function allSets({ ledger, catalogue, vocabulary, sources }: Publication): OaiSet[] {
  const { facets } = search(ledger, { most: 0, values: Infinity })
  const lists = listsOf(catalogue.base)
  const nameOf = (dimension: Dimension, value: string) => {
    const title = dimension === 'source' ? sources.find(({ id }) => id === value)?.title : conceptIn(lists[dimension] ?? [], value)?.labels
    return (title && choose(title, catalogue.languages)?.text) ?? value
  }
  const conceptIn = (schemes: string[], slug: string) =>
    schemes.map(scheme => vocabulary.schemes.get(scheme)?.concepts.find(concept => concept.slug === slug)).find(Boolean)
  return setDimensions.flatMap(dimension =>
    facets[dimension].filter(({ value }) => isSlug(value)).map(({ value }) => ({ spec: `${dimension}:${value}`, name: nameOf(dimension, value) })),
  )
}
