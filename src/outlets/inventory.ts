import type { InventoryLanguage } from '../inventory/columns.ts'
import { templateXlsx } from '../inventory/template.ts'
import { unopened } from '../ledger/records/unopened.ts'
import { ownLists } from '../vocabulary/lists.ts'
import { byteOrderMark, row } from './csv.ts'
import type { Publication } from './publication.ts'

/** Columns of the inventory that bodies keep, by the names that `fihrist inventory` knows them by. */
const columns = ['id', 'title_fr', 'title_ar', 'title_en', 'description_fr', 'description_ar', 'description_en', 'publisher', 'opening', 'status'] as const
type Row = Record<(typeof columns)[number], string>

/** Rows of a workbook, which is made in memory; the CSV has all of them. */
const mostOfWorkbook = 10_000

/** What is known and not opened, row by row: of one body, or of all. */
function* rowsOf({ ledger, catalogue, vocabulary }: Publication, today: string, publisher?: string): Generator<Row> {
  const most = 500
  const nameOf = (slug: string) => {
    const concept = vocabulary.match(ownLists(catalogue.base).organisation, slug)
    return (concept && vocabulary.label(concept.iri, catalogue.languages)) ?? slug
  }
  for (let offset = 0, some; (some = unopened(ledger, today, { publisher, most, offset })).length > 0; offset += most)
    for (const { id, title, description, opening, publisher: body } of some)
      yield {
        id,
        title_fr: title['fr'] ?? '',
        title_ar: title['ar'] ?? '',
        title_en: title['en'] ?? '',
        description_fr: description['fr'] ?? '',
        description_ar: description['ar'] ?? '',
        description_en: description['en'] ?? '',
        publisher: body === null ? '' : nameOf(body),
        opening: opening?.slice(0, 10) ?? '',
        status: opening === null ? 'inventoried' : 'planned',
      }
}

/** What is known and not opened, as a table that a body can fill in and send back: it is read as an inventory again. */
export function* inventoryCsv(publication: Publication, today: string, publisher?: string): Generator<string> {
  yield byteOrderMark + row(columns)
  for (const values of rowsOf(publication, today, publisher)) yield row(columns.map(column => values[column]))
}

/** The same as the workbook that goes round, with the lists of the edition in its cells and a sheet of help. */
export async function* inventoryXlsx(publication: Publication, today: string, language: InventoryLanguage, publisher?: string): AsyncGenerator<Uint8Array> {
  const { vocabulary, catalogue } = publication
  yield await templateXlsx(language, vocabulary, catalogue.base, [...rowsOf(publication, today, publisher).take(mostOfWorkbook)])
}
