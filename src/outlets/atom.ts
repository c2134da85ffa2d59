import { addressesOf, paths } from '../config/addresses.ts'
import { lastGone } from '../ledger/records/changes.ts'
import { notSaid } from '../ledger/records/facet-kinds.ts'
import { knownWords } from '../ledger/records/known-words.ts'
import { recencies } from '../ledger/records/recency.ts'
import { currentRevision, momentOf } from '../ledger/records/revisions.ts'
import { dimensions, search, type Dimension, type Found } from '../ledger/records/search.ts'
import { listsOf } from '../ledger/records/summary.ts'
import { facetsOf } from '../ledger/records/traits.ts'
import { choose } from '../words/choose.ts'
import { saidProblem } from '../words/said.ts'
import { once } from './asked.ts'
import type { Outlet } from './outlet.ts'
import type { Publication } from './publication.ts'
import { around, element, escaped, xmlHead } from './xml.ts'

/** Entries of a feed. */
const most = 50

interface Part {
  revision: number
  text: string
  filters: Partial<Record<Dimension, string[]>>
  found: Found
}

/**
 * What changed last, as Atom (RFC 4287), with what was removed (RFC 6721): of everything, or of what a search finds, by the parameters of the list of datasets
 * (`?source=…`, `?theme=…`, `?publisher=…`, `?q=…`).
 */
export const atom: Outlet<Part> = {
  path: paths.atom,
  about: 'What changed last, as Atom, with what was removed.',
  parameters: {
    q: 'Words that are searched for.',
    source: 'Id of a source.',
    theme: 'Slug of a theme.',
    publisher: 'Slug of a body.',
    format: 'A format.',
    licence: 'A licence.',
    territory: 'A place.',
    language: 'A language.',
    quality: 'A rating.',
    availability: 'Whether there is data: files, announced, none.',
    updated: 'How long ago the publisher updated it: month, quarter, year, older, none.',
  },
  forms: [{ mediaType: 'application/atom+xml', extension: 'atom' }],
  find: (publication, { query }) => {
    const text = once(query, 'q') ?? ''
    const filters = Object.fromEntries(dimensions.flatMap(dimension => (query.has(dimension) ? [[dimension, query.getAll(dimension)]] : [])))
    for (const [dimension, values] of Object.entries(filters) as [Dimension, string[]][])
      for (const value of values)
        if (!isKnown(publication, dimension, value)) throw saidProblem('bad-request', 'query_of_outlet.filter', { name: dimension, value })
    const known = knownWords(publication.vocabulary, publication.catalogue.base)
    const found = search(publication.ledger, { text, known, strict: true, filters, sort: 'changed', most })
    return { revision: currentRevision(publication.ledger), text, filters, found }
  },
  revision: ({ revision }) => revision,
  write: (publication, part, _form, { address, query }) => pieces(publication, part, query.size > 0 ? `${address}?${query}` : address),
}

const conceptOf = ({ vocabulary, catalogue }: Publication, dimension: Dimension, slug: string) =>
  (listsOf(catalogue.base)[dimension] ?? []).map(list => vocabulary.schemes.get(list)?.concepts.find(concept => concept.slug === slug)).find(Boolean)

const isKnown = (publication: Publication, dimension: Dimension, value: string): boolean =>
  value === notSaid ||
  (dimension === 'updated' && recencies.includes(value)) ||
  (dimension === 'source' ? publication.sources.some(({ id }) => id === value) : conceptOf(publication, dimension, value) !== undefined) ||
  search(publication.ledger, { most: 0, values: Infinity }).facets[dimension].some(each => each.value === value)

function* pieces(publication: Publication, { revision, text, filters, found }: Part, self: string): Generator<string> {
  const { catalogue, ledger, vocabulary, sources } = publication
  const addresses = addressesOf(catalogue.base)
  const said = (texts: Record<string, string>) => choose(texts, catalogue.languages)
  const label = (dimension: Dimension, value: string) =>
    said((dimension === 'source' ? sources.find(({ id }) => id === value)?.title : conceptOf(publication, dimension, value)?.labels) ?? {})?.text ?? value
  const chosen = Object.entries(filters).flatMap(([dimension, values]) => values.map(value => label(dimension as Dimension, value)))
  const title = [said(catalogue.title)?.text ?? addresses.home, ...chosen, ...(text ? [`“${text}”`] : [])].join(' – ')
  const publisher = vocabulary.match(listsOf(catalogue.base).publisher![0]!, catalogue.publisher)
  const rows = facetsOf(
    ledger,
    found.records.map(({ n }) => n),
  )
  const page = new URL(self).search
  yield `${xmlHead}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="${catalogue.languages[0]}">\n`
  yield [
    element('id', self),
    element('title', title),
    element('updated', found.records[0]?.modified ?? momentOf(ledger, revision) ?? new Date(0).toISOString()),
    around('author', [element('name', (publisher && said(publisher.labels)?.text) ?? catalogue.publisher), element('uri', addresses.home)]),
    link('self', self, 'application/atom+xml'),
    link('alternate', `${addresses.datasets}${page}`, 'text/html'),
    catalogue.licence && /^https?:/.test(catalogue.licence) ? link('license', catalogue.licence) : '',
    '<generator>Fihrist</generator>\n',
  ].join('\n')
  for (const { n, id, title: titles, description, issued, modified } of found.records) {
    const [name, summary] = [said(titles), said(description)]
    const { publisher: bodies = [], theme = [] } = rows.get(n) ?? {}
    const content = [
      element('id', addresses.dataset(id)),
      element('title', name?.text ?? id, { 'xml:lang': languageOf(name) }),
      element('updated', modified),
      element('published', issued),
      ...bodies.map(body => around('author', [element('name', label('publisher', body))])),
      ...theme.map(slug => `<category term="${encodeURIComponent(slug)}" label="${escaped(label('theme', slug))}"/>`),
      link('alternate', addresses.dataset(id), 'text/html'),
      link('alternate', `${addresses.dataset(id)}.ttl`, 'text/turtle'),
      element('summary', summary && cut(summary.text), { 'xml:lang': languageOf(summary) }),
    ]
    yield `${around('entry', content)}\n`
  }
  // What is gone is found by its source alone.
  const [source] = filters.source ?? []
  if (text === '' && Object.keys(filters).every(dimension => dimension === 'source'))
    for (const { id, at } of lastGone(ledger, revision, { most, ...(source && { source }) }))
      yield `<at:deleted-entry ref="${escaped(addresses.dataset(id))}" when="${at}"/>\n`
  yield '</feed>\n'
}

const link = (rel: string, href: string, type?: string) => `<link rel="${rel}" href="${escaped(href)}"${type ? ` type="${type}"` : ''}/>`
const languageOf = (chosen: { language: string } | undefined) => (chosen && chosen.language !== 'und' ? chosen.language : undefined)
const cut = (text: string) => (text.length > 500 ? `${text.slice(0, 500).replace(/\s\S*$/, '')}…` : text)
