import { unopened } from '../ledger/records/unopened.ts'
import { ownLists } from '../vocabulary/lists.ts'
import { byteOrderMark, row } from './csv.ts'
import type { Publication } from './publication.ts'

/** Columns of the inventory that bodies keep, by the names that `fihrist inventory` knows them by. */
const columns = ['id', 'title_fr', 'title_ar', 'title_en', 'description_fr', 'description_ar', 'description_en', 'publisher', 'opening', 'status'] as const

/** What is known and not opened, as a table that a body can fill in and send back: it is read as an inventory again. */
export function* inventoryCsv({ ledger, catalogue, vocabulary }: Publication, today: string, publisher?: string): Generator<string> {
  const most = 500
  const nameOf = (slug: string) => {
    const concept = vocabulary.match(ownLists(catalogue.base).organisation, slug)
    return (concept && vocabulary.label(concept.iri, catalogue.languages)) ?? slug
  }
  yield byteOrderMark + row(columns)
  for (let offset = 0, some; (some = unopened(ledger, today, { publisher, most, offset })).length > 0; offset += most)
    for (const { id, title, description, opening, publisher: body } of some) {
      const texts = ['fr', 'ar', 'en'].map(language => [title[language] ?? '', description[language] ?? ''] as const)
      const status = opening === null ? 'inventoried' : 'planned'
      yield row([id, ...texts.map(([text]) => text), ...texts.map(([, text]) => text), body === null ? '' : nameOf(body), opening?.slice(0, 10) ?? '', status])
    }
}
