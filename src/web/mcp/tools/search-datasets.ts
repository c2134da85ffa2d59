import { z } from 'zod'
import { knownWords } from '../../../ledger/records/known-words.ts'
import { dimensions, search, type Dimension } from '../../../ledger/records/search.ts'
import type { Site } from '../../site/site.ts'
import { filtersIn, language } from '../asked.ts'
import { labelOf, readingIn, toldBriefly } from '../told.ts'
import { tool } from '../tool.ts'

const perPage = 10
const filters = Object.fromEntries(
  dimensions.map(dimension => [
    dimension,
    z.string().max(200).optional().describe(`Only of this ${dimension}, by its slug or its name (list_values tells them).`),
  ]),
) as Record<Dimension, z.ZodOptional<z.ZodString>>

/** Words and filters, and ten datasets at a time. */
export const searchDatasets = tool({
  name: 'search_datasets',
  title: 'Search datasets',
  about: 'Finds datasets by words in any language and by filters. Tells how many there are, and ten at a time with their addresses.',
  input: z.object({
    query: z.string().max(300).default('').describe('Words that are searched for; none for all.'),
    ...filters,
    page: z.number().int().min(1).max(10_000).default(1),
    answer_language: language,
  }),
  answer: (site, { query, page: at, answer_language: wished, ...narrowed }) => {
    const reading = readingIn(site, wished)
    const found = search(site.publication.ledger, {
      text: query,
      known: knownWords(site.publication.vocabulary, site.publication.catalogue.base),
      filters: filtersIn(site, narrowed),
      most: perPage,
      offset: (at - 1) * perPage,
      sort: query ? 'relevance' : 'modified',
    })
    return {
      total: found.total,
      page: at,
      pages: Math.ceil(found.total / perPage),
      datasets: toldBriefly(site, found.records, reading),
      ...(found.total > perPage && { narrowBy: narrowing(site, found.facets, reading) }),
    }
  },
})

/** The most frequent values by which many datasets become fewer. */
const narrowing = (site: Site, facets: Record<Dimension, { value: string; count: number }[]>, reading: string[]) =>
  Object.fromEntries(
    (['theme', 'publisher', 'format'] as const).map(dimension => [
      dimension,
      facets[dimension].slice(0, 5).map(({ value, count }) => ({ slug: value, name: labelOf(site, dimension, value, reading), datasets: count })),
    ]),
  )
