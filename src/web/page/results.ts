import { measurementsOf } from '../../ledger/records/measurements.ts'
import { byteOrderMark, row } from '../../outlets/csv.ts'
import { dcat, dct, rdf } from '../../rdf/namespaces.ts'
import { literal, namedNode, quad, type Quad } from '../../rdf/terms.ts'
import { fixesOf } from '../../validate/quality/fixes.ts'
import { choose } from '../../words/choose.ts'
import type { Page } from './page.ts'
import { facetLabel, firstOf, type ListedRecord, type Listing } from './query.ts'

// The results of a search for programs: a page of them, as the same address shows it to people; as a table the whole list.

const addressOf = ({ site }: Page, { record }: ListedRecord) => site.addresses.dataset(record.id)

/** What to do next for it, what gains most points first. */
const fixesOfCard = ({ site }: Page, { record }: ListedRecord) => fixesOf([{ measurements: measurementsOf(site.publication.ledger, record.n), count: 1 }])

/** JSON: what was asked and how many there are, each dataset with what its card says, and the counts of the facets. */
export const resultsJson = (page: Page, { text, sort, at, last, found, cards }: Listing): object => ({
  query: text,
  sort,
  page: at,
  pages: last,
  total: found.total,
  ...(found.reading && {
    words: { ignored: found.reading.ignored, nowhere: found.reading.nowhere, fewer: found.reading.fewer, suggestion: found.reading.suggestion },
  }),
  datasets: cards.map(card => ({
    id: card.record.id,
    page: addressOf(page, card),
    iri: card.record.dataset,
    title: card.record.title,
    description: card.record.description,
    modified: card.record.dated,
    added: card.record.issued,
    opening: card.record.opening,
    score: card.record.score,
    fixes: fixesOfCard(page, card).map(({ change, points }) => ({ change, points })),
    ...card.facets,
  })),
  facets: found.facets,
})

const columns = ['id', 'title', 'publisher', 'themes', 'formats', 'licences', 'modified', 'added', 'page', 'iri', 'score', 'next_fix', 'next_fix_points']

/** Lines of a table: it has no next page, and whoever wants more takes a dump. */
export const mostLines = 5000

/** CSV: a line for each dataset of the list, whichever page it is on, in the language of the page. */
export function* resultsCsv(page: Page, listing: Listing): Generator<string> {
  yield `${byteOrderMark}${row(columns)}`
  for (const card of firstOf(page, listing, mostLines)) {
    const { record, facets } = card
    const said = (dimension: 'publisher' | 'theme' | 'licence') => (facets[dimension] ?? []).map(value => facetLabel(page, dimension, value)).join('; ')
    const title = choose(record.title, page.reading)?.text ?? record.id
    const formats = (facets.format ?? []).join('; ')
    const [fix] = fixesOfCard(page, card)
    const mended = [String(record.score), fix?.change ?? '', fix ? String(fix.points) : '']
    const dates = [record.dated ?? '', record.issued.slice(0, 10)]
    yield row([record.id, title, said('publisher'), said('theme'), formats, said('licence'), ...dates, addressOf(page, card), record.dataset, ...mended])
  }
}

/** RDF: each dataset with its title and where the catalogue describes it. */
export const resultsQuads = (page: Page, { cards }: Listing): Quad[] =>
  cards.flatMap(card => {
    const dataset = namedNode(card.record.dataset)
    const titles = Object.entries(card.record.title).map(([language, text]) =>
      quad(dataset, dct.title, language === 'und' ? literal(text) : literal(text, language)),
    )
    return [quad(dataset, rdf.type, dcat.Dataset), ...titles, quad(dataset, dct.isReferencedBy, namedNode(page.site.addresses.record(card.record.id)))]
  })
