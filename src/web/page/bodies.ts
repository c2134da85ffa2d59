import { notSaid } from '../../ledger/records/facet-kinds.ts'
import type { Found } from '../../ledger/records/search.ts'
import { scorecardsNow } from '../../outlets/scorecard/scorecard.ts'
import { values } from '../../rdf/graph.ts'
import { dct, skos } from '../../rdf/namespaces.ts'
import { isLiteral, namedNode } from '../../rdf/terms.ts'
import type { Concept } from '../../vocabulary/concepts.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import type { Page } from './page.ts'
import { facetLabel } from './query.ts'
import { nameOf } from './reading.ts'

/** A body that publishes, or that the edition knows and that has published nothing yet. */
export interface Body {
  /** The slug of its concept; of a body that no list has, the name that its portal gives it. */
  slug: string
  name: string
  short: string | undefined
  kind: string | undefined
  concept: Concept | undefined
  datasets: number
  /** The mean points of its datasets. */
  score: number | undefined
}

/** Every body with a dataset, whether a list has it or not, and those of the edition's list that have none; in the order of their names. */
export function bodiesOf(page: Page, counted: Found['facets']['publisher']): Body[] {
  const { site, language } = page
  const { ledger, vocabulary, catalogue } = site.publication
  const named = counted.filter(({ value }) => value !== notSaid)
  const known = new Set(counted.map(({ value }) => value))
  const idle = (vocabulary.schemes.get(ownLists(catalogue.base).organisation)?.concepts ?? []).filter(({ slug }) => !known.has(slug))
  const cards = scorecardsNow(ledger)
  const byName = new Intl.Collator(language)
  return [...named, ...idle.map(({ slug }) => ({ value: slug, count: 0 }))]
    .map(({ value, count }): Body => {
      const concept = site.concept('publisher', value)
      return {
        slug: value,
        name: facetLabel(page, 'publisher', value),
        short: concept && shortName(page, concept),
        kind: concept && kindOf(page, concept),
        concept,
        datasets: count,
        score: count === 0 ? undefined : cards.find('publisher', value)?.figures.points.score,
      }
    })
    .sort((a, b) => byName.compare(a.name, b.name))
}

/** The acronym of a concept, where it has one: that of the language of the page, or of all. */
export function shortName({ site, language }: Page, { iri }: Concept): string | undefined {
  const names = values(site.publication.vocabulary.graph, namedNode(iri), skos.altLabel)
  const named = (tag: string) => names.find(name => isLiteral(name) && name.language === tag)
  return (named(language) ?? named('') ?? names[0])?.value
}

/** What kind of body it is. */
export function kindOf(page: Page, { iri }: Concept): string | undefined {
  const kind = values(page.site.publication.vocabulary.graph, namedNode(iri), dct.type)[0]?.value
  return kind && nameOf(page, kind)
}
