import { z } from 'zod'
import { changesBetween, lastGone } from '../../ledger/records/changes.ts'
import { knownWords } from '../../ledger/records/known-words.ts'
import { recordById, recordsNamed } from '../../ledger/records/records.ts'
import { currentRevision, momentOf, revisionBefore } from '../../ledger/records/revisions.ts'
import { dimensions, search, type Dimension, type Query } from '../../ledger/records/search.ts'
import { shownVersion } from '../../ledger/records/shown.ts'
import { languageTagOf, plainRecord, type Named, type Texts } from '../../outlets/plain.ts'
import { intervalOf } from '../../outlets/schema-org.ts'
import { Problem } from '../../problem.ts'
import { ntriples } from '../../rdf/formats.ts'
import { readQuery } from '../../store/query.ts'
import { textOf } from '../../store/store.ts'
import { rating } from '../../validate/quality/points.ts'
import { choose } from '../../words/choose.ts'
import { addressOf, look } from '../page/preview.ts'
import type { Site } from '../site/site.ts'
import { answerQuery } from '../sparql/answer.ts'
import { labelOf, readingIn, short, toldBriefly, valueMeant } from './told.ts'
import { tool, type Tool } from './tool.ts'

const language = z.string().max(10).optional().describe('The language of the answer: fr, ar or en. The first of the catalogue where nothing is said.')
const page = z.number().int().min(1).max(10_000).default(1)
const perPage = 10
const filters = Object.fromEntries(
  dimensions.map(dimension => [
    dimension,
    z.string().max(200).optional().describe(`Only of this ${dimension}, by its slug or its name (list_values tells them).`),
  ]),
) as Record<Dimension, z.ZodOptional<z.ZodString>>

/** What assistants may ask. All of it only reads, answers in a few kilobytes, and gives addresses to cite. Add one: a row. */
export const tools: Tool[] = [
  tool({
    name: 'search_datasets',
    title: 'Search datasets',
    about: 'Finds datasets by words in any language and by filters. Tells how many there are, and ten at a time with their addresses.',
    input: z.object({
      query: z.string().max(300).default('').describe('Words that are searched for; none for all.'),
      ...filters,
      page,
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
  }),
  tool({
    name: 'get_dataset',
    title: 'Get a dataset',
    about: 'All that matters of one dataset: description, publisher, licence, dates, place, and its files with their addresses.',
    input: z.object({ id: z.string().min(1).max(2000).describe('Its id, the address of its page, or its IRI.'), answer_language: language }),
    answer: (site, { id, answer_language: wished }) => dataset(site, id, readingIn(site, wished)),
  }),
  tool({
    name: 'latest_changes',
    title: 'Newest changes',
    about: 'What came, changed or went last in the catalogue, or in one source of it.',
    input: z.object({
      source: z.string().max(200).optional().describe('Id of a source.'),
      since: z.iso.date().optional().describe('Only since this day.'),
      limit: z.number().int().min(1).max(30).default(10),
      answer_language: language,
    }),
    answer: (site, { source, since, limit, answer_language: wished }) => latest(site, source, since, limit, readingIn(site, wished)),
  }),
  tool({
    name: 'producer_quality',
    title: 'Quality of a producer',
    about: 'How good the descriptions of one body are: how many datasets it has, how they are rated (0 to 405, MQA), and those that need most work.',
    input: z.object({ publisher: z.string().min(1).max(200).describe('Slug or name of the body.'), answer_language: language }),
    answer: (site, { publisher, answer_language: wished }) => producer(site, publisher, readingIn(site, wished)),
  }),
  tool({
    name: 'list_values',
    title: 'Themes, bodies, places',
    about: 'The themes, publishers, territories, sources, formats, licences, languages or ratings that datasets have, with how many have each.',
    input: z.object({
      list: z.enum(dimensions),
      contains: z.string().max(100).optional().describe('Only those whose name holds this.'),
      answer_language: language,
    }),
    answer: (site, { list, contains, answer_language: wished }) => {
      const reading = readingIn(site, wished)
      const all = search(site.publication.ledger, { most: 0, values: Infinity }).facets[list].map(({ value, count }) => ({
        slug: value,
        name: labelOf(site, list, value, reading),
        datasets: count,
      }))
      const wanted = all.filter(({ slug, name }) => !contains || [slug, name].some(each => each.toLowerCase().includes(contains.toLowerCase())))
      return { total: wanted.length, values: wanted.slice(0, 100), ...(wanted.length > 100 && { more: 'Name a part of what you look for in "contains".' }) }
    },
  }),
  tool({
    name: 'sparql_query',
    title: 'SPARQL query',
    about: 'Asks the SPARQL 1.1 endpoint (SELECT, ASK, CONSTRUCT, DESCRIBE; DCAT-AP in the union of all graphs). Put a LIMIT: 100 rows are told.',
    input: z.object({ query: z.string().min(1).max(32_768) }),
    answer: async (site, { query: text }, caller) => {
      const query = await readQuery(text, site.publication.catalogue.sparql.federation)
      const isGraph = query.form === 'construct' || query.form === 'describe'
      const answer = await answerQuery(site.store, query, { ...caller, mediaType: isGraph ? ntriples.mediaType : 'application/sparql-results+json' })
      return { revision: answer.revision, ...told(textOf(answer), isGraph) }
    },
  }),
  tool({
    name: 'preview_file',
    title: 'First rows of a file',
    about: 'The columns, with their kinds, and the first rows of a CSV, XLSX or GeoJSON file of a dataset, read from its portal now.',
    input: z.object({
      dataset: z.string().min(1).max(2000).describe('Id, address or IRI of the dataset.'),
      file: z.number().int().min(1).max(1000).default(1).describe('The number of the file, as get_dataset tells it.'),
      rows: z.number().int().min(1).max(20).default(5),
    }),
    answer: async (site, { dataset: name, file: number, rows }, { signal }) => {
      const { id, plain } = described(site, name)
      const address = addressOf(plain.files[number - 1])
      if (address === undefined) throw new Problem('not-found', `The dataset "${id}" has no file ${number}: get_dataset tells those that it has.`)
      const { columns, rows: found } = await look(site, address, signal)
      return {
        address,
        columns: columns.map(({ name: column }) => short(column, 100)),
        kinds: columns.map(({ kind }) => kind),
        rows: found.slice(0, rows).map(row => row.map(cell => short(cell, 100))),
      }
    },
  }),
]

/** Rows, or statements, that are told. */
const mostRows = 100

function told(text: string, isGraph: boolean): object {
  if (isGraph) {
    const lines = text.trim().split('\n')
    return { statements: lines.slice(0, mostRows), ...(lines.length > mostRows && { cut: `${lines.length} statements; the first ${mostRows} are told.` }) }
  }
  const { head, boolean, results } = JSON.parse(text) as {
    head: { vars?: string[] }
    boolean?: boolean
    results?: { bindings: Record<string, { value: string }>[] }
  }
  if (boolean !== undefined) return { boolean }
  const rows = results?.bindings ?? []
  return {
    variables: head.vars ?? [],
    rows: rows.slice(0, mostRows).map(row => Object.fromEntries(Object.entries(row).map(([name, { value }]) => [name, short(value, 500)]))),
    ...(rows.length > mostRows && { cut: `${rows.length} rows; the first ${mostRows} are told.` }),
  }
}

function filtersIn(site: Site, stated: Partial<Record<Dimension, string | undefined>>): Query['filters'] {
  const { facets } = search(site.publication.ledger, { most: 0, values: Infinity })
  return Object.fromEntries(
    Object.entries(stated).flatMap(([dimension, words]) => {
      if (words === undefined || words === '') return []
      const known = facets[dimension as Dimension].map(({ value }) => value)
      return [[dimension, [valueMeant(site, dimension as Dimension, words, known)]]]
    }),
  )
}

/** The most frequent values by which many datasets become fewer. */
const narrowing = (site: Site, facets: Record<Dimension, { value: string; count: number }[]>, reading: string[]) =>
  Object.fromEntries(
    (['theme', 'publisher', 'format'] as const).map(dimension => [
      dimension,
      facets[dimension].slice(0, 5).map(({ value, count }) => ({ slug: value, name: labelOf(site, dimension, value, reading), datasets: count })),
    ]),
  )

/** A dataset by its id, the address of its page or its IRI, as the public sees it. */
function described(site: Site, name: string) {
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

function dataset(site: Site, name: string, reading: string[]): object {
  const { vocabulary } = site.publication
  const { record, shown, plain } = described(site, name)
  const said = (texts: Texts) => choose(texts, reading)?.text
  const label = ({ labels, iri }: Named) => said(labels) ?? iri
  const files = plain.files.slice(0, 50)
  return {
    id: shown.id,
    title: said(plain.title) ?? shown.id,
    address: site.addresses.dataset(shown.id),
    iri: plain.iri,
    kind: plain.kind,
    description: short(said(plain.description) ?? '', 2000),
    publisher: plain.publisher && label(plain.publisher),
    contact: plain.contacts.map(({ name: called, email, url }) => ({ name: said(called), email, url }))[0],
    themes: plain.themes.map(label),
    keywords: plain.keywords.slice(0, 30).map(({ text }) => text),
    licences: plain.licences.map(licence => ({ name: label(licence), iri: licence.iri })),
    issued: plain.issued,
    modified: plain.modified ?? plain.recordModified,
    frequency: plain.frequency && label(plain.frequency),
    accessRights: plain.accessRights && label(plain.accessRights),
    places: plain.places.filter(({ labels }) => Object.keys(labels).length > 0).map(label),
    periods: plain.periods.map(intervalOf),
    languages: plain.languages.map(each => languageTagOf(each, vocabulary) ?? label(each)),
    landingPage: plain.landingPages[0],
    source: labelOf(site, 'source', shown.source, reading),
    quality: { score: record.score, most: 405, rating: rating(record.score) },
    endpoints: plain.endpoints,
    files: files.map(({ title, format, mediaType, bytes, download, access, licence }, at) => ({
      number: at + 1,
      title: said(title),
      format: format ? label(format) : mediaType,
      bytes,
      address: download[0] ?? access[0],
      licence: licence && label(licence),
    })),
    ...(plain.files.length > files.length && { moreFiles: plain.files.length - files.length }),
  }
}

function latest(site: Site, source: string | undefined, since: string | undefined, limit: number, reading: string[]): object {
  const { ledger } = site.publication
  const revision = currentRevision(ledger)
  if (source !== undefined && !site.source(source)) throw new Problem('not-found', `There is no source "${source.slice(0, 80)}": list_values tells them.`)
  const filter = source === undefined ? {} : { source }
  const found = search(ledger, { sort: 'changed', most: limit, ...(source !== undefined && { filters: { source: [source] } }) })
  const from = since === undefined ? 0 : revisionBefore(ledger, `${since}T00:00:00.000Z`)
  const isNew = ({ modified }: { modified: string }) => since === undefined || modified >= since
  const changed =
    since === undefined ? undefined : Iterator.from(changesBetween(ledger, from, revision, { last: true, ...filter })).reduce(count => count + 1, 0)
  return {
    revision,
    at: momentOf(ledger, revision),
    ...(changed !== undefined && { changed }),
    datasets: toldBriefly(site, found.records.filter(isNew), reading),
    removed: lastGone(ledger, revision, { most: limit, ...filter })
      .filter(({ at }) => since === undefined || at >= since)
      .map(({ id, at }) => ({ id, at, address: site.addresses.dataset(id) })),
  }
}

function producer(site: Site, words: string, reading: string[]): object {
  const { ledger } = site.publication
  const slug = filtersIn(site, { publisher: words })!.publisher![0]!
  const found = search(ledger, { filters: { publisher: [slug] }, sort: 'modified', most: 10_000 })
  const scores = found.records.map(({ score }) => score)
  const mean = scores.length === 0 ? undefined : Math.round(scores.reduce((sum, each) => sum + each, 0) / scores.length)
  const weakest = found.records.toSorted((a, b) => a.score - b.score).slice(0, 5)
  return {
    publisher: labelOf(site, 'publisher', slug, reading),
    slug,
    address: site.addresses.organisation(slug),
    datasets: found.total,
    ...(mean !== undefined && { meanScore: mean, most: 405, rating: rating(mean) }),
    ratings: found.facets.quality.map(({ value, count }) => ({ rating: value, datasets: count })),
    needMostWork: toldBriefly(site, weakest, reading),
  }
}
