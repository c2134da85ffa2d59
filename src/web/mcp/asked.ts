import { z } from 'zod'
import { recordById, recordsNamed } from '../../ledger/records/records.ts'
import { search, type Dimension, type Query } from '../../ledger/records/search.ts'
import { shownVersion } from '../../ledger/records/shown.ts'
import { plainRecord } from '../../outlets/plain-record.ts'
import { Problem } from '../../problem.ts'
import type { Site } from '../site/site.ts'
import { valueMeant } from './told.ts'

// What several tools are asked for, and how it is found.

export const language = z.string().max(10).optional().describe('The language of the answer, of those of the catalogue: the first where nothing is said.')

/** The filters that some words mean, dimension by dimension. Throws `not-found` for a word that means none. */
export function filtersIn(site: Site, stated: Partial<Record<Dimension, string | undefined>>): Query['filters'] {
  const { facets } = search(site.publication.ledger, { most: 0, values: Infinity })
  return Object.fromEntries(
    Object.entries(stated).flatMap(([dimension, words]) => {
      if (words === undefined || words === '') return []
      const known = facets[dimension as Dimension].map(({ value }) => value)
      return [[dimension, [valueMeant(site, dimension as Dimension, words, known)]]]
    }),
  )
}

/** A dataset by its id, the address of its page or its IRI, as the public sees it. */
export function described(site: Site, name: string) {
  const { ledger, vocabulary } = site.publication
  const id = site.addresses.idIn(name)?.replace(/\.\w+$/, '') ?? recordsNamed(ledger, [name], [name])[0]?.id ?? name
  const record = recordById(ledger, id)
  const shown = record?.shown == null ? undefined : shownVersion(ledger, record.canonical ?? record.n)
  if (!record || !shown)
    throw record?.admission === 'removed'
      ? new Problem('gone', `The dataset "${id.slice(0, 100)}" was removed on ${record.modified}: its portal no longer lists it.`)
      : new Problem('not-found', `The catalogue has no dataset "${id.slice(0, 100)}": search_datasets finds those that it has.`)
  return { id: shown.id, record, shown, plain: plainRecord(shown, vocabulary) }
}
