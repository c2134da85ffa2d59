import type { RecordRow } from '../../ledger/records/records.ts'
import type { Dimension } from '../../ledger/records/search.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import { facetsOf } from '../../ledger/records/traits.ts'
import { Problem } from '../../problem.ts'
import { choose } from '../../words/choose.ts'
import type { Site } from '../site/site.ts'

/** The languages in which texts are told: the one that is wished for, then those of the catalogue. */
export const readingIn = (site: Site, language: string | undefined): string[] => [
  ...new Set([...(language === undefined ? [] : [language]), ...site.publication.catalogue.languages, 'und']),
]

/** A text, cut after a word. */
export const short = (text: string, most = 300): string => (text.length > most ? `${text.slice(0, most).replace(/\s\S*$/, '')}…` : text)

/** What a value of a dimension is called. */
export function labelOf(site: Site, dimension: Dimension, value: string, reading: string[]): string {
  const labels = dimension === 'source' ? site.source(value)?.title : site.concept(dimension, value)?.labels
  return (labels && choose(labels, reading)?.text) || value
}

/** Some records, each in a few lines with its address. */
export function toldBriefly(site: Site, records: RecordRow[], reading: string[]): object[] {
  const facets = facetsOf(
    site.publication.ledger,
    records.map(({ n }) => n),
  )
  return records.map(({ n, id, title, description, modified, score }) => {
    const own = facets.get(n) ?? {}
    const labels = (dimension: Dimension) => (own[dimension] ?? []).map(value => labelOf(site, dimension, value, reading))
    return {
      id,
      title: choose(title, reading)?.text ?? id,
      address: site.addresses.dataset(id),
      description: short(choose(description, reading)?.text ?? ''),
      publisher: labels('publisher')[0],
      themes: labels('theme'),
      formats: labels('format'),
      modified,
      quality: score,
    }
  })
}

/** The values of a dimension that some words mean: its slug, or its name in any language. Throws `not-found`, saying where they are listed. */
export function valueMeant(site: Site, dimension: Dimension, words: string, known: string[]): string {
  if (known.includes(words) || site.concept(dimension, words)) return words
  const { vocabulary, catalogue } = site.publication
  const concept = (listsOf(catalogue.base)[dimension] ?? []).map(list => vocabulary.match(list, words)).find(Boolean)
  if (concept) return concept.slug
  throw new Problem('not-found', `The catalogue knows no ${dimension} "${words.slice(0, 80)}": list_values tells those that it has.`)
}
